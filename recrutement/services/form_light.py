"""What the last check of the application form lets us say of it, and when to check again."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from recrutement.models import FormCheck
from site_enys.templatetags.typography import long_moment

from .synthetic import NOTHING_OPEN

#: A night without check is one too many: the light no longer knows.
BELIEVED_FOR = timedelta(hours=30)
#: A form that is down is tried again every hour, so that the light turns by itself.
TRIED_AGAIN_AFTER = timedelta(hours=1)
NIGHT = {"hour": 3, "minute": 10, "second": 0, "microsecond": 0}


@dataclass(frozen=True)
class Light:
    """`works` is None while nobody knows."""

    sentence: str
    works: bool | None = None


def form_light(now: datetime) -> Light:
    """What can be said now: it works, it does not, or nobody knows."""
    check = FormCheck.objects.first()
    if check is None:
        return Light("Le formulaire de candidature n’a pas encore été vérifié.")
    when = _when(check.at)
    if not check.passed:
        down = f"Le formulaire de candidature ne répond plus\u00a0: vérifié {when}. {check.detail}"
        return Light(down, works=False)
    if now - check.at > BELIEVED_FOR:
        return Light(f"Le formulaire n’est plus vérifié\u00a0: il fonctionnait {when}.")
    if check.detail == NOTHING_OPEN:
        return Light(f"{NOTHING_OPEN} Dernier passage {when}.")
    return Light(f"Le formulaire fonctionne\u00a0: vérifié {when}.", works=True)


def is_due(now: datetime) -> bool:
    """Whether the form is to be checked: once a night, and again while it is down."""
    check = FormCheck.objects.first()
    if check is None or check.at < _last_night(now):
        return True
    return not check.passed and now - check.at >= TRIED_AGAIN_AFTER


def _last_night(now: datetime) -> datetime:
    local = timezone.localtime(now, timezone.get_default_timezone())
    tonight = local.replace(**NIGHT)  # type: ignore[arg-type]
    return tonight if tonight <= local else tonight - timedelta(days=1)


def _when(instant: datetime) -> str:
    return f"le {long_moment(instant)}"
