"""Writing messages in the caller's transaction, and sending what is due.

Delivery is at least once: a worker killed between the server's acceptance and our note sends the
message again with the same Message-ID, so that a mail reader shows it once. A worker that lives
waits for the database, and sends once.
"""

import logging
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta
from email.utils import make_msgid, parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import Error, close_old_connections, models, transaction
from django.db import connection as database
from django.utils import timezone

from courrier.models import Attachment, OutgoingMessage, reference_of
from site_enys.database import is_outage
from site_enys.letters import compose, wrapped
from site_enys.telemetry.context import speaking_of

logger = logging.getLogger(__name__)

# From one minute to six hours: about ten hours in all, enough for a server to come back.
DELAYS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360))
# A conversation with the server is about ten exchanges, each cut by EMAIL_TIMEOUT (15 s): a
# worker that is only slow is not doubled.
LEASE = timedelta(minutes=5)
PAUSE_SECONDS = 1.0  # between two tries to write while the database is away
# Not EMAIL_BACKEND, which brings here what other packages send.
TRANSPORT = "django.core.mail.backends.smtp.EmailBackend"
_heard: ContextVar[list[OutgoingMessage] | None] = ContextVar("heard", default=None)


class NotInTransaction(RuntimeError):
    """A message was queued outside a transaction: it could speak of a change that never was."""


class NobodyToWriteTo(ValueError):
    """The message has no address."""


def queue(
    kind: str,
    to: str,
    context: Mapping[str, Any],
    *,
    about: models.Model | None = None,
    reply_to: str = "",
    attachments: Iterable[tuple[str, str, bytes]] = (),
    secret: bool = False,
) -> OutgoingMessage:
    """Make the letter of this kind from `emails/<kind>.html` and write the message.

    Must be called inside the transaction of the change it announces (else NotInTransaction).
    `attachments` are (name, content type, bytes). A `secret` message holds a key or a code: it is
    shown nowhere, and its words are forgotten once it has left. Without a recipient (STAFF_EMAIL
    is empty) the message is kept « en échec », where staff sees it.
    """
    letter = compose(kind, context, answerable=bool(reply_to))
    message = write(
        kind=kind,
        to=to,
        reply_to=reply_to,
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
        about=reference_of(about) if about else "",
        secret=secret,
    )
    Attachment.objects.bulk_create(
        Attachment(message=message, name=name, content_type=content_type, content=content)
        for name, content_type, content in attachments
    )
    return message


def write(*, subject: str, to: str, **fields: Any) -> OutgoingMessage:
    """Write a message that is already worded; raises NotInTransaction like `queue`."""
    if not database.in_atomic_block:
        raise NotInTransaction(fields["kind"])
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    message = OutgoingMessage(
        to=to,
        # On one line whatever was typed: a line break would begin another header.
        subject=" ".join(subject.split())[:250],
        message_id=make_msgid(domain=domain or "localhost"),
        next_try_at=timezone.now(),
        **fields,
    )
    if not to:
        message.state = OutgoingMessage.State.FAILED
        message.last_error = "Aucun destinataire (STAFF_EMAIL est-il renseigné ?)"
    message.save()
    heard = _heard.get()
    if heard is not None:
        heard.append(message)
    return message


@contextmanager
def listening() -> Iterator[list[OutgoingMessage]]:
    """The messages that the block queues, and no other thread."""
    heard: list[OutgoingMessage] = []
    token = _heard.set(heard)
    try:
        yield heard
    finally:
        _heard.reset(token)


def sending_is_configured() -> bool:
    """Without an SMTP server the messages wait, readable in the admin."""
    return bool(settings.EMAIL_HOST)


def send_due(now: datetime, *, limit: int = 100) -> int:
    """Try at most `limit` messages that are due, oldest first; return how many were tried."""
    if not sending_is_configured():
        return 0
    began = time.monotonic()
    for tried in range(limit):
        # Time goes on while the server answers: a lease counts from the moment it is taken.
        moment = now + timedelta(seconds=time.monotonic() - began)
        message = _claim(moment)
        if message is None:
            return tried
        with speaking_of(mail=str(message.pk)):
            _send(message, moment)
    return limit


