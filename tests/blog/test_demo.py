"""The demonstration of the blog."""

import re

from django.utils import timezone

import pytest

from blog.demo import load
from blog.demo.load import POSTS
from blog.models import Comment, PostPage

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings(
        "ignore:.*SpooledTemporaryFile:pytest.PytestUnraisableExceptionWarning"
    ),
]


def test_loading_twice_makes_the_blog_once_and_every_page_opens(bare_site, client):
    load(timezone.now())
    comments = Comment.objects.count()
    post = PostPage.objects.first()
    post.title = "Retouché"
    post.save_revision().publish()

    assert load(timezone.now()) == "0 articles créés"

    assert (PostPage.objects.count(), Comment.objects.count()) == (8, comments)
    assert PostPage.objects.get(pk=post.pk).title == "Retouché"  # what staff has changed stays
    assert client.get("/blog/").status_code == 200
    assert client.get("/blog/flux/").status_code == 200
    for post in PostPage.objects.all():
        assert client.get(post.url).status_code == 200


@pytest.mark.parametrize("post", POSTS, ids=lambda post: post.slug)
def test_each_text_has_the_length_and_the_shape_of_an_article(post):
    text = " ".join(value["text"] if kind == "quote" else value.source for kind, value in post.body)

    assert 250 <= len(re.sub(r"<[^>]+>", " ", text).split()) <= 500
    assert "<h2>" in text
    assert re.search("<[uo]l>", text)
