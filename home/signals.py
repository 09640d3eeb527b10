"""What follows from a change of the settings that the legal pages are drawn from."""

from typing import Any

from django.db import transaction
from django.db.models import Model
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.utils import timezone

from wagtail.contrib.settings.models import AbstractSetting
from wagtail.signals import page_published

from home.models import LegalPage, SubProcessor
from home.services.privacy_versions import remember_privacy


def when_committed() -> None:
    """Once for settings that are saved with their lists, whatever the number of rows."""
    transaction.on_commit(lambda: remember_privacy(timezone.now()))


@receiver(post_save)
def keep_the_privacy_page_of_new_settings(
    sender: type[Model], instance: Model, *, raw: bool, **kwargs: Any
) -> None:
    """Delays, contacts and names come from the settings of every app."""
    if not raw and isinstance(instance, (AbstractSetting, SubProcessor)):
        when_committed()


@receiver(post_delete, sender=SubProcessor)
def keep_the_privacy_page_without_a_partner(**kwargs: Any) -> None:
    when_committed()


@receiver(page_published, sender=LegalPage)
def keep_the_privacy_page_that_is_published(instance: LegalPage, **kwargs: Any) -> None:
    if instance.kind == LegalPage.Kind.PRIVACY:
        when_committed()
