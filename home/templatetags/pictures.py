"""A picture of the library, shown in one of the places of `home.services.pictures`."""

from django import template
from django.utils.safestring import SafeString

from home.models import CustomImage
from home.services.pictures import placed

register = template.Library()


@register.simple_tag
def picture_at(
    image: CustomImage | None,
    place: str,
    *,
    first: bool = False,
    beside_its_name: bool = False,
    css: str = "",
) -> SafeString | str:
    """The `<picture>` of this image: loaded at once when it comes `first` on the page, else when it
    is near; without a text of its own where its name is written `beside` it."""
    if not image:
        return ""
    attributes = {"fetchpriority": "high"} if first else {"loading": "lazy"}
    if beside_its_name:
        attributes["alt"] = ""
    if css:
        attributes["class"] = css
    return placed(image, place, **attributes).__html__()
