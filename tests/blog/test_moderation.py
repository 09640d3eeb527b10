"""Deciding by the link of the e-mail, or on the site when signed in."""

import re
from datetime import timedelta

from django.core import signing
from django.urls import reverse
from django.utils import timezone

import pytest

from blog.enums import CommentState
from blog.exceptions import AlreadyDecided
from blog.links import MODERATION, moderation_url
from blog.models import Comment, PostPage
from blog.services import moderation
from blog.services.comments import announce_the_rest
from courrier.models import OutgoingMessage
from site_enys.states import SYSTEM, staff
from tests.factories.blog import CommentFactory, PostPageFactory
from tests.harness.client import SiteClient
from tests.races import at_once

from .scenes import an_editor, decision, leaves, typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def post():
    return PostPageFactory(title="L’évaluation", slug="evaluation", date=timezone.now())


@pytest.fixture
def comment(post):
    return CommentFactory(post=post, text="Vu ainsi.", email="aicha@exemple.test")


def path_of(comment):
    return moderation_url(comment).removeprefix("http://testserver")


def page_of(comment):
    return reverse("blog:moderate", args=[comment.reference])


def opened(client, comment):
    return client.get(path_of(comment), follow=True)


def state_of(comment):
    return Comment.objects.get(pk=comment.pk).state


# -- By the link --------------------------------------------------------------------------------


def test_the_link_of_the_e_mail_shows_the_comment_and_changes_nothing(client, post):
    client.post(post.answer_url, typed(text="Vu ainsi."))
    link = re.search(r"http://testserver(/blog/moderation/\S+)", OutgoingMessage.objects.get().text)

    first = SiteClient().get(link[1])
    response = SiteClient().get(link[1], follow=True)

    html = response.content.decode()
    assert (first.status_code, first.headers["Referrer-Policy"]) == (303, "no-referrer")
    assert "lien" not in first.url
    assert "Vu ainsi." in html
    for label in ("Publier", "Refuser", "Indésirable"):
        assert f">{label}</button>" in html
    assert "no-store" in response.headers["Cache-Control"]
    assert '<meta name="robots" content="noindex">' in html
    assert Comment.objects.get().state == CommentState.PENDING


@pytest.mark.parametrize(
    ("name", "state"), [("approve", "approved"), ("reject", "rejected"), ("spam", "spam")]
)
def test_a_button_decides_and_the_event_says_by_what_way(client, comment, name, state):
    opened(client, comment)

    response = client.post(page_of(comment), decision(name))

    event = comment.events.get()
    assert (response.status_code, response.url) == (303, page_of(comment))
    assert state_of(comment) == state
    assert (event.role, event.user, event.reason) == ("staff", None, "par le lien du courriel")


def test_a_decided_link_says_what_was_decided_by_whom_and_decides_no_more(client, log_in, comment):
    opened(client, comment)
    editor = log_in("redaction").user
    moderation.LIFECYCLE.apply(comment, "reject", by=staff(editor), now=timezone.now())

    html = opened(client, comment).content.decode()
    again = client.post(page_of(comment), decision("approve"))

    assert "<strong>Refusé</strong>" in html
    assert str(editor) in html
    assert "</button>" not in html.split("<main", 1)[1].split("</main>", 1)[0]
    assert "a déjà reçu sa réponse" in again.content.decode()
    assert state_of(comment) == CommentState.REJECTED


def test_a_second_click_on_the_same_button_gets_the_first_answer(client, comment):
    opened(client, comment)
    sent = decision("approve")

    first, second = client.post(page_of(comment), sent), client.post(page_of(comment), sent)

    assert (first.status_code, second.status_code) == (303, 303)
    assert comment.events.count() == 1
    assert OutgoingMessage.objects.filter(to="aicha@exemple.test").count() == 1


