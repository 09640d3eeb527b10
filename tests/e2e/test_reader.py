"""A reader reads the blog, and answers."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.found import silent_post
from tests.e2e.gestures import field, fill_in, press

COMMENT = {
    "Votre nom": "Malika",
    "Votre adresse électronique": "malika@exemple.test",
    "Votre commentaire": "Nous avons essayé cet hiver,\net l’équipe en parle encore.",
}


def test_her_comment_shows_once_an_editor_has_read_it(
    visitor: Page, sign_in: Callable[[str], Page]
) -> None:
    post = silent_post()
    visitor.goto(post.url)
    comments = visitor.locator("#commentaires")
    expect(comments.get_by_role("heading")).to_have_text("0 commentaire")
    visitor.get_by_role("link", name="Laisser une réponse").click()
    fill_in(visitor, COMMENT)
    press(visitor, "Envoyer le commentaire")
    expect(visitor.get_by_role("heading", level=1)).to_contain_text("votre commentaire est arrivé")
    visitor.get_by_role("link", name="Revenir à l’article").click()
    expect(comments.get_by_role("heading")).to_have_text("0 commentaire")

    editor = sign_in("redaction")
    editor.goto("/admin/")
    editor.get_by_role("link", name=re.compile("commentaires? à lire")).click()
    row = editor.get_by_role("row").filter(has_text="Malika")
    row.get_by_role("link").first.click()
    expect(editor.get_by_role("main")).to_contain_text("Nous avons essayé cet hiver")
    editor.get_by_role("link", name="Publier").click()
    press(editor, "Publier")
    expect(editor.get_by_role("main")).to_contain_text("Publié")

    visitor.reload()
    expect(comments.get_by_role("heading")).to_have_text("1 commentaire")
    expect(comments).to_contain_text("et l’équipe en parle encore.")
    expect(comments).not_to_contain_text("malika@exemple.test")


def test_an_empty_comment_says_what_is_missing(visitor: Page) -> None:
    visitor.goto(silent_post().url)
    visitor.get_by_role("link", name="Laisser une réponse").click()
    fill_in(visitor, COMMENT | {"Votre commentaire": ""})
    press(visitor, "Envoyer le commentaire")

    visitor.get_by_role("alert").get_by_role("link", name="Votre commentaire").click()
    expect(field(visitor, "Votre commentaire")).to_be_focused()
    expect(field(visitor, "Votre nom")).to_have_value("Malika")


def test_the_archives_lead_to_the_articles_of_a_month(visitor: Page) -> None:
    visitor.goto("/blog/")
    months = visitor.get_by_role("region", name="Archives")
    months.get_by_role("link", name="Toutes les archives").click()
    year = visitor.get_by_role("region", name=re.compile("^20")).first
    year.get_by_role("listitem").get_by_role("link").first.click()
    expect(visitor.get_by_role("heading", level=1)).to_contain_text("Archives")
    visitor.get_by_role("main").get_by_role("article").first.get_by_role("link").first.click()
    expect(visitor.locator("#commentaires")).to_be_visible()


def test_the_feed_is_reached_from_an_article_and_holds_its_text(visitor: Page) -> None:
    post = silent_post()
    visitor.goto(post.url)
    followed = visitor.get_by_role("region", name="Flux").get_by_role("listitem")
    link = followed.filter(has_text="Tous les articles").get_by_role("link", name="RSS")
    feed = visitor.request.get(link.get_attribute("href"))

    assert feed.headers["content-type"].startswith("application/rss+xml")
    assert "<rss" in feed.text()
    assert post.title in feed.text()
