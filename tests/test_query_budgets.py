"""How many queries each kind of page takes, with one thing of each sort and with thirty.

Nothing is kept from one request to the next here (`site_enys.memory` keeps nothing inside a
transaction): these are the queries of the very first visitor after a change.
"""

from datetime import UTC, datetime
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import pytest

from formation.models import CoursePage
from home.blocks import BodyStreamBlock
from home.models import HomePage, LegalPage
from recrutement.models import JobOfferPage
from tests.factories.blog import CategoryFactory, CommentFactory, PostPageFactory, the_blog
from tests.factories.formation import CoursePageFactory, SessionFactory, catalogue
from tests.factories.home import (
    ContactPageFactory,
    DocumentFactory,
    ImageFactory,
    LegalPageFactory,
    ReferencesPageFactory,
    SectionPageFactory,
    ServicePageFactory,
)
from tests.factories.recrutement import IndexFactory, OfferFactory

MOST_OF_THE_HOME_PAGE = 10
MOST_OF_ANOTHER_PAGE = 12
FEW, MANY = 1, 30
LATER = datetime(2026, 4, 1, tzinfo=UTC)
NEWS = ("sessions", "offers", "posts")
LEADING = {"picture", "document", "pages", "call_to_action", "video", "opened_page", "teaser"}

Block = tuple[str, Any]
Counted = tuple[dict[str, int], dict[str, int]]


class Site:
    """A site with its menu, and as many of everything as asked."""

    def __init__(self) -> None:
        self.made = 0
        self.section = SectionPageFactory()
        self.contact = ContactPageFactory(parent=self.section, show_in_menus=True)
        self.legal = LegalPageFactory(parent=self.section)
        self.accessibility = LegalPageFactory(
            parent=self.section, title="Accessibilité", kind=LegalPage.Kind.ACCESSIBILITY
        )
        self.service = ServicePageFactory(title="Conseil", show_in_menus=True)
        self.references = ReferencesPageFactory(show_in_menus=True)
        self.category = CategoryFactory(slug="metier")
        self.opened = ServicePageFactory(title="L’ingénieur social")
        self.post = PostPageFactory(tag_names=["DEIS"], categories=[self.category], date=LATER)
        self.image, self.document = ImageFactory(), DocumentFactory(file_size=2048)

    def grow_to(self, count: int) -> None:
        for number in range(self.made, count):
            course = CoursePageFactory()
            SessionFactory(course=course)
            OfferFactory(tags=["DEIS"], diplomas=["DEIS"])
            post = PostPageFactory(tag_names=["DEIS"], categories=[self.category])
            CommentFactory(post=post, approved=True)
            LegalPageFactory(parent=self.section, title=f"Une page {number}")
            ServicePageFactory(title=f"Une mission {number}", show_in_menus=True)
        self.made = count
        self.course, self.offer = CoursePage.objects.first(), JobOfferPage.objects.first()
        for _ in range(count - self.course.sessions.count()):
            SessionFactory(course=self.course)
        more = count - self.post.comments.count()
        CommentFactory.create_batch(more, post=self.post, approved=True)
        self.write_bodies(count)

    def write_bodies(self, count: int) -> None:
        """Every kind of block on the page of the firm; what leads somewhere `count` times."""
        texts = [
            (name, block.get_preview_value())
            for name, block in BodyStreamBlock().child_blocks.items()
            if name not in LEADING
        ]
        news = [("teaser", {"kind": kind, "count": 3}) for kind in NEWS]
        self.image.contextual_alt_text, self.image.decorative = "Un dessin", False
        home = HomePage.objects.get()
        home.opened_page = self.opened
        home.body = [*texts, *news, *self.choices(1)]
        self.service.body = [*texts, *self.choices(count), *self.files(count)]
        self.post.body = [*self.pictures(count), *self.paragraphs(count)]
        for page in (home, self.service, self.post):
            page.save()

    def choices(self, count: int) -> list[Block]:
        chosen = ("pages", {"title": "À lire", "pages": [self.references, self.references]})
        link = {"text": "Nous écrire", "url": "", "page": self.contact}
        return [chosen, ("call_to_action", {"title": "Écrire", "text": "", "link": link})] * count

    def files(self, count: int) -> list[Block]:
        return [("document", {"document": self.document, "text": ""}), *self.pictures(1)] * count

    def pictures(self, count: int) -> list[Block]:
        return [("picture", {"image": self.image})] * count

    def paragraphs(self, count: int) -> list[Block]:
        targets = [self.contact, self.course, self.legal]
        links = [f'<a linktype="page" id="{page.pk}">lien</a>' for page in targets[:count]]
        return [("paragraph", f"<h2>Un intertitre</h2><p>Un {link}.</p>") for link in links]


def addresses(site: Site) -> dict[str, str]:
    return {
        "l’accueil": "/",
        "une page de présentation": site.service.url,
        "les références": site.references.url,
        "une rubrique": site.section.url,
        "le contact": site.contact.url,
        "une page légale": site.legal.url,
        "l’accessibilité": site.accessibility.url,
        "le catalogue": catalogue().url,
        "le catalogue filtré": f"{catalogue().url}?q=recherche",
        "une formation": site.course.url,
        "les dates": f"{catalogue().url}sessions/",
        "les offres": IndexFactory.the_one().url,
        "une offre": site.offer.url,
        "le blog": the_blog().url,
        "un article": site.post.url,
        "une catégorie": "/blog/categorie/metier/",
        "une étiquette": "/blog/etiquette/deis/",
        "un auteur": "/blog/auteur/sylvie-yonli/",
        "le flux du blog": "/blog/flux/",
        "la recherche": "/recherche/?q=recherche",
        "le plan": "/sitemap.xml",
        "une adresse qui ne mène nulle part": "/nulle-part/",
    }


def costs(site: Site) -> dict[str, int]:
    client = Client()
    counted = {}
    for name, address in addresses(site).items():
        client.get(address)  # where the site begins is in the cache of Wagtail
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        counted[name] = len(captured)
    return counted


@pytest.fixture(scope="module")
def counted(module_rows: None) -> tuple[dict[str, int], dict[str, int]]:
    """The queries of each page, with few things and then with many."""
    site = Site()
    site.grow_to(FEW)
    with_few = costs(site)
    site.grow_to(MANY)
    return with_few, costs(site)


def test_the_home_page_takes_ten_queries_at_the_most(counted: Counted) -> None:
    _few, many = counted

    assert many["l’accueil"] <= MOST_OF_THE_HOME_PAGE


def test_every_other_page_takes_twelve_at_the_most(counted: Counted) -> None:
    _few, many = counted

    too_many = {name: cost for name, cost in many.items() if cost > MOST_OF_ANOTHER_PAGE}

    assert too_many == {}


def test_thirty_things_cost_what_one_does(counted: Counted) -> None:
    few, many = counted

    assert many == few
