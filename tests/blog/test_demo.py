"""The demonstration of the blog."""

import re

from django.utils import timezone

import pytest

from blog.demo import load
from blog.demo.load import POSTS
from blog.models import Comment, PostPage
from home.models import HomePage

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings(
        "ignore:.*SpooledTemporaryFile:pytest.PytestUnraisableExceptionWarning"
    ),
]


def test_loading_twice_makes_the_blog_once(client):
    load(timezone.now())
    posts, comments = PostPage.objects.count(), Comment.objects.count()
    assert (posts, HomePage.objects.count()) == (8, 1)

    assert load(timezone.now()) == "0 articles créés"

    assert (PostPage.objects.count(), Comment.objects.count()) == (posts, comments)
    assert client.get("/blog/").status_code == 200
    assert client.get("/blog/flux/").status_code == 200
    for post in PostPage.objects.all():
        assert client.get(post.url).status_code == 200


def test_what_staff_changed_is_left_alone():
    load(timezone.now())
    post = PostPage.objects.first()
    post.title = "Retouché"
    post.save_revision().publish()

    load(timezone.now())

    assert PostPage.objects.get(pk=post.pk).title == "Retouché"


@pytest.mark.parametrize("post", POSTS, ids=lambda post: post.slug)
def test_each_text_has_the_length_and_the_shape_of_an_article(post):
    text = " ".join(value["text"] if kind == "quote" else value.source for kind, value in post.body)

    assert 250 <= len(re.sub(r"<[^>]+>", " ", text).split()) <= 500
    assert "<h2>" in text
    assert re.search("<[uo]l>", text)
