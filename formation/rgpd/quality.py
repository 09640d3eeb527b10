"""What people complain of, and what is done to do better."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from formation.enums import UNANSWERED, ComplaintState
from formation.exceptions import EnrolmentRefused
from formation.forms.fields import phone_field
from formation.models import Complaint, ComplaintEvent, ImprovementAction
from formation.services.complaints import COMPLAINT_LIFECYCLE
from formation.services.forgetting import NOBODY
from rgpd.countdowns import Countdown
from rgpd.exporting import KEY, facts, journal, left_out_of_journal
from rgpd.register import Facts, Person, PersonalData, register
from site_enys.states import PERSON
from site_enys.templatetags.typography import long_date

from .proofs import CYCLE, UNCONVERTED_KEPT

SUSPECT_KEPT = UNCONVERTED_KEPT
ROBOTS = frozenset({ComplaintState.SET_ASIDE, ComplaintState.DISCARDED})
ACTS = {
    "receive": "Réclamation reçue",
    "correct": "Coordonnées corrigées",
    "forget": "Nom et coordonnées effacés",
}
QUALITY = "article L6316-1 du code du travail, indicateur 31 du référentiel qualité"


# -- Complaints ----------------------------------------------------------------------------------


def old_complaints(limit: datetime) -> QuerySet[Complaint]:
    """Those that are over, and sooner those that a robot seems to have sent."""
    suspect = Q(state__in=ROBOTS, received_at__lt=limit + CYCLE - SUSPECT_KEPT)
    return Complaint.objects.filter(suspect | Q(answered_at__lt=limit))


def end_of_complaint(complaint: Complaint) -> Countdown:
    if complaint.state in ROBOTS:
        return Countdown(timezone.localdate(complaint.received_at + SUSPECT_KEPT))
    if complaint.answered_at is None:
        return Countdown(None, waits_for="jusqu’à notre réponse")
    return Countdown(timezone.localdate(complaint.answered_at + CYCLE))


def complaint_told(complaint: Complaint, _person: Person) -> Facts:
    return {
        "Numéro": complaint.reference,
        "Session": complaint.session_code,
        **facts(
            complaint,
            *("channel", "author_kind", "author_name", "author_email", "author_phone"),
            *(
                "subject",
                "text",
                "notice_version",
                "notice_shown_at",
                "received_at",
                "acknowledged_at",
            ),
            *("state", "state_changed_at", "answered_at", "answer", "root_cause"),
            state_changed_at="Dans cet état depuis le",
            answer="Notre réponse",
        ),
        "Ce que nous avons décidé": complaint.actions_in_words,
        "Historique": journal(complaint, ComplaintState, ACTS),
    }


def kept_complaint(complaint: Complaint, _now: datetime) -> str:
    if complaint.state in ROBOTS:
        return ""
    if complaint.state in UNANSWERED:
        return f"Nous vous devons une réponse ({QUALITY}) : vos données servent à la donner."
    day = end_of_complaint(complaint).day
    until = f"jusqu’au {long_date(day)}" if day else "quatre ans"
    return (
        f"La réclamation et notre réponse sont gardées {until}, sans votre nom ni vos coordonnées, "
        f"qui sont effacés ({QUALITY})."
    )


def forget_author(complaint: Complaint, _person: Person, now: datetime) -> None:
    """Keep what was said and done; forget who said it, in the texts too."""
    if complaint.state in UNANSWERED:
        return
    names = [complaint.author_name, complaint.author_email, complaint.author_phone]
    for name in filter(None, names):
        for field in ("subject", "text", "answer", "root_cause"):
            setattr(complaint, field, getattr(complaint, field).replace(name, "…"))
    complaint.author_name, complaint.author_email, complaint.author_phone = NOBODY, "", ""
    complaint.save()
    COMPLAINT_LIFECYCLE.record(complaint, complaint.state, name="forget", by=PERSON, now=now)


@transaction.atomic
def correct_author(complaint: Complaint, values: Mapping[str, Any], now: datetime) -> None:
    """Write how the author is called and reached. Raises a Refused."""
    row = Complaint.objects.select_for_update(of=("self",)).get(pk=complaint.pk)
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, values[name])
    try:
        phone_field("Téléphone").clean(row.author_phone)
        row.clean_fields(exclude={one.name for one in row._meta.fields} - set(changed))
    except ValidationError as error:
        raise EnrolmentRefused(" ".join(error.messages)) from error
    if changed:
        row.save(update_fields=changed)
        COMPLAINT_LIFECYCLE.record(row, row.state, name="correct", by=PERSON, now=now)


# -- Improvement ---------------------------------------------------------------------------------


def done_long_ago(limit: datetime) -> QuerySet[ImprovementAction]:
    day = timezone.localdate(limit)
    return ImprovementAction.objects.filter(done_on__lt=day).exclude(responsible="")


def end_of_action(action: ImprovementAction) -> Countdown:
    if not action.responsible:
        return Countdown(None, waits_for="sans aucun nom")
    if action.done_on is None:
        return Countdown(None, waits_for="jusqu’à ce que l’action soit faite")
    return Countdown(action.done_on + CYCLE + timedelta(days=1))


def forget_responsible(action: ImprovementAction) -> None:
    action.responsible = ""
    action.save(update_fields=["responsible"])


register(
    PersonalData(
        model=Complaint,
        processing="Réclamations",
        purpose="Vous répondre, et corriger ce qui doit l’être",
        legal_basis="obligation légale (article L6316-1 du code du travail)",
        data="nom, coordonnées, session, réclamation et réponse",
        retention=CYCLE,
        retention_words="4 ans",
        kept_since="notre réponse",
        people="les personnes qui font une réclamation",
        ended=old_complaints,
        countdown=end_of_complaint,
        recipients="les personnes de l’équipe chargées de la formation, la direction",
        find=lambda person: (
            Complaint.objects.filter(author_email__iexact=person.email)
            .select_related("session")
            .prefetch_related("events", "actions")
        ),
        export=complaint_told,
        not_exported={"public_id": KEY, **left_out_of_journal(ComplaintEvent)},
        kept_by_law=kept_complaint,
        erase_around=forget_author,
        corrections=("author_name", "author_phone"),
        correct=correct_author,
    ),
    followers=(ComplaintEvent,),
)
register(
    PersonalData(
        model=ImprovementAction,
        processing="Actions d’amélioration",
        purpose="Suivre ce qui est fait pour mieux faire",
        legal_basis="obligation légale (article L6316-1 du code du travail)",
        data="nom de la personne de l’équipe qui s’en charge",
        retention=CYCLE,
        retention_words="4 ans, puis sans nom",
        kept_since="le jour où l’action est faite",
        people="les membres de l’équipe",
        ended=done_long_ago,
        countdown=end_of_action,
        recipients="les personnes de l’équipe chargées de la formation, la direction",
        erase=forget_responsible,
        not_found_because="Un nom y est écrit librement, sans adresse qui le rattache à quelqu’un.",
    )
)
