"""What other packages send (Wagtail's password reset, requests for approval) through the outbox."""

from collections.abc import Sequence

from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from .models import OutgoingMessage
from .services import outbox


class OutboxBackend(BaseEmailBackend):
    """Writes each message instead of sending it: the request never waits for a mail server.

    One row per recipient. The content may be a key (a link that resets a password): the screens
    do not show it.
    """

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        with transaction.atomic():
            for email in email_messages:
                for recipient in email.recipients():
                    outbox.write(
                        kind=OutgoingMessage.ACCOUNT,
                        to=recipient,
                        subject=str(email.subject),
                        text=str(email.body),
                        html=_html_of(email),
                        secret=True,
                    )
        return len(email_messages)


def _html_of(email: EmailMessage) -> str:
    if isinstance(email, EmailMultiAlternatives):
        for content, kind in email.alternatives:
            if kind == "text/html":
                return str(content)
    return ""
