"""Seeds of the second factor are encrypted: a copy of the database opens no account."""

import base64
import hashlib

from django.conf import settings

from cryptography.fernet import Fernet, MultiFernet


def encrypt(text: str) -> str:
    return _keys().encrypt(text.encode()).decode()


def decrypt(encrypted: str) -> str:
    """The text again, under the present key or one of SECRET_KEY_FALLBACKS.

    Raises InvalidToken when none of them made it.
    """
    return _keys().decrypt(encrypted.encode()).decode()


def renewed(encrypted: str) -> str:
    """The same text under the present key, so that a former one can be given up."""
    return _keys().rotate(encrypted.encode()).decode()


def _keys() -> MultiFernet:
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_derived(secret)) for secret in secrets])


def _derived(secret: str) -> bytes:
    # SECRET_KEY has entropy of its own: a keyed hash is enough, no slow derivation is needed.
    digest = hashlib.blake2b(secret.encode(), digest_size=32, person=b"enys.2nd-factor").digest()
    return base64.urlsafe_b64encode(digest)
