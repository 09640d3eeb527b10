"""Who asks for a course made for a team."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from courrier.models import OutgoingMessage
from formation.enums import TAILORED_FOLLOWED_UP, TailoredState
from formation.exceptions import EnrolmentRefused
from formation.forms.fields import phone_field
from formation.models import TailoredRequest, TailoredRequestEvent
from formation.services.tailored import TAILORED_LIFECYCLE
from rgpd.countdowns import Countdown
from rgpd.exporting import KEY, facts, journal, left_out_of_journal
from rgpd.register import Facts, Person, PersonalData, register
from site_enys.states import PERSON
from site_enys.templatetags.typography import long_date

from .enrolments import TEAM
from .proofs import UNCONVERTED_KEPT

#: A request that led nowhere goes with those of the sessions; one that was followed up is a
#: prospect's, kept three years after the last contact (CNIL, référentiel « gestion commerciale »).
TAILORED_KEPT = UNCONVERTED_KEPT
PROSPECT_KEPT = timedelta(days=3 * 365 + 1)
ACTS = {"request": "Demande reçue", "correct": "Coordonnées corrigées"}


def silent_tailored_requests(limit: datetime) -> QuerySet[TailoredRequest]:
    """Requests made for a team, nothing of which has moved for as long as its state allows."""
    silent = TailoredRequest.objects.silent_since
    followed_up = Q(state__in=TAILORED_FOLLOWED_UP)
    return silent(limit).exclude(followed_up) | silent(
        limit + TAILORED_KEPT - PROSPECT_KEPT
    ).filter(followed_up)


def end_of_silence(demand: TailoredRequest) -> Countdown:
    followed_up = demand.state in TAILORED_FOLLOWED_UP
    kept = PROSPECT_KEPT if followed_up else TAILORED_KEPT
    day = timezone.localdate(demand.state_changed_at + kept)
    return Countdown(day, because="demande à laquelle nous avons donné suite" * followed_up)


def said_of(demand: TailoredRequest, _person: Person) -> Facts:
    return {
        "Numéro": demand.reference,
        "Formation": demand.course_title,
        **facts(demand, *TailoredRequest.ANSWERS),
        **facts(
            demand,
            *("created_at", "notice_version", "notice_shown_at", "state", "state_changed_at"),
            state_changed_at="Dans cet état depuis le",
        ),
        "Historique": journal(demand, TailoredState, ACTS),
    }


def kept(demand: TailoredRequest, _now: datetime) -> str:
    if demand.state != TailoredState.WON:
        return ""
    day = end_of_silence(demand).day
    return (
        f"Cette demande a été acceptée\u00a0: elle fait partie d’un contrat, et elle est gardée "
        f"jusqu’au {long_date(day)} (RGPD, article 6.1.b)."
    )


@transaction.atomic
def forget(demand: TailoredRequest, _person: Person, _now: datetime) -> None:
    """The request, and what was written about it."""
    OutgoingMessage.objects.about(demand).delete()
    demand.delete()


@transaction.atomic
def correct(demand: TailoredRequest, values: Mapping[str, Any], now: datetime) -> None:
    """Write how the contact is called and reached; the journal says that it changed, not how.

    Raises a Refused, beside its field.
    """
    row = TailoredRequest.objects.select_for_update().get(pk=demand.pk)
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, values[name])
    try:
        phone_field("Téléphone").clean(row.contact_phone)
        row.clean_fields(exclude={one.name for one in row._meta.fields} - set(changed))
    except ValidationError as error:
        raise EnrolmentRefused(" ".join(error.messages)) from error
    if changed:
        row.save(update_fields=changed)
        TAILORED_LIFECYCLE.record(row, row.state, name="correct", by=PERSON, now=now)


register(
    PersonalData(
        model=TailoredRequest,
        processing="Demandes de formation sur mesure",
        purpose="Étudier votre besoin et vous faire une proposition",
        legal_basis="mesures précontractuelles prises à votre demande",
        data="nom, coordonnées professionnelles, organisme, besoin de formation",
        retention=TAILORED_KEPT,
        retention_words="6 mois (3 ans si nous y donnons suite)",
        kept_since="notre dernier échange",
        people="les personnes qui demandent une formation pour leur équipe",
        ended=silent_tailored_requests,
        countdown=end_of_silence,
        recipients=TEAM,
        find=lambda person: (
            TailoredRequest.objects.filter(contact_email__iexact=person.email)
            .select_related("course")
            .prefetch_related("events")
        ),
        export=said_of,
        not_exported={"public_id": KEY, **left_out_of_journal(TailoredRequestEvent)},
        kept_by_law=kept,
        erase_on_request=forget,
        corrections=("contact_name", "contact_phone"),
        correct=correct,
    ),
    followers=(TailoredRequestEvent,),
)
