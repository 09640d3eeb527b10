"""What the log of the server says of a row that could not be erased."""

import logging
import traceback
from typing import Any

from django.db.models import Model

logger = logging.getLogger(__name__)


def note_failure(model: type[Model], pk: Any, error: Exception) -> None:
    """Write which row and where in the code; never the words of the error, which may quote it."""
    logger.error(
        "Effacement impossible\u00a0: %s n° %s (%s)\n%s",
        model._meta.label,
        pk,
        type(error).__name__,
        "".join(traceback.format_tb(error.__traceback__)),
    )
