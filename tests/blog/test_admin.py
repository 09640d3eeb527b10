"""The blog's side of the admin: who sees it, and what it does."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

import pytest

from blog.desk.todo import comments_to_read
from blog.enums import CommentState
from blog.models import Author, Category, Comment, PostPage
from courrier.models import OutgoingMessage
from tests.factories.blog import (
    AuthorFactory,
    CategoryFactory,
    CommentFactory,
    PostPageFactory,
    the_blog,
)

pytestmark = pytest.mark.django_db

MAY = ["direction", "redaction"]
MAY_NOT = ["formation", "recrutement"]


@pytest.fixture
def comment():
    return CommentFactory(post=PostPageFactory(title="L’évaluation"))


def screen(name, *args, model=Comment):
    return reverse(model.snippet_viewset.get_url_name(name), args=args)


def bulk(action, *ids):
    chosen = "&".join(f"id={pk}" for pk in ids)
    return f"/admin/bulk/blog/comment/{action}/?{chosen}"


def screens_of(comment):
    return [
        screen("list"),
        screen("inspect", comment.pk),
        screen("delete", comment.pk),
        screen("history", comment.pk),
        screen("transition", comment.pk, "approve"),
        screen("list") + "?export=xlsx",
    ]


@pytest.mark.parametrize("role", MAY)
def test_editors_open_every_screen_of_comments(log_in, comment, role):
    staff = log_in(role)

    assert [staff.get(url).status_code for url in screens_of(comment)] == [200] * 6


@pytest.mark.parametrize("role", MAY_NOT)
def test_other_roles_open_none(log_in, comment, role):
    staff = log_in(role)
    urls = [*screens_of(comment), screen("list", model=Author), screen("list", model=Category)]

    assert not {staff.get(url).status_code for url in urls} & {200}
    staff.post(screen("transition", comment.pk, "approve"))
    staff.post(bulk("approve", comment.pk))
    comment.refresh_from_db()
    assert comment.state == CommentState.PENDING


def test_a_visitor_is_sent_to_the_sign_in(client, comment):
    for url in screens_of(comment):
        assert client.get(url).status_code == 302


@pytest.mark.parametrize(
    ("role", "shown"), [*((r, True) for r in MAY), *((r, False) for r in MAY_NOT)]
)
def test_the_menu_shows_the_blog_to_editors_only(log_in, role, shown):
    html = log_in(role).get("/admin/").content.decode()

    assert (screen("list") in html) == shown


def test_nobody_writes_or_copies_a_comment_in_the_admin(log_in, comment):
    staff = log_in("direction")

    for name, args in (("add", []), ("edit", [comment.pk])):
        assert staff.get(screen(name, *args)).status_code == 302


@pytest.mark.parametrize(("chosen", "shown"), [("true", "Oui"), ("false", "Non")])
def test_those_that_are_reported_are_listed_apart(log_in, comment, chosen, shown):
    reported = CommentFactory(post=comment.post, reported_at=timezone.now())

    response = log_in("redaction").get(f"{screen('list')}?reported={chosen}")

    assert list(response.context["object_list"]) == [reported if chosen == "true" else comment]
    chip = response.context["active_filters"][0]
    assert (chip.field_label, chip.value) == ("Signalé", shown)


def test_the_list_filters_searches_and_shows_the_beginning(log_in, comment):
    CommentFactory(post=comment.post, approved=True, text="Déjà publié", name="Paul")
    staff = log_in("redaction")

    pending = staff.get(screen("list") + "?state=pending").content.decode()
    found = staff.get(screen("list") + "?q=publié").content.decode()

    assert "Merci pour cet article." in pending
    assert "Déjà publié" not in pending
    assert "Paul" in found
    assert "Aïcha" not in found


@pytest.mark.parametrize("query", ["%22", "%00", "%27%27", "*", "(", "a" * 3000, "%5C", "&state=x"])
def test_a_hostile_search_in_the_list_is_only_a_search(log_in, comment, query):
    assert log_in("redaction").get(screen("list") + "?q=" + query).status_code == 200


def test_the_screen_of_a_comment_shows_what_there_is_to_read(log_in, comment):
    html = log_in("redaction").get(screen("inspect", comment.pk)).content.decode()

    assert "Merci pour cet article." in html
    assert "L’évaluation" in html


def test_publishing_from_the_screen_of_a_comment(log_in, comment):
    staff = log_in("redaction")
    assert "Publier" in staff.get(screen("inspect", comment.pk)).content.decode()

    response = staff.post(screen("transition", comment.pk, "approve"), {"reason": ""})

    comment.refresh_from_db()
    assert response.status_code == 302
    assert comment.state == CommentState.APPROVED
    assert comment.events.get().user == staff.user


def test_a_transition_that_is_no_longer_possible_says_so(log_in):
    comment = CommentFactory(approved=True)

    response = log_in("redaction").post(screen("transition", comment.pk, "approve"))

    assert "n’est pas possible" in response.content.decode()


def test_publishing_several_at_once_goes_through_the_same_door(log_in, comment):
    other = CommentFactory(post=comment.post, email="aicha@exemple.fr")
    already = CommentFactory(post=comment.post, approved=True)
    staff = log_in("redaction")
    url = bulk("approve", comment.pk, other.pk, already.pk)
    assert staff.get(url).status_code == 200

    staff.post(url)

    assert Comment.objects.approved().count() == 3
    assert OutgoingMessage.objects.get().to == "aicha@exemple.fr"
    assert comment.events.count() == other.events.count() == 1
    assert not already.events.exists()


@pytest.mark.parametrize("action", ["reject", "spam"])
def test_the_other_bulk_actions(log_in, comment, action):
    log_in("direction").post(bulk(action, comment.pk))

    comment.refresh_from_db()
    assert comment.state == {"reject": "rejected", "spam": "spam"}[action]


def test_selecting_everything_is_refused(log_in, comment):
    response = log_in("direction").post(bulk("approve", "all"))

    comment.refresh_from_db()
    assert response.status_code in {302, 403}
    assert comment.state == CommentState.PENDING


def test_deleting_a_comment_leaves_no_name_in_the_journal(log_in, comment):
    staff = log_in("redaction")

    staff.post(screen("delete", comment.pk))

    assert not Comment.objects.exists()
    assert "Aïcha" not in staff.get("/admin/reports/site-history/").content.decode()


def test_there_is_no_chooser_of_comments(log_in, comment):
    assert log_in("formation").get("/admin/snippets/choose/blog/comment/").status_code == 404


def test_the_desk_counts_comments_to_read(rf, comment):
    CommentFactory(post=comment.post, created_at=comment.created_at + timedelta(days=1))
    CommentFactory(post=comment.post, approved=True)

    line = comments_to_read(rf.get("/admin/"), timezone.now())

    assert (line.count, line.since) == (2, comment.created_at)
    assert line.url.endswith("?state=pending")


def test_the_desk_is_silent_when_nothing_waits(rf):
    assert comments_to_read(rf.get("/admin/"), timezone.now()) is None


def test_editors_keep_authors_and_categories(log_in):
    staff = log_in("redaction")
    staff.post(screen("add", model=Category), {"name": "Métier", "slug": "metier"})
    author, category = AuthorFactory(), CategoryFactory()

    assert Category.objects.filter(slug="metier").exists()
    assert staff.get(screen("edit", author.pk, model=Author)).status_code == 200
    assert staff.get(screen("edit", category.pk, model=Category)).status_code == 200


def test_the_list_costs_the_same_with_one_comment_and_with_thirty(log_in, count_queries, comment):
    staff = log_in("redaction")
    staff.get(screen("list"))
    with_one = count_queries(lambda: staff.get(screen("list")))
    for _ in range(5):
        CommentFactory.create_batch(6, post=PostPageFactory())
    with_thirty = count_queries(lambda: staff.get(screen("list")))

    assert with_one == with_thirty


@pytest.fixture
def new_post():
    """What the editor sends for an article that is not saved yet."""
    return nested_form_data(
        {
            "title": "Tout neuf",
            "slug": "",
            "introduction": "Trois mots.",
            "body": streamfield([("paragraph", rich_text("<p>Le corps.</p>"))]),
            "date": "2026-03-10 09:00",
            "author": "",
            "tags": "DEIS, terrain",
            "comments_open": "on",
            "comment_notifications": "",
        }
    )


def test_a_new_article_is_previewed_before_its_first_save(log_in, new_post):
    address = f"/admin/pages/add/blog/postpage/{the_blog().pk}/preview/"
    staff = log_in("redaction")

    sent = staff.post(address, new_post)
    html = staff.get(address).content.decode()

    assert sent.json()["is_valid"]
    assert "Le corps." in html
    assert "0\u00a0commentaire" in html
    assert "terrain" in html


def test_a_draft_may_lack_its_author_but_not_a_publication(log_in, new_post):
    address = f"/admin/pages/add/blog/postpage/{the_blog().pk}/"
    staff = log_in("redaction")

    refused = staff.post(address, new_post | {"action-publish": "1", "slug": "tout-neuf"})
    kept = staff.post(address, new_post | {"slug": "tout-neuf"})

    assert refused.status_code == 200
    assert kept.status_code == 302
    post = PostPage.objects.get()
    assert (post.live, post.author) == (False, None)


@pytest.mark.parametrize("role", MAY_NOT)
def test_other_roles_do_not_write_articles(log_in, role):
    address = f"/admin/pages/add/blog/postpage/{the_blog().pk}/"

    assert log_in(role).get(address).status_code == 302
