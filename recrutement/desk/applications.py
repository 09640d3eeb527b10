"""« Candidatures »: the list, its spreadsheet, and the screens that one application has."""

from collections import OrderedDict
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Case, F, Q, QuerySet, Value, When
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.html import format_html

from wagtail.admin.ui.tables import Column, DateColumn

from courrier.services.rehearsal import rehearse
from recrutement.models import Application
from recrutement.services import access, retention, review
from recrutement.services.lifecycle import LIFECYCLE
from site_enys.admin import PersonalDataViewSet
from site_enys.admin.viewsets import SafeIndexView
from site_enys.french import fold
from site_enys.refusals import note_refused_access

from .filters import ApplicationFilterSet
from .inspection import ApplicationInspectView
from .masking import mails_as_read, name_shown
from .policies import ApplicationPolicy
from .retention import ErasedOnColumn, ForgetView

#: What a spreadsheet says of the person, and leaves empty where she is hidden.
IDENTITY = ("last_name", "first_name", "email", "phone")
#: What is sorted by only when somebody asks: both look at more than the row.
BY_NAME, BY_MARKS = "shown_name", "mean"


def promise(application: Application) -> str:
    """The promised day, and whether it has passed."""
    day = date_format(application.answer_by, "SHORT_DATE_FORMAT")
    if not application.is_overdue(timezone.now()):
        return day
    return format_html("{} <strong>en retard</strong>", day)


def marks(application: Any) -> str:
    """« 3,2 / 4 », or why there is none."""
    summary: review.Summary = application.review
    if summary.hidden:
        return "votre avis d’abord"
    return "" if summary.mean is None else f"{one_decimal(summary.mean)}\u00a0/\u00a04"


def one_decimal(mean: float) -> str:
    return f"{mean:.1f}".replace(".", ",")


def notes(application: Any) -> str:
    return str(application.review.notes or "")


class ApplicationIndexView(SafeIndexView):
    """The list; what it tells of the review is counted for the page that is shown."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if not access.may_decide(request.user):
            self.list_export: list[str] = []
            if self.is_export:
                raise PermissionDenied

    @cached_property
    def user(self) -> Any:
        return self.request.user

    def order_queryset(self, queryset: Any) -> Any:
        column = (self.ordering or "").removeprefix("-") if isinstance(self.ordering, str) else ""
        if column == BY_NAME:
            # A hidden name has no place in the alphabet.
            told = When(access.NAMED, then=F("last_name"))
            queryset = queryset.annotate(shown_name=Case(told, default=Value("")))
        if column == BY_MARKS:
            queryset = review.with_means(queryset, self.user)
            mean = F(BY_MARKS)
            last = (
                mean.desc(nulls_last=True) if self.ordering[0] == "-" else mean.asc(nulls_last=True)
            )
            return queryset.order_by(last, "-submitted_at", "pk")
        return super().order_queryset(queryset)

    def search_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """In the references, and in the names and addresses that this person reads."""
        for word in fold(self.search_query).split():
            # References and addresses hold no accent: folding them would cost much for nothing.
            person = Q(email__contains=word)
            for name in ("last_name", "first_name"):
                person |= Q(**{f"{name}__folded__contains": word})
            queryset = queryset.filter(Q(reference__icontains=word) | (access.NAMED & person))
        return queryset

    def paginate_queryset(self, queryset: Any, page_size: int) -> Any:
        paginator, page, rows, has_others = super().paginate_queryset(queryset, page_size)
        found = review.summaries(rows, self.user)
        for application in rows:
            application.review = found[application.pk]
        return paginator, page, rows, has_others

    def to_row_dict(self, item: Any) -> OrderedDict[str, Any]:
        row = super().to_row_dict(item)
        if not item.identity_shown:
            row |= dict.fromkeys(IDENTITY, "")
        return row


class ApplicationViewSet(PersonalDataViewSet):
    model = Application
    icon = "user"
    menu_label = "Candidatures"
    lifecycle = LIFECYCLE
    policy_class = ApplicationPolicy
    rehearse = staticmethod(rehearse)
    rehearsed_for = "recrutement.view_application"
    offered_actions = ("view", "delete")
    index_view_class = ApplicationIndexView
    delete_view_class = ForgetView
    inspect_view_class = ApplicationInspectView
    inspect_template_name = "recrutement/admin/inspect.html"
    filterset_class = ApplicationFilterSet
    # And the reference, whoever asks: see `search_queryset`.
    search_fields = ["last_name", "first_name", "email"]
    ordering = ["-submitted_at"]
    list_display = [
        "reference",
        Column("name", label="Nom", accessor=name_shown, sort_key=BY_NAME),
        Column("subject", label="Pour", sort_key="offer__title"),
        Column("get_state_display", label="État", sort_key="state"),
        DateColumn("submitted_at", label="Envoyée", sort_key="submitted_at"),
        Column("answer_by", label="Réponse promise", accessor=promise, sort_key="answer_by"),
        Column("mean", label="Évaluation", accessor=marks, sort_key=BY_MARKS),
        Column("notes", label="Notes", accessor=notes),
        ErasedOnColumn("erased_on", label="Effacée le"),
    ]
    list_export = [
        "reference",
        *IDENTITY,
        "subject",
        "state",
        "source",
        "submitted_at",
        "answer_by",
        "state_changed_at",
    ]
    export_filename = "candidatures"
    inspect_view_fields = ["reference"]  # the template shows the rest: see `inspection`

    def get_queryset(self, request: HttpRequest) -> QuerySet[Application]:
        return retention.with_retention(super().get_queryset(request)).select_related("offer")

    def note_refused(self, request: HttpRequest, record: Application | None) -> None:
        note_refused_access(request, str(record) if record else "Candidature inconnue")

    def mails_as_read(self, request: HttpRequest, mails: list[Any]) -> list[Any]:
        return mails_as_read(request.user, mails)
