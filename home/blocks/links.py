"""Links to a page of the site or to another address, that survive what happens to the page."""

from django.core.exceptions import ValidationError

from wagtail import blocks
from wagtail.models import Page


class LinkValue(blocks.StructValue):
    @property
    def href(self) -> str:
        """The address to link to, or nothing: the page may be deleted, a draft or private."""
        page = self.get("page")
        if page is None:
            return self.get("url") or ""
        if not page.live or page.get_view_restrictions().exists():
            return ""
        return page.url or ""


class LinkBlock(blocks.StructBlock):
    """A page of the site, or an address: one of both."""

    text = blocks.CharBlock(label="Texte du lien", max_length=80)
    page = blocks.PageChooserBlock(label="Page du site", required=False)
    url = blocks.URLBlock(label="ou adresse", required=False, max_length=300)

    class Meta:
        icon = "link"
        label = "Lien"
        value_class = LinkValue

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        cleaned = super().clean(value)
        if not self.is_deferred_validation and bool(cleaned["page"]) == bool(cleaned["url"]):
            error = ValidationError("Choisissez une page du site ou une adresse, l’une des deux.")
            raise blocks.StructBlockValidationError(block_errors={"page": error, "url": error})
        return cleaned


def shown_pages(chosen: list[Page | None]) -> list[Page]:
    """The chosen pages that everybody may see, in the chosen order, in one query."""
    wanted = [page.pk for page in chosen if page is not None]
    found = {
        page.pk: page for page in Page.objects.live().public().filter(pk__in=wanted).specific()
    }
    return [found[pk] for pk in wanted if pk in found]
