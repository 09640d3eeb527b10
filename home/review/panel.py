"""« Relecture » : the remarks beside the form of a page, as it is typed."""

from typing import Any

from django.apps import apps
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from wagtail.models import Page

from home.conformity import Conformity, ConformityPanel, Line, Review, answer, field_label
from site_enys.french import plural

from . import Remark, guides, remarks

SHOWN_FIRST = 5
NOTHING_TO_SAY = "Rien à signaler."


def reading(page: Any, values: dict[str, Any] | None = None) -> Conformity:
    """The remarks about a page, or about what is being typed, for the panel."""
    found = remarks(page, values)
    # The only ones that a publication stumbles over.
    missing = [_line(page, remark) for remark in found if remark.code == guides.CODE]
    lines = [_line(page, remark) for remark in found if remark.code != guides.CODE]
    count = plural(len(lines), "conseil")
    return Conformity(
        missing=missing,
        missing_words="passage reste à écrire,passages restent à écrire",
        advice=lines[:SHOWN_FIRST],
        more_advice=lines[SHOWN_FIRST:],
        advice_heading=f"{count}, qui n’empêche{'nt' if len(lines) > 1 else ''} pas de publier",
        nothing_missing="" if found else NOTHING_TO_SAY,
    )


def _line(page: Any, remark: Remark) -> Line:
    place = remark.place
    return Line(
        label=field_label(page, place.field),
        field=place.field,
        source=place.where,
        sentence=remark.sentence,
        excerpt=remark.excerpt,
        block=place.block,
    )


class ReviewPanel(ConformityPanel):
    """On every kind of page; its script is that of « Conformité »."""

    def __init__(
        self, review: Review = reading, url_name: str = "page_review", **kwargs: Any
    ) -> None:
        super().__init__(review, url_name, **kwargs)

    class BoundPanel(ConformityPanel.BoundPanel):
        def address(self) -> str:
            if self.instance.pk:
                return reverse(self.panel.url_name, args=[self.instance.pk])
            meta, parent = self.instance._meta, self.form.parent_page
            return reverse("new_page_review", args=[meta.app_label, meta.model_name, parent.pk])


@require_POST
def page_review(request: HttpRequest, pk: int) -> HttpResponse:
    """What is typed on a page that exists."""
    page = get_object_or_404(Page, pk=pk).specific
    may_write = page.permissions_for_user(request.user).can_edit()
    return answer(request, page.get_latest_revision_as_object(), reading, may_write=may_write)


@require_POST
def new_page_review(request: HttpRequest, app: str, kind: str, parent: int) -> HttpResponse:
    """What is typed on a page that has not been saved yet."""
    above = get_object_or_404(Page, pk=parent)
    try:
        page_type = apps.get_model(app, kind)
    except LookupError as error:
        raise Http404 from error
    # The page itself would do as a kind of page: it has no form.
    if (
        not issubclass(page_type, Page)
        or page_type not in above.specific_class.creatable_subpage_models()
    ):
        raise Http404
    may_write = above.permissions_for_user(request.user).can_add_subpage()
    return answer(request, page_type(), reading, may_write=may_write)
