"""Comments that answer comments: one level, shown and counted with what they answer."""

import re
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

import pytest

from blog.enums import CommentState
from blog.exceptions import CommentGone, ParentGone
from blog.models import Comment
from blog.services import moderation
from blog.services.comments import answer_as_team
from tests.factories.blog import AuthorFactory, CommentFactory, PostPageFactory

from .scenes import an_editor, leaves, typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def post():
    return PostPageFactory(title="L’évaluation", slug="evaluation", date=timezone.now())


@pytest.fixture
def first(post):
    return CommentFactory(post=post, approved=True, text="La première", name="Aïcha")


def answer_url(comment):
    return reverse("blog:answer_to", args=[comment.post.slug, comment.pk])


def html_of(client, post):
    return client.get(post.url).content.decode()


def decides(comment, name):
    moderation.LIFECYCLE.apply(comment, name, by=an_editor(), now=timezone.now())


def test_a_comment_offers_to_answer_it_and_the_form_quotes_it(client, first):
    page = html_of(client, first.post)
    form = client.get(answer_url(first)).content.decode()

    assert f'href="{answer_url(first)}" rel="nofollow">Répondre à Aïcha</a>' in page
    assert "Vous répondez à ce commentaire" in form
    assert "La première" in form


def test_an_answer_is_filed_under_the_comment_and_waits(client, first):
    response = client.post(answer_url(first), typed(name="Paul"))

    answer = Comment.objects.get(name="Paul")
    assert response.status_code == 303
    assert (answer.parent, answer.state) == (first, CommentState.PENDING)
    assert "Paul" not in html_of(client, first.post)


def test_an_answer_to_an_answer_belongs_to_the_first_comment(client, first):
    answer = CommentFactory(post=first.post, parent=first, approved=True, text="La seconde")

    quoted = client.get(answer_url(answer)).content.decode()
    client.post(answer_url(answer), typed(name="Paul"))

    assert "La seconde" in quoted
    assert Comment.objects.get(name="Paul").parent == first


def test_answers_stand_under_their_comment_in_order_of_time(client, first):
    later = first.created_at + timedelta(hours=5)
    CommentFactory(post=first.post, approved=True, text="Un autre fil", created_at=later)
    for hours, text in ((9, "Réponse tardive"), (8, "Réponse rapide")):
        at = first.created_at + timedelta(hours=hours)
        CommentFactory(post=first.post, parent=first, approved=True, text=text, created_at=at)

    html = html_of(client, first.post)

    wanted = ["La première", "Réponse rapide", "Réponse tardive", "Un autre fil"]
    assert sorted(wanted, key=html.index) == wanted
    for comment in Comment.objects.all():
        assert html.count(f'id="commentaire-{comment.pk}"') == 1


def test_answers_count_and_hidden_ones_do_not(client, first):
    CommentFactory(post=first.post, parent=first, approved=True)
    CommentFactory(post=first.post, parent=first)
    hidden = CommentFactory(post=first.post, state=CommentState.REJECTED)
    CommentFactory(post=first.post, parent=hidden, approved=True)

    for address in ("/blog/", first.post.url):
        counts = re.findall(r"(\d+\u00a0commentaires?)", client.get(address).content.decode())
        assert set(counts) == {"2\u00a0commentaires"}


def test_answers_leave_with_their_comment_and_come_back_with_it(client, first):
    CommentFactory(post=first.post, parent=first, approved=True, text="Tout à fait")

    decides(first, "reject")
    gone = html_of(client, first.post)
    decides(first, "approve")
    back = html_of(client, first.post)

    assert "Tout à fait" not in gone
    assert "0\u00a0commentaire" in gone
    assert "Tout à fait" in back


