"""What else to read after an article."""

from datetime import UTC, datetime, timedelta

from django.utils import timezone

from wagtail.models import PageViewRestriction

import pytest

from blog.services.related import neighbours, related
from tests.factories.blog import CategoryFactory, CommentFactory, PostPageFactory

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)


def related_to(post):
    found = related(post, post.tags.all(), post.categories.all(), timezone.now())
    return [each.title for each in found]


def around(post):
    found = neighbours(post, timezone.now())
    return [found[place] and found[place].title for place in ("previous", "next")]


def test_who_shares_most_tags_comes_first_then_a_category_then_the_newest():
    category = CategoryFactory()
    post = PostPageFactory(tag_names=["a", "b"], categories=[category])
    PostPageFactory(title="une étiquette", tag_names=["a"], date=NOON)
    PostPageFactory(title="et la catégorie", tag_names=["a"], categories=[category])
    PostPageFactory(title="deux étiquettes", tag_names=["a", "b"])

    assert related_to(post) == ["deux étiquettes", "et la catégorie", "une étiquette"]


def test_a_category_alone_is_enough_the_newest_first_three_at_most():
    category = CategoryFactory()
    post = PostPageFactory(categories=[category])
    for number in range(4):
        PostPageFactory(
            title=f"N° {number}", categories=[category], date=NOON + timedelta(hours=number)
        )

    assert related_to(post) == ["N° 3", "N° 2", "N° 1"]


def test_what_shares_nothing_is_not_related():
    post = PostPageFactory(tag_names=["a"])
    PostPageFactory(tag_names=["b"], categories=[CategoryFactory()])

    assert related_to(post) == []
    assert related_to(PostPageFactory()) == []


def test_neither_itself_nor_what_is_not_published_is_related_or_beside():
    post = PostPageFactory(tag_names=["a"], date=NOON)
    PostPageFactory(tag_names=["a"], draft=True, date=NOON)
    PostPageFactory(tag_names=["a"], future=True)
    PageViewRestriction.objects.create(
        page=PostPageFactory(tag_names=["a"], date=NOON),
        restriction_type=PageViewRestriction.LOGIN,
    )

    assert related_to(post) == []
    assert around(post) == [None, None]


def test_each_article_leads_to_the_one_before_and_the_one_after():
    first, second, third = (
        PostPageFactory(title=title, date=NOON + timedelta(days=day))
        for day, title in enumerate(("un", "deux", "trois"))
    )

    assert around(first) == [None, "deux"]
    assert around(second) == ["un", "trois"]
    assert around(third) == ["deux", None]


def test_articles_of_the_same_instant_follow_each_other_in_the_order_of_their_keys():
    first, second, third = (PostPageFactory(title=title, date=NOON) for title in "abc")

    assert around(first) == [None, "b"]
    assert around(second) == ["a", "c"]
    assert around(third) == ["b", None]


def test_a_page_shows_what_stands_around_it(client):
    PostPageFactory(title="Avant", date=NOON - timedelta(days=1))
    post = PostPageFactory(date=NOON, tag_names=["a"])
    PostPageFactory(title="Après", date=NOON + timedelta(days=1), tag_names=["a"])

    html = client.get(post.url).content.decode()

    assert 'rel="prev"' in html
    assert 'rel="next"' in html
    assert "À lire aussi" in html


def test_an_article_alone_promises_nothing(client):
    html = client.get(PostPageFactory().url).content.decode()

    assert 'rel="prev"' not in html
    assert "À lire aussi" not in html


def test_an_article_costs_the_same_whatever_is_related_and_answered(client, count_queries):
    category = CategoryFactory()
    same = {"tag_names": ["a", "b"], "categories": [category]}
    middle = PostPageFactory(date=NOON, **same)
    for day in (-1, 1):
        PostPageFactory(date=NOON + timedelta(days=day), **same)
    CommentFactory(post=middle, approved=True)
    client.get(middle.url)
    with_one = count_queries(lambda: client.get(middle.url))
    for number in range(29):
        PostPageFactory(date=NOON + timedelta(minutes=number), **same)
    CommentFactory.create_batch(29, post=middle, approved=True)

    assert count_queries(lambda: client.get(middle.url)) == with_one <= 15
