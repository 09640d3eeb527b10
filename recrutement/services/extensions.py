"""Asking for more time than we had promised: once, and with a word to the person."""

from datetime import date, datetime, timedelta

from django.db import transaction

from recrutement import emails
from recrutement.exceptions import PastDate, PromiseAlreadyExtended
from recrutement.models import Application
from recrutement.opening import day_in_paris
from site_enys.states import Actor, TransitionRefused
from site_enys.templatetags.typography import long_date

from .lifecycle import LIFECYCLE

#: The name of the event of a promise that is extended.
EXTENSION = "extend_promise"
LONGEST_EXTENSION = timedelta(days=60)


def refuse_extension(application: Application) -> None:
    """Raise when there is no promise to extend, or when it has been extended already."""
    if not application.is_ongoing:
        raise TransitionRefused("Cette candidature n’attend plus de réponse.")
    if application.events.filter(transition=EXTENSION).exists():
        raise PromiseAlreadyExtended


def extend(
    application: Application, until: date, words: str, *, by: Actor, now: datetime, reason: str = ""
) -> None:
    """Promise a later day, once, and say so to the person with some words.

    Raises PromiseAlreadyExtended, PastDate, TransitionRefused.
    """
    today = day_in_paris(now)
    with transaction.atomic():
        locked = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
        refuse_extension(locked)
        if until <= max(today, locked.answer_by):
            raise PastDate("Choisissez un jour plus éloigné que celui promis.", field="until")
        if until > today + LONGEST_EXTENSION:
            raise PastDate("Soixante jours au plus\u00a0: une personne attend.", field="until")
        before, locked.answer_by = locked.answer_by, until
        locked.save(update_fields=["answer_by"])
        journal = f"Réponse promise avant le {long_date(until)} au lieu du {long_date(before)}."
        reason = f"{journal} {reason}"
        LIFECYCLE.record(locked, locked.state, name=EXTENSION, by=by, now=now, reason=reason)
        emails.delayed(locked, before=before, words=words.strip())
    application.refresh_from_db()