def test_a_link_lasts_thirty_days(client, comment, monkeypatch):
    link, later = path_of(comment), MODERATION.lasts.total_seconds()
    now = signing.time.time()

    monkeypatch.setattr(signing.time, "time", lambda: now + later - 60)
    before = client.get(link).status_code
    monkeypatch.setattr(signing.time, "time", lambda: now + later + 60)
    after = client.get(link)

    assert (before, after.status_code) == (303, 403)
    assert "n’est plus valable" in after.content.decode()


def test_an_altered_link_or_that_of_somebody_else_opens_nothing(client, comment):
    other = CommentFactory(post=comment.post, text="Un autre")
    opened(client, comment)

    for url in (path_of(comment)[:-3] + "xx/", "/blog/moderation/lien/nimporte/", page_of(other)):
        response = client.get(url)
        assert response.status_code == 403
        assert "Un autre" not in response.content.decode()
    assert client.post(page_of(other), decision("approve")).status_code == 403
    assert SiteClient().post(page_of(comment), decision("approve")).status_code == 403
    assert state_of(comment) == state_of(other) == CommentState.PENDING


def test_the_link_to_an_erased_comment_is_lost(client, comment):
    link = path_of(comment)
    comment.delete()

    assert client.get(link).status_code == 403


@pytest.mark.parametrize("name", ["", "set_aside", "keep", "erase", "x" * 5000, "approve\x00"])
def test_what_is_no_decision_changes_nothing(client, comment, name):
    opened(client, comment)

    response = client.post(page_of(comment), decision(name))

    assert response.status_code == 200
    assert state_of(comment) == CommentState.PENDING


def test_decisions_are_posts_protected_against_forgery(comment):
    browser = SiteClient(enforce_csrf_checks=True)
    opened(browser, comment)

    assert browser.post(page_of(comment), decision("approve")).status_code == 403
    assert state_of(comment) == CommentState.PENDING


def test_a_comment_set_aside_again_may_be_decided_by_the_link(client, comment):
    moderation.LIFECYCLE.apply(comment, "approve", by=an_editor(), now=timezone.now())
    moderation.LIFECYCLE.apply(comment, "set_aside", by=SYSTEM, now=timezone.now())

    html = opened(client, comment).content.decode()

    assert ">Publier</button>" in html


@pytest.mark.django_db(transaction=True)
def test_of_two_decisions_at_once_one_counts():
    comment = CommentFactory(email="aicha@exemple.test")

    def decide(name):
        moderation.decide(comment, name, by=moderation.TEAM_BY_LINK, now=timezone.now())

    outcomes = at_once(lambda: decide("approve"), lambda: decide("reject"))

    refusals = [outcome for outcome in outcomes if isinstance(outcome, AlreadyDecided)]
    assert outcomes.count(None) == len(refusals) == 1
    assert comment.events.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_same_comment_sent_twice_at_once_is_one():
    post = PostPageFactory(date=timezone.now())
    sent = typed()

    outcomes = at_once(*[lambda: SiteClient().post(post.answer_url, sent)] * 2)

    assert {response.status_code for response in outcomes} == {303}
    assert Comment.objects.count() == 1


# -- On the site --------------------------------------------------------------------------------


def list_of(post):
    return reverse("blog:moderate_post", args=[post.slug])


def test_staff_reads_and_decides_what_waits_under_an_article(log_in, post, comment):
    CommentFactory(post=PostPageFactory(), text="Sous un autre article")
    editor = log_in("redaction")

    html = editor.get(list_of(post)).content.decode()
    editor.post(page_of(comment), decision("approve"))

    event = comment.events.get()
    assert "Vu ainsi." in html
    assert "Sous un autre article" not in html
    assert (event.user, event.reason) == (editor.user, "")
    assert "Rien n’attend" in editor.get(list_of(post)).content.decode()


def test_the_list_says_why_a_comment_was_set_apart_and_what_it_answers(log_in, post):
    first = CommentFactory(post=post, approved=True, text="La première")
    CommentFactory(post=post, parent=first, suspect=True, reasons="links,words")

    html = log_in("redaction").get(list_of(post)).content.decode()

    assert "trop de liens, mot ou site bloqué" in html
    assert "La première" in html


