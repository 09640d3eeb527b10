"""Files without an address: outside the media folder, randomly named, served by one function."""

import logging
from typing import IO, Any

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage, storages
from django.core.files.storage.base import Storage
from django.http import FileResponse, Http404, HttpRequest

from .exceptions import StoreUnavailable
from .models import PrivateFileAccess

logger = logging.getLogger(__name__)

#: For a file that opens on its own: it runs nothing, and knows nothing of the site.
FILE_POLICY = "sandbox; default-src 'none'"
NO_ADDRESS = "Une pièce privée n’a pas d’adresse publique."


class PrivateFileSystemStorage(FileSystemStorage):
    """A folder outside everything a web server shows; asking it for a URL is an error."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            **{"file_permissions_mode": 0o600, "directory_permissions_mode": 0o700} | options
        )

    def _save(self, name: str, content: File) -> str:
        try:
            return super()._save(name, content)  # type: ignore[misc]
        except OSError as error:  # no room left, a folder that cannot be written
            logger.exception("Le dossier des pièces privées n’a pas pris un fichier")
            raise StoreUnavailable from error

    def url(self, name: str | None) -> str:
        raise ValueError(NO_ADDRESS)


def private_storage() -> Storage:
    """The private store, as a callable: a FileField then stays free of settings in migrations."""
    return storages["private"]


def discard(storage: Storage, name: str | None) -> None:
    """Delete a file that nothing names any more; when the store is away, the night's sweep will.

    For what happens after the answer is decided: it must not be lost for want of a deletion.
    """
    try:
        storage.delete(name or "")
    except StoreUnavailable:
        logger.warning("Un fichier sans propriétaire attend le ménage de la nuit")


def serve_private_file(
    request: HttpRequest, file: Any, *, filename: str, content_type: str, subject: str
) -> FileResponse:
    """Send a private file and note who opened it: an account, or the holder of a link.

    The caller has checked the permission. `subject` names the file without naming the person,
    `filename` is what the person's machine will call it. Raises Http404 when the file is gone,
    StoreUnavailable when the store does not answer.
    """
    try:
        content = file.open("rb")
    except (FileNotFoundError, ValueError) as error:  # ValueError: the row has no file any more
        logger.warning("Pièce absente du stockage\u00a0: %s", subject)
        raise Http404("Cette pièce n’existe plus.") from error
    note_opening(request, subject)
    return private_response(content, filename=filename, content_type=content_type)


def note_opening(request: HttpRequest, subject: str, *, refused: bool = False) -> None:
    """Note who opened a private file, or was refused it; `subject` does not name the person."""
    user: Any = request.user
    account = user if user.is_authenticated else None
    PrivateFileAccess.objects.create(user=account, subject=subject[:120], refused=refused)


def note_refusal(request: HttpRequest, subject: str) -> None:
    """Note that somebody was refused a private file; `subject` names it without the person."""
    note_opening(request, subject, refused=True)


def private_response(content: IO[bytes], *, filename: str, content_type: str) -> FileResponse:
    """An attachment that nobody keeps on the way, and that runs nothing.

    The caller has checked who asks, and noted it when it is a member of staff.
    """
    response = FileResponse(
        content,
        as_attachment=True,
        # A line break from an old upload would make the header invalid.
        filename="".join(char for char in filename if char.isprintable()),
        content_type=content_type,
    )
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = FILE_POLICY
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["X-Content-Type-Options"] = "nosniff"
    return response
