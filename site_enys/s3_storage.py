"""Public and private files in two buckets of a server that speaks S3 (S3_ENDPOINT…).

Nobody but the site reads either bucket: pictures are shown by `site_enys.views.media`, at the same
addresses as from a folder. Loaded only when the buckets are named: boto3 is heavy.
"""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.core.files.base import File
from django.utils.encoding import filepath_to_uri

from boto3.exceptions import Boto3Error
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError, ParamValidationError
from storages.backends.s3 import S3File, S3Storage

from .exceptions import StoreUnavailable
from .private_storage import NO_ADDRESS

logger = logging.getLogger(__name__)

CONNECT_SECONDS = 2
ANSWER_SECONDS = 5
IN_MEMORY = 1024 * 1024  # bytes of a file that is read; beyond, it lies in a temporary file


class WholeFile(S3File):
    """Fetched as a whole when it is opened: no answer of the site stops in the middle of a file."""

    def _get_file(self) -> Any:
        with self._storage.answering(self.name):
            return super()._get_file()

    file = property(_get_file, S3File._set_file)  # noqa: SLF001 - a property is made anew


class S3Store(S3Storage):
    """What django-storages does, with our limits of time and our exceptions.

    Every method raises FileNotFoundError for a file that is not there, as a folder does, and
    StoreUnavailable when the server refuses, fails or keeps silent for `patience` seconds, twice.
    After a silence, nobody asks for as long again: each thread of the site would wait in its turn.
    """

    def __init__(self, *, patience: float = ANSWER_SECONDS, **options: Any) -> None:
        self.patience = patience
        self._silent_until = 0.0
        super().__init__(
            default_acl=None,
            file_overwrite=False,
            max_memory_size=IN_MEMORY,
            # Without threads of its own, and a file of our sizes in one piece.
            transfer_config=TransferConfig(
                use_threads=False, num_download_attempts=1, multipart_threshold=64 * 1024 * 1024
            ),
            client_config=Config(
                signature_version="s3v4",
                connect_timeout=min(CONNECT_SECONDS, patience),
                read_timeout=patience,
                retries={"mode": "standard", "total_max_attempts": 2},
                s3={"addressing_style": "path"},
                # Not every server of this protocol knows the newer checksums.
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
            ),
            **options,
        )

    @contextmanager
    def answering(self, name: str) -> Iterator[None]:
        """Give our names to what goes wrong in the block, which is about the file `name`."""
        if time.monotonic() < self._silent_until:
            raise StoreUnavailable
        try:
            yield
        except ParamValidationError as error:
            raise FileNotFoundError(name) from error
        except ClientError as error:
            if _says_not_there(error):
                raise FileNotFoundError(name) from error
            raise self._unavailable(error) from error
        except BotoCoreError as error:
            self._silent_until = time.monotonic() + self.patience
            raise self._unavailable(error) from error
        except Boto3Error as error:
            raise self._unavailable(error) from error

    def _unavailable(self, error: Exception) -> StoreUnavailable:
        logger.error("Le stockage S3 n’a pas répondu comme attendu (%s)", error)
        return StoreUnavailable()

    def _open(self, name: str, mode: str = "rb") -> File:
        with self.answering(name):
            opened = WholeFile(self._normalize_name(name), mode, self)
            if "r" in mode:
                opened.open()
            return opened

    def _save(self, name: str, content: File) -> str:
        with self.answering(name):
            return super()._save(name, content)

    def read_part(self, name: str, part: range) -> bytes:
        """Those bytes of a file, without fetching the others."""
        with self.answering(name):
            found = self.bucket.Object(self._normalize_name(name)).get(
                Range=f"bytes={part.start}-{part.stop - 1}"
            )
            return found["Body"].read()

    def delete(self, name: str) -> None:
        with self.answering(name):
            super().delete(name)

    def exists(self, name: str) -> bool:
        with self.answering(name):
            return super().exists(name)

    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        with self.answering(path):
            return super().listdir(path)

    def size(self, name: str) -> int:
        with self.answering(name):
            return super().size(name)

    def get_modified_time(self, name: str) -> datetime:
        with self.answering(name):
            return super().get_modified_time(name)


class PublicS3Store(S3Store):
    """Pictures, documents of the library, and what is made of them."""

    def url(self, name: str, *_args: Any, **_kwargs: Any) -> str:
        """The address on this site, where the pages' own rules allow a picture to come from."""
        return urljoin(settings.MEDIA_URL, filepath_to_uri(name.lstrip("/")))


class PrivateS3Store(S3Store):
    """Pieces of people: no address, and nothing on the way that keeps them."""

    def __init__(self, **options: Any) -> None:
        super().__init__(object_parameters={"CacheControl": "private, no-store"}, **options)

    def url(self, name: str, *_args: Any, **_kwargs: Any) -> str:
        raise ValueError(NO_ADDRESS)


def _says_not_there(error: ClientError) -> bool:
    """Whether the server knows no such file, or says that its name could not be one."""
    code = error.response["Error"].get("Code", "")
    status = error.response["ResponseMetadata"]["HTTPStatusCode"]
    return code == "KeyTooLongError" or (status == HTTPStatus.NOT_FOUND and code != "NoSuchBucket")
