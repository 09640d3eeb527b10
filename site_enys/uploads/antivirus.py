"""ClamAV, when the machine has it: the setting CLAMDSCAN names its client."""

import logging
import subprocess

from django.conf import settings
from django.db import models

logger = logging.getLogger(__name__)

MAX_SECONDS = 20
CLEAN, INFECTED = 0, 1  # what clamdscan(1) returns; 2 is a failure of its own


class ScanState(models.TextChoices):
    """What an antivirus said of a file."""

    NOT_SCANNED = "non-analyse", "Non analysé"
    CLEAN = "sain", "Sain"
    INFECTED = "infecte", "Infecté"


def scan(data: bytes) -> ScanState:
    """What the antivirus says of these bytes; NOT_SCANNED without one, or when it does not answer.

    A daemon that is down must not keep people from applying: the file has passed the other checks,
    and staff reads « Non analysé » beside a CV.
    """
    if not settings.CLAMDSCAN:
        return ScanState.NOT_SCANNED
    try:
        done = subprocess.run(  # noqa: S603 - the command is a setting, the file only its input
            [settings.CLAMDSCAN, "--no-summary", "-"],
            input=data,
            capture_output=True,
            timeout=MAX_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        logger.warning("L’antivirus ne répond pas (%s).", type(error).__name__)
        return ScanState.NOT_SCANNED
    if done.returncode == CLEAN:
        return ScanState.CLEAN
    if done.returncode == INFECTED:
        return ScanState.INFECTED
    logger.warning("L’antivirus a échoué (code %s).", done.returncode)
    return ScanState.NOT_SCANNED
