"""What a request costs."""

from decimal import Decimal

from formation.enums import PriceUnit
from formation.models import Session


def price_of(session: Session, people: int) -> Decimal | None:
    """In euros, before tax, for so many people of one request; None when no price is known."""
    price = session.price
    if price is None or session.course.price_unit == PriceUnit.GROUP:
        return price
    if session.course.price_unit == PriceUnit.PERSON:
        return price * people
    return price * len({slot.starts_at.date() for slot in session.slots.all()})
