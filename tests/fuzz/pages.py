"""The pages of the tree, which have no route of their own: one of each kind is tried."""

from dataclasses import dataclass
from typing import Any

from wagtail.models import Page, get_page_models

from formation.models import CatalogueIndexPage, TrainingInformationPage
from home.models import LegalPage, ReferencesPage
from tests.addresses import OUR_ROOMS
from tests.factories.home import LegalPageFactory, ReferencesPageFactory
from tests.world import Side


@dataclass(frozen=True)
class PageAddress:
    """A page of one kind, tried as an `Address` is."""

    model: type[Page]
    #: Of a legal page: which one.
    kind: str = ""

    is_ours = True
    is_desk = False

    @property
    def name(self) -> str:
        return ":".join(filter(None, (self.model._meta.label, self.kind)))

    def things(self) -> list[str]:
        return []

    def with_values(self, values: list[Any]) -> str:
        pages = self.model._default_manager.live()
        page = pages.filter(**{"kind": self.kind} if self.kind else {}).first()
        if page is None:
            raise LookupError(f"aucune page « {self.name} » : voyez make_the_other_pages")
        return page.url

    def path(self, side: Side) -> str:
        return self.with_values([])


def page_addresses() -> list[PageAddress]:
    """Every kind of page of ours."""
    ours = [model for model in get_page_models() if model._meta.app_label in OUR_ROOMS]
    legal = [PageAddress(LegalPage, kind) for kind in LegalPage.Kind.values]
    return [PageAddress(model) for model in ours if model is not LegalPage] + legal


def make_the_other_pages() -> None:
    """The kinds that the world does without, but those that are there already."""
    if not ReferencesPage.objects.exists():
        ReferencesPageFactory(slug="references")
    if not TrainingInformationPage.objects.exists():
        body = [("paragraph", "<p>Prévenez-nous.</p>")]
        page = TrainingInformationPage(slug="accueil", title="Vous accueillir", body=body)
        CatalogueIndexPage.objects.get().add_child(instance=page)
    there = set(LegalPage.objects.values_list("kind", flat=True))
    for kind in LegalPage.Kind:
        if kind not in there:
            LegalPageFactory(kind=kind, title=kind.label, slug=f"legal-{kind.value}")
