"""When a row will be erased, in words: the same for a list of staff and for the person."""

from dataclasses import dataclass
from datetime import date

from site_enys.templatetags.typography import long_date


@dataclass(frozen=True)
class Countdown:
    """The day on which the purge erases a row, and what may hold it back.

    `day` is None while nothing runs; `waits_for` then says what is awaited, `because` why the day
    is later than the ordinary delay.
    """

    day: date | None
    because: str = ""
    waits_for: str = ""

    @property
    def sentence(self) -> str:
        if self.day is None:
            return f"Gardé {self.waits_for}" if self.waits_for else "Gardé sans échéance"
        why = f" ({self.because})" if self.because else ""
        return f"Effacement le {long_date(self.day)}{why}"
