"""What the e-mails of recruitment look like: one offer, one invented person.

Nothing is read from the database nor written to it: the links lead nowhere.
"""

from datetime import date, datetime
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.utils import timezone

from site_enys.letters.examples import Contexts, examples

from .enums import InterviewKind
from .models import Interview
from .words import PLACE_LABELS

_LINK = f"{settings.SITE_URL}/recrutement/suivi/exemple/"
_DESK = f"{settings.SITE_URL}/admin/"
_TITLE = "Chargé·e d’études et d’évaluation"
_AT = timezone.make_aware(datetime(2027, 2, 1, 14, 30))  # noqa: DTZ001 - made aware
_TO_PERSONS = (
    "accuse",
    "delai",
    "dernier_recours",
    "entretien",
    "entretien_annule",
    "entretien_deplace",
    "lien",
    "proposition",
    "recrutee",
    "refus",
    "retrait",
    "sans_suite",
    "adresse_a_confirmer",
    "adresse_confirmee",
    "adresse_remplacee",
    "efface",
    "vivier_invitation",
    "vivier_renouvellement",
)
_DECIDED = ("recrutee", "refus", "retrait", "sans_suite")
_TO_THE_TEAM = (
    "amenagement",
    "bilan",
    "efface_equipe",
    "formulaire_en_panne",
    "nouvelle",
    "offre_close",
    "promesses",
)


@examples
def recruitment() -> Contexts:
    """Every message of recruitment, about the same application."""
    return {f"recrutement_{kind}": _to_person(kind) for kind in _TO_PERSONS} | {
        f"recrutement_{kind}": _to_team() for kind in _TO_THE_TEAM
    }


def _offer() -> Any:
    return SimpleNamespace(
        title=_TITLE,
        reference="ENYS-2027-001",
        city="Lyon",
        closing_date=date(2027, 3, 1),
        status="filled",
    )


def _application(*, is_ongoing: bool = True) -> Any:
    return SimpleNamespace(
        first_name="Inès",
        reference="C-2027-0042",
        subject=_TITLE,
        answer_by=date(2027, 2, 20),
        submitted_at=_AT,
        is_ongoing=is_ongoing,
    )


def _to_person(kind: str) -> dict[str, Any]:
    """All that a message to somebody who applies may say."""
    interview = Interview(
        kind=InterviewKind.VIDEO,
        starts_at=_AT,
        minutes=45,
        place="https://visio.enys.example/salle-7",
        details="Vous verrez Thomas Roy et Léa Petit.\nNi test, ni mise en situation.",
    )
    return {
        "application": _application(is_ongoing=kind not in _DECIDED),
        "offer": _offer(),
        "offer_url": f"{settings.SITE_URL}/recrutement/exemple/",
        "space_url": _LINK,
        "confirm_url": _LINK,
        "notice_url": f"{settings.SITE_URL}/infos-administratives/confidentialite/",
        "kept_for": "3\u00a0mois",
        "pool_months": 24,
        "contact": "Thomas Roy",
        "updated": False,
        "further": False,
        "before": date(2027, 2, 5),
        "words": "Deux jours de télétravail par semaine sont possibles dès l’arrivée."
        if kind == "proposition"
        else "Une collègue est absente jusqu’à la fin du mois.",
        "message": "Nous l’avons étudiée avec intérêt. Une autre candidature répondait davantage à "
        "ce que demande ce poste.",
        "called_off": [],
        "interview": interview,
        "place_label": PLACE_LABELS[InterviewKind.VIDEO],
        "contract": "CDD de 6\u00a0mois",
        "pay": Decimal(32500),
        "unit": "par an",
        "start": date(2027, 3, 1),
        "consent": SimpleNamespace(expires_on=date(2029, 1, 14)),
    }


def _to_team() -> dict[str, Any]:
    """Counts and numbers: the team's messages name nobody."""
    line = SimpleNamespace(subject=_TITLE, soon=1, late=2, first_day=date(2027, 2, 3))
    check = SimpleNamespace(door="le formulaire des offres", at=_AT, detail="la page ne répond pas")
    return {
        "answerable": False,
        "application": _application(),
        "offer": _offer(),
        "reference": "C-2027-0042",
        "subject": _TITLE,
        "updated": False,
        "admin_url": _DESK,
        "list_url": _DESK,
        "closing_url": _DESK,
        "waiting": 3,
        "lines": [line],
        "soon": 1,
        "late": 2,
        "check": check,
        "month": date(2027, 1, 1),
        "figures": [("Candidatures reçues", "3"), ("Décisions", "2")],
    }
