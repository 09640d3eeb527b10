"""The register of personal data, for the privacy page."""

from django import template

from rgpd.register import PersonalData, processings

register = template.Library()


@register.simple_tag
def personal_data_processings(*, about_the_team: bool) -> list[PersonalData]:
    """The processings about the team, or all the others, as the purge applies them."""
    return [entry for entry in processings() if entry.is_about_the_team is about_the_team]