def send_again(message: OutgoingMessage, now: datetime) -> bool:
    """Put a failed message back in the queue, with all its tries; False when it had not failed."""
    failed = OutgoingMessage.objects.failed().filter(pk=message.pk)
    return bool(
        failed.update(
            state=OutgoingMessage.State.QUEUED, attempts=0, next_try_at=now, leased_until=None
        )
    )


def _claim(now: datetime) -> OutgoingMessage | None:
    """Take the oldest due message for the length of the lease, or None."""
    due = OutgoingMessage.objects.due(now).order_by("next_try_at", "pk")
    if not due.exists():  # without taking SQLite's only write lock, every second, for nothing
        return None
    with transaction.atomic():
        if database.features.has_select_for_update_skip_locked:
            due = due.select_for_update(skip_locked=True)
        message = due.first()
        if message is None:
            return None
        message.leased_until = now + LEASE
        message.attempts += 1
        message.save(update_fields=["leased_until", "attempts"])
        return message


def _send(message: OutgoingMessage, now: datetime) -> None:
    """Hand the message to the server, outside any transaction, and note what happened."""
    attachments = list(message.attachments.all())
    try:
        _hand_over(message, attachments)
    except Exception as error:
        _note_failure(message, error, now)
        return
    # Whoever holds the lease by now: the message has left.
    left = OutgoingMessage.objects.filter(pk=message.pk)
    _insist(
        left,
        state=OutgoingMessage.State.SENT,
        sent_at=timezone.now(),
        leased_until=None,
        last_error="",
        **({"text": "", "html": ""} if message.secret else {}),
    )


def _insist(messages: models.QuerySet[OutgoingMessage], **changes: Any) -> None:
    """Write what happened, even if the database is away for a while.

    Not written, a message that has left would leave again at the end of its lease: we wait for as
    long, then raise the database's error.
    """
    end = time.monotonic() + LEASE.total_seconds()
    while True:
        try:
            messages.update(**changes)
        except Error as error:
            if not is_outage(error) or time.monotonic() > end:
                raise
            close_old_connections()
            time.sleep(PAUSE_SECONDS)
        else:
            return


def _hand_over(message: OutgoingMessage, attachments: list[Attachment]) -> None:
    email = EmailMultiAlternatives(
        subject=message.subject,
        body=wrapped(message.text),
        to=[message.to],
        reply_to=[message.reply_to] if message.reply_to else None,
        headers={"Message-ID": message.message_id, "Auto-Submitted": "auto-generated"},
        connection=get_connection(TRANSPORT),
    )
    if message.html:
        email.attach_alternative(message.html, "text/html")
    for attachment in attachments:
        email.attach(attachment.name, bytes(attachment.content), attachment.content_type)
    if not email.send():
        raise NobodyToWriteTo("Aucun destinataire")


def _note_failure(message: OutgoingMessage, error: Exception, now: datetime) -> None:
    # The text of an SMTP error may quote the address: it stays in the row, out of the journal.
    logger.warning("Courriel %s\u00a0: essai %s en échec", message.pk, message.attempts)
    changes: dict[str, Any] = {
        "last_error": f"{type(error).__name__}\u00a0: {error}"[:1000].replace("\x00", " "),
        "leased_until": None,
    }
    # OSError covers the network and the server's answers (smtplib.SMTPException); anything else
    # is the message itself, which will not be better later.
    if isinstance(error, OSError) and message.attempts <= len(DELAYS):
        changes["next_try_at"] = now + DELAYS[message.attempts - 1]
    else:
        changes["state"] = OutgoingMessage.State.FAILED
    # Only under our own lease: a worker that took over speaks for the message now.
    mine = OutgoingMessage.objects.filter(pk=message.pk, leased_until=message.leased_until)
    _insist(mine, **changes)
