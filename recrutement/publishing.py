"""What an offer must tell before it can be published; one sentence beside each field."""

from collections.abc import Mapping
from typing import Any

from .enums import ContractType, RemotePolicy
from .titles import speaks_to_all

LONGEST_TITLE = 70
FACTS = (
    "city",
    "closing_date",
    "contract_months",
    "contract_type",
    "postcode",
    "remote_policy",
    "salary_max",
    "salary_min",
    "salary_unit",
    "slug",
    "title",
)
# Addresses under /recrutement/ that are not offers: a page there could never be reached.
RESERVED_SLUGS = frozenset(
    {"affiche", "candidature", "flux", "offres", "postuler", "spontanee", "suivi"}
)


def faults(facts: Mapping[str, Any]) -> dict[str, str]:
    """Return, by field, what forbids publication of an offer with these `FACTS`."""
    found: dict[str, str] = {}
    for check in (_title, _contract, _place, _salary):
        found |= check(facts)
    if not facts["closing_date"]:
        found["closing_date"] = "Indiquez la date limite de candidature."
    if facts["slug"] in RESERVED_SLUGS:
        found["slug"] = "Cette adresse sert déjà aux candidatures\u00a0: choisissez-en une autre."
    return found


def _title(facts: Mapping[str, Any]) -> dict[str, str]:
    title = facts["title"]
    if len(title) > LONGEST_TITLE:
        return {
            "title": f"L’intitulé compte {len(title)} caractères\u00a0; {LONGEST_TITLE} au plus, "
            "pour être lu en entier sur les sites d’emploi."
        }
    if not speaks_to_all(title):
        return {
            "title": "Ajoutez (H/F) ou une forme double\u00a0: une offre s’adresse aux femmes "
            "comme aux hommes (Code du travail, art. L1132-1)."
        }
    return {}


def _contract(facts: Mapping[str, Any]) -> dict[str, str]:
    if not facts["contract_type"]:
        return {"contract_type": "Indiquez la nature du contrat."}
    if facts["contract_type"] in ContractType.with_an_end() and not facts["contract_months"]:
        return {"contract_months": "Indiquez la durée de ce contrat, en mois."}
    return {}


def _place(facts: Mapping[str, Any]) -> dict[str, str]:
    if facts["remote_policy"] == RemotePolicy.REMOTE:
        return {}
    return {
        name: sentence
        for name, sentence in (
            ("city", "Indiquez la ville, sauf si tout le travail se fait à distance."),
            ("postcode", "Indiquez le code postal, sauf si tout le travail se fait à distance."),
        )
        if not facts[name]
    }


def _salary(facts: Mapping[str, Any]) -> dict[str, str]:
    low, high = facts["salary_min"], facts["salary_max"]
    if low is None or high is None:
        name = "salary_min" if low is None else "salary_max"
        return {name: "Indiquez une fourchette\u00a0: le bas et le haut, en euros bruts."}
    if low > high:
        return {"salary_max": "Le haut de la fourchette est inférieur au bas."}
    if not facts["salary_unit"]:
        return {"salary_unit": "Précisez si ce montant est par heure, par mois ou par an."}
    return {}
