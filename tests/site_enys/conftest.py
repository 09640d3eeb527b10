from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection

from wagtail.hooks import search_for_hooks

import pytest

from tests.site_enys.folders import Folder, FolderEvent


@pytest.fixture(scope="session", autouse=True)
def _hooks_are_loaded(django_test_environment: None) -> None:
    """Before a test replaces a registry, and keeps what would have been registered meanwhile."""
    search_for_hooks()


@pytest.fixture
def folders(transactional_db: None) -> Iterator[None]:
    """The tables of `folders.py`, for one test."""
    with connection.schema_editor() as editor:
        editor.create_model(Folder)
        editor.create_model(FolderEvent)
    yield
    ContentType.objects.clear_cache()


@pytest.fixture
def folder_screens(folders: None, settings: Any) -> None:
    """Their screens in the admin, and the permissions that open them."""
    settings.ROOT_URLCONF = "tests.site_enys.folder_urls"
    content_type = ContentType.objects.create(app_label="tests", model="folder")
    for action in ("add", "change", "delete", "view"):
        Permission.objects.create(
            content_type=content_type, codename=f"{action}_folder", name=f"Can {action} folder"
        )
