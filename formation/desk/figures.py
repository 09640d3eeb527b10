"""« Chiffres » : how full the sessions are, who gives up, who is satisfied, month by month."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.utils.functional import cached_property

from formation.services.figures import Figures, Year, figures_of
from formation.words import percentage
from site_enys.admin.pages import DeskPage, Yearly
from site_enys.admin.workbook import Sheet, workbook_response
from site_enys.charts import Bar, Chart, columns, horizontal_bars, month_under

Rate = Callable[[Figures], Decimal | None]
#: The rates of the page: what each is called, and how it is read.
RATES: Sequence[tuple[str, Rate]] = (
    ("Taux de remplissage", lambda figures: figures.fill_rate),
    ("Sessions annulées", lambda figures: figures.cancellation_rate),
    ("Satisfaction", lambda figures: figures.satisfaction_rate),
)
HEADINGS = (
    "Sessions tenues",
    "Sessions annulées",
    "Places",
    "Places prises",
    "Remplissage",
    "Désistements et absences",
    "Réponses à chaud",
    "Satisfaction",
)


class FiguresView(Yearly, DeskPage):
    permission = "formation.view_session"
    template_name = "formation/admin/figures.html"
    page_title = "Chiffres"
    header_icon = "history"

    @cached_property
    def figures(self) -> Year:
        return figures_of(self.year)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        year = self.figures
        return super().get_context_data(**kwargs) | {
            "total": row_of(year.total),
            "headings": HEADINGS,
            "courses": [row_of(one) for one in year.courses],
            "charts": [
                *(by_month(title, year.months, rate) for title, rate in RATES),
                by_course("Remplissage par formation", year.courses, RATES[0][1]),
                by_course("Satisfaction par formation", year.courses, RATES[2][1]),
            ],
        }


class FiguresWorkbookView(FiguresView):
    """The same figures as a workbook."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        year = self.figures
        sheets = [
            Sheet(title, (label, *HEADINGS), (_numbers(one) for one in [*rows, year.total]))
            for title, label, rows in (
                ("Par mois", "Mois", year.months),
                ("Par formation", "Formation", year.courses),
            )
        ]
        return workbook_response(sheets, f"chiffres-{self.year}")


def row_of(figures: Figures) -> tuple[str, ...]:
    """One line of the table, in words; a rate of nothing is a dash."""
    return tuple(
        f"{percentage(value) or '–'}" if place in _PERCENTAGES else str(value)
        for place, value in enumerate(_numbers(figures))
    )


def by_month(title: str, months: Sequence[Figures], rate: Rate) -> Chart:
    """Without the sign: twelve columns leave room for a number alone."""
    bars = [
        Bar(month_under(date(2000, month, 1)), float(rate(one) or 0), _number(rate(one)))
        for month, one in enumerate(months, start=1)
    ]
    return columns(f"{title} (%)", bars, headings=("Mois", "%"))


def by_course(title: str, courses: Sequence[Figures], rate: Rate) -> Chart:
    known = [one for one in courses if rate(one) is not None]
    bars = [Bar(one.label, float(rate(one) or 0), f"{_number(rate(one))}\u00a0%") for one in known]
    return horizontal_bars(f"{title} (%)", bars, most=100, headings=("Formation", "%"))


def _number(value: Decimal | None) -> str:
    return "–" if value is None else f"{value:.0f}"


#: The places of the rates among the numbers of a line.
_PERCENTAGES = frozenset({5, 8})


def _numbers(figures: Figures) -> tuple[Any, ...]:
    return (
        figures.label,
        figures.held,
        figures.cancelled,
        figures.capacity,
        figures.seats,
        figures.fill_rate,
        figures.gave_up,
        figures.answers,
        figures.satisfaction_rate,
    )
