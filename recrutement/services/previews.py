"""What has been read before it is confirmed: a signed digest, that no other way gives."""

import hashlib
from datetime import timedelta
from typing import Any

from django.core import signing

from recrutement.exceptions import PreviewOutdated

SALT = "recrutement:apercu"
LASTS = timedelta(hours=2)


def seal(reader: Any, *facts: object) -> str:
    """A token for what this account has just been shown."""
    return signing.dumps([reader.pk, _digest(facts)], salt=SALT)


def refuse_unread(token: str, reader: Any, *facts: object) -> None:
    """Raise PreviewOutdated unless this account was shown these very facts, not long ago."""
    try:
        read = signing.loads(token, salt=SALT, max_age=LASTS)
    except signing.BadSignature:
        read = None
    if read != [reader.pk, _digest(facts)]:
        raise PreviewOutdated


def _digest(facts: tuple[object, ...]) -> str:
    return hashlib.sha256(repr(facts).encode()).hexdigest()
