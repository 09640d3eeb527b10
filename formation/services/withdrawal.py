"""The days in which a person who pays alone may go back on a signed contract."""

from datetime import date, timedelta

from formation.exceptions import TooLateToWithdraw
from formation.models import Session

from .scheduling import is_working_day

#: Fourteen days at a distance (L221-18 of the consumer code), longer than the ten of L6353-5.
LEGAL_DAYS = 14
#: A letter posted on the last day is in time: it may still be on its way.
POST_DAYS = 2


def withdrawal_ends_on(signed_on: date) -> date:
    """The last day on which we take the withdrawal from a contract signed on that day.

    The day of the signature does not count, and a period that would end on a Saturday, a Sunday
    or a public holiday goes on to the next working day (L221-19 of the consumer code).
    """
    last = signed_on + timedelta(days=LEGAL_DAYS + POST_DAYS)
    while not is_working_day(last):
        last += timedelta(days=1)
    return last


def refuse_unless_time_to_withdraw(session: Session, today: date) -> None:
    """Raise TooLateToWithdraw when a contract signed today could still be undone at the start.

    No enrolment is definitive before the period ends (L6353-5), and nobody begins without one.
    """
    first_day = session.first_day
    if first_day and withdrawal_ends_on(today) >= first_day:
        raise TooLateToWithdraw
