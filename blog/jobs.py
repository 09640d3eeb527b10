"""Timed work of the blog."""

from datetime import datetime, timedelta

from blog.services.social_card import forget_hidden_cards
from site_enys.jobs import job


@job("menage-cartes", every=timedelta(days=1))
def forget_cards(now: datetime) -> str:
    """Delete the drawn cards of the articles that were withdrawn."""
    return f"cartes d’articles retirés effacées\u00a0: {forget_hidden_cards(now)}"
