"""Timed work of the blog. The purge is the register's: see `rgpd.py`."""

from datetime import datetime, timedelta

from django.db.models import Min, Q

from blog.models import BlogIndexPage, PostPage
from blog.services.comments import announce_the_rest
from blog.services.social_card import forget_hidden_cards
from site_enys.jobs import job
from site_enys.page_cache import changes_by_itself


@changes_by_itself
def next_turn_of_an_article(now: datetime) -> datetime | None:
    """When the next article appears, or the next one closes its comments by age."""
    ages = {
        timedelta(),
        *(timedelta(days=blog.comment_days) for blog in BlogIndexPage.objects.all()),
    }
    dates = {str(age.days): Min("date", filter=Q(date__gt=now - age)) for age in ages}
    found = PostPage.objects.live().aggregate(**dates)
    turns = [day + timedelta(days=int(age)) for age, day in found.items() if day]
    return min(turns, default=None)


@job("commentaires-a-lire", every=timedelta(hours=1))
def tell_of_unannounced_comments(now: datetime) -> str:
    """One e-mail for the comments that came in a rush."""
    return f"commentaires annoncés ensemble\u00a0: {announce_the_rest(now)}"


@job("menage-cartes", every=timedelta(days=1))
def forget_cards(now: datetime) -> str:
    """Delete the drawn cards of the articles that were withdrawn."""
    return f"cartes d’articles retirés effacées\u00a0: {forget_hidden_cards(now)}"
