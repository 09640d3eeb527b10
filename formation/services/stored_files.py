"""The files of delivered documents and of signatures: read when they are whole, swept when lost."""

import hashlib
import logging
from collections.abc import Iterator
from datetime import datetime, timedelta

from formation.exceptions import DocumentDamaged
from formation.models import Agreement, AttendanceSheet, IssuedDocument
from site_enys.exceptions import StoreUnavailable
from site_enys.kept_files import delete_older
from site_enys.private_storage import private_storage

logger = logging.getLogger(__name__)

# Longer than any request and any job: a file without a row is being written, or is an orphan.
YOUNG = timedelta(days=1)
#: The folders of the private store, and the column that names the files of each.
_NAMED_BY = {
    "documents": (IssuedDocument, "file"),
    "signatures": (Agreement, "scan"),
    "emargement": (AttendanceSheet, "scan"),
}


def read(document: IssuedDocument) -> bytes:
    """The file as it was delivered.

    Raises DocumentDamaged when a byte of it is not the same, StoreUnavailable when nobody can say.
    """
    try:
        with document.file.open("rb") as file:
            content: bytes = file.read()
    except StoreUnavailable:
        raise
    except (OSError, ValueError) as error:  # ValueError: the row has no file any more
        logger.error("Fichier absent du stockage\u00a0: %s", document)
        raise DocumentDamaged from error
    if hashlib.sha256(content).hexdigest() != document.sha256:
        logger.error("Fichier abîmé dans le stockage\u00a0: %s", document)
        raise DocumentDamaged
    return content


def damaged() -> Iterator[IssuedDocument]:
    """The documents in force whose file is no longer the one that was delivered."""
    for document in IssuedDocument.objects.in_force().iterator():
        try:
            read(document)
        except DocumentDamaged:
            yield document


def delete_orphans(now: datetime) -> int:
    """Delete the stored files that no row names; return how many."""
    deleted = 0
    for folder, (model, column) in _NAMED_BY.items():
        spared = frozenset(model._default_manager.values_list(column, flat=True))
        deleted += delete_older(private_storage(), folder, now - YOUNG, spared=spared)
    return deleted
