"""What the site writes by itself, once a day: to who recruits, and as a last resort to who waits.

Each function does nothing without `apply`, and counts the same: how many messages. Playing the
same day again writes nothing.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Max, Q, QuerySet

from courrier.models import OutgoingMessage
from recrutement import emails
from recrutement.emails.parts import recruiter_address
from recrutement.enums import ONGOING, OfferStatus
from recrutement.models import Application, JobOfferPage, RecruitmentSettings
from recrutement.opening import day_in_paris
from site_enys.months import bounds_of_day
from site_enys.states import SYSTEM
from site_enys.templatetags.typography import long_date

from .lifecycle import LIFECYCLE

REMINDER = "remind"
LAST_RESORT = "last_resort"
AGAIN_AFTER = timedelta(days=7)
#: An offer closed for longer is old news; well within what the outbox remembers.
TOLD_WITHIN = timedelta(days=60)


def tell_of_closed_offers(now: datetime, *, apply: bool) -> int:
    """S2: once for each closing day, how many applications wait; return the number of messages."""
    told = 0
    for offer in _just_closed(day_in_paris(now)):
        about = OutgoingMessage.objects.about(offer).filter(kind=emails.OFFER_CLOSED)
        # A closing day that was put off and has passed again is another one.
        if about.filter(text__contains=long_date(offer.closing_date)).exists():
            continue
        if apply:
            with transaction.atomic():
                emails.offer_closed(offer, offer.waiting)
        told += 1
    return told


def remind_of_promises(now: datetime, *, apply: bool) -> int:
    """S3: one digest for each recruiter; return their number.

    Somebody comes into it `reminder_days` before the day promised to her, on the day after it, and
    then every week; whoever waits as well is in the same digest.
    """
    today, notice = day_in_paris(now), timedelta(days=RecruitmentSettings.load().reminder_days)
    by_reader: dict[str, list[Application]] = defaultdict(list)
    for application in _to_answer(today + notice):
        by_reader[recruiter_address(application.offer)].append(application)
    sent = 0
    for reader, people in sorted(by_reader.items()):
        if not reader or not any(_due(one, today, notice) for one in people):
            continue
        if apply:
            with transaction.atomic():
                emails.promises_due(reader, _lines(people, today))
                for one in people:
                    day = f"réponse promise avant le {long_date(one.answer_by)}."
                    _record(one, REMINDER, now, f"Rappel envoyé à l’équipe\u00a0: {day}")
        sent += 1
    return sent


def answer_as_last_resort(now: datetime, *, apply: bool) -> int:
    """E8: to whoever has had no answer for `last_resort_days`; return the number of messages.

    The state stays: this is neither an answer nor an assessment (RGPD, art. 22). Never when the
    setting is 0.
    """
    waiting = _forgotten(now)
    if not apply:
        return waiting.count()
    return sum(_answer(pk, now) for pk in list(waiting.values_list("pk", flat=True)))


def _just_closed(today: date) -> QuerySet[JobOfferPage]:
    of_people = Q(applications__state__in=ONGOING, applications__synthetic=False)
    return (
        JobOfferPage.objects.filter(
            status=OfferStatus.OPEN,
            closing_date__lt=today,
            closing_date__gte=today - TOLD_WITHIN,
        )
        .annotate(waiting=Count("applications", filter=of_people))
        .filter(waiting__gt=0)
        .select_related("recruiter")
        .order_by("pk")
    )


@dataclass(frozen=True)
class Line:
    """How many answers one offer owes."""

    subject: str
    soon: int
    first_day: date | None
    late: int


def _to_answer(last: date) -> QuerySet[Application]:
    return (
        Application.objects.ongoing()
        .filter(answer_by__lte=last, synthetic=False)
        .annotate(reminded_at=Max("events__at", filter=Q(events__transition=REMINDER)))
        .select_related("offer__recruiter")
        .order_by("answer_by", "pk")
    )


def _due(application: Application, today: date, notice: timedelta) -> bool:
    """Whether this person was not spoken of since her term came near, passed, or for a week."""
    reminded_at = application.reminded_at  # type: ignore[attr-defined]
    last = day_in_paris(reminded_at) if reminded_at else None
    if last is None or last < application.answer_by - notice:
        return True
    late = application.answer_by < today
    return late and (last <= application.answer_by or last <= today - AGAIN_AFTER)


def _lines(people: list[Application], today: date) -> list[Line]:
    by_subject: dict[str, list[Application]] = defaultdict(list)
    for one in people:
        by_subject[one.subject].append(one)
    return [_line(subject, group, today) for subject, group in sorted(by_subject.items())]


def _line(subject: str, people: list[Application], today: date) -> Line:
    soon = [one.answer_by for one in people if one.answer_by >= today]
    return Line(subject, len(soon), min(soon, default=None), len(people) - len(soon))


def _forgotten(now: datetime) -> QuerySet[Application]:
    days = RecruitmentSettings.load().last_resort_days
    if not days:
        return Application.objects.none()
    # Whole days: the same answer at any hour of the run.
    _, end_of_day = bounds_of_day(day_in_paris(now) - timedelta(days=days))
    return Application.objects.ongoing().filter(
        submitted_at__lt=end_of_day,
        first_answer_at=None,
        last_resort_at=None,
        held_at=None,
        synthetic=False,
    )


def _answer(pk: UUID, now: datetime) -> bool:
    """Write to one of them, if nobody has answered meanwhile."""
    with transaction.atomic():
        locked = _forgotten(now).select_for_update(of=("self",)).filter(pk=pk).first()
        if locked is None:
            return False
        locked.last_resort_at = now
        locked.save(update_fields=["last_resort_at"])
        _record(locked, LAST_RESORT, now, "Le site a écrit que la réponse tarde.")
        emails.last_resort(locked)
        return True


def _record(application: Application, name: str, now: datetime, reason: str) -> None:
    state = application.state
    LIFECYCLE.record(application, state, name=name, by=SYSTEM, now=now, reason=reason)
