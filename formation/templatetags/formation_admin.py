"""What the screens of the training desk say in a sign."""

from django import template

from formation.services.evidence import Standing

register = template.Library()
_SIGNS = {
    Standing.THERE: "✓",
    Standing.MISSING: "✗",
    Standing.TO_COME: "…",
    Standing.NOT_CONCERNED: "–",
}


@register.filter
def audit_sign(standing: str) -> str:
    """A sign for the eye; the words stand beside it."""
    return _SIGNS[Standing(standing)]
