from datetime import date

import pytest

from site_enys.months import bounds_of_month
from tests.harness.clock import paris


@pytest.mark.parametrize(
    ("day", "begins", "ends"),
    [
        (date(2027, 3, 31), paris(2027, 3, 1), paris(2027, 4, 1)),  # summer time between the two
        (date(2027, 12, 1), paris(2027, 12, 1), paris(2028, 1, 1)),
        (date(2028, 2, 29), paris(2028, 2, 1), paris(2028, 3, 1)),
    ],
)
def test_a_month_goes_from_midnight_to_midnight_in_paris(day, begins, ends):
    assert bounds_of_month(day) == (begins, ends)
