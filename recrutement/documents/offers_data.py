"""Offers as data for other machines: no person, nothing that the page does not show."""

from typing import Any

from recrutement.models import JobOfferPage


def offer_as_data(offer: JobOfferPage) -> dict[str, Any]:
    """One offer of `offres.json`; amounts in gross euros, days in ISO 8601."""
    return {
        "reference": offer.reference,
        "intitule": offer.title,
        "adresse": offer.full_url,
        "resume": offer.introduction,
        "contrat": offer.get_contract_type_display(),
        "duree_mois": offer.contract_months,
        "temps_de_travail": offer.get_work_time_display(),
        "postes": offer.positions,
        "lieu": {"ville": offer.city, "code_postal": offer.postcode, "region": offer.region},
        "teletravail": offer.get_remote_policy_display(),
        "salaire": {
            "min": _number(offer.salary_min),
            "max": _number(offer.salary_max),
            "unite": offer.get_salary_unit_display(),
        },
        "publiee_le": offer.published_on,
        "date_limite": offer.closing_date,
    }


def _number(amount: Any) -> float | None:
    return None if amount is None else float(amount)
