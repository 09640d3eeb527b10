"""What the catalogue knows of the legal pages: which ones courses and agreements go to."""

from collections.abc import Iterator

from formation.models import CatalogueIndexPage
from home.models import LegalPage, OrganisationSettings
from home.services.legal import Kind, Missing, checks, page_url, unknown

FIELDS = {Kind.TERMS: "terms_page", Kind.RULES: "internal_rules_page"}


@checks(Kind.TERMS)
@checks(Kind.RULES)
def named_by_the_catalogue(page: LegalPage) -> Iterator[Missing]:
    """Courses lead to the page that the catalogue names, and agreements annex its rules."""
    catalogue = CatalogueIndexPage.current()
    field = FIELDS[Kind(page.kind)]
    if catalogue and getattr(catalogue, f"{field}_id") != page.pk:
        yield Missing("le choix de cette page dans le catalogue", page_url(catalogue, field))


@checks(Kind.NOTICE)
@checks(Kind.TERMS)
def declared_activity(_page: LegalPage) -> Iterator[Missing]:
    """Whoever has a catalogue tells the number of its declaration (L6351-1)."""
    if CatalogueIndexPage.current():
        yield from unknown(OrganisationSettings.current(), ("training_number", "training_region"))
