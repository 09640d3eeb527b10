"""What an editor points to may be deleted, unpublished, locked or moved; pages still make sense."""

import re
from datetime import timedelta

from django.template import Context, Template
from django.utils import timezone

from wagtail.images import get_image_model
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    Page,
    PageViewRestriction,
    ReferenceIndex,
)
from wagtail.rich_text import RichText

import pytest

from home.models import ServicePage
from home.services import scheduling
from home.services.usage import usages
from tests.factories.blog import PostPageFactory, the_blog
from tests.factories.home import DocumentFactory, ImageFactory, ServicePageFactory

pytestmark = pytest.mark.django_db

DEAD = re.compile(r"href=\"(?:|#|None)\"|<a(?=[\s>/])(?![^>]*href=)[^>]*>")


@pytest.fixture
def target(bare_site) -> ServicePage:
    return ServicePageFactory(title="La cible", slug="la-cible")


def lock(page) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type="login")


def expire(page) -> None:
    page.expire_at = timezone.now() - timedelta(minutes=1)
    page.save()
    scheduling.run(timezone.now())


#: What happens to the page: the act, and whether it still is a page that answers to a link.
FATES = {
    "live": (lambda page: None, True),
    "draft": (lambda page: page.unpublish(), False),
    "deleted": (lambda page: page.delete(), False),
    "private": (lock, True),
    "moved": (lambda page: page.move(ServicePageFactory(title="Ailleurs"), pos="last-child"), True),
    "expired": (expire, False),
}


def blocks_that_lead_to(page, word="la page"):
    link = f'<a linktype="page" id="{page.pk}">{word}</a>'
    return {
        "paragraph": ("paragraph", f"<p>Voyez {link}, puis revenez.</p>"),
        "callout": ("callout", {"tone": "info", "title": "Lire", "text": f"<p>{link}</p>"}),
        "faq": (
            "faq",
            {"title": "", "questions": [{"question": "Où ?", "answer": f"<p>{link}</p>"}]},
        ),
        "call_to_action": (
            "call_to_action",
            {"title": "Parlons-en", "text": "", "link": {"text": word, "page": page, "url": ""}},
        ),
        "pages": ("pages", {"title": "À lire", "pages": [page]}),
    }


@pytest.mark.parametrize("fate", FATES)
@pytest.mark.parametrize("block", ["paragraph", "callout", "faq", "call_to_action", "pages"])
def test_a_block_survives_what_happens_to_its_page(client, target, block, fate) -> None:
    page = ServicePageFactory(title="Qui renvoie", body=[blocks_that_lead_to(target)[block]])
    act, answers = FATES[fate]
    act(target)

    response = client.get(page.url)

    html = main(response)
    assert response.status_code == 200
    assert not DEAD.search(html)
    listed = answers and (block, fate) != ("pages", "private")  # a choice names what all may read
    assert ("la-cible" in html) is listed
    if block in {"paragraph", "callout", "faq"}:
        assert "la page" in html


def main(response) -> str:
    html = response.content.decode()
    return html[html.index("<main") : html.index("</main>")]


def test_the_words_of_a_dead_link_stay_with_their_emphasis(client, target) -> None:
    html = f'<p>Lire <a linktype="page" id="{target.pk}">la <b>grande</b> page</a> ici.</p>'
    page = ServicePageFactory(body=[("paragraph", html)])
    target.unpublish()

    assert "Lire la <b>grande</b> page ici." in main(client.get(page.url))


def shown(source: str) -> str:
    return str(RichText(source)).strip()


@pytest.mark.parametrize("key", ["", "0", "abc", "-1", "9" * 30, "1;drop", "²"])
def test_a_link_whose_key_is_nonsense_is_only_its_words(key) -> None:
    links = (f'<a linktype="{kind}" id="{key}">{kind}</a>' for kind in ("page", "document"))

    assert shown(" ".join(links)) == "page document"


def test_links_to_elsewhere_are_left_alone() -> None:
    addresses = ("https://exemple.fr/?a=1&amp;b=2", "mailto:a@b.fr", "#z")
    typed = "".join(f'<p><a href="{address}">x</a></p>' for address in addresses)

    assert shown(typed) == typed


def test_an_article_of_tomorrow_is_not_linked_yet() -> None:
    post = PostPageFactory(future=True)
    text = f'<p><a linktype="page" id="{post.pk}">bientôt</a></p>'

    assert shown(text) == "<p>bientôt</p>"

    post.date = timezone.now() - timedelta(minutes=1)
    post.save()
    assert post.slug in shown(text)


def test_a_page_outside_the_site_is_not_linked() -> None:
    root = Page.get_first_root_node()

    assert shown(f'<a linktype="page" id="{root.pk}">racine</a>') == "racine"


# -- Documents and images -----------------------------------------------------------------------


def reserve(document) -> None:
    collection = Collection.get_first_root_node().add_child(name="Réservé")
    inner = collection.add_child(name="Dedans")
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    document.collection = inner
    document.save()


@pytest.mark.parametrize(
    ("act", "kept"),
    [(lambda document: None, True), (lambda document: document.delete(), False), (reserve, False)],
    ids=["live", "deleted", "reserved"],
)
def test_documents_in_a_text_and_in_a_block(client, bare_site, act, kept) -> None:
    document = DocumentFactory(title="Le rapport")
    link = f'<p>Lire <a linktype="document" id="{document.pk}">le rapport</a>.</p>'
    page = ServicePageFactory(
        body=[("paragraph", link), ("document", {"document": document, "text": "Télécharger"})]
    )
    act(document)

    html = main(client.get(page.url))

    assert not DEAD.search(html)
    assert html.count("/documents/") == (2 if kept else 0)
    assert "Lire" in html
    assert ("Télécharger" in html) is kept


