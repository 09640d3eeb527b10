"""Until when an application is kept: one rule, read by the purge and by every countdown.

A file is erased on the first day of Paris on which all of this has passed:

1. its ordinary delay: `kept_months` calendar months from the day of the decision (CNIL, guide du
   recrutement, 2023); `quarantine_days` from the day when it was set aside for nobody let in, and
   from the day when it was discarded for a robot's;
2. the consent of the person for the pool, unless she was hired: the day after it runs out, or the
   day after she withdrew it;
3. a hold for a dispute: `hold_years` from the day when it was put (Code du travail, L1134-5;
   RGPD, art. 17.3.e).

What is going on is not erased, however old. `erased_on` counts the day of one row, `due` asks the
database for the rows whose day has come: `tests/recrutement/test_retention.py` compares them.
"""

from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from recrutement.enums import ENDED, ApplicationState
from recrutement.models import Application, ApplicationEvent, PoolConsent, RecruitmentSettings
from recrutement.models.applications import ApplicationQuerySet
from recrutement.opening import day_in_paris
from rgpd.countdowns import Countdown
from site_enys.months import bounds_of_day, last_day_before, months_later

State = ApplicationState
ONE_DAY = timedelta(days=1)
A_YEAR = 12  # months
#: What a file without a day is kept for.
ONGOING_IN_WORDS = "tant que le recrutement est en cours"


def with_retention(rows: QuerySet[Application]) -> QuerySet[Application]:
    """The rows with what their countdown reads, so that a list asks nothing more."""
    return rows.select_related("pool_consent").annotate(was_discarded=_discarded())


def countdown(application: Application, settings: RecruitmentSettings) -> Countdown:
    """When this file is erased, and why not sooner."""
    day, because = ordinary_day(application, settings), ""
    if day is None:
        return Countdown(None, waits_for=ONGOING_IN_WORDS)
    consent = _consent_of(application)
    if consent and _may_wait_in_the_pool(application) and last_day_of(consent) + ONE_DAY > day:
        day, because = last_day_of(consent) + ONE_DAY, "vivier"
    until = held_until(application, settings)
    if until and until > day:
        day, because = until, "gardée pour un litige"
    return Countdown(day, because)


def held_until(application: Application, settings: RecruitmentSettings) -> date | None:
    """The day on which a dispute no longer holds the file back; None when none does."""
    if application.held_at is None:
        return None
    return months_later(day_in_paris(application.held_at), settings.hold_years * A_YEAR)


def last_day_of(consent: PoolConsent) -> date:
    """The last day on which a consent for the pool keeps anything."""
    return day_in_paris(consent.withdrawn_at) if consent.withdrawn_at else consent.expires_on


def countdown_in_pool(consent: PoolConsent) -> Countdown:
    """When the consent itself is erased: `pool.ended_consents` says the same in SQL."""
    day = last_day_of(consent) + ONE_DAY
    application = consent.application
    if application.state == State.HIRED and application.decided_at:
        day = min(day, day_in_paris(application.decided_at))
    return Countdown(day)


def erased_on(application: Application, settings: RecruitmentSettings) -> date | None:
    """The day on which the daily work erases this file; None while its recruitment goes on."""
    return countdown(application, settings).day


def ordinary_day(application: Application, settings: RecruitmentSettings) -> date | None:
    """The end of the ordinary delay, whatever the person or the law add to it."""
    if application.state == State.QUARANTINE:
        return day_in_paris(application.state_changed_at) + _days_aside(settings)
    if application.decided_at is None:
        return None
    decided = day_in_paris(application.decided_at)
    if is_discarded(application):
        return decided + _days_aside(settings)
    return months_later(decided, settings.kept_months)


def is_discarded(application: Application) -> bool:
    """Whether it was taken for a robot's, and not taken up again since."""
    if application.state != State.CLOSED or application.decided_at is None:
        return False
    known: bool | None = getattr(application, "was_discarded", None)
    if known is not None:
        return known
    return application.events.filter(transition="discard", at=application.decided_at).exists()


def due(now: datetime, settings: RecruitmentSettings) -> QuerySet[Application]:
    """The rows whose day of erasure has come."""
    held_until_now = last_day_before(day_in_paris(now), settings.hold_years * A_YEAR)
    return _without_consent(now, settings).exclude(held_at__gte=_after(held_until_now))


def past_its_delay(now: datetime, settings: RecruitmentSettings) -> QuerySet[Application]:
    """The rows that only a consent or a dispute may still keep."""
    today = day_in_paris(now)
    aside_since = _after(today - _days_aside(settings))
    decided_since = _after(last_day_before(today, settings.kept_months))
    return Application.objects.annotate(was_discarded=_discarded()).filter(
        Q(state=State.QUARANTINE, state_changed_at__lt=aside_since)
        | Q(state__in=ENDED, was_discarded=True, decided_at__lt=aside_since)
        | Q(state__in=ENDED, was_discarded=False, decided_at__lt=decided_since)
    )


def in_archive(now: datetime, settings: RecruitmentSettings) -> QuerySet[Application]:
    """What is past every other delay, and kept only for a dispute: for the direction alone."""
    return _without_consent(now, settings).filter(held_at__isnull=False)


def without_archive(rows: ApplicationQuerySet, now: datetime) -> ApplicationQuerySet:
    """The rows of the ordinary desk: what is kept only for a dispute is not among them."""
    # Their keys, which are few: asked within each query, they would be looked for in every row.
    held = list(in_archive(now, RecruitmentSettings.load()).values_list("pk", flat=True))
    return rows.exclude(pk__in=held) if held else rows


def _without_consent(now: datetime, settings: RecruitmentSettings) -> QuerySet[Application]:
    """The rows past their delay, that no consent for the pool keeps longer."""
    runs = Exists(_running_consents(day_in_paris(now)))
    may_wait = Q(state__in=ENDED, was_discarded=False) & ~Q(state=State.HIRED)
    rows = past_its_delay(now, settings).annotate(consent_runs=runs)
    return rows.exclude(may_wait, consent_runs=True)


def _may_wait_in_the_pool(application: Application) -> bool:
    ended = application.state in ENDED and application.state != State.HIRED
    return ended and not is_discarded(application)


def _consent_of(application: Application) -> PoolConsent | None:
    return getattr(application, "pool_consent", None)


def _running_consents(today: date) -> QuerySet[PoolConsent]:
    """Given and not run out, or withdrawn today: the file goes the day after."""
    begins, _ = bounds_of_day(today)
    runs = Q(withdrawn_at=None, expires_on__gte=today) | Q(withdrawn_at__gte=begins)
    return PoolConsent.objects.filter(runs, application=OuterRef("pk"))


def _discarded() -> Exists:
    discards = ApplicationEvent.objects.filter(transition="discard", at=OuterRef("decided_at"))
    return Exists(discards.filter(subject=OuterRef("pk"), to_state=OuterRef("state")))


def _days_aside(settings: RecruitmentSettings) -> timedelta:
    return timedelta(days=settings.quarantine_days)


def _after(day: date) -> datetime:
    """The instant at which the day has passed, in Paris."""
    with timezone.override(timezone.get_default_timezone()):
        return bounds_of_day(day)[1]
