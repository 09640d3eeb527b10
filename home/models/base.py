"""What every page of the site has, whatever its kind."""

from datetime import datetime
from functools import cache
from http import HTTPMethod
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.blocks import StreamBlockValidationError
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Locale, Page, PageViewRestriction
from wagtail.search import index

from home.blocks import faults
from home.review.panel import ReviewPanel
from home.services import guiding
from home.services.visibility import has_door
from site_enys.french import fold
from site_enys.page_cache.shared import mark
from site_enys.rich_text import texts_of


class NotPublishable(ValidationError):
    """A page that is about to go live is incomplete.

    Raised by `BasePage.save`, so that every way of publishing meets it: bulk action, workflow,
    schedule. `sentences` are French and fit for a screen.
    """

    def __init__(self, page: Page, error: ValidationError) -> None:
        self.page = page
        self.sentences = _sentences(page, error)
        super().__init__(self.sentences)


def _sentences(page: Page, error: ValidationError) -> list[str]:
    if isinstance(error, StreamBlockValidationError):
        return faults.sentences(error)
    if not hasattr(error, "error_dict"):
        return error.messages
    labels = {field.name: str(field.verbose_name) for field in page._meta.concrete_fields}
    return [
        f"{labels[name].capitalize()}\u00a0: {message}" if name in labels else message
        for name, messages in error.message_dict.items()
        for message in messages
    ]


class PublishableForm(WagtailAdminPageForm):
    """Says beside the fields, before publication, what `check_publishable` would refuse."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.is_deferred_validation:
            return cleaned
        typed = dict(cleaned)
        for check in (self.instance.check_written, self.instance.check_publishable):
            try:
                check(typed)
            except ValidationError as error:
                self._beside(error) if hasattr(error, "error_dict") else self.add_error(None, error)
        # What is refused is still what was typed: the panels beside the form read it.
        return typed

    def _beside(self, error: ValidationError) -> None:
        for name, messages in error.message_dict.items():
            if name not in self.errors:  # what is wrong already has its sentence
                self.add_error(name if name in self.fields else None, messages)


@cache
def _no_restriction() -> QuerySet[PageViewRestriction]:
    """Read already: Django would write the SQL of an empty set each time, then not send it."""
    none = PageViewRestriction.objects.none()
    len(none)
    return none


class BasePage(Page):
    """Abstract parent of every page type."""

    social_image = models.ForeignKey(
        "home.CustomImage",
        verbose_name="image de partage",
        help_text="Montrée quand la page est partagée\u202f; facultative.",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    base_form_class = PublishableForm
    content_panels = [*Page.content_panels, ReviewPanel(heading="Relecture")]
    # Forms have their own addresses; a page that receives one says so.
    allowed_http_methods = [HTTPMethod.GET, HTTPMethod.HEAD, HTTPMethod.OPTIONS]
    promote_panels = [
        *Page.promote_panels,
        MultiFieldPanel([FieldPanel("social_image")], heading="Partage"),
    ]
    # For the admin's own lists; the public search has its index in `search`.
    search_fields = [*Page.search_fields, index.AutocompleteField("folded_title")]
    #: Fields whose text people search for, besides the title; StreamFields and rich texts included.
    searched: ClassVar[tuple[str, ...]] = ()
    #: Short plain text for lists and for the description of the page.
    summary_field: ClassVar[str] = "introduction"
    #: Whether `?page=2` shows something else, without a `page_obj` in the context that says it.
    in_pages: ClassVar[bool] = False
    #: Whether `visible_from` may say a time to come.
    appears_at_its_time: ClassVar[bool] = False
    #: Whether its title, introduction and body say all: it may then open over another page.
    opens_over: ClassVar[bool] = False
    #: How long a page of this kind is trusted without being read again; None: it ends by itself.
    read_again_after_months: ClassVar[int | None] = 12

    class Meta:
        abstract = True

    def check_publishable(self, values: dict[str, Any] | None = None) -> None:
        """Raise ValidationError, by field, with what forbids publication.

        Called with the values of a form, or without when the page is about to go live by any
        other path (bulk action, workflow, schedule).
        """
        del values

    def get_view_restrictions(self) -> QuerySet[PageViewRestriction]:
        """None, without asking, for a page that is behind no door: nearly all."""
        return super().get_view_restrictions() if has_door(self.path) else _no_restriction()

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return mark(super().serve(request, *args, **kwargs))

    def check_written(self, values: dict[str, Any] | None = None) -> None:
        """Raise ValidationError where guiding words of a starter are left."""
        texts = (models.CharField, models.TextField, StreamField)
        names = [field.name for field in self._meta.fields if isinstance(field, texts)]
        held = {name: getattr(self, name) for name in names} if values is None else values
        left = {name: guiding.left_in(held.get(name)) for name in names}
        if errors := {name: guiding.refusal(found) for name, found in left.items() if found}:
            raise ValidationError(errors)

    def get_default_locale(self) -> Locale:
        """That of the parent, which Wagtail would read a second time, whole, for this alone."""
        parent = self.get_parent()
        return parent.locale if parent else super().get_default_locale()

    def save(self, clean: bool = True, **kwargs: Any) -> Any:  # noqa: FBT001, FBT002 - Wagtail's signature
        if clean and self.live:
            try:
                self.check_written()
                self.full_stream_clean()
                self.check_publishable()
            except ValidationError as error:
                raise NotPublishable(self, error) from error
        return super().save(clean=clean, **kwargs)

    def with_content_json(self, content: dict[str, Any]) -> Any:
        """As Wagtail, and with the version that is online: a fact of the page, not of a version.

        A version older than the first publication knows of none; scheduled after it was brought
        back, it would take the page offline until its hour.
        """
        page = super().with_content_json(content)
        page.live_revision_id = self.live_revision_id
        return page

    def full_stream_clean(self) -> None:
        """Validate the blocks of each StreamField, which a draft may have left incomplete."""
        for field in self._meta.get_fields():
            if isinstance(field, StreamField):
                value = getattr(self, field.name)
                value.stream_block.clean(value)

    @property
    def visible_from(self) -> datetime | None:
        """The instant before which a live page shows in no list, feed or search."""
        return None

    def folded_title(self) -> str:
        """The title without accents: PostgreSQL tells « Évaluation » from « Evaluation »."""
        return fold(self.title)

    def texts(self) -> list[str]:
        """What the page says, besides its title, without markup: one text for each part of it."""
        parts: list[str] = []
        for name in self.searched:
            field = self._meta.get_field(name)
            value = getattr(self, name)
            if isinstance(field, RichTextField):
                parts.extend(texts_of(value))
            elif isinstance(field, StreamField):
                parts.extend(field.get_searchable_content(value))
            else:
                parts.append(str(value or ""))
        return parts

    def plain_text(self) -> str:
        """Those texts in one, for whom counts or compares its words."""
        return " ".join(self.texts())

    @property
    def summary(self) -> str:
        """One or two plain sentences for lists."""
        return self.search_description or getattr(self, self.summary_field, "")
