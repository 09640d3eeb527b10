"""The life of a comment: left, read by the link of the e-mail, answered, reported, kept."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from courrier.models import OutgoingMessage
from tests.e2e.conftest import DESKTOP, PHONE
from tests.e2e.found import silent_post
from tests.e2e.gestures import axe_finds, field, fill_in, press

COMMENT = {
    "Votre nom": "Malika",
    "Votre adresse électronique": "malika@exemple.test",
    "Votre commentaire": "Nous avons essayé cet hiver.",
}


def link_received() -> str:
    text = OutgoingMessage.objects.filter(to="equipe@enys.test").order_by("-pk")[0].text
    return re.search(r"https?://[^/]+(/blog/moderation/lien/\S+)", text)[1]


def check(page: Page) -> None:
    """Nothing for axe to say, on a desk and on a phone."""
    for screen in (PHONE, DESKTOP):
        page.set_viewport_size(screen)
        assert axe_finds(page) == []


def test_a_comment_is_left_published_by_the_link_answered_reported_and_kept(
    page_without_javascript: Page, page: Page, sign_in: Callable[[str], Page]
) -> None:
    reader, mailbox, post = page_without_javascript, page, silent_post()
    comments = reader.locator("#commentaires")

    reader.goto(post.answer_url)
    fill_in(reader, COMMENT)
    press(reader, "Envoyer le commentaire")
    expect(reader.get_by_role("heading", level=1)).to_contain_text("votre commentaire est arrivé")

    mailbox.goto(link_received())
    expect(mailbox).to_have_url(re.compile(r"/blog/moderation/[0-9a-f-]{36}/$"))
    check(mailbox)
    press(mailbox, "Publier")
    expect(mailbox.get_by_role("status")).to_contain_text("par le lien du courriel")
    check(mailbox)

    reader.goto(post.url)
    expect(comments.get_by_role("heading")).to_have_text("1 commentaire")
    comments.get_by_role("link", name="Répondre à Malika").click()
    expect(reader.get_by_role("main")).to_contain_text("Nous avons essayé cet hiver.")
    fill_in(reader, {"Votre nom": "Paul", "Votre commentaire": "Nous aussi."})
    press(reader, "Envoyer le commentaire")

    editor = sign_in("redaction")
    editor.goto(f"/blog/{post.slug}/moderer/")
    expect(editor.get_by_role("main")).to_contain_text("En réponse à Malika")
    check(editor)
    press(editor, "Publier")

    reader.goto(post.url)
    expect(comments.get_by_role("heading")).to_have_text("2 commentaires")
    expect(comments.get_by_role("listitem").filter(has_text="Nous aussi.")).not_to_have_count(0)
    comments.get_by_role("link", name="Signaler le commentaire de Malika").click()
    reader.get_by_label("Autre").check()
    field(reader, "Précisions").fill("Elle parle de mon équipe.")
    press(reader, "Envoyer le signalement")
    expect(reader.get_by_role("heading", level=1)).to_contain_text("votre signalement est arrivé")

    mailbox.goto(link_received())
    expect(mailbox.get_by_role("main")).to_contain_text("Elle parle de mon équipe.")
    press(mailbox, "Garder en ligne")
    expect(mailbox.get_by_role("status")).to_contain_text("Publié")
    reader.goto(post.url)
    expect(comments.get_by_role("heading")).to_have_text("2 commentaires")


def test_axe_finds_nothing_on_an_answer_and_on_a_report(page: Page) -> None:
    page.goto("/blog/participation-au-dela-du-cvs/")
    check(page)
    page.get_by_role("link", name="Signaler").first.click()
    check(page)
    press(page, "Envoyer le signalement")
    page.get_by_role("alert").wait_for()
    check(page)


def test_the_team_answers_from_the_administration(
    page: Page, sign_in: Callable[[str], Page]
) -> None:
    editor = sign_in("redaction")
    editor.goto("/admin/")
    editor.get_by_role("link", name=re.compile("commentaires? signalés?")).click()
    editor.get_by_role("row").filter(has_text="Un ancien").get_by_role("link").first.click()
    expect(editor.get_by_role("main")).to_contain_text("La personne est nommée")
    editor.get_by_role("link", name="Répondre").click()
    editor.get_by_label("Votre réponse").fill("Nous préférons ne nommer personne ici.")
    press(editor, "Publier la réponse")

    page.goto("/blog/services-a-la-personne-qualite/")
    answer = page.get_by_role("listitem").filter(has_text="ne nommer personne").last
    expect(answer).to_contain_text("l’équipe")
