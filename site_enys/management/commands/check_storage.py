"""`manage.py check_storage`: whether both stores of files take, give back and keep closed."""

import secrets
from http import HTTPStatus
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import quote
from urllib.request import urlopen

from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages
from django.core.management.base import BaseCommand, CommandError

from site_enys.private_storage import discard

STORES = {"default": "fichiers publics", "private": "pièces privées"}
SECONDS = 10


class Command(BaseCommand):
    help = "Écrit, relit et efface un fichier dans chaque stockage, que personne d’autre ne lit."

    def handle(self, *args: Any, **options: Any) -> None:
        for alias, label in STORES.items():
            storage = storages[alias]
            try:
                self._try(storage, label)
            except OSError as error:  # StoreUnavailable is one
                raise CommandError(f"{label} : {error}") from error

    def _try(self, storage: Storage, label: str) -> None:
        content = secrets.token_bytes(32)
        name = storage.save(f"essai/{secrets.token_hex(16)}", ContentFile(content))
        try:
            with storage.open(name, "rb") as stored:
                if stored.read() != content:
                    raise CommandError(f"{label} : ce qui est relu n’est pas ce qui a été écrit.")
            if bucket := getattr(storage, "bucket_name", ""):
                address = f"{storage.endpoint_url}/{bucket}/{quote(name)}"  # type: ignore[attr-defined]
                if is_open(address):
                    raise CommandError(
                        f"{label} : le compartiment {bucket} répond à qui n’a pas de clé. "
                        "Retirez-lui toute lecture publique."
                    )
        finally:
            discard(storage, name)
        self.stdout.write(f"{label} : écrit, relu, fermé aux autres, effacé")


def is_open(address: str) -> bool:
    """Whether anybody may read this object. Raises OSError when the server does not answer."""
    try:
        with urlopen(address, timeout=SECONDS) as answer:  # noqa: S310 - our own endpoint, http(s)
            return bool(answer.status == HTTPStatus.OK)
    except HTTPError as refusal:
        refusal.close()
        if refusal.code in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND}:
            return False
        raise URLError(f"réponse {refusal.code}") from refusal
