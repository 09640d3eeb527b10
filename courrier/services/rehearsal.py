"""What a change would send, without sending it."""

from collections.abc import Callable

from django.db import transaction

from courrier.models import OutgoingMessage

from . import outbox


def rehearse(change: Callable[[], object]) -> list[OutgoingMessage]:
    """Make the change, take the messages that it queues, and undo all of it.

    So the preview cannot differ from what will be sent. The change must keep to the database,
    as every transition does. What it raises goes through, and undoes it as well.
    """
    with outbox.listening() as messages, transaction.atomic():
        change()
        transaction.set_rollback(True)
    return messages
