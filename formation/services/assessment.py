"""What the trainer has found of the objectives, person by person, at the end."""

from datetime import datetime

from django.db import transaction

from formation.enums import Assessment
from formation.exceptions import HalfDayToCome
from formation.models import Enrolment, Session
from site_enys.states import Actor

from . import seats
from .attendance import OPENS_BEFORE, expected
from .lifecycle import ENROLMENT_LIFECYCLE


def may_assess_from(session: Session) -> datetime | None:
    """The last quarter of an hour: what was learnt is judged at the end."""
    return session.ends_at - OPENS_BEFORE if session.ends_at else None


@transaction.atomic
def assess(session: Session, found: dict[int, str], *, by: Actor, now: datetime) -> int:
    """Write what the trainer has found of the objectives, by the key of the enrolment.

    Returns how many have changed; each change is an event of the enrolment (indicator 11). Raises
    HalfDayToCome before the last quarter of an hour of the session.
    """
    seats.lock(session.pk)
    begins = may_assess_from(session)
    if begins is None or now < begins:
        raise HalfDayToCome
    done = 0
    for enrolment in expected(session):
        assessment = found.get(enrolment.pk)
        if assessment is None or assessment == enrolment.assessment:
            continue
        Enrolment.objects.filter(pk=enrolment.pk).update(assessment=assessment)
        label = Assessment(assessment).label if assessment else "non évalué"
        ENROLMENT_LIFECYCLE.record(
            enrolment,
            enrolment.state,
            name="assess",
            by=by,
            now=now,
            reason=f"Acquis\u00a0: {label}.",
        )
        done += 1
    return done
