"""A site with rows and files, and a folder for its archives."""

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.utils import timezone

import pytest

from tests.factories.recrutement import DocumentFactory


@pytest.fixture
def folder(tmp_path, settings):
    """The folder of the archives; the journal of erasures is apart too."""
    settings.BACKUP_DIR = tmp_path / "sauvegardes"
    settings.DATA_DIR = tmp_path / "donnees"
    settings.DATA_DIR.mkdir()
    return settings.BACKUP_DIR


@pytest.fixture
def piece(transactional_db):
    """An application with its CV, and a public file."""
    storages["default"].save("images/accueil.png", ContentFile(b"image" * 1000))
    storages["private"].save("attente/un-cv-qui-attend", ContentFile(b"pas encore une candidature"))
    document = DocumentFactory()
    document.file.close()
    return document


@pytest.fixture
def now():
    return timezone.now()
