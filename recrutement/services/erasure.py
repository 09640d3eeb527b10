"""Forgetting somebody who applied: what goes, and the months and figures that stay."""

from datetime import date, datetime

from django.db import transaction
from django.urls import reverse

from courrier.models import OutgoingMessage, reference_of
from recrutement import emails
from recrutement.enums import ApplicationState
from recrutement.exceptions import HeldForADispute
from recrutement.models import AnonymizedApplication, Application
from recrutement.opening import day_in_paris, days_between
from site_enys.models import FormSubmission
from site_enys.states import TransitionRefused

from .retention import is_discarded

State = ApplicationState


@transaction.atomic
def forget(application: Application, now: datetime) -> None:
    """Erase everything the site knows of this application; leave one row of statistics.

    The row goes with its answers, notes, interviews, consent and events by cascade, its files once
    the transaction is committed (`rgpd.files`); the messages about it and what they carried go too.
    The journal of opened files keeps the reference alone, for twelve months.
    """
    locked = Application.objects.select_for_update(of=("self",)).filter(pk=application.pk).first()
    if locked is None:
        return
    if not locked.synthetic:
        AnonymizedApplication.objects.create(**_figures(locked, now))
    OutgoingMessage.objects.filter(about__in=_said_about(locked)).delete()
    # The token of a form stays, so that a replay makes nothing; where it led is not there any more.
    FormSubmission.objects.filter(result_url__contains=str(locked.pk)).update(
        result_url=reverse("recrutement_erased")
    )
    locked.delete()


@transaction.atomic
def erase_at_once(application: Application, now: datetime) -> None:
    """What the person asks for in her own space: done now, and told once. Raises as `grant`."""
    email = grant(application, now)
    emails.erased(email)


@transaction.atomic
def grant(application: Application, now: datetime) -> str:
    """Erase because the person asks for it (RGPD, art. 17), and tell the team if it was going on.

    Nothing is written to her: the caller does, at the address that is returned. Raises
    HeldForADispute (art. 17.3.e), TransitionRefused when somebody has just erased it.
    """
    locked = (
        Application.objects.select_for_update(of=("self",))
        .select_related("offer")
        .filter(pk=application.pk)
        .first()
    )
    if locked is None:
        raise TransitionRefused("Cette candidature est déjà effacée.")
    refuse_if_held(locked)
    forget(locked, now)
    if locked.is_ongoing:
        emails.staff_told_of_erasure(locked)
    return locked.email


def refuse_if_held(application: Application) -> None:
    """Raise HeldForADispute when the direction keeps the file for a dispute."""
    if application.held_at:
        raise HeldForADispute


def _said_about(application: Application) -> list[str]:
    """How the outbox calls the application, and what hangs on it."""
    rows = [application, *application.interviews.all()]
    consent = getattr(application, "pool_consent", None)
    return [reference_of(row) for row in (*rows, *([consent] if consent else []))]


def _figures(application: Application, now: datetime) -> dict[str, object]:
    """Months, never days: two facts together must lead to nobody."""
    offer = application.offer
    answered = application.first_answer_at
    days = days_between(application.submitted_at, answered) if answered else 0
    return {
        "offer_reference": offer.reference if offer else "",
        "contract_type": offer.contract_type if offer else "",
        "submitted_month": _month(application.submitted_at),
        "decided_month": _decided_month(application, now),
        "state": _outcome(application),
        "reject_reason": application.reject_reason,
        "source": application.source,
        "days_to_answer": max(days, 0) if answered else None,
    }


def _outcome(application: Application) -> str:
    """A robot's was never let in; who erases what is going on withdraws it."""
    if is_discarded(application):
        return State.QUARANTINE
    return State.WITHDRAWN if application.is_ongoing else application.state


def _decided_month(application: Application, now: datetime) -> date | None:
    if _outcome(application) == State.QUARANTINE:
        return None
    return _month(application.decided_at or now)


def _month(instant: datetime) -> date:
    return day_in_paris(instant).replace(day=1)
