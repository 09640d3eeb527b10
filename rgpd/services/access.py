"""The link to « Mes données »: asked for by anybody, opened once by whoever reads the mailbox."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from rgpd import emails
from rgpd.links import ACCESS, LINK_LASTS
from rgpd.models import PersonalAccess
from rgpd.register import Person
from site_enys.links import LinkRefused
from site_enys.public_forms import count_once_more

#: Messages that a stranger could make us send to one address in one hour.
LINKS_AN_HOUR = 3


@transaction.atomic
def ask(email: str, *, now: datetime, shown: Mapping[str, Any] | None = None) -> None:
    """Send a link to this address, whoever has it: nothing is looked up, nothing is told.

    `shown` are the columns of `InformedForm.shown`.
    """
    person = Person(email)
    if count_once_more("mes-donnees-adresse", person.email, now=now, limit=LINKS_AN_HOUR):
        access = PersonalAccess.objects.create(email=person.email, asked_at=now, **(shown or {}))
        emails.link(access)


def waiting(token: str, now: datetime) -> PersonalAccess:
    """The access that a link would open, without opening it.

    Raises LinkRefused: altered, older than `LINK_LASTS`, closed, or already opened.
    """
    access: PersonalAccess = ACCESS.open(token)
    if access.opened_at or now >= access.asked_at + LINK_LASTS:
        raise LinkRefused
    return access


def open_once(access: PersonalAccess, *, now: datetime) -> None:
    """Take the link, in one conditional UPDATE. Raises LinkRefused when somebody was faster."""
    unopened = PersonalAccess.objects.filter(
        pk=access.pk,
        link_nonce=access.link_nonce,
        opened_at=None,
        asked_at__gt=now - LINK_LASTS,
    )
    if not unopened.update(opened_at=now):
        raise LinkRefused


def close(access: PersonalAccess) -> None:
    """End the visit, if the access is still there: the page closes in every browser."""
    PersonalAccess.objects.filter(pk=access.pk).update(link_nonce=uuid.uuid4())
