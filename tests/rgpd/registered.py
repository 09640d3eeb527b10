"""The register, with the entries that a test wants."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any
from unittest.mock import patch

from courrier.models import OutgoingMessage
from home.models import ContactMessage
from rgpd.models import PersonalAccess, RightsRequest
from rgpd.register import REGISTER, PersonalData


@contextmanager
def registered(*entries: PersonalData) -> Iterator[None]:
    """These entries, those of the requests, visits and e-mails, are the whole register."""
    kept = (REGISTER[RightsRequest], REGISTER[OutgoingMessage], REGISTER[PersonalAccess], *entries)
    with patch.dict(REGISTER, {entry.model: entry for entry in kept}, clear=True):
        yield


def messages(**changes: Any) -> PersonalData:
    """The entry of the contact messages, changed."""
    return replace(REGISTER[ContactMessage], **changes)
