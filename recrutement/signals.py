"""What follows from the birth of the page of the offers."""

from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver

from home.services.sections import open_section_to
from recrutement.models import RecruitmentIndexPage
from site_enys.groups import RECRUITMENT


@receiver(post_save, sender=RecruitmentIndexPage)
def open_the_offers_to_their_team(
    instance: RecruitmentIndexPage, *, created: bool, raw: bool, **kwargs: Any
) -> None:
    """The recruitment team writes and publishes under the offers, however they were created."""
    if created and not raw:
        open_section_to(instance, RECRUITMENT)
