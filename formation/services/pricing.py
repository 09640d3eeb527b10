"""What a request costs: the one place that multiplies, taxes and shares out, to the cent."""

from collections import defaultdict
from datetime import date, timedelta
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from django.utils import timezone

from formation.documents.cost import Cost, Instalment, Line
from formation.enums import PriceUnit, VatRegime
from formation.models import Session, TimeSlot
from formation.models.course import STANDARD_RATE
from site_enys.templatetags.typography import long_date

CENT = Decimal("0.01")
#: What a person who pays alone may be asked for when the withdrawal period ends (L6353-6).
LARGEST_DEPOSIT = Decimal("0.30")
#: A day with one presence no longer than this counts for half of one.
HALF_A_DAY = timedelta(hours=4)


def cost_of(session: Session, people: int) -> Cost | None:
    """What this number of people of one request costs in the session; None without a price.

    The tax is reckoned once, on the total. Articles 256 and 278 of the general tax code.
    """
    price, course = session.price, session.course
    if price is None:
        return None
    quantity, label = {
        PriceUnit.PERSON: (Decimal(people), "par stagiaire"),
        PriceUnit.GROUP: (Decimal(1), "pour le groupe"),
        PriceUnit.DAY: (taught_days(session), "par jour, pour le groupe"),
    }[PriceUnit(course.price_unit)]
    line = Line(f"{course.title}, {label}", quantity, price)
    regime = VatRegime(course.vat_regime)
    rate = STANDARD_RATE if regime == VatRegime.STANDARD else Decimal(0)
    return Cost((line,), (line.total * rate).quantize(CENT, ROUND_HALF_UP), regime)


def taught_days(session: Session) -> Decimal:
    """How many days the half-days of the session make, by halves."""
    days: defaultdict[date, list[TimeSlot]] = defaultdict(list)
    for slot in session.slots.all():
        days[timezone.localdate(slot.starts_at)].append(slot)
    halves = sum(1 if _is_half(slots) else 2 for slots in days.values())
    return Decimal(halves) / 2


def instalments(cost: Cost, session: Session) -> list[Instalment]:
    """How a person who pays alone pays (article L6353-6): never more than 30 % at first.

    The rest follows the teaching: half of it at the middle of the session, half at its end.
    """
    whole = cost.incl_tax
    deposit = (whole * LARGEST_DEPOSIT).quantize(CENT, ROUND_DOWN)
    middle = ((whole - deposit) / 2).quantize(CENT, ROUND_DOWN)
    slots = sorted(session.slots.all(), key=lambda slot: slot.starts_at)
    halfway = long_date(slots[(len(slots) - 1) // 2].ends_at) if slots else ""
    return [
        Instalment("À la fin du délai de rétractation", deposit),
        Instalment(f"Au milieu de la formation, le {halfway}", middle),
        Instalment(
            f"À la fin de la formation, le {long_date(session.last_day)}",
            whole - deposit - middle,
        ),
    ]


def _is_half(slots: list[TimeSlot]) -> bool:
    return len(slots) == 1 and slots[0].ends_at - slots[0].starts_at <= HALF_A_DAY
