"""The files of a row that is deleted go with it, whichever way it is deleted."""

from functools import partial
from typing import Any

from django.db import models, transaction
from django.db.models.signals import post_delete

from site_enys.private_storage import discard


def delete_files_with_rows(model: type[models.Model]) -> None:
    """From now on, a deleted row of `model` takes its files along once the deletion is committed.

    Cascades and bulk deletions send the same signal. Safe to repeat.
    """
    if any(isinstance(field, models.FileField) for field in model._meta.get_fields()):
        post_delete.connect(_delete_files, sender=model, dispatch_uid="rgpd.files")


def _delete_files(sender: type[models.Model], instance: models.Model, **kwargs: Any) -> None:
    for field in sender._meta.get_fields():
        if isinstance(field, models.FileField) and (file := getattr(instance, field.name)):
            transaction.on_commit(partial(discard, file.storage, file.name))
