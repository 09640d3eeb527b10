"""What the e-mails of the training desk look like: one course, one session, invented people.

Nothing is read from the database nor written to it: the links lead nowhere.
"""

from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.utils import timezone

from site_enys.letters.examples import Contexts, examples

from .emails import NEWS
from .emails.enrolments import NEWS_FOR_STAFF
from .emails.running import TRAINER_NEWS
from .enums import ComplainantKind, ComplaintChannel, DocumentKind, SessionState, SurveyKind
from .models import Complaint, IssuedDocument, Session, TailoredRequest, TimeSlot, Venue
from .questionnaires import QUESTIONNAIRES

_LINK = f"{settings.SITE_URL}/formation/suivi/exemple/"
_DESK = f"{settings.SITE_URL}/admin/"
_NAMES = "Aïcha Moreau et Paul Roy"
_TO_TRAINEES = (
    "received",
    "waitlisted",
    "already_enrolled",
    "offered",
    "offer_reminder",
    "offer_accepted",
    "offer_expired",
    "accepted",
    "contract_signed",
    "confirmed",
    "reopened",
    "declined",
    "withdrawn",
    "retracted",
    "substituted",
    "takes_the_place",
    "corrected",
    "address_changed",
    "link",
    "cancelled",
    "postponed",
    "rescheduled",
    "moved",
    "reminder",
)
_TO_COMPANIES = ("company_received", "company_documents", "company_link", "no_show")


@examples
def training() -> Contexts:
    """Every message of the desk, about the same session."""
    common = _common()
    document = IssuedDocument(
        kind=DocumentKind.AGREEMENT,
        number="CONV-2027-0001",
        version=1,
        data={"valid_until": "14\u00a0février 2027"},
    )
    company = common | {
        "names": _NAMES,
        "news": NEWS["offer"],
        "offered": True,
        "deadline": _at(18, 18),
    }
    own: dict[str, dict[str, Any]] = dict.fromkeys(_TO_TRAINEES, common)
    own |= dict.fromkeys((*_TO_COMPANIES, "company_change"), company)
    own |= _agreements(common, document) | _to_the_team(common) | _to_trainers(common)
    own |= _surveys(common) | _other_requests()
    own["transferred"] = common | {"old_session": Session(code="RA-2027-02")}
    own["convocation"] = common | {"attached": True}
    own["quote"] = common | {"document": document}
    certificate = IssuedDocument(kind=DocumentKind.CERTIFICATE, number="CERT-2027-0001")
    own["documents_ready"] = common | {"documents": [certificate]}
    return {f"formation_{kind}": context for kind, context in own.items()}


def _at(day: int, hour: int) -> datetime:
    return timezone.make_aware(datetime(2027, 3, day, hour))  # noqa: DTZ001 - made aware


def _session(code: str = "RA-2027-03") -> Session:
    venue = Venue(
        name="Maison des associations",
        city="Lyon",
        address="28 rue des Tilleuls\n69007 Lyon",
        access="métro B, arrêt Jean Macé.",
    )
    session = Session(
        code=code,
        venue=venue,
        starts_at=_at(1, 9),
        ends_at=_at(2, 17),
        state=SessionState.PUBLISHED,
    )
    session.slots = [
        TimeSlot(starts_at=start, ends_at=start + timedelta(hours=3.5))
        for start in (_at(1, 9), _at(1, 13), _at(2, 9), _at(2, 13))
    ]
    return session


