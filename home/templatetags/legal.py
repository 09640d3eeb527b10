"""What the legal pages read."""

from django import template

from home.models import AccessibilityStatement
from home.services.privacy_versions import history
from rgpd.models import NoticeVersion

register = template.Library()

#: How many former versions are named.
MOST_VERSIONS = 20


@register.simple_tag
def accessibility_statement() -> AccessibilityStatement:
    return AccessibilityStatement.load()


@register.simple_tag
def privacy_versions() -> list[NoticeVersion]:
    """The versions of the privacy page, the present one first."""
    return list(history().defer("text")[:MOST_VERSIONS])
