"""Until when somebody who pays alone may go back on the contract."""

from datetime import date

import pytest

from formation.enums import BuyerType
from formation.exceptions import TooLateToWithdraw
from formation.services.availability import refuse_unless_sold_to
from formation.services.withdrawal import withdrawal_ends_on
from tests.factories.formation import SessionFactory
from tests.harness.clock import paris


@pytest.mark.parametrize(
    ("signed", "ends"),
    [
        (date(2027, 1, 12), date(2027, 1, 28)),  # a Thursday
        (date(2027, 1, 14), date(2027, 2, 1)),  # a Saturday goes on to Monday
        (date(2027, 1, 15), date(2027, 2, 1)),  # a Sunday too
        (date(2027, 3, 13), date(2027, 3, 30)),  # Easter Monday
        (date(2027, 4, 15), date(2027, 5, 3)),  # the first of May falls on a Saturday
        (date(2027, 12, 16), date(2028, 1, 3)),  # New Year's Day on a Saturday
    ],
)
def test_fourteen_days_two_more_for_the_post_then_the_next_working_day(signed, ends):
    assert withdrawal_ends_on(signed) == ends


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("first_day", "possible"), [(paris(2027, 2, 1, 9), False), (paris(2027, 2, 2, 9), True)]
)
def test_nobody_who_pays_alone_joins_a_session_that_begins_before_the_period_ends(
    first_day, possible
):
    session = SessionFactory(first=first_day)
    now = paris(2027, 1, 15, 23, 59)

    refuse_unless_sold_to(session, BuyerType.COMPANY, now)
    if possible:
        refuse_unless_sold_to(session, BuyerType.INDIVIDUAL, now)
    else:
        with pytest.raises(TooLateToWithdraw):
            refuse_unless_sold_to(session, BuyerType.INDIVIDUAL, now)
