"""What the team does to an enrolment that changes neither its state nor who comes."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from formation import emails, links
from formation.enums import LIVE, SessionState
from formation.models import Enrolment
from site_enys.links import revoke
from site_enys.states import Actor, TransitionRefused

from .lifecycle import ENROLMENT_LIFECYCLE


@transaction.atomic
def write_note(enrolment: Enrolment, note: str, *, by: Actor, now: datetime) -> None:
    """Keep the note of the team; the journal says that it changed, and never what it says."""
    rows = Enrolment.objects.filter(pk=enrolment.pk).exclude(note=note)
    if rows.update(note=note):
        _record(enrolment, "note", by, now, "Note de l’équipe modifiée.")


@transaction.atomic
def change_link(enrolment: Enrolment, *, by: Actor, now: datetime, reason: str = "") -> None:
    """Close the links that the person received, and send a new one.

    Raises TransitionRefused when the enrolment is over.
    """
    refuse_unless_live(enrolment)
    close_links(enrolment)
    emails.link_again(enrolment)
    _record(enrolment, "change_link", by, now, f"Lien de suivi changé. {reason}")


def close_links(enrolment: Enrolment) -> None:
    """Make every link that the person received useless: to the whole request when she buys."""
    revoke(enrolment.request if links.is_buyer(enrolment) else enrolment)


def refuse_unless_live(enrolment: Enrolment) -> None:
    """Raise TransitionRefused when the enrolment is over."""
    if enrolment.state not in LIVE:
        raise TransitionRefused("Cette inscription est close.")


def people_to_call(now: datetime) -> QuerySet[Enrolment]:
    """Those who asked to be called about an accommodation, the soonest session first."""
    live = Enrolment.objects.live().filter(wants_accommodation_call=True)
    # The dates of a postponed session are no longer dates.
    to_come = Q(session__ends_at__gt=now) | Q(session__state=SessionState.POSTPONED)
    return live.filter(to_come).order_by("session__starts_at", "pk")


@transaction.atomic
def note_call(enrolment: Enrolment, *, by: Actor, now: datetime) -> None:
    """Take somebody who has been called off the list, once.

    The journal, which is kept much longer than the wish, does not say what the call was about.
    """
    rows = Enrolment.objects.filter(pk=enrolment.pk, wants_accommodation_call=True)
    if rows.update(wants_accommodation_call=False):
        _record(enrolment, "call", by, now, "Personne contactée.")


def _record(enrolment: Enrolment, name: str, by: Actor, now: datetime, reason: str) -> None:
    ENROLMENT_LIFECYCLE.record(enrolment, enrolment.state, name=name, by=by, now=now, reason=reason)
