"""The demonstration content: loaded once, and given back to every journey as it was."""

import shutil
import sqlite3
from io import StringIO
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client, TransactionTestCase

from wagtail.models import Page

from tests.factories.standing import remove_standing_pages
from tests.harness.databases import SqliteCopies


class DemoContent:
    """What `load_demo` made, rows and files, kept in `folder`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.rows = SqliteCopies(folder)
        self.rows.template = folder / "demo.sqlite3"

    def load(self) -> None:
        remove_standing_pages()
        call_command("load_demo", stdout=StringIO())
        self.draw_pictures()
        kept = sqlite3.connect(self.rows.template)
        try:
            connection.ensure_connection()
            connection.connection.backup(kept)
        finally:
            kept.close()
        for folder in self.file_folders:
            if folder.exists():
                shutil.copytree(folder, self.folder / folder.name)

    def draw_pictures(self) -> None:
        """Each size of a picture is made when a page first shows it, which takes seconds."""
        client = Client()
        for page in Page.objects.live().filter(depth__gt=1):
            client.get(page.url)

    def give_back_rows(self) -> None:
        self.rows.restore()

    def give_back_files(self) -> None:
        for folder in self.file_folders:
            shutil.rmtree(folder, ignore_errors=True)
            if (self.folder / folder.name).exists():
                shutil.copytree(self.folder / folder.name, folder)

    @property
    def file_folders(self) -> tuple[Path, Path]:
        return settings.MEDIA_ROOT, settings.PRIVATE_ROOT


class GivenBackAfterEachTest:
    """While open, a test that commits is followed by the demonstration content as it was."""

    def __init__(self, content: DemoContent) -> None:
        self.content = content

    def __enter__(self) -> None:
        self.empty_site = TransactionTestCase._fixture_teardown
        TransactionTestCase._fixture_teardown = lambda _case: self.content.give_back_rows()

    def __exit__(self, *_error: object) -> None:
        TransactionTestCase._fixture_teardown = self.empty_site
        self.empty_site(None)
