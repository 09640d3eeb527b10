"""What is set apart, why, and that nothing is lost."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

import pytest

from blog.enums import Suspicion
from blog.models import Comment
from blog.services import quarantine
from courrier.models import OutgoingMessage
from site_enys.public_forms import HONEYPOT
from tests.factories.blog import PostPageFactory, the_blog

from .scenes import leaves, token, typed

pytestmark = pytest.mark.django_db

LONG = "Nous avons essayé cette méthode tout l’hiver, et l’équipe en parle encore."


@pytest.fixture
def post():
    return PostPageFactory(date=timezone.now())


def reasons_of(comment):
    return comment.reasons.split(",") if comment.reasons else []


def block(words):
    blog = the_blog()
    blog.blocked_words = words
    blog.save()


def test_an_ordinary_comment_is_not_suspect(post):
    comment = leaves(post, LONG, email="a@exemple.test", sender="x")

    assert (comment.suspect, comment.reasons) == (False, "")


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({HONEYPOT: "http://spam.example"}, Suspicion.TRAP),
        ({"form_token": "recent"}, Suspicion.HASTE),
    ],
)
def test_what_the_form_notices_is_written_down(client, post, changes, reason):
    if "form_token" in changes:
        changes = {"form_token": token(seconds=0)}

    client.post(post.answer_url, typed(**changes))

    assert reasons_of(Comment.objects.get()) == [reason]


@pytest.mark.parametrize(
    ("links", "apart"), [(2, False), (3, True)], ids=["à la limite", "au-delà"]
)
def test_links_beyond_the_setting_set_a_comment_apart(post, links, apart):
    text = "Voyez aussi, parmi les sources : " + " www.a.fr" * links

    assert leaves(post, text).suspect is apart


def test_no_link_at_all_may_be_admitted(post):
    blog = the_blog()
    blog.comment_links = 0
    blog.save()

    comment = leaves(post, "Voyez aussi https://a.test pour la suite.")

    assert reasons_of(comment) == [Suspicion.LINKS]


@pytest.mark.parametrize("text", ["https://a.test/x", "Ici : www.a.test !", "→ https://a.test"])
def test_a_link_alone_sets_a_comment_apart(post, text):
    assert reasons_of(leaves(post, text)) == [Suspicion.LINK_ONLY]


@pytest.mark.parametrize(
    "text",
    [
        "Le CASINO en ligne",
        "mon casino.",
        "cas\u200bino",
        "Crédit   immédiat pour tous",
        "voir aussi https://mauvais.test/page",
        "voir aussi www.mauvais.test",
    ],
)
def test_a_blocked_word_or_site_is_found_however_it_is_written(post, text):
    block("Casino\n\ncredit immediat\nmauvais.test\n")

    assert reasons_of(leaves(post, text)) == [Suspicion.WORDS]


@pytest.mark.parametrize("text", ["Les casinotiers", "excasino", "pasmauvais.test", "( * [ ."])
def test_only_whole_words_are_blocked(post, text):
    block("casino\nmauvais.test\n(\n")

    assert Suspicion.WORDS not in reasons_of(leaves(post, text.replace("( ", "")))


def test_the_name_is_read_too(client, post):
    block("casino")

    client.post(post.answer_url, typed(name="Casino royal"))

    assert reasons_of(Comment.objects.get()) == [Suspicion.WORDS]


def test_changing_the_blocked_words_does_not_touch_the_past(post):
    comment = leaves(post, "Le casino")
    block("casino")

    comment.refresh_from_db()
    assert not comment.suspect


def test_the_same_text_under_another_article_is_set_apart(post):
    leaves(post, LONG)

    again = leaves(PostPageFactory(date=timezone.now()), LONG.upper() + "  \u200b")

    assert reasons_of(again) == [Suspicion.REPEATED]


def test_a_short_thank_you_may_be_said_twice(post):
    leaves(post, "Merci beaucoup !")

    assert not leaves(post, "Merci beaucoup !").suspect


def test_a_text_of_long_ago_is_forgotten(post):
    first = leaves(post, LONG)
    old = first.created_at - quarantine.REPEATED_WITHIN - timedelta(seconds=1)
    Comment.objects.update(created_at=old)

    assert not leaves(post, LONG).suspect


def test_beyond_some_a_day_a_sender_is_set_apart(post):
    comments = [leaves(post, f"Numéro {number}", sender="x") for number in range(6)]

    assert [comment.suspect for comment in comments] == [False] * 5 + [True]
    assert reasons_of(comments[-1]) == [Suspicion.MANY]
    assert not leaves(post, "Quelqu’un d’autre", sender="y").suspect


def test_a_sender_is_known_by_a_hash_that_changes_each_day(client, post):
    client.post(post.answer_url, typed())

    comment = Comment.objects.get()
    assert len(comment.sender) == 64
    assert "127.0.0.1" not in comment.sender


def test_a_suspect_comment_is_announced_to_nobody_and_answered_alike(client, post):
    block("casino")

    response = client.post(post.answer_url, typed(text="Le casino"), follow=True)

    assert "votre commentaire est arrivé" in response.content.decode()
    assert Comment.objects.get().text == "Le casino"
    assert not OutgoingMessage.objects.exists()


def test_the_administration_says_why_in_french(log_in, post):
    block("casino")
    comment = leaves(post, "casino www.a.fr www.b.fr www.c.fr")
    staff, viewset = log_in("redaction"), Comment.snippet_viewset

    listed = staff.get(reverse(viewset.get_url_name("list"))).content.decode()
    shown = staff.get(reverse(viewset.get_url_name("inspect"), args=[comment.pk])).content.decode()

    for html in (listed, shown):
        assert "trop de liens, mot ou site bloqué" in html


def test_an_editor_changes_the_settings_of_the_blog(log_in):
    blog = the_blog()

    html = log_in("redaction").get(f"/admin/pages/{blog.pk}/edit/").content.decode()

    assert 'name="blocked_words"' in html
    assert 'name="comment_links"' in html


@pytest.mark.parametrize("text", ["", "\n\n  \n", "(((\n***\n[", "é" * 4000])
def test_odd_settings_block_nothing_by_accident(post, text):
    block(text)

    assert not leaves(post, LONG).suspect