@pytest.mark.parametrize("state", ["pending", "rejected", "spam"])
def test_nobody_answers_a_comment_that_does_not_show(client, post, state):
    hidden = CommentFactory(post=post, state=state, text="Secret", name="Zoé")

    page = client.get(answer_url(hidden)).content.decode()
    refused = client.post(answer_url(hidden), typed(text="Mon avis"))

    html = refused.content.decode()
    assert "n’est plus en ligne" in page
    assert not {"Secret", "Zoé"} & set(re.findall(r"\w+", page + html))
    assert "n’est plus en ligne" in html
    assert "Mon avis" in html
    assert f'action="{post.answer_url}"' in html
    assert Comment.objects.count() == 1


def test_what_was_refused_is_sent_again_under_the_article(client, post):
    hidden = CommentFactory(post=post)
    sent = typed(text="Mon avis")
    client.post(answer_url(hidden), sent)

    response = client.post(post.answer_url, sent)

    assert response.status_code == 303
    assert Comment.objects.get(text="Mon avis").parent is None


@pytest.mark.parametrize("forged", ["0", "999999", "9" * 30])
def test_a_forged_parent_is_refused_without_losing_the_text(client, post, forged):
    url = f"{post.answer_url}{forged}/"

    response = client.post(url, typed(text="Mon avis"))

    assert response.status_code == 200
    assert "Mon avis" in response.content.decode()
    assert not Comment.objects.exists()


def test_a_parent_of_another_article_is_refused(client, post):
    elsewhere = CommentFactory(post=PostPageFactory(date=timezone.now()), approved=True)

    response = client.post(f"{post.answer_url}{elsewhere.pk}/", typed())

    assert "n’est plus en ligne" in response.content.decode()
    with pytest.raises(ParentGone):
        leaves(post, answering=elsewhere)
    assert Comment.objects.count() == 1


def test_the_database_refuses_a_comment_that_answers_itself(first):
    with pytest.raises(IntegrityError), transaction.atomic():
        Comment.objects.filter(pk=first.pk).update(parent=first.pk)


def test_closed_comments_refuse_answers_too_and_give_the_text_back(client, first):
    first.post.comments_open = False
    first.post.save()

    page = html_of(client, first.post)
    response = client.post(answer_url(first), typed(text="Trop tard <hélas>"))

    html = response.content.decode()
    assert "Les commentaires de cet article sont fermés." in page
    assert "Répondre à" not in page
    assert "Les commentaires de cet article sont fermés." in html
    assert "Trop tard &lt;hélas&gt;" in html
    assert Comment.objects.count() == 1


def test_the_team_answers_from_the_administration_with_its_mark(client, log_in, first):
    AuthorFactory(name="Sylvie Yonli")
    staff = log_in("redaction")
    screen = reverse("blog_answer_comment", args=[first.pk])
    opened = staff.get(screen).content.decode()

    staff.post(screen, {"name": "Sylvie Yonli", "text": "Merci à vous."})

    answer = Comment.objects.get(by_team=True)
    html = html_of(client, first.post)
    assert "La première" in opened
    assert (answer.parent, answer.state, answer.name) == (first, "approved", "Sylvie Yonli")
    assert answer.events.get().user == staff.user
    assert "l’équipe</span>" in html
    assert html.index("La première") < html.index("Merci à vous.")


def test_the_team_signs_with_a_name_of_the_list_only(log_in, first):
    staff = log_in("redaction")
    screen = reverse("blog_answer_comment", args=[first.pk])

    response = staff.post(screen, {"name": "Le Président", "text": "Merci."})

    assert response.status_code == 200
    assert not Comment.objects.filter(by_team=True).exists()


def test_the_team_answers_only_what_shows(log_in, post):
    waiting = CommentFactory(post=post)
    staff = log_in("redaction")
    screen = reverse("blog_answer_comment", args=[waiting.pk])

    assert "Publiez d’abord" in staff.get(screen).content.decode()
    staff.post(screen, {"name": "L’équipe", "text": "Merci."})
    assert Comment.objects.count() == 1
    with pytest.raises(CommentGone):
        answer_as_team(waiting, name="S", text="T", by=an_editor(), now=timezone.now())


