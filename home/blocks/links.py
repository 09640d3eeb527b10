"""Links to a page of the site or to another address, that survive what happens to the page."""

from typing import Any

from django.core.exceptions import ValidationError

from wagtail import blocks
from wagtail.models import Page

from home.services import reach
from home.services.frame import frame

from .choosers import KnownPageChooserBlock


class LinkValue(blocks.StructValue):
    @property
    def href(self) -> str:
        """The address to link to; nothing when the page is deleted or not online.

        A page behind a password keeps its link: it asks for the password itself.
        """
        page = self.get("page")
        if page is None:
            return self.get("url") or ""
        found = reach.links([page.pk]).get(str(page.pk))
        return found.url if found else ""


class LinkBlock(blocks.StructBlock):
    """A page of the site, or an address: one of both."""

    text = blocks.CharBlock(label="Texte du lien", max_length=80)
    page = KnownPageChooserBlock(label="Page du site", required=False)
    url = blocks.URLBlock(label="ou adresse", required=False, max_length=300)

    class Meta:
        icon = "link"
        label = "Lien"
        value_class = LinkValue

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        cleaned = super().clean(value)
        if not self.is_deferred_validation and (errors := self.errors_of(cleaned)):
            raise blocks.StructBlockValidationError(block_errors=errors)
        return cleaned

    def errors_of(self, value: blocks.StructValue) -> dict[str, ValidationError]:
        """What makes it no link, by field."""
        if bool(value["page"]) != bool(value["url"]):
            return {}
        error = ValidationError("Choisissez une page du site ou une adresse, l’une des deux.")
        return {"page": error, "url": error}


#: No link, in the examples of the blocks that may have one.
NO_LINK: dict[str, Any] = {"text": "", "page": None, "url": ""}


class OptionalLinkBlock(LinkBlock):
    """A link, or nothing at all."""

    text = blocks.CharBlock(label="Texte du lien", max_length=80, required=False)

    def errors_of(self, value: blocks.StructValue) -> dict[str, ValidationError]:
        if not any(value.values()):
            return {}
        if value["text"]:
            return super().errors_of(value)
        return {"text": ValidationError("Écrivez les mots du lien.")} | super().errors_of(value)


def shown_pages(chosen: list[Page | None]) -> list[Page]:
    """The chosen pages that everybody may see, in the chosen order."""
    found = reach.pages(page.pk for page in chosen if page is not None)
    known = frame()
    return [page for page in found.values() if not known.has_door(page.path)]
