"""Dates of the old site, as each of its forms writes them."""

from datetime import UTC, datetime

from django.utils import timezone

import pytest

from blog.old_site.dates import DateReader, is_date, month_year

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


def day(text: str, *batch: str) -> str:
    found = DateReader([text, *batch], NOW).read(text)
    return timezone.localtime(found).strftime("%Y-%m-%d %H:%M") if found else ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1/17/2017", "2017-01-17 12:00"),
        ("17/1/2017", "2017-01-17 12:00"),
        ("17/01/2017 10:32", "2017-01-17 10:32"),
        ("1/18/2017 09:12:44 pm", "2017-01-18 21:12"),
        ("17 janvier 2017", "2017-01-17 12:00"),
        ("mardi 1er août 2017 à 9h05", "2017-08-01 09:05"),
        ("January 17, 2017", "2017-01-17 12:00"),
        ("Tue, 17 Jan 2017 09:00:00 GMT", "2017-01-17 10:00"),
        ("Tue, 17 Jan 2017 23:30:00 -0800", "2017-01-18 08:30"),
        ("2017-01-17T09:00:00Z", "2017-01-17 10:00"),
        ("2017-01-17", "2017-01-17 12:00"),
    ],
)
def test_each_form_is_read_in_paris(text: str, expected: str) -> None:
    assert day(text) == expected


def test_a_doubtful_date_is_read_month_first_by_default() -> None:
    assert day("4/5/2017").startswith("2017-04-05")


def test_a_doubtful_date_follows_the_others_of_the_batch() -> None:
    assert day("4/5/2017", "23/5/2017").startswith("2017-05-04")


def test_mixed_orders_fall_back_on_the_month_and_say_so() -> None:
    reader = DateReader(["23/5/2017", "5/23/2017"], NOW)

    assert timezone.localdate(reader.read("4/5/2017")).isoformat() == "2017-04-05"
    assert "mêlés" in reader.sentence


@pytest.mark.parametrize(
    "text",
    ["", "hier", "31/31/2017", "30 février 2017", "1/1/0001", "1/1/2199", "99999999999/1/2017",
     "2017-13-45", "Tue, 99 Foo 2017", "0001-01-01T00:00:00+23:59", "x" * 100_000],
)  # fmt: skip
def test_an_impossible_date_is_none(text: str) -> None:
    assert day(text) == ""


@pytest.mark.parametrize("line", ["1/17/2017", " 17 janvier 2017 ", "1/18/2017 10:32:15 am"])
def test_a_line_that_is_a_date(line: str) -> None:
    assert is_date(line)


@pytest.mark.parametrize("line", ["La loi du 2 janvier 2002 a tout changé", "2017", "Titre", ""])
def test_a_line_that_only_holds_a_date_is_none(line: str) -> None:
    assert not is_date(line)


def test_a_month_of_the_archives() -> None:
    assert month_year("Février 2018") == (2018, 2)
    assert month_year("août 2017") == (2017, 8)
    assert month_year("Tout") is None
