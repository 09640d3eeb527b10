from typing import Any

from django import template
from django.db.models import Model

from rgpd.desk.notices import words_url as address_of_words

register = template.Library()


@register.simple_tag(takes_context=True)
def words_url(context: dict[str, Any], row: Model, field: str) -> str:
    """Where staff reads the words of the version that this field of the row holds."""
    return address_of_words(context["request"], row, field)
