"""Every write that a public page may show renews the pages, once its transaction is committed.

The statement itself is looked at, so that nothing escapes: a conditional UPDATE of the seats, a
bulk action, a job, a command. A new table shows until it is named here.
"""

import logging
import re
from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate

from .board import board

logger = logging.getLogger(__name__)

WRITTEN = re.compile(
    r"\s*(?:INSERT(?:\s+OR\s+\w+)?\s+INTO|UPDATE|DELETE\s+FROM)\s+[\"`]?(\w+)", re.IGNORECASE
)
#: Tables that no public page reads, and that are written often. A prefix ends with `_`.
SILENT = (
    *("django_session", "django_migrations", "usersessions_", "axes_"),
    *("account_", "mfa_", "courrier_", "rgpd_"),
    *("site_enys_jobrun", "site_enys_ratewindow", "site_enys_formsubmission"),
    *("site_enys_user", "site_enys_missedrenewal"),
    *("wagtailcore_revision", "wagtailcore_referenceindex", "wagtailcore_pagelogentry"),
    *("wagtailcore_modellogentry", "wagtailcore_comment", "wagtailcore_pagesubscription"),
    *("wagtailcore_uploadedfile", "wagtailadmin_", "wagtailusers_", "wagtailsearch_"),
    *("wagtailcore_workflow", "wagtailcore_task", "home_contactmessage", "home_customrendition"),
    # Anybody may search for nothing: twenty times a day would be twenty times every page.
    "search_searchmiss",
)


def shows(table: str) -> bool:
    """Whether a public page may show what this table holds."""
    return not table.startswith(SILENT)


def watch(connection: BaseDatabaseWrapper, **_kwargs: Any) -> None:
    if notice not in connection.execute_wrappers:
        connection.execute_wrappers.append(notice)


def notice(
    execute: Callable[..., Any], sql: str, params: Any, many: Any, context: dict[str, Any]
) -> Any:
    """Let the statement through; if it wrote what shows, the pages are renewed at the commit."""
    result = execute(sql, params, many, context)
    written = WRITTEN.match(sql)
    if written and shows(written[1]):
        _at_commit(context["connection"])
    return result


def _at_commit(connection: BaseDatabaseWrapper) -> None:
    # Once per transaction, or per part of it that may be undone alone.
    if all(waiting[1] is not renew for waiting in connection.run_on_commit):
        transaction.on_commit(renew, using=connection.alias, robust=True)


def renew() -> None:
    """Renew the pages; what was written stays written even if nobody can be told."""
    try:
        board().renew()
    except OSError:
        logger.exception("Les pages gardées n’ont pas pu être renouvelées.")


def renew_after_migration(**_kwargs: Any) -> None:
    # It ends a deployment, and a restore too, which changes all the rows behind our back.
    renew()


def start() -> None:
    connection_created.connect(watch, dispatch_uid="page_cache.watch")
    post_migrate.connect(
        renew_after_migration,
        sender=apps.get_app_config("site_enys"),
        dispatch_uid="page_cache.migrated",
    )
