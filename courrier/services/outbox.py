"""Writing messages in the caller's transaction, and sending what is due.

Delivery is at least once: a worker killed between the server's acceptance and our note sends the
message again with the same Message-ID, so that a mail reader shows it once.
"""

import logging
import smtplib
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from email.utils import make_msgid
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection as database
from django.db import models, transaction
from django.template.loader import render_to_string
from django.utils import timezone

from courrier.models import Attachment, OutgoingMessage, reference_of

logger = logging.getLogger(__name__)

# From one minute to six hours: about eleven hours in all, enough for a server to come back.
DELAYS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360))
# Longer than the SMTP time-out: a worker that is only slow is not doubled.
LEASE = timedelta(minutes=5)


class NotInTransaction(RuntimeError):
    """A message was queued outside a transaction: it could speak of a change that never was."""


def queue(
    kind: str,
    to: str,
    context: Mapping[str, Any],
    *,
    about: models.Model | None = None,
    reply_to: str = "",
    attachments: Iterable[tuple[str, str, bytes]] = (),
) -> OutgoingMessage:
    """Render `emails/<kind>.subject.txt`, `.txt` and `.html` and write the message.

    Must be called inside the transaction of the change it announces (else NotInTransaction).
    `attachments` are (name, content type, bytes).
    """
    if not database.in_atomic_block:
        raise NotInTransaction(kind)
    full = {"site_url": settings.SITE_URL, "site_name": settings.WAGTAIL_SITE_NAME, **context}
    message = OutgoingMessage.objects.create(
        kind=kind,
        to=to,
        reply_to=reply_to,
        subject=" ".join(render_to_string(f"emails/{kind}.subject.txt", full).split())[:250],
        text=render_to_string(f"emails/{kind}.txt", full).strip() + "\n",
        html=render_to_string(f"emails/{kind}.html", full),
        about=reference_of(about) if about else "",
        message_id=make_msgid(domain=settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ")),
        next_try_at=timezone.now(),
    )
    Attachment.objects.bulk_create(
        Attachment(message=message, name=name, content_type=content_type, content=content)
        for name, content_type, content in attachments
    )
    return message


def sending_is_configured() -> bool:
    """Without an SMTP server the messages wait, readable in the admin."""
    return bool(settings.EMAIL_HOST)


def send_due(now: datetime, *, limit: int = 100) -> int:
    """Send at most `limit` messages that are due; return how many left."""
    if not sending_is_configured():
        return 0
    sent = 0
    mailer = get_connection()
    for _ in range(limit):
        message = _claim(now)
        if message is None:
            break
        sent += _send(message, mailer, now)
    mailer.close()
    return sent


def send_again(message: OutgoingMessage, now: datetime) -> None:
    """Put a failed message back in the queue, with all its tries."""
    OutgoingMessage.objects.failed().filter(pk=message.pk).update(
        state=OutgoingMessage.State.QUEUED, attempts=0, next_try_at=now, leased_until=None
    )


def _claim(now: datetime) -> OutgoingMessage | None:
    """Take the oldest due message for the length of the lease, or None."""
    with transaction.atomic():
        due = OutgoingMessage.objects.due(now).order_by("next_try_at", "pk")
        if database.features.has_select_for_update_skip_locked:
            due = due.select_for_update(skip_locked=True)
        message = due.first()
        if message is None:
            return None
        message.leased_until = now + LEASE
        message.attempts += 1
        message.save(update_fields=["leased_until", "attempts"])
        return message


def _send(message: OutgoingMessage, mailer: BaseEmailBackend, now: datetime) -> bool:
    email = EmailMultiAlternatives(
        subject=message.subject,
        body=message.text,
        to=[message.to],
        reply_to=[message.reply_to] if message.reply_to else None,
        headers={"Message-ID": message.message_id, "Auto-Submitted": "auto-generated"},
        connection=mailer,
    )
    if message.html:
        email.attach_alternative(message.html, "text/html")
    for attachment in message.attachments.all():
        email.attach(attachment.name, bytes(attachment.content), attachment.content_type)
    try:
        email.send()
    except (OSError, smtplib.SMTPException, ValueError) as error:
        # A connection that failed once is not trusted again.
        mailer.close()
        _note_failure(message, error, now)
        return False
    message.state = OutgoingMessage.State.SENT
    message.sent_at = timezone.now()
    message.leased_until = None
    message.last_error = ""
    message.save(update_fields=["state", "sent_at", "leased_until", "last_error"])
    return True


def _note_failure(message: OutgoingMessage, error: Exception, now: datetime) -> None:
    # The text of an SMTP error may quote the address: it stays in the row, out of the journal.
    logger.warning("Courriel %s : essai %s en échec", message.pk, message.attempts)
    message.last_error = f"{type(error).__name__} : {error}"[:1000]
    message.leased_until = None
    if message.attempts > len(DELAYS):
        message.state = OutgoingMessage.State.FAILED
    else:
        message.next_try_at = now + DELAYS[message.attempts - 1]
    message.save(update_fields=["last_error", "leased_until", "state", "next_try_at"])
