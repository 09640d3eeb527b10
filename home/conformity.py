"""« Conformité » : the panel of an editor that shows what the law wants of a page, as it is typed.

An app says where a page stands (`Conformity`); the panel, its script and the view that answers it
are the same for all.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import BadRequest, PermissionDenied
from django.forms import Media
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from wagtail.admin.panels import Panel
from wagtail.models import Page

ADVICE = "Conseils, qui n’empêchent pas de publier"
ALL_THERE = "Toutes les mentions obligatoires y sont."


@dataclass(frozen=True)
class Line:
    """A remark as it is shown: with the label of its field, and how to reach it."""

    label: str
    field: str
    source: str
    sentence: str
    excerpt: str = ""
    #: The block of the field, by its key, when it has blocks.
    block: str = ""


@dataclass(frozen=True)
class SetAside:
    """A remark that somebody has read and left as it was, and why."""

    label: str
    source: str
    excerpt: str
    reason: str
    who: str
    at: Any


@dataclass(frozen=True)
class Conformity:
    """What a page lacks, what it would better say, and what is in order."""

    missing: list[Line]
    advice: list[Line]
    in_order: list[Line] = field(default_factory=list)
    advice_heading: str = ADVICE
    set_aside: list[SetAside] = field(default_factory=list)
    #: Advice that is shown folded, after the first.
    more_advice: list[Line] = field(default_factory=list)
    #: What is missing, alone and in number.
    missing_words: str = "mention manque,mentions manquent"
    #: What is said when nothing is missing.
    nothing_missing: str = ALL_THERE


#: Where a page stands, from the values of a form or else from the page.
Review = Callable[..., Conformity]


def line(page: Any, name: str, source: str, sentence: str, excerpt: str = "") -> Line:
    """The line of a remark that belongs beside a field."""
    label = field_label(page, name)
    return Line(label, name, source, sentence, excerpt)


def field_label(page: Any, name: str) -> str:
    """What the editor calls a field, or a list of things below the page."""
    found = page._meta.get_field(name)
    if hasattr(found, "verbose_name"):
        return str(found.verbose_name)
    return str(found.related_model._meta.verbose_name_plural)


class ConformityPanel(Panel):
    """Follows what is typed: its script posts the form and shows the answer."""

    def __init__(self, review: Review, url_name: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.review = review
        self.url_name = url_name

    def clone_kwargs(self) -> dict[str, Any]:
        return super().clone_kwargs() | {"review": self.review, "url_name": self.url_name}

    class BoundPanel(Panel.BoundPanel):
        template_name = "home/admin/conformity_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            return super().get_context_data(parent_context) | {
                "conformity": self.panel.review(self.instance),
                "url": self.address(),
            }

        def address(self) -> str:
            """Where the script asks what to say of what is typed."""
            pk = self.instance.pk
            return reverse(self.panel.url_name, args=[pk] if pk else [])

        @property
        def media(self) -> Media:
            return Media(js=["js/conformity.js"])


def conformity_view(
    page_type: type[Page], parent_type: type[Page], review: Review
) -> Callable[..., HttpResponse]:
    """The view that answers the panel, for pages of one type below the one page of another."""

    @require_POST
    def conformity_of_the_form(request: HttpRequest, pk: int | None = None) -> HttpResponse:
        """What is typed, saved or not; a value that the form refuses counts as it was saved."""
        if pk:
            page = get_object_or_404(page_type, pk=pk)
            may_write = page.permissions_for_user(request.user).can_edit()
            draft = page.get_latest_revision_as_object()
        else:
            parent = get_object_or_404(parent_type)
            may_write = parent.permissions_for_user(request.user).can_add_subpage()
            draft = page_type()
        return answer(request, draft, review, may_write=may_write)

    return conformity_of_the_form


def answer(request: HttpRequest, draft: Any, review: Review, *, may_write: bool) -> HttpResponse:
    """Where a page stands with the values of its form, for who may write it."""
    if not may_write:
        raise PermissionDenied
    form = (
        type(draft)
        .get_edit_handler()
        .get_form_class()(request.POST, request.FILES, instance=draft, for_user=request.user)
    )
    form.defer_required_fields()
    try:
        form.is_valid()
    except (KeyError, ValueError) as error:  # no browser sends blocks without their counts
        raise BadRequest from error
    context = {"conformity": review(draft, form.cleaned_data)}
    return render(request, "home/admin/conformity.html", context)
