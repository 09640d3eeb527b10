"""What editors read before they take something away."""

from django import template
from django.db.models import Model
from django.template import Context

from home.services import usage

register = template.Library()

#: How the screens of Wagtail call what they are about to take away.
_NAMES = ("page", "object", "image", "document", "snippet")


@register.simple_tag(takes_context=True)
def usages(context: Context) -> list[usage.Usage]:
    """What points to the page, image or document of the screen."""
    for name in _NAMES:
        found = context.get(name)
        # In the list of a bulk action, each line holds its own.
        thing = found.get("item") if isinstance(found, dict) else found
        if isinstance(thing, Model):
            return usage.usages(thing, context["request"].user)
    return []
