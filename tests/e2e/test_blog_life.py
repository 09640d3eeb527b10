"""A reader goes through the blog: a category, a long article, the next one, its author."""

import re

from django.utils import timezone

from playwright.sync_api import Page, expect

from blog.models import PostPage
from tests.e2e.gestures import scrolls_sideways

PHONE = {"width": 390, "height": 844}
PARTS = ("Écouter", "Comprendre", "Raconter ensuite")


def long_post() -> PostPage:
    """An article of several parts, with one after it."""
    post = PostPage.objects.published(timezone.now()).newest_first()[1]
    text = "".join(f"<h2>{part}</h2><p>{'mot ' * 300}</p>" for part in PARTS)
    post.body = [("paragraph", text)]
    post.save()
    return post


def test_from_the_index_to_a_category_an_article_the_next_and_its_author(visitor: Page) -> None:
    post = long_post()
    category = post.categories.first()
    visitor.goto("/blog/")
    expect(visitor.get_by_role("link", name="Tout", exact=True)).to_have_attribute(
        "aria-current", "page"
    )
    visitor.get_by_role("region", name="Catégories").get_by_role("link", name=category.name).click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text(category.name)
    visitor.get_by_role("main").get_by_role("link", name=post.title).click()

    beside = visitor.get_by_role("navigation", name="Sommaire")
    beside.get_by_role("link", name=PARTS[2]).click()
    expect(visitor).to_have_url(re.compile("#raconter-ensuite$"))
    expect(visitor.get_by_role("heading", name=PARTS[2])).to_be_in_viewport()

    following = visitor.get_by_role("navigation", name="Articles voisins")
    following.get_by_role("link", name="Article suivant").click()
    expect(visitor.get_by_role("heading", level=1)).not_to_have_text(post.title)
    author = visitor.get_by_role("complementary").get_by_role("heading", level=2).first
    name = author.inner_text()
    author.get_by_role("link").click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text(name)
    expect(visitor.get_by_role("main").get_by_role("article").first).to_be_visible()


def test_on_a_phone_the_contents_are_folded_above_the_text(visitor: Page) -> None:
    visitor.set_viewport_size(PHONE)
    visitor.goto(long_post().url)
    contents = visitor.get_by_role("navigation", name="Sommaire")
    expect(contents).to_have_count(1)  # the one beside the text is not there
    expect(contents.get_by_role("link", name=PARTS[1])).to_be_hidden()
    contents.get_by_text("Sommaire").click()
    contents.get_by_role("link", name=PARTS[1]).click()

    expect(visitor.get_by_role("heading", name=PARTS[1])).to_be_in_viewport()
    assert not scrolls_sideways(visitor)


def test_on_paper_only_the_article_is_left(page: Page) -> None:
    page.goto(long_post().url)
    page.emulate_media(media="print")

    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator(".on-paper")).to_be_visible()
    for part in (".follow-on", ".contents--beside", ".neighbours", ".comments .button"):
        expect(page.locator(part).first).to_be_hidden()
    assert page.pdf().startswith(b"%PDF")
