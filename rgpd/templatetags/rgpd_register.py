"""The register of personal data, for the privacy page."""

from django import template

from rgpd.register import PersonalData, processings

register = template.Library()


@register.simple_tag
def personal_data_processings(*, about_the_team: bool) -> list[tuple[PersonalData, str]]:
    """The processings about the team, or all the others, each with the words of its delay."""
    told = [entry for entry in processings() if entry.is_about_the_team is about_the_team]
    # Several entries may read the same setting, which costs a query.
    words = {entry.retention_words: entry for entry in told}
    said = {asked: entry.delay_words for asked, entry in words.items()}
    return [(entry, said[entry.retention_words]) for entry in told]
