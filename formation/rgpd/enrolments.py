"""Who signs up: one row for each person of a request."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from formation.enums import EnrolmentState, Presence
from formation.exceptions import EnrolmentRefused
from formation.forms.fields import name_field, phone_field
from formation.models import (
    Attendance,
    AttendanceCorrection,
    Enrolment,
    EnrolmentEvent,
    Session,
)
from formation.services import changes
from formation.services.forgetting import (
    forget_around,
    forget_enrolment,
    is_firm,
    needed_for_the_contract,
)
from formation.words import session_dates
from rgpd.exporting import BY, COLLEAGUE, KEY, facts, journal, left_out_of_journal
from rgpd.register import Consent, Facts, Person, PersonalData, register
from site_enys.states import PERSON, Role

from .proofs import (
    PROOFS_KEPT,
    PROOFS_KEPT_WORDS,
    PROOFS_SINCE,
    end_of_request,
    kept_as_proof,
    requests_due,
)

TEAM = "les personnes de l’équipe chargées de la formation"
#: What happened without a change of state.
ACTS = {
    "request": "Demande reçue",
    "take_over": "Place reprise d’un collègue",
    "arrive": "Arrivée d’une autre session",
    "correct": "Coordonnées corrigées",
    "note": "Note de l’équipe modifiée",
    "call": "Personne contactée",
    "change_link": "Lien de suivi changé",
    "assess": "Acquis évalués",
    "forget": "Données effacées",
}
#: What was the only one to be delivered with the name of the person on it.
NAME_PRINTED = (
    "Un document a déjà été délivré à ce nom\u00a0: demandez-nous la correction, nous le referons."
)


def enrolments_of(person: Person) -> QuerySet[Enrolment]:
    rows = Enrolment.objects.filter(email_key=person.email)
    return rows.select_related(
        "request", "session__course", "session__venue", "follows__session"
    ).prefetch_related(
        "request__enrolments", "events", "attendances__slot", "attendances__corrections"
    )


def session_told(session: Session) -> dict[str, Any]:
    return {
        "Formation": session.course.title,
        "Session": session.code,
        "Dates": session_dates(session),
    }


def said_of(enrolment: Enrolment, _person: Person) -> Facts:
    """All that is written about this person; of her colleagues and of her employer's, nothing."""
    request, follows = enrolment.request, enrolment.follows
    return {
        "Demande": request.reference,
        **session_told(enrolment.session),
        "Organisme": request.organisation,
        **facts(
            enrolment,
            *("first_name", "last_name", "email", "phone", "state", "state_changed_at"),
            *("wants_accommodation_call", "trainee_status", "assessment", "note"),
            *("offer_expires_at", "offer_reminded_at", "contract_signed_on"),
            *("withdrawal_ends_on", "convoked_at", "reminded_at"),
            state_changed_at="Dans cet état depuis le",
        ),
        "Rang sur la liste d’attente": enrolment.waiting_rank,
        "Prend la suite": _former(enrolment, follows),
        "Émargements": [_half_day(one) for one in enrolment.attendances.all()],
        "Historique": journal(enrolment, EnrolmentState, ACTS),
    }


def _former(enrolment: Enrolment, follows: Enrolment | None) -> str:
    if follows is None:
        return ""
    if follows.email_key == enrolment.email_key:
        return f"de votre inscription à la session {follows.session.code}"
    return "d’une autre personne"


def _half_day(attendance: Attendance) -> dict[str, Any]:
    return {
        "Début": attendance.slot.starts_at,
        "Fin": attendance.slot.ends_at,
        **facts(attendance, "presence", "minutes", "signed_by", "signed_at"),
        "Corrections": [
            {
                "Le": one.at,
                "Par": BY[Role(one.role)],
                "Avant": _presence(one.old_presence, one.old_minutes),
                "Après": _presence(one.new_presence, one.new_minutes),
                "Motif": one.reason,
            }
            for one in attendance.corrections.all()
        ],
    }


def _presence(presence: str, minutes: int) -> str:
    return f"{Presence(presence).label}, {minutes}\u00a0minutes"


