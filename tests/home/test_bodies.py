"""Many bodies read at once show what each would show alone."""

import json

import pytest

from blog.models import PostPage
from home.services.bodies import load_bodies
from tests.factories.blog import PostPageFactory

pytestmark = pytest.mark.django_db


def rendered(posts):
    return [str(post.body) for post in posts]


def posts_with(*bodies):
    made = [PostPageFactory(body=json.dumps(body)) for body in bodies]
    return PostPage.objects.filter(pk__in=[post.pk for post in made]).order_by("pk")


def test_a_body_shows_the_same_read_alone_or_with_others():
    target = PostPageFactory(slug="cible")
    gone = target.pk + 1000
    typed = f'<a linktype="page" id="{target.pk}">'
    link = f'<p><a linktype="page" id="{target.pk}">ici</a> <a href="https://autre.fr/">là</a></p>'
    posts = posts_with(
        [{"type": "paragraph", "value": link}, {"type": "paragraph", "value": link * 2}],
        [{"type": "callout", "value": {"tone": "info", "title": "x", "text": link}}],
        [
            {
                "type": "faq",
                "value": {"title": "", "questions": [{"question": "Où ?", "answer": link}]},
            }
        ],
        [{"type": "paragraph", "value": f'<p><a linktype="page" id="{gone}">perdu</a></p>'}],
        [
            {
                "type": "quote",
                "value": {"text": typed, "source": ""},
            }
        ],
        [{"type": "disparu", "value": "x"}, {"type": "paragraph", "value": "<p>reste</p>"}],
    )
    alone = rendered(posts)

    together = list(posts.all())
    load_bodies(together)

    assert rendered(together) == alone
    assert "/blog/cible/" in alone[0]


def test_nothing_to_read_asks_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        load_bodies([])
