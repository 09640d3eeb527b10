"""Dates and hours as they are read aloud."""

from datetime import date

import pytest

from site_enys.templatetags.typography import long_date, moment, week_date
from tests.harness.clock import paris


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (long_date(date(2027, 3, 1)), "1er mars 2027"),
        (week_date(date(2027, 3, 1)), "lundi 1er mars 2027"),
        (week_date(date(2027, 3, 12)), "vendredi 12 mars 2027"),
        (moment(paris(2027, 5, 1, 9)), "samedi 1er mai 2027 à 9 h"),
        (moment(paris(2027, 1, 2, 18, 5)), "samedi 2 janvier 2027 à 18 h 05"),
        (moment(None), ""),
    ],
)
def test_the_first_of_a_month_is_no_number(said, words):
    assert said.replace("\u00a0", " ") == words
