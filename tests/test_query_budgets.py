"""How many queries each kind of page takes, with one thing of each sort and with thirty.

Nothing is kept from one request to the next here (`site_enys.memory` keeps nothing inside a
transaction): these are the queries of the very first visitor after a change.
"""

from collections.abc import Callable, Iterator
from functools import partial

from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.db import connection

import pytest

from blog.models import PostPage
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
TEASERS = ("sessions", "offers", "posts", "themes")
LINK = {"text": "Nous écrire", "url": ""}
CHOOSING = {"picture", "document", "pages", "call_to_action", "video", "opened_page", "teaser"}


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
        self.post = PostPage.objects.first()
        for _ in range(count - self.course.sessions.count()):
            SessionFactory(course=self.course)
        CommentFactory.create_batch(count - self.post.comments.count(), post=self.post, approved=True)
        self.write_bodies(count)

    def write_bodies(self, count: int) -> None:
        """Every kind of block, those that lead to something or show it `count` times."""
        of_the_firm = BodyStreamBlock().child_blocks
        texts = [
            (name, block.get_preview_value())
            for name, block in of_the_firm.items()
            if name not in CHOOSING
        ]
        news = [("teaser", {"kind": kind, "count": 3}) for kind in TEASERS]
        self.image.contextual_alt_text, self.image.decorative = "Un dessin", False
        shown = [block for number in range(count) for block in self.things(number)]
        home = HomePage.objects.get()
        home.opened_page, home.body = self.service, [*texts, *news, *shown[:2]]
        self.service.body = self.references_of(count) + texts
        self.post.body = shown
        for page in (home, self.service, self.post):
            page.save()

    def references_of(self, count: int):
        return [block for number in range(count) for block in self.things(number)]

    def things(self, number: int):
        target = [self.contact, self.course, self.legal][number % 3 if number else 0]
        yield "pages", {"title": "À lire", "pages": [target, self.contact]}
        yield "call_to_action", {"title": "Écrire", "text": "", "link": LINK | {"page": target}}
        yield "paragraph", f'<p>Un <a linktype="page" id="{target.pk}">lien</a>.</p>'
        yield "document", {"document": self.document, "text": ""}
        yield "picture", {"image": self.image}


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
    counted = {}
    for name, address in addresses(site).items():
        client = Client()
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        counted[name] = len(captured)
        import os, re
        if os.environ.get("SHOW") == name:
            for q in captured: print(re.sub(r'SELECT (.*?) FROM', lambda m: 'SELECT '+m[1][:40]+'… FROM', q["sql"])[:330])
    return counted


@pytest.fixture(scope="module")
def counted(module_rows: None) -> dict[str, tuple[int, int]]:
    site = Site()
    site.grow_to(FEW)
    few = costs(site)
    site.grow_to(MANY)
    many = costs(site)
    return {name: (few[name], many[name]) for name in few}


def test_show(counted):
    for name, c in counted.items():
        print(name, c)
    assert 0
