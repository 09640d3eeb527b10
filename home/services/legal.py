"""« Complet ? »: what each legal page lacks, and where it is typed. One function for each kind.

What another app knows of a page, it adds with `checks`.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Model
from django.urls import reverse

from wagtail.models import Page

from home.enums import Compliance
from home.models import AccessibilityStatement, LegalPage, OrganisationSettings
from home.models.settings import LEGAL_FACTS, default_site

Kind = LegalPage.Kind
#: In the order of the screen.
KINDS = (Kind.NOTICE, Kind.PRIVACY, Kind.ACCESSIBILITY, Kind.TERMS, Kind.RULES)
#: Besides who sells, what the conditions of sale rest on.
SELLER = ("legal_name", "head_office", "siren", "mediator_name", "mediator_address")


@dataclass(frozen=True)
class Missing:
    """A fact that is not known yet, and the address of the field where it is typed."""

    label: str
    url: str


@dataclass(frozen=True)
class Review:
    """Where a legal page stands."""

    kind: Kind
    page: LegalPage | None
    missing: list[Missing]

    @property
    def is_complete(self) -> bool:
        return not self.missing


Check = Callable[[LegalPage], Iterable[Missing]]
_CHECKS: dict[Kind, list[Check]] = {}


def checks(kind: Kind) -> Callable[[Check], Check]:
    """Register one more function that names what the page of this kind lacks."""

    def register(check: Check) -> Check:
        _CHECKS.setdefault(kind, []).append(check)
        return check

    return register


def review(kind: Kind) -> Review:
    """What the page of this kind lacks; one that is not online lacks everything."""
    return _review(kind, _online([kind]).get(kind))


def reviews() -> list[Review]:
    """Those of all the pages, which are read together."""
    pages = _online(KINDS)
    return [_review(kind, pages.get(kind)) for kind in KINDS]


def _online(kinds: Iterable[Kind]) -> dict[Kind, LegalPage]:
    """The first page of each kind in the order of the tree: read last, it stays."""
    pages = LegalPage.objects.live().filter(kind__in=kinds).order_by("-path")
    return {Kind(page.kind): page for page in pages}


def _review(kind: Kind, page: LegalPage | None) -> Review:
    if page is None:
        absent = Missing("la page elle-même, qui n’est pas en ligne", _where_pages_are())
        return Review(kind, None, [absent])
    found = [missing for check in _CHECKS.get(kind, ()) for missing in check(page)]
    return Review(kind, page, found)


def setting_url(model: type[Model], field: str) -> str:
    """The field itself, on the screen of its settings."""
    meta = model._meta
    return reverse("wagtailsettings:edit", args=[meta.app_label, meta.model_name]) + f"#id_{field}"


def page_url(page: Page, field: str = "") -> str:
    """The editor of a page, at one of its fields."""
    return reverse("wagtailadmin_pages:edit", args=[page.pk]) + (f"#id_{field}" if field else "")


def unknown(settings: Model, fields: Iterable[str]) -> Iterator[Missing]:
    """Those of these fields that hold nothing."""
    for name in fields:
        if not getattr(settings, name):
            label = str(settings._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
            yield Missing(label, setting_url(type(settings), name))


@checks(Kind.NOTICE)
def notice_lacks(_page: LegalPage) -> Iterator[Missing]:
    """The publisher, who answers for it, and the host (law n° 2004-575, « LCEN »)."""
    return unknown(OrganisationSettings.current(), LEGAL_FACTS)


@checks(Kind.PRIVACY)
def privacy_lacks(_page: LegalPage) -> Iterator[Missing]:
    """Who is responsible, whom to write to and who works for us (RGPD, articles 13 and 14)."""
    firm = OrganisationSettings.current()
    yield from unknown(firm, ("legal_name", "head_office", "data_contact"))
    if not firm.sub_processors.exists():
        url = setting_url(OrganisationSettings, "sub_processors-FORMS")
        yield Missing("les sous-traitants, l’hébergeur au moins", url)


@checks(Kind.ACCESSIBILITY)
def accessibility_lacks(_page: LegalPage) -> Iterator[Missing]:
    """A way to be reached; once there is an audit, how it was made and what it found."""
    statement = AccessibilityStatement.load()
    yield from unknown(statement, ("contact", "technologies"))
    audit = statement.audit
    if audit is None:
        return
    yield from unknown(statement, ("environment", "tools", "checked_pages"))
    if audit.compliance is not Compliance.FULL:
        yield from unknown(statement, ("failures",))


@checks(Kind.TERMS)
def terms_lack(_page: LegalPage) -> Iterator[Missing]:
    """Who sells, and the mediator that a consumer must be told of (L616-1)."""
    return unknown(OrganisationSettings.current(), SELLER)


@checks(Kind.RULES)
def rules_lack(page: LegalPage) -> Iterator[Missing]:
    """The rules themselves: the body of the page is what agreements annex."""
    if not page.body:
        yield Missing("le texte du règlement", page_url(page, "body"))


def _where_pages_are() -> str:
    return reverse("wagtailadmin_explore", args=[default_site().root_page_id])
