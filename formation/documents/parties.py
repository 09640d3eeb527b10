"""What a quote, an agreement and a contract say in the same words: who, what, when and where."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from formation.enums import DeliveryMode
from formation.models import Enrolment, EnrolmentRequest, Session, TrainingTerms
from formation.words import hours, session_dates, slot_times
from home.models import OrganisationSettings

from .cost import Cost
from .issued import letterhead
from .leaflet import text_of

IDENTITY = "(Réglages, Identité du cabinet)"
COURSE = "(page de la formation)"


def wanted_of_firm(organisation: OrganisationSettings) -> dict[str, Any]:
    """What must be known of the firm, under the words that say where it is typed."""
    return {
        f"la raison sociale {IDENTITY}": organisation.legal_name,
        f"le siège social {IDENTITY}": organisation.head_office,
        f"qui représente le cabinet {IDENTITY}": organisation.representative,
        f"le numéro de déclaration d’activité {IDENTITY}": organisation.training_number,
    }


def wanted_of_session(session: Session, cost: Cost | None) -> dict[str, Any]:
    """What must be known of the teaching (article D6353-1)."""
    course = session.course
    return {
        f"les objectifs pédagogiques {COURSE}": course.objectives,
        f"le programme {COURSE}": course.programme,
        f"les méthodes mobilisées {COURSE}": course.teaching_methods,
        f"les modalités d’évaluation {COURSE}": course.assessment_methods,
        "les demi-journées (fiche de la session)": session.starts_at,
        "le tarif (page de la formation, ou tarif propre à la session)": cost,
    }


def firm(organisation: OrganisationSettings) -> list[str]:
    """Who the firm is, line by line; what is unknown is left out."""
    form = organisation.legal_form
    capital = f"au capital de {organisation.share_capital}" if organisation.share_capital else ""
    facts = [
        ", ".join(filter(None, (organisation.legal_name, f"{form} {capital}".strip()))),
        ", ".join(organisation.head_office.splitlines()),
        ", ".join(
            filter(None, (_labelled("SIREN", organisation.siren), organisation.registration))
        ),
        _labelled("TVA intracommunautaire", organisation.vat_number),
        "Déclaration d’activité enregistrée sous le numéro " + organisation.training_declaration,
        f"représentée par {organisation.representative}",
    ]
    return [fact for fact in facts if fact]


def client(request: EnrolmentRequest, signatory: str) -> list[str]:
    """Who the employer is."""
    return [
        request.organisation,
        *([_labelled("SIRET", request.siret)] if request.siret else []),
        f"représenté par {signatory}",
    ]


def teaching(session: Session, organisation: OrganisationSettings) -> dict[str, Any]:
    """The action itself: what, when, where, how, by whom (articles L6353-1 and L6353-4)."""
    course = session.course
    trainers = {trainer.pk: trainer for trainer in course.trainers.all()}
    trainers |= {slot.trainer.pk: slot.trainer for slot in session.slots.all() if slot.trainer}
    return {
        "letterhead": letterhead(organisation),
        "firm": firm(organisation),
        "representative": organisation.representative,
        "course": course.title,
        "session": session.code,
        # Which version of the page was true then.
        "revision": course.live_revision_id,
        "objectives": [str(block.value) for block in course.objectives],
        "audience": text_of(course.audience),
        "prerequisites": text_of(course.prerequisites),
        "methods": text_of(course.teaching_methods),
        "resources": text_of(course.resources) if course.resources else [],
        "assessment": text_of(course.assessment_methods),
        "remote": _remote(session),
        "trainers": [f"{one.name}, {one.qualifications}" for one in trainers.values()],
        "mode": session.get_delivery_mode_display(),
        "hours": hours(taught_hours(session)),
        "capacity": session.capacity,
    } | schedule(session)


def schedule(session: Session) -> dict[str, Any]:
    """When and where: what an agreement no longer fits once it is changed."""
    venue = session.venue
    return {
        "dates": session_dates(session),
        "slots": [slot_times(slot) for slot in session.slots.all()],
        "place": f"{venue.name}, {venue.address_on_one_line}" if venue else session.place,
    }


def conditions() -> dict[str, int]:
    """The conditions of sale that the firm has chosen, as the public page says them too."""
    chosen = TrainingTerms.load()
    return {
        "payment_days": chosen.payment_days,
        "free_cancellation_days": chosen.free_cancellation_days,
        "late_cancellation_percent": chosen.late_cancellation_percent,
    }


def trainees(people: Sequence[Enrolment]) -> list[str]:
    return [person.full_name for person in people]


def taught_hours(session: Session) -> Decimal:
    """The sum of the half-days, in hours."""
    minutes = sum(slot.minutes for slot in session.slots.all())
    return (Decimal(minutes) / 60).quantize(Decimal("0.01"))


def _remote(session: Session) -> list[dict[str, Any]]:
    """What article D6313-3-1 wants of teaching at a distance."""
    if session.delivery_mode == DeliveryMode.ONSITE:
        return []
    course = session.course
    items = [
        ("Outil et équipement", session.remote_details),
        ("Assistance technique et pédagogique", course.remote_support),
        ("Activités à distance et durée moyenne", course.remote_work),
        ("Évaluations à distance", course.remote_assessments),
    ]
    return [{"label": label, "text": text_of(text)} for label, text in items if text]


def _labelled(label: str, value: str) -> str:
    return f"{label} {value}" if value else ""
