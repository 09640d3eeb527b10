"""People who apply, on days that read well."""

from datetime import date
from typing import Any

from recrutement.enums import InterviewKind
from recrutement.models import Application
from recrutement.services.interviews import Plan
from site_enys.states import Actor, Role
from tests.factories.people import UserFactory
from tests.factories.recrutement import ApplicationFactory, OfferFactory
from tests.harness.clock import paris

NOW = paris(2027, 1, 15, 10)
STAFF = Actor(Role.STAFF)
USUAL = "Nous ne la retenons pas."


def thomas() -> Any:
    return UserFactory(first_name="Thomas", last_name="Roy", email="thomas@enys.test")


def an_offer(**facts: Any) -> Any:
    own = {"title": "Chargé·e d’études & d’évaluation", "closing_date": date(2027, 3, 1)}
    return OfferFactory(**own | facts)


def applies(**facts: Any) -> Application:
    """Inès, who wrote eleven days ago to an offer that Thomas follows."""
    own: dict[str, Any] = {
        "reference": "C-2026-0042",
        "submitted_at": paris(2027, 1, 4, 9),
        "answer_by": date(2027, 2, 3),
        "email": "ines@exemple.test",
    }
    if "offer" not in facts:
        own["offer"] = an_offer(recruiter=thomas())
    return ApplicationFactory(**own | facts)


def plan(**facts: Any) -> Plan:
    own: dict[str, Any] = {
        "kind": InterviewKind.VIDEO,
        "starts_at": paris(2027, 2, 1, 14, 30),
        "minutes": 45,
        "place": "https://visio.enys.test/salle-7",
        "details": "Vous verrez Thomas Roy et Léa Petit.\nNi test, ni mise en situation.",
    }
    return Plan(**own | facts)