def kept(enrolment: Enrolment, now: datetime) -> str:
    """A contract first, then a proof."""
    why = needed_for_the_contract(enrolment, now)
    if why or not is_firm(enrolment):
        return why
    what = "Votre nom, votre adresse, votre présence et vos résultats"
    return (
        f"{kept_as_proof(enrolment.session, what)} Votre téléphone, les notes de l’équipe et vos "
        "souhaits, qui ne prouvent rien, sont effacés."
    )


CORRECTED: Mapping[str, Any] = {
    "first_name": name_field("Prénom", "given-name"),
    "last_name": name_field("Nom", "family-name"),
    "phone": phone_field("Téléphone"),
}


def correct(enrolment: Enrolment, values: Mapping[str, Any], now: datetime) -> None:
    """As on the page that follows the enrolment; a name that is printed is corrected by the team.

    Raises a Refused, beside its field.
    """
    cleaned: dict[str, str] = {}
    for name, value in values.items():
        if value == getattr(enrolment, name):
            continue
        try:
            cleaned[name] = CORRECTED[name].clean(value)
        except ValidationError as error:
            raise EnrolmentRefused(" ".join(error.messages), field=name) from error
    renamed = [name for name in ("first_name", "last_name") if name in cleaned]
    if renamed and _is_printed(enrolment):
        raise EnrolmentRefused(NAME_PRINTED, field=renamed[0])
    changes.correct(enrolment, cleaned, by=PERSON, now=now)


def _is_printed(enrolment: Enrolment) -> bool:
    if enrolment.documents.exists():
        return True
    papers = enrolment.request.documents.filter(enrolment=None).values_list("data", flat=True)
    return any(enrolment.pk in data.get("enrolments", []) for data in papers)


def wished(enrolment: Enrolment) -> datetime | None:
    if not enrolment.wants_accommodation_call:
        return None
    first = enrolment.events.first()
    return first.at if first else enrolment.request.created_at


def wish_no_more(enrolment: Enrolment, _now: datetime) -> None:
    rows = Enrolment.objects.filter(pk=enrolment.pk)
    rows.update(wants_accommodation_call=False)


def erase_enrolment(enrolment: Enrolment) -> None:
    """Delete the enrolment, and its request when nothing else hangs on it."""
    request = enrolment.request
    enrolment.delete()
    if not request.enrolments.exists():
        request.delete()


register(
    PersonalData(
        model=Enrolment,
        processing="Inscriptions aux formations",
        purpose="Organiser la formation et en garder les preuves que la loi demande",
        legal_basis="exécution du contrat ou de la convention, puis obligation légale",
        data=(
            "identité, coordonnées, session suivie, dates du contrat, présences et signatures, "
            "notes de l’équipe, historique de l’inscription"
        ),
        retention=PROOFS_KEPT,
        retention_words=PROOFS_KEPT_WORDS,
        kept_since=PROOFS_SINCE,
        people="les stagiaires",
        ended=requests_due(Enrolment, "request", PROOFS_KEPT),
        countdown=lambda enrolment: end_of_request(enrolment.request),
        reads=("request__session", "request__enrolments"),
        recipients=(
            f"{TEAM}, le formateur de la session et, pour une convention, votre employeur et "
            "son financeur"
        ),
        erase=erase_enrolment,
        find=enrolments_of,
        export=said_of,
        not_exported={
            "email_key": "la même adresse, en minuscules",
            "person_key": "la même adresse et le même nom, pour ne compter personne deux fois",
            "public_id": KEY,
            "link_nonce": KEY,
            "inherited_rank": "sert à calculer le rang, qui est dit",
            **left_out_of_journal(EnrolmentEvent),
            "AttendanceCorrection.user": COLLEAGUE,
        },
        kept_by_law=kept,
        erase_on_request=lambda enrolment, person, now: forget_enrolment(enrolment, now),
        erase_around=lambda enrolment, person, now: forget_around(enrolment, now),
        corrections=("first_name", "last_name", "phone"),
        correct=correct,
        consents=(
            Consent(
                question="Être contacté(e) au sujet d’un aménagement",
                given=wished,
                version=lambda enrolment: enrolment.request.notice_version,
                withdraw=wish_no_more,
            ),
        ),
    ),
    followers=(EnrolmentEvent, Attendance, AttendanceCorrection),
)
