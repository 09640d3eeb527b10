"""The link by which whoever reads the team's e-mails decides about a comment."""

from datetime import timedelta

from django.conf import settings
from django.urls import reverse

from blog.models import Comment
from site_enys.links import Purpose

MODERATION = Purpose("blog-moderation", Comment, lasts=timedelta(days=30))


def moderation_url(comment: Comment) -> str:
    """The address, with its token, where the comment is read and decided."""
    path = reverse("blog:open_moderation", args=[MODERATION.token(comment)])
    return settings.SITE_URL + path


def comment_url(comment: Comment) -> str:
    """Where the comment stands, under its article."""
    return f"{settings.SITE_URL}{comment.post.url}#{comment.anchor}"
