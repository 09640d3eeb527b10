"""Whose session it is, and the link by which a trainer opens it.

A session belongs to the trainers whom its half-days name; when they name nobody, to all those
whom the page of the course lists, since one of them will come. In a session that is hers, a
trainer answers for the half-days that name her or nobody.
"""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from courrier.models import OutgoingMessage
from formation import emails
from formation.enums import HELD, SessionState
from formation.exceptions import TrainerWithoutAddress
from formation.models import CoursePage, Session, TimeSlot, Trainer
from site_enys.links import revoke

from . import seats

#: The message of the day before leaves once the working day has begun.
EVE_FROM = time(8)


def sessions_of(trainer: Trainer) -> QuerySet[Session]:
    """The sessions that are held, or were, and that are hers, soonest first."""
    return _hers(trainer).filter(state__in=HELD)


def half_days_of(trainer: Trainer) -> QuerySet[TimeSlot]:
    """Those that name her, or nobody in a session of hers; called off or not, for calendars."""
    sessions = _hers(trainer).exclude(state=SessionState.DRAFT).order_by()
    own = Q(trainer=trainer) | Q(trainer=None)
    slots = TimeSlot.objects.filter(own, session__in=sessions.values("pk"))
    related = slots.select_related("session__course", "session__venue")
    return related.order_by("starts_at", "pk")


def _hers(trainer: Trainer) -> QuerySet[Session]:
    named = TimeSlot.objects.filter(session=OuterRef("pk"), trainer__isnull=False)
    listed = Q(
        course__in=CoursePage.objects.filter(trainers=trainer).order_by().values("pk")
    ) & ~Exists(named)
    found = Session.objects.filter(Exists(named.filter(trainer=trainer)) | listed)
    return found.select_related("course", "venue").order_by("starts_at", "pk")


def trainers_of(session: Session) -> list[Trainer]:
    """Whose session it is."""
    named = Trainer.objects.filter(slots__session=session).distinct()
    return list(named) or list(session.course.trainers.all())


def leads(trainer: Trainer, slot: TimeSlot) -> bool:
    """Whether the trainer answers for this half-day."""
    return trainer in leads_among(trainers_of(slot.session), slot)


def leads_among(trainers: Iterable[Trainer], slot: TimeSlot) -> list[Trainer]:
    """Those of the trainers of the session who answer for this half-day."""
    return [one for one in trainers if slot.trainer_id in {None, one.pk}]


def half_days_led(trainer: Trainer, session: Session) -> set[int]:
    """The keys of the half-days of her session for which she answers."""
    own = session.slots.filter(Q(trainer=trainer) | Q(trainer=None))
    return set(own.values_list("pk", flat=True))


@transaction.atomic
def send_desk(trainer: Trainer, *, close_former: bool = False) -> None:
    """Send the link of her space; the links sent before may be closed first.

    Raises TrainerWithoutAddress.
    """
    if not trainer.email:
        raise TrainerWithoutAddress
    if close_former:
        revoke(trainer)
    emails.trainer_link(trainer)


@transaction.atomic
def send_desk_to(address: str) -> int:
    """Send again the link of whoever owns the address; return how many left.

    The page that asks answers the same whatever was found.
    """
    known = Trainer.objects.filter(email__iexact=address.strip()).exclude(email="")
    for trainer in known:
        emails.trainer_link(trainer)
    return len(known)


def tell_kept(session: Session) -> None:
    """Tell her trainers that the session is kept."""
    for trainer in trainers_of(session):
        if trainer.email:
            emails.trainer_kept(trainer, session)


def tell(session: Session, news: str) -> None:
    """Tell her trainers that the session is called off, or has other dates."""
    for trainer in trainers_of(session):
        if trainer.email:
            emails.trainer_news(trainer, session, news)


def remind_of_tomorrow(now: datetime) -> int:
    """Write to each trainer the day before her first half-day of a session, once.

    The message itself is the mark: there is one at most for a trainer, a session and a day.
    """
    today = timezone.localdate(now)
    if timezone.localtime(now).time() < EVE_FROM:
        return 0
    begins, ends = (_midnight(today + timedelta(days=days)) for days in (1, 2))
    soon = Session.objects.filter(
        state=SessionState.CONFIRMED, slots__starts_at__gte=begins, slots__starts_at__lt=ends
    )
    done = 0
    for session in soon.distinct():
        with transaction.atomic():
            locked = seats.lock(session.pk)
            for trainer in trainers_of(locked):
                if _first_day(trainer, locked) == today + timedelta(days=1):
                    done += _remind_once(trainer, locked, _midnight(today))
    return done


def _first_day(trainer: Trainer, session: Session) -> date | None:
    slots = session.slots.order_by("starts_at")
    first = slots.filter(trainer=trainer).first() or slots.first()
    return timezone.localdate(first.starts_at) if first else None


def _remind_once(trainer: Trainer, session: Session, since: datetime) -> int:
    told = OutgoingMessage.objects.about(session).filter(
        kind="formation_trainer_eve", to=trainer.email, created_at__gte=since
    )
    if not trainer.email or told.exists():
        return 0
    emails.trainer_eve(trainer, session)
    return 1


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
