"""What follows from the birth of a catalogue."""

from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver

from formation.models import CatalogueIndexPage
from home.services.sections import open_section_to
from site_enys.groups import TRAINING


@receiver(post_save, sender=CatalogueIndexPage)
def open_the_catalogue_to_its_team(
    instance: CatalogueIndexPage, *, created: bool, raw: bool, **kwargs: Any
) -> None:
    """The training team writes and publishes under the catalogue, however it was created."""
    if created and not raw:
        open_section_to(instance, TRAINING)
