"""One trace of whoever reaches for what is not theirs."""

import logging
from typing import Any

from django.http import HttpRequest

from .private_storage import note_refusal

logger = logging.getLogger(__name__)


def note_refused_access(request: HttpRequest, subject: str) -> None:
    """Note that somebody was refused `subject`, which names a thing and never a person.

    An account leaves a row in the journal of private files, which staff reads. A visitor leaves
    only a line in the log of the server: else anybody could fill the database by trying.
    """
    user: Any = request.user
    if user.is_authenticated:
        note_refusal(request, subject)
        logger.warning("Accès refusé au compte %s\u00a0: %s", user.pk, subject)
    else:
        logger.warning("Accès refusé à un visiteur\u00a0: %s", subject)
