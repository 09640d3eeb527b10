"""After a restore: erasing again what was erased since the backup was made.

To be run before the site starts again: the keys of new rows would be those of erased ones. The last
sign of life in the restored database says when the backup was made, so that a site that has started
again finds nothing to replay.
"""

from datetime import datetime, timedelta

from django.apps import apps
from django.db import transaction
from django.db.models import Max

from rgpd.deletions import noted_since
from rgpd.register import REGISTER
from site_enys.models import JobRun

#: Erased while the backup was being made.
MARGIN = timedelta(hours=1)


def backed_up_at() -> datetime | None:
    """When the database last knew that it was alive; None when it never was."""
    return JobRun.objects.aggregate(last=Max("started_at"))["last"]


def replay(*, apply: bool) -> int:
    """Erase what came back; return how many rows, counted only without `apply`."""
    since = backed_up_at()
    if since is None:
        return 0
    lines = {(label, key) for _at, label, key in noted_since(since - MARGIN)}
    return sum(_erase_again(label, key, apply=apply) for label, key in sorted(lines))


@transaction.atomic
def _erase_again(label: str, key: str, *, apply: bool) -> bool:
    entry = REGISTER.get(apps.get_model(label))
    row = entry and entry.model._base_manager.filter(pk=key).first()  # noqa: SLF001 - documented
    if entry is None or row is None:
        return False
    if apply:
        entry.erase(row)
    return True
