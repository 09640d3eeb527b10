"""Timed work of the blog. The purge is the register's: see `rgpd.py`."""

from datetime import datetime, timedelta

from blog.services.comments import announce_the_rest
from blog.services.social_card import forget_hidden_cards
from site_enys.jobs import job


@job("commentaires-a-lire", every=timedelta(hours=1))
def tell_of_unannounced_comments(now: datetime) -> str:
    """One e-mail for the comments that came in a rush."""
    return f"commentaires annoncés ensemble\u00a0: {announce_the_rest(now)}"


@job("menage-cartes", every=timedelta(days=1))
def forget_cards(now: datetime) -> str:
    """Delete the drawn cards of the articles that were withdrawn."""
    return f"cartes d’articles retirés effacées\u00a0: {forget_hidden_cards(now)}"