def test_a_deleted_image_leaves_no_hole(client, bare_site) -> None:
    image = ImageFactory()
    image.contextual_alt_text, image.decorative = "Un dessin", False
    page = ServicePageFactory(body=[("picture", {"image": image, "caption": "Vu de près"})])
    get_image_model().objects.get(pk=image.pk).delete()

    html = main(client.get(page.url))

    assert "<img" not in html.split('class="body"')[1]
    assert "<figure" not in html.split('class="body"')[1]


@pytest.mark.parametrize("fate", FATES)
def test_the_feed_says_the_same_as_the_page(client, target, fate) -> None:
    PostPageFactory(title="Qui renvoie", body=list(blocks_that_lead_to(target).values()))
    act, answers = FATES[fate]
    act(target)

    response = client.get("/blog/flux/")

    xml = response.content.decode().replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"')
    assert response.status_code == 200
    assert not DEAD.search(xml)
    assert ("la-cible" in xml) is answers


@pytest.mark.parametrize("fate", FATES)
def test_the_preview_says_the_same(log_in, target, fate) -> None:
    page = ServicePageFactory(body=list(blocks_that_lead_to(target).values()))
    page.save_revision()
    FATES[fate][0](target)

    response = log_in("direction").get(f"/admin/pages/{page.pk}/view_draft/")

    assert response.status_code == 200
    assert not DEAD.search(main(response))


@pytest.mark.parametrize("fate", FATES)
def test_the_menu_names_what_everybody_may_open(client, target, fate) -> None:
    target.show_in_menus = True
    target.save()
    FATES[fate][0](target)

    html = client.get("/").content.decode()

    menu = html[html.index('id="menu"') : html.index("</nav>", html.index('id="menu"'))]
    assert not DEAD.search(menu)
    if fate != "moved":  # which leaves the menu or not with where it went
        assert ("la-cible" in menu) is (fate == "live")


# -- What it costs ------------------------------------------------------------------------------


def test_thirty_links_cost_what_one_does(bare_site, rf, count_queries) -> None:
    def cost(number: int) -> int:
        body = [
            block
            for n in range(number)
            for block in blocks_that_lead_to(ServicePageFactory(), f"page {n}").values()
        ]
        body += [
            ("document", {"document": DocumentFactory(file_size=2048), "text": ""})
            for _ in range(number)
        ]
        stored = ServicePage.objects.get(pk=ServicePageFactory(body=body).pk)
        drawn = Template("{% load bodies %}{% blocks_of body %}")
        context = {"body": stored.body, "request": rf.get("/")}
        return count_queries(lambda: drawn.render(Context(context)))

    cost(1)  # where the site begins is remembered

    assert cost(1) == cost(30)


# -- What editors are told ----------------------------------------------------------------------


def pointing(*body) -> ServicePage:
    """A page as the admin saves it: what it points to is noted."""
    page = ServicePageFactory(title="Qui renvoie", body=list(body))
    ReferenceIndex.create_or_update_for_object(page)
    return page


@pytest.mark.parametrize("block", ["paragraph", "callout", "faq", "call_to_action", "pages"])
def test_the_index_of_references_sees_each_block(target, block) -> None:
    page = pointing(blocks_that_lead_to(target)[block])

    found = [source.pk for source, _ in ReferenceIndex.get_grouped_references_to(target)]

    assert found == [page.pk]


@pytest.mark.parametrize("act", ["delete", "unpublish"])
def test_who_takes_a_page_away_reads_what_points_to_it(log_in, target, act) -> None:
    page = pointing(blocks_that_lead_to(target)["paragraph"])

    html = log_in("redaction").get(f"/admin/pages/{target.pk}/{act}/").content.decode()

    assert "1\u00a0contenu du site y renvoie" in html
    assert f"/admin/pages/{page.pk}/edit/" in html
    assert "il ne restera que les mots" in html


def test_who_takes_an_unused_page_away_is_told_so(log_in, target) -> None:
    html = log_in("redaction").get(f"/admin/pages/{target.pk}/delete/").content.decode()

    assert "Aucun contenu du site n’y renvoie." in html


def test_several_pages_at_once_say_the_same(log_in, target) -> None:
    page = pointing(blocks_that_lead_to(target)["pages"])

    html = log_in("redaction").get(f"/admin/bulk/wagtailcore/page/delete/?id={target.pk}")

    assert f"/admin/pages/{page.pk}/edit/" in html.content.decode()


def test_an_image_and_a_document_say_where_they_serve(log_in, bare_site) -> None:
    image, document = ImageFactory(), DocumentFactory()
    image.contextual_alt_text, image.decorative = "Un dessin", False
    page = pointing(
        ("picture", {"image": image, "caption": ""}),
        ("document", {"document": document, "text": ""}),
    )
    staff = log_in("direction")
    staff.user.is_superuser = True  # nobody else deletes what the library holds
    staff.user.save()

    for url in (f"/admin/images/{image.pk}/delete/", f"/admin/documents/delete/{document.pk}/"):
        html = staff.get(url).content.decode()
        assert "1\u00a0contenu du site y renvoie" in html
        assert f"/admin/pages/{page.pk}/edit/" in html


def test_a_page_that_one_may_not_edit_is_named_without_a_link(log_in, target) -> None:
    page = pointing(blocks_that_lead_to(the_blog())["pages"])
    found = usages(the_blog(), log_in("formation").user)

    assert [(usage.title, usage.url) for usage in found] == [(f"«\u00a0{page.title}\u00a0»", "")]