def test_who_may_not_decide_does_not_see_the_list(client, log_in, post, comment):
    visitor = client.get(list_of(post))

    assert (visitor.status_code, visitor.url.split("?")[0]) == (302, "/admin/login/")
    for role in ("formation", "recrutement"):
        assert log_in(role).get(list_of(post)).status_code == 403
        assert log_in(role).get(page_of(comment)).status_code == 403


def test_an_article_is_the_same_for_every_visitor_whatever_waits(client, log_in, post):
    before = client.get(post.url)
    CommentFactory(post=post, text="En attente")
    after = client.get(post.url)
    editor = log_in("redaction").get(post.url).content.decode()

    assert before.content == after.content
    assert not after.cookies
    assert "moderer" not in after.content.decode()
    assert f'href="{list_of(post)}"' in editor
    assert "En attente" not in editor


def test_the_bar_of_the_team_is_silent_when_nothing_waits(log_in, post):
    assert list_of(post) not in log_in("redaction").get(post.url).content.decode()


def test_the_list_costs_the_same_with_one_comment_and_with_thirty(log_in, count_queries, comment):
    editor = log_in("redaction")
    url = list_of(comment.post)
    editor.get(url)
    with_one = count_queries(lambda: editor.get(url))
    CommentFactory.create_batch(29, post=comment.post)
    with_thirty = count_queries(lambda: editor.get(url))

    assert with_one == with_thirty


# -- In the administration ----------------------------------------------------------------------


def test_what_waits_comes_first_in_the_administration(log_in, post):
    later = timezone.now() + timedelta(days=1)
    CommentFactory(post=post, approved=True, created_at=later, text="Publié depuis")
    CommentFactory(post=post, text="Encore à lire")

    url = reverse(Comment.snippet_viewset.get_url_name("list"))
    html = log_in("redaction").get(url).content.decode()

    assert html.index("Encore à lire") < html.index("Publié depuis")


def test_unwanted_comments_of_one_sender_are_dealt_with_together(log_in, post):
    first, second = [leaves(post, f"Achetez {number}", sender="x") for number in range(2)]
    leaves(post, "Bonjour", sender="y")
    editor = log_in("redaction")
    screen = reverse(Comment.snippet_viewset.get_url_name("inspect"), args=[first.pk])
    moderation.LIFECYCLE.apply(first, "spam", by=an_editor(), now=timezone.now())

    html = editor.get(screen).content.decode()
    url = f"/admin/bulk/blog/comment/spam/?id={second.pk}"
    editor.post(url)

    assert "1\u00a0autre commentaire de la même connexion" in html
    assert url in html
    assert state_of(second) == CommentState.SPAM
    assert Comment.objects.pending().count() == 1


# -- A rush -------------------------------------------------------------------------------------


def test_beyond_ten_e_mails_an_hour_one_summary_tells_the_rest(post, settings):
    for number in range(12):
        leaves(post, f"Numéro {number}")
    one_by_one = OutgoingMessage.objects.filter(kind="blog_comment_received")

    told, again = announce_the_rest(timezone.now()), announce_the_rest(timezone.now())

    summary = OutgoingMessage.objects.get(kind="blog_comments_waiting")
    assert one_by_one.count() == 10
    assert (told, again) == (2, 0)
    assert summary.subject == "12 commentaires à lire"
    assert summary.to == settings.STAFF_EMAIL


def test_suspect_comments_are_in_no_summary(post):
    CommentFactory(post=post, suspect=True)

    assert announce_the_rest(timezone.now()) == 0
    assert not OutgoingMessage.objects.exists()


def test_without_an_address_of_the_team_nothing_is_announced(post, settings):
    settings.STAFF_EMAIL = ""
    leaves(post)

    assert announce_the_rest(timezone.now()) == 0
    assert not OutgoingMessage.objects.exists()


def test_no_article_may_take_an_address_of_the_blog():
    post = PostPageFactory()

    for slug in ("commentaire", "moderation"):
        post.slug = slug
        with pytest.raises(Exception, match="sert déjà au blog"):
            PostPage.clean(post)