@pytest.mark.parametrize("role", ["formation", "recrutement"])
def test_other_roles_do_not_answer(log_in, first, role):
    screen = reverse("blog_answer_comment", args=[first.pk])

    response = log_in(role).post(screen, {"name": "L’équipe", "text": "Merci."})

    assert response.status_code in {302, 403}
    assert Comment.objects.count() == 1


def test_nobody_else_bears_the_mark_of_the_team(client, post):
    client.post(post.answer_url, typed(name="L’équipe", by_team="on"))
    comment = Comment.objects.get()
    decides(comment, "approve")

    assert not comment.by_team
    assert "comment__team" not in html_of(client, post)


HOSTILE = {
    "balises": "<script>alert(1)</script> <b onclick=x>",
    "adresse javascript": "javascript:alert(1) et [a](javascript:alert(2))",
    "cinq cents liens": " ".join(f"https://x{number}.test/" for number in range(180)),
    "mot interminable": "a" * 3_900,
    "émojis": "👩🏽‍🚒 Bravo 🎉",
    "sans largeur": "Bon\u200bjour \u200f\u200e à tous",
    "gabarit": "{{ settings.SECRET_KEY }} {% load x %}",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_text_is_only_a_text(client, post, text):
    client.checks_html = "{{" not in text
    sent = client.post(post.answer_url, typed(text=text))
    decides(Comment.objects.get(), "approve")

    html = html_of(client, post)

    assert sent.status_code == 303
    assert not re.search(r'<script>alert|<b onclick|href="javascript:', html)
    assert html.count('rel="nofollow ugc noopener"') == text.count("https://")


@pytest.mark.parametrize("text", ["x" * 100_000, "\u202eà l’envers", "\u200b\u200b", "nul\x00"])
def test_what_cannot_be_kept_is_refused_beside_the_field(client, first, text):
    response = client.post(answer_url(first), typed(text=text))

    assert list(response.context["form"].errors) == ["text"]
    assert Comment.objects.count() == 1


def test_an_article_costs_the_same_with_one_comment_and_with_thirty(client, count_queries, first):
    client.get(first.post.url)
    with_one = count_queries(lambda: client.get(first.post.url))
    for thread in CommentFactory.create_batch(10, post=first.post, approved=True):
        CommentFactory.create_batch(2, post=first.post, parent=thread, approved=True)
    with_thirty = count_queries(lambda: client.get(first.post.url))

    assert with_one == with_thirty


def test_erasing_keeps_the_place_of_a_comment_that_was_answered(client, first):
    CommentFactory(post=first.post, parent=first, approved=True, text="Tout à fait")

    kept = moderation.erase(first, timezone.now())

    first.refresh_from_db()
    html = html_of(client, first.post)
    assert kept
    assert (first.name, first.text, first.email, first.sender) == ("", "", "", "")
    assert "Commentaire effacé à la demande de son auteur." in html
    assert "La première" not in html
    assert "Tout à fait" in html
    assert "1\u00a0commentaire<" in html
    assert answer_url(first) not in html


def test_the_place_of_an_erased_comment_goes_with_its_last_answer(client, first):
    answer = CommentFactory(post=first.post, parent=first, approved=True)
    moderation.erase(first, timezone.now())

    moderation.erase(answer, timezone.now())

    assert "effacé à la demande" not in html_of(client, first.post)


def test_erasing_a_comment_without_answers_deletes_it(first):
    assert not moderation.erase(first, timezone.now())
    assert not Comment.objects.exists()


def test_the_screen_of_erasure_says_what_will_stay(log_in, first):
    staff = log_in("redaction")
    delete = reverse(Comment.snippet_viewset.get_url_name("delete"), args=[first.pk])
    alone = staff.get(delete).content.decode()
    CommentFactory(post=first.post, parent=first, approved=True)
    answered = staff.get(delete).content.decode()

    staff.post(delete)

    first.refresh_from_db()
    assert "sans retour possible" in alone
    assert "Commentaire effacé à la demande de son auteur" in answered
    assert first.erased_at
