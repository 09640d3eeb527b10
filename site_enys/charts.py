"""Figures drawn on the server: SVG without script or inline style, each with its table.

The drawing is one image for who listens to the page: its title says what it is, its description
the figures. The same figures stand in a table beside it. Colours come from `css/charts.css`, hold
in the dark and in forced colours, and never tell anything alone.

Show a chart with `{% include "components/chart.html" with chart=chart %}`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from textwrap import wrap

from django.template.defaultfilters import date as date_filter
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from .french import plural

#: The unit of the drawings: about a pixel on a phone.
WIDTH = 360
_LINE, _BAR = 15, 18
_LETTERS_IN_A_LINE = 50
#: A part of a bar narrower than this has no room for its number.
_ROOM_FOR_A_NUMBER = 16
_SCALE_CLASSES = 4


@dataclass(frozen=True)
class Bar:
    """One quantity: what it is called, how much, and how that is said (« 92,5 % »)."""

    label: str
    value: float
    said: str


@dataclass(frozen=True)
class Chart:
    """A drawing and the same figures as a table."""

    title: str
    svg: SafeString
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def month_under(day: date) -> str:
    """« mars », « juil. » : what stands under the column of a month."""
    return date_filter(day, "N").lower()


def horizontal_bars(
    title: str, bars: Sequence[Bar], *, most: float | None = None, headings: Sequence[str] = ()
) -> Chart:
    """One bar under the other, of a length that follows `value`; `most` is a whole line."""
    whole = most or max((bar.value for bar in bars), default=0) or 1
    parts, top = [], 0.0
    for bar in bars:
        words, top = _label(bar.label, top)
        length = max(0.0, min(bar.value / whole, 1)) * (WIDTH - 70)
        parts += [
            words,
            _rectangle("chart__ground", 0, top, WIDTH - 70),
            _rectangle("chart__bar", 0, top, length),
            _text(WIDTH - 64, top + 13, bar.said),
        ]
        top += _BAR + 12
    return _chart(title, parts, top, headings or ("", "Valeur"), [(b.label, b.said) for b in bars])


def stacked_scale(
    title: str, words: Sequence[str], lines: Sequence[tuple[str, Sequence[int]]]
) -> Chart:
    """Answers from 1 to 4: for each line, the share of each mark, with how many gave it."""
    parts, top = [], 0.0
    for label, counts in lines:
        text, top = _label(label, top)
        parts.append(text)
        parts += _segments(counts, top)
        top += _BAR + 12
    legend, top = _legend(words, top + 4)
    rows = [(label, *(str(number) for number in counts)) for label, counts in lines]
    return _chart(title, [*parts, legend], top, ("Question", *words), rows)


def columns(title: str, points: Sequence[Bar], *, headings: Sequence[str] = ()) -> Chart:
    """Columns side by side, for what follows time: months, years."""
    whole = max((point.value for point in points), default=0) or 1
    step, height = WIDTH / max(len(points), 1), 140
    parts = []
    for place, point in enumerate(points):
        tall = max(0.0, point.value / whole) * (height - 24)
        left = place * step
        parts += [
            _rectangle("chart__bar", left + step * 0.15, height - tall, step * 0.7, tall),
            _text(left + step / 2, height - tall - 5, point.said, "middle"),
            _text(left + step / 2, height + 15, point.label, "middle"),
        ]
    rows = [(point.label, point.said) for point in points]
    return _chart(title, parts, height + 22, headings or ("", "Valeur"), rows)


def _segments(counts: Sequence[int], top: float) -> Iterable[SafeString]:
    total, left = sum(counts), 0.0
    if not total:
        yield _rectangle("chart__ground", 0, top, WIDTH)
        yield _text(6, top + 13, "aucune réponse")
        return
    for mark, number in enumerate(counts, start=1):
        shade = min(mark, _SCALE_CLASSES)
        wide = WIDTH * number / total
        if number:
            yield _rectangle(f"chart__s{shade}", left, top, wide)
        if number and wide >= _ROOM_FOR_A_NUMBER:
            middle = left + wide / 2
            yield _text(middle, top + 13, str(number), "middle", f"chart__on{shade}")
        left += wide


def _legend(words: Sequence[str], top: float) -> tuple[SafeString, float]:
    """Two marks to a line, in their order."""
    parts = []
    for place, word in enumerate(words):
        left, line = (place % 2) * WIDTH / 2, top + (place // 2) * 18
        parts.append(_rectangle(f"chart__s{place + 1}", left, line, 12, 12))
        parts.append(_text(left + 18, line + 10, f"{place + 1}. {word}", extra="chart__small"))
    return SafeString("".join(parts)), top + ((len(words) + 1) // 2) * 18


def _label(label: str, top: float) -> tuple[SafeString, float]:
    lines = wrap(label, _LETTERS_IN_A_LINE) or [""]
    drawn = format_html_join(
        "", "{}", ((_text(0, top + 12 + n * _LINE, line),) for n, line in enumerate(lines))
    )
    return drawn, top + len(lines) * _LINE + 3


def _rectangle(css: str, left: float, top: float, wide: float, tall: float = _BAR) -> SafeString:
    return format_html(
        '<rect class="{}" x="{}" y="{}" width="{}" height="{}"/>',
        css,
        *(f"{number:.1f}" for number in (left, top, wide, tall)),
    )


def _text(
    left: float, base: float, words: str, anchor: str = "start", extra: str = ""
) -> SafeString:
    return format_html(
        '<text{} x="{}" y="{}" text-anchor="{}">{}</text>',
        format_html(' class="{}"', extra) if extra else "",
        f"{left:.1f}",
        f"{base:.1f}",
        anchor,
        words,
    )


def _chart(
    title: str,
    parts: Iterable[SafeString],
    height: float,
    headings: Sequence[str],
    rows: Sequence[tuple[str, ...]],
) -> Chart:
    described = "\u202f; ".join(_said(headings, row) for row in rows)
    svg = format_html(
        '<svg class="chart__svg" role="img" viewBox="0 0 {} {}" focusable="false">'
        "<title>{}</title><desc>{}</desc>{}</svg>",
        WIDTH,
        f"{height:.0f}",
        title,
        described or plural(0, "réponse"),
        format_html_join("", "{}", ((part,) for part in parts)),
    )
    return Chart(title, svg, tuple(headings), tuple(rows))


def _said(headings: Sequence[str], row: Sequence[str]) -> str:
    label, *values = row
    if len(values) == 1:
        return f"{label}\u00a0: {values[0]}"
    told = ", ".join(
        f"{word.lower()} {value}" for word, value in zip(headings[1:], values, strict=True)
    )
    return f"{label}\u00a0: {told}"