def _common() -> dict[str, Any]:
    """What the templates of an enrolment may use: see `emails.parts`."""
    course = SimpleNamespace(
        title="Conduire une recherche-action",
        shown_disability_contact="Inès Corbel, handicap@enys.example",
    )
    request = SimpleNamespace(
        reference="F-2027-0001",
        organisation="Association Les Deux Rives",
        contact_name="Martine Aubert",
        answered_seats=2,
        answered_rank=None,
        accept_partial=False,
        get_buyer_type_display="Entreprise",
    )
    enrolment = SimpleNamespace(
        full_name="Aïcha Moreau",
        waiting_rank=2,
        wants_accommodation_call=True,
        get_state_display="Demande reçue",
        offer_expires_at=_at(18, 18),
        contract_signed_on=date(2027, 1, 18),
        withdrawal_ends_on=date(2027, 2, 1),
    )
    page = f"{settings.SITE_URL}/formation/"
    return {
        "request": request,
        "enrolment": enrolment,
        "session": _session(),
        "course": course,
        "course_url": f"{page}conduire-une-recherche-action/",
        "programme_url": f"{page}conduire-une-recherche-action/programme.pdf",
        "terms_url": f"{page}conditions-de-vente/",
        "rules_url": f"{page}reglement-interieur/",
        "individual": False,
        "manage_url": _LINK,
        "decides": True,
        "others": [_session("RA-2027-04")],
        "new_address": True,
    }


def _agreements(common: dict[str, Any], document: IssuedDocument) -> dict[str, dict[str, Any]]:
    agreement = SimpleNamespace(
        signatory_name="Martine Aubert", typed_name="Martine Aubert", sent_at=_at(1, 9)
    )
    own = common | {
        "agreement": agreement,
        "document": document,
        "contract": False,
        "sign_url": _LINK,
        "replaces": False,
    }
    signed = {"names": _NAMES, "may_withdraw": None, "admin_url": _DESK, "trainees": [_NAMES]}
    kinds = ("agreement", "agreement_reminder", "agreement_revoked")
    return dict.fromkeys(kinds, own) | {
        "agreement_code": own | {"code": "204\u00a0815"},
        "agreement_signed": own | signed,
        "agreement_signed_staff": own | signed,
    }


def _to_the_team(common: dict[str, Any]) -> dict[str, dict[str, Any]]:
    own = common | {"people": [common["enrolment"]], "admin_url": _DESK}
    return {
        "staff_request": own,
        "staff_news": own | {"news": NEWS_FOR_STAFF["withdraw"]},
        "call": own | {"answerable": False},
    }


def _to_trainers(common: dict[str, Any]) -> dict[str, dict[str, Any]]:
    own = common | {"trainer": SimpleNamespace(name="Sylvie Yonli"), "desk_url": _LINK}
    return {
        "trainer_link": own,
        "trainer_kept": own,
        "trainer_eve": own,
        "trainer_news": own | {"news": TRAINER_NEWS["reschedule"]},
    }


def _surveys(common: dict[str, Any]) -> dict[str, dict[str, Any]]:
    own = common | {
        "survey": SimpleNamespace(respondent_name="Aïcha Moreau"),
        "asked": QUESTIONNAIRES[SurveyKind.HOT],
        "survey_url": _LINK,
        "closes_at": _at(31, 18),
        "last_time": False,
    }
    return {"survey": own, "survey_reminder": own}


def _other_requests() -> dict[str, dict[str, Any]]:
    """What came by another form: a complaint, a course made to measure."""
    complaint = Complaint(
        reference="R-2027-0001",
        channel=ComplaintChannel.FORM,
        author_kind=ComplainantKind.TRAINEE,
        author_name="Awa Diop",
        author_email="awa.diop@exemple.example",
        subject="Salle fermée à l’arrivée",
        text="La salle était fermée, nous avons attendu une heure.",
        answer="Vous avez raison. La salle est désormais ouverte à 8\u00a0h.",
        received_at=_at(2, 18),
    )
    demand = TailoredRequest(
        reference="S-2027-0001",
        organisation="EHPAD Le Clos fleuri",
        contact_name="Rachid Ouali",
        contact_email="r.ouali@exemple.example",
        headcount=24,
        period="au printemps",
        place="Rezé",
        need="Remettre à plat la façon dont on parle des résidents.",
    )
    said = {"complaint": complaint, "days": 30, "admin_url": _DESK}
    asked = {"demand": demand, "admin_url": _DESK}
    return {
        "complaint_received": said,
        "complaint_staff": said,
        "complaint_answered": said,
        "tailored_received": asked,
        "tailored_staff": asked,
    }
