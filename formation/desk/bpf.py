"""« Bilan pédagogique et financier » : the year's figures, what they add up, what they lack."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from formation.models import CoursePage, Enrolment, EnrolmentRequest, Session
from formation.services.bpf import Line, Report, report
from formation.services.bpf.facts import Followed, Product, Taught, hours
from formation.words import hours as said_hours
from home.models import OrganisationSettings
from site_enys.admin import admin_url
from site_enys.admin.pages import DeskPage, Yearly
from site_enys.admin.workbook import Sheet, workbook_response
from site_enys.templatetags.typography import euros


class BpfView(Yearly, DeskPage):
    permission = "formation.view_enrolmentrequest"
    template_name = "formation/admin/bpf.html"
    page_title = "Bilan pédagogique et financier"
    header_icon = "table"

    def usual_year(self) -> int:
        """Until 30 April, the year that is to be declared."""
        today = timezone.localdate()
        return today.year - 1 if today.month < 5 else today.year

    @cached_property
    def report(self) -> Report:
        organisation = OrganisationSettings.for_request(self.request)
        return report(self.year, organisation, timezone.now())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        gaps = [
            (gap, [(str(record), address_of(record)) for record in gap.records])
            for gap in self.report.gaps
        ]
        return super().get_context_data(**kwargs) | {
            "report": self.report,
            "gaps": gaps,
        }


class BpfLineView(BpfView):
    """What one line adds up."""

    template_name = "formation/admin/bpf_line.html"

    @cached_property
    def line(self) -> Line:
        line = self.report.line(self.kwargs["code"])
        if line is None:
            raise Http404
        return line

    def above(self) -> list[dict[str, str]]:
        url = f"{reverse('formation_bpf')}?annee={self.year}"
        return [{"url": url, "label": str(BpfView.page_title)}]

    def get_page_title(self) -> str:
        return f"{self.line.code}, {self.line.label}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = list(_rows(self.line))
        return super().get_context_data(**kwargs) | {"line": self.line, "rows": rows}


class BpfWorkbookView(BpfView):
    """The same figures, then all that they add up, as a workbook."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        figures = Sheet(
            f"BPF {self.year}",
            ("Cadre", "Ligne", "Intitulé", "Personnes", "Heures", "Montant HT"),
            (
                (part.code, line.code, line.label, *_figures(line, in_euros=part.in_euros))
                for part in self.report.parts
                for line in part.lines
            ),
        )
        details = Sheet(
            "Détail",
            ("Ligne", "Session", "Objet", "Heures", "Montant HT", "Remarque"),
            (
                (line.code, row["session"], row["what"], row["hours"], row["amount"], row["note"])
                for part in self.report.parts
                for line in part.lines
                for row in _rows(line)
            ),
        )
        missing = Sheet(
            "À compléter",
            ("Cadre", "Ce qui manque", "Fiche"),
            (
                (gap.part, gap.singular, str(record))
                for gap in self.report.gaps
                for record in gap.records
            ),
        )
        return workbook_response([figures, details, missing], f"bpf-{self.year}")


def address_of(record: Model) -> str:
    """The screen where what a record lacks is filled in."""
    if isinstance(record, CoursePage):
        return reverse("wagtailadmin_pages:edit", args=[record.pk])
    if isinstance(record, OrganisationSettings):
        return reverse(
            "wagtailsettings:edit", args=["home", "organisationsettings", record.site_id]
        )
    return admin_url(type(record), "inspect", record.pk)


def _figures(line: Line, *, in_euros: bool) -> tuple[Any, ...]:
    return ("", "", line.amount) if in_euros else (line.people, line.hours, "")


def _rows(line: Line) -> Iterator[dict[str, Any]]:
    """Each fact that the line adds up: where, what, how much, and the screen that shows it."""
    for fact in line.facts:
        row = {"hours": "", "amount": "", "note": ""}
        if isinstance(fact, Followed):
            enrolment = fact.enrolment
            yield row | {
                "session": enrolment.session.code,
                "what": str(enrolment),
                "hours": hours([fact.minutes]),
                "said": said_hours(hours([fact.minutes])),
                "url": admin_url(Enrolment, "inspect", enrolment.pk),
            }
        elif isinstance(fact, Taught):
            yield row | {
                "session": fact.session_code,
                "what": str(fact.trainer),
                "hours": hours([fact.minutes]),
                "said": said_hours(hours([fact.minutes])),
                "url": admin_url(Session, "inspect", fact.session_id),
            }
        else:
            yield row | _of_product(fact)


def _of_product(fact: Product) -> dict[str, Any]:
    return {
        "session": fact.request.session.code,
        "what": fact.request.reference,
        "amount": "" if fact.amount is None else fact.amount,
        "said": euros(fact.amount) or "tarif inconnu",
        "note": "montant estimé" if fact.estimated else "",
        "url": admin_url(EnrolmentRequest, "inspect", fact.request.pk),
    }
