"""The e-mails of the contact form; each must be queued in the transaction of its message."""

from django.conf import settings

from courrier.services import outbox
from home.models import ContactMessage


def tell_staff(message: ContactMessage) -> None:
    """Forward the message to the team, who answers the sender directly."""
    if settings.STAFF_EMAIL:
        outbox.queue(
            "contact_staff",
            settings.STAFF_EMAIL,
            {"message": message},
            about=message,
            reply_to=message.email,
        )


def acknowledge(message: ContactMessage) -> None:
    """Tell the sender that the message has arrived, and its reference."""
    outbox.queue(
        "contact_receipt",
        message.email,
        {"message": message},
        about=message,
        reply_to=settings.STAFF_EMAIL,
    )
