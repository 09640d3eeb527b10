"""What a request costs, to the cent."""

from datetime import timedelta
from decimal import Decimal

import pytest

from formation.enums import PriceUnit, VatRegime
from formation.models import TimeSlot
from formation.services.pricing import cost_of, instalments, taught_days
from tests.factories.formation import CoursePageFactory, SessionFactory, half_days
from tests.harness.clock import paris

pytestmark = pytest.mark.django_db

FIRST = paris(2027, 3, 1, 9)


def session(price="480", unit=PriceUnit.PERSON, vat=VatRegime.STANDARD, **fields):
    course = CoursePageFactory(price_excl_tax=Decimal(price), price_unit=unit, vat_regime=vat)
    return SessionFactory(course=course, first=FIRST, **fields)


@pytest.mark.parametrize(
    ("price", "people", "excl_tax", "vat", "incl_tax"),
    [
        ("480", 1, "480.00", "96.00", "576.00"),
        ("480", 3, "1440.00", "288.00", "1728.00"),
        # The tax is reckoned on the total: three times 40,00 would be one cent more.
        ("33.33", 3, "99.99", "20.00", "119.99"),
        ("0.03", 1, "0.03", "0.01", "0.04"),
        ("0", 2, "0.00", "0.00", "0.00"),
    ],
)
def test_a_price_per_person_with_its_tax(price, people, excl_tax, vat, incl_tax):
    cost = cost_of(session(price), people)

    assert (cost.excl_tax, cost.vat, cost.incl_tax) == (
        Decimal(excl_tax),
        Decimal(vat),
        Decimal(incl_tax),
    )


@pytest.mark.parametrize("vat", [VatRegime.EXEMPT, VatRegime.FRANCHISE])
def test_no_tax_is_added_where_the_law_adds_none(vat):
    cost = cost_of(session(vat=vat), 2)

    assert (cost.excl_tax, cost.vat, cost.incl_tax) == (Decimal(960), Decimal(0), Decimal(960))


def test_a_price_for_the_group_does_not_grow_with_it():
    sold = session("2400", PriceUnit.GROUP)

    assert cost_of(sold, 1).excl_tax == cost_of(sold, 9).excl_tax == Decimal(2400)


def test_a_price_per_day_follows_the_half_days():
    sold = session("1000.50", PriceUnit.DAY)
    alone = TimeSlot(starts_at=paris(2027, 3, 8, 9), ends_at=paris(2027, 3, 8, 13))
    sold.slots = [*half_days(FIRST), alone]
    sold.save()

    assert taught_days(sold) == Decimal("2.5")
    assert cost_of(sold, 4).excl_tax == Decimal("2501.25")


@pytest.mark.parametrize(("minutes", "days"), [(240, "0.5"), (241, "1")])
def test_a_day_with_one_presence_is_a_half_up_to_four_hours(minutes, days):
    sold = session(slots=[TimeSlot(starts_at=FIRST, ends_at=FIRST + timedelta(minutes=minutes))])

    assert taught_days(sold) == Decimal(days)


def test_the_price_of_the_session_goes_before_that_of_the_course():
    assert cost_of(session(price_override=Decimal("99.90")), 2).excl_tax == Decimal("199.80")


def test_without_a_price_nothing_is_reckoned():
    free = session()
    free.course.price_excl_tax = None

    assert cost_of(free, 2) is None


@pytest.mark.parametrize("price", ["480", "0.01", "33.33", "999999.99", "17.77"])
def test_the_first_instalment_is_never_more_than_thirty_per_cent_and_all_make_the_price(price):
    """Article L6353-6 of the labour code."""
    sold = session(price)
    cost = cost_of(sold, 1)

    first, second, last = instalments(cost, sold)

    assert first.amount * 10 <= cost.incl_tax * 3
    assert first.amount + second.amount + last.amount == cost.incl_tax
    assert min(first.amount, second.amount, last.amount) >= 0
    assert [part.when for part in (first, second, last)] == [
        "À la fin du délai de rétractation",
        "Au milieu de la formation, le 1er\u00a0mars 2027",
        "À la fin de la formation, le 2\u00a0mars 2027",
    ]
