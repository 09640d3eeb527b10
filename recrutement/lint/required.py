"""What forbids publication, each with its article."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from recrutement.enums import ContractType, RemotePolicy

from .findings import Finding, Said
from .pay import says_only_it_depends
from .titles import speaks_to_all

LONGEST_TITLE = 70
#: An offer that stays open longer is no longer true (usage of the public job sites).
LONGEST_OPEN = timedelta(days=90)
# Addresses under /recrutement/ that are not offers: a page there could never be reached.
RESERVED_SLUGS = frozenset(
    {"affiche", "candidature", "flux", "offres", "postuler", "spontanee", "suivi"}
)

_GAP = r"[ .\-]?"
_PREMIUM = re.compile(
    rf"(?<!\d)(?:(?:\+|00){_GAP}33{_GAP}|0{_GAP})8{_GAP}9(?:{_GAP}\d){{7}}(?!\d)"
    rf"|(?<!\d)118{_GAP}\d{{3}}(?!\d)"
)
# Short numbers are known from years and amounts by the word that introduces them.
_SHORT = re.compile(
    r"\b(?:appel\w*|telephon\w*|tel|compose\w*|joindre|joignable|numero)\b[^.;\d]{0,20}"
    r"(3\d{3}|3\d \d\d)(?!\d| ?(?:euros?|€))"
)
#: Free, or at the price of a call: 30xx and 31xx (numbering plan), and those of public services.
_FREE = re.compile(r"3[01]\d\d|3919|3939|3949|3977")
_FEES = re.compile(
    r"\b(?:frais|droits?|participation|caution)\b(?![^.;]{0,20}(?:deplacement|transport|repas))"
    r"[^.;]{0,30}?(?:\bde (?:dossier|candidature)\b|\bpour (?:postuler|candidater)\b"
    r"|\ba la charge (?:du|de la|des) candidate?s?\b)"
    r"|\b(?:vers|pay|regl|joign|joind|envoy)\w*\b[^.;]{0,30}(?:\beuros?\b|€|\bcheque\b)[^.;]{0,40}"
    r"\b(?:candidat\w*|postuler|dossier)\b"
)
_NO_FEES = re.compile(r"\b(?:aucuns?|sans|pas de|ni|jamais de)\s+(?:les\s+)?$")


def required(said: Said, today: date, *, first_time: bool) -> list[Finding]:
    """What must be put right before the offer goes online.

    `first_time`: it was never online. One that was may be corrected after it has closed.
    """
    return [
        *_title(said),
        *_contract(said),
        *_place(said),
        *_salary(said),
        *_employer(said),
        *_money_asked(said),
        *_closing_date(said, today, first_time=first_time),
        *_address(said),
    ]


def _title(said: Said) -> Iterator[Finding]:
    title = said.get("title")
    if len(title) > LONGEST_TITLE:
        yield Finding(
            "intitule-long",
            "title",
            "usage des sites d’emploi",
            f"L’intitulé compte {len(title)} caractères\u00a0; {LONGEST_TITLE} au plus, "
            "pour être lu en entier sur les sites d’emploi.",
        )
    elif not speaks_to_all(title):
        yield Finding(
            "intitule-genre",
            "title",
            "Code du travail, art. L1132-1 et L1142-1",
            "Ajoutez (H/F) ou une forme double\u00a0: une offre s’adresse aux femmes "
            "comme aux hommes.",
        )


def _contract(said: Said) -> Iterator[Finding]:
    article = "Code du travail, art. L5331-3"
    kind = said.get("contract_type")
    if not kind:
        yield Finding("contrat", "contract_type", article, "Indiquez la nature du contrat.")
    elif kind in ContractType.with_an_end() and not said.get("contract_months"):
        sentence = "Indiquez la durée de ce contrat, en mois."
        yield Finding("duree", "contract_months", article, sentence)


def _place(said: Said) -> Iterator[Finding]:
    if said.get("remote_policy") == RemotePolicy.REMOTE:
        return
    for name, sentence in (
        ("city", "Indiquez la ville, sauf si tout le travail se fait à distance."),
        ("postcode", "Indiquez le code postal, sauf si tout le travail se fait à distance."),
    ):
        if not said.get(name):
            yield Finding(f"lieu-{name}", name, "Code du travail, art. L5331-3", sentence)


def _salary(said: Said) -> Iterator[Finding]:
    article = "Directive (UE) 2023/970, art. 5"
    low, high = said.get("salary_min"), said.get("salary_max")
    if low is None or high is None:
        name = "salary_min" if low is None else "salary_max"
        sentence = "Indiquez une fourchette\u00a0: le bas et le haut, en euros bruts."
        if says_only_it_depends(said):
            sentence += " « Selon profil » ne suffit pas."
        yield Finding("salaire", name, article, sentence)
    elif low > high:
        sentence = "Le haut de la fourchette est inférieur au bas."
        yield Finding("salaire-ordre", "salary_max", article, sentence)
    elif not said.get("salary_unit"):
        sentence = "Précisez si ce montant est par heure, par jour, par mois ou par an."
        yield Finding("salaire-unite", "salary_unit", article, sentence)


def _employer(said: Said) -> Iterator[Finding]:
    if said.get("hide_employer") and not said.get("on_behalf_of"):
        yield Finding(
            "employeur",
            "on_behalf_of",
            "Code du travail, art. L5332-2",
            "Écrivez ici le nom de la structure\u00a0: l’annonce peut le taire, le directeur de "
            "la publication doit le connaître.",
        )


def _money_asked(said: Said) -> Iterator[Finding]:
    article = "Code du travail, art. L5331-1"
    for text in said.texts:
        if match := _PREMIUM.search(text.folded) or _short_number(text.folded):
            yield Finding(
                "numero-surtaxe",
                text.field,
                article,
                "Retirez ce numéro surtaxé\u00a0: répondre à une offre ne coûte rien.",
                text.excerpt(*match.span()),
            )
        for match in _FEES.finditer(text.folded):
            if not _NO_FEES.search(text.folded, 0, match.start()):
                yield Finding(
                    "frais",
                    text.field,
                    article,
                    "Retirez ces frais\u00a0: rien ne se demande à une personne qui candidate.",
                    text.excerpt(*match.span()),
                )
                break


def _short_number(folded: str) -> re.Match[str] | None:
    for match in _SHORT.finditer(folded):
        if not _FREE.fullmatch(match[1].replace(" ", "")):
            return match
    return None


def _closing_date(said: Said, today: date, *, first_time: bool) -> Iterator[Finding]:
    closing, article = said.get("closing_date"), "Code du travail, art. L5331-3"
    if not closing:
        sentence = "Indiquez la date limite de candidature."
        yield Finding("date-limite", "closing_date", article, sentence)
    elif first_time and closing <= today:
        passed = "Cette date est passée" if closing < today else "C’est aujourd’hui"
        sentence = f"{passed}\u00a0: choisissez-en une à venir."
        yield Finding("date-passee", "closing_date", article, sentence)
    elif first_time and closing > today + LONGEST_OPEN:
        yield Finding(
            "date-lointaine",
            "closing_date",
            article,
            f"Cette date est à plus de {LONGEST_OPEN.days} jours\u00a0: une offre qui reste "
            "ouverte longtemps cesse d’être vraie. Vous pourrez la prolonger.",
        )


def _address(said: Said) -> Iterator[Finding]:
    if said.get("slug") in RESERVED_SLUGS:
        yield Finding(
            "adresse",
            "slug",
            "adresses du site",
            "Cette adresse sert déjà aux candidatures\u00a0: choisissez-en une autre.",
        )
