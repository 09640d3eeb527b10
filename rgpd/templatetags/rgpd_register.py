"""The register of personal data, for the privacy page."""

from django import template

from rgpd.register import PersonalData, processings

register = template.Library()


@register.simple_tag
def personal_data_processings() -> list[PersonalData]:
    """Every processing, as the purge applies it."""
    return processings()
