"""French typography in templates; loaded everywhere by the settings."""

import re
from datetime import datetime
from decimal import Decimal
from typing import Any

from django import template
from django.template.defaultfilters import date as date_filter
from django.utils import timezone
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from site_enys.french import of, plural

register = template.Library()

NARROW_SPACE = "\u202f"
_BEFORE_HIGH_SIGNS = re.compile(r" +(?=[;!?»])")
_BEFORE_COLON = re.compile(r" +(?=:(?:\s|$))")
_AFTER_OPENING_QUOTE = re.compile(r"(?<=«) +")


def with_no_break_spaces(text: str) -> str:
    """Put the no-break spaces that French wants around « » ; : ! ? in a plain text."""
    text = _BEFORE_HIGH_SIGNS.sub(NARROW_SPACE, text)
    return _AFTER_OPENING_QUOTE.sub("\u00a0", _BEFORE_COLON.sub("\u00a0", text))


@register.filter
def typo(text: Any) -> SafeString:
    """The same, for HTML."""
    value = with_no_break_spaces(str(conditional_escape(text or "")))
    return mark_safe(value)  # noqa: S308 - escaped above, only spaces were changed


register.filter(of)


@register.filter
def count_of(number: int, words: str) -> str:
    """`{{ n|count_of:"place,places" }}` : the number and the word that agrees with it."""
    singular, _, plural_form = words.partition(",")
    return plural(int(number or 0), singular, plural_form)


@register.filter
def in_figures(number: Decimal | None) -> str:
    """« 1 234 567,5 », without useless zeros."""
    if number is None:
        return ""
    return f"{number.normalize():,f}".replace(",", NARROW_SPACE).replace(".", ",")


@register.filter
def euros(amount: Decimal | int | None) -> str:
    """1 250 € ; cents only when there are some."""
    if amount is None:
        return ""
    amount = Decimal(amount)
    digits = f"{amount:,.0f}" if amount == amount.to_integral() else f"{amount:,.2f}"
    return digits.replace(",", NARROW_SPACE).replace(".", ",") + "\u00a0€"


@register.filter
def long_date(value: Any) -> str:
    """« 1er mars 2027 » for a date or an instant (shown in local time)."""
    return f"{_day_of(value)}\u00a0{date_filter(_local(value), 'F Y')}" if value else ""


@register.filter
def week_date(value: Any) -> str:
    """« lundi 1er mars 2027 »."""
    return f"{date_filter(_local(value), 'l')} {long_date(value)}" if value else ""


@register.filter
def moment(value: datetime | None) -> str:
    """« lundi 1er mars 2027 à 9 h 05 », on the clock of Paris."""
    if not value:
        return ""
    return f"{week_date(value)} à {clock(value)}"


@register.filter
def long_moment(value: datetime | None) -> str:
    """« 1er mars 2027 à 9 h 05 », on the clock of Paris."""
    return f"{long_date(value)} à {clock(value)}" if value else ""


@register.filter
def clock(value: datetime | None) -> str:
    """« 9 h 05 », on the clock of Paris."""
    return hour_of(_local(value)) if value else ""


def hour_of(instant: datetime) -> str:
    """« 9 h », « 9 h 05 »."""
    return f"{instant.hour}\u00a0h" + (f"\u00a0{instant.minute:02}" if instant.minute else "")


def _day_of(value: Any) -> str:
    day = _local(value).day
    return "1er" if day == 1 else str(day)


def _local(value: Any) -> Any:
    if isinstance(value, datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value
