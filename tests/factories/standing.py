"""The pages under which the others are made."""

from home.models import HomePage
from tests.factories.blog import the_blog
from tests.factories.formation import catalogue
from tests.factories.recrutement import IndexFactory
from tests.harness.indexing import pages_followed


def make_standing_pages() -> None:
    """The catalogue, the offers and the blog, there before every test."""
    with pages_followed():
        catalogue()
        IndexFactory.the_one()
        the_blog()


def remove_standing_pages() -> None:
    """Back to what the migrations make: a home page alone."""
    HomePage.objects.get().get_children().delete()
