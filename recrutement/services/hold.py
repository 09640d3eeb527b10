"""Keeping a file for a dispute: the direction alone, with a reason (RGPD, art. 17.3.e)."""

from datetime import datetime

from django.db import transaction

from recrutement.exceptions import HoldRefused
from recrutement.models import Application
from site_enys.states import Actor

from .lifecycle import LIFECYCLE


@transaction.atomic
def hold(application: Application, reason: str, *, by: Actor, now: datetime) -> None:
    """Keep the file as long as `hold_years` at most. Raises HoldRefused.

    The reason stays out of the journal, which more people read.
    """
    locked = _lock(application)
    if locked.held_at:
        raise HoldRefused("Cette candidature est déjà gardée pour un litige.")
    if not reason.strip():
        raise HoldRefused("Dites pourquoi cette candidature est gardée.", field="reason")
    locked.held_at, locked.hold_reason = now, reason.strip()[:500]
    locked.save(update_fields=["held_at", "hold_reason"])
    LIFECYCLE.record(
        locked, locked.state, name="hold", by=by, now=now, reason="Gardée pour un litige"
    )


@transaction.atomic
def lift(application: Application, *, by: Actor, now: datetime) -> None:
    """End it: the file follows the ordinary rule again. Raises HoldRefused."""
    locked = _lock(application)
    if locked.held_at is None:
        raise HoldRefused("Cette candidature n’est pas gardée pour un litige.")
    locked.held_at, locked.hold_reason = None, ""
    locked.save(update_fields=["held_at", "hold_reason"])
    LIFECYCLE.record(
        locked,
        locked.state,
        name="lift_hold",
        by=by,
        now=now,
        reason="Fin de la garde pour un litige",
    )


def _lock(application: Application) -> Application:
    locked = Application.objects.select_for_update(of=("self",)).filter(pk=application.pk).first()
    if locked is None:
        raise HoldRefused("Cette candidature n’existe plus.")
    return locked
