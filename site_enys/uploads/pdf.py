"""Has a PDF looked into by `pdf_inspection.py`, in a process limited in time and memory."""

import json
import logging
import subprocess
import sys
import threading
from dataclasses import astuple
from typing import Any

from . import pdf_inspection

logger = logging.getLogger(__name__)

# The program limits its own computing time; this one only ends what hangs on a busy machine.
MAX_SECONDS = 20
WAIT_SECONDS = 5
# Each inspection may take half a gigabyte: a process never runs more than these at once.
_SLOTS = threading.BoundedSemaphore(2)


class PdfRefused(Exception):
    """The file is not accepted; `code` says why: what `pdf_inspection.py` says, or « busy »."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def inspect(data: bytes, limits: pdf_inspection.Limits = pdf_inspection.SHORT) -> int:
    """The number of pages. Raises PdfRefused."""
    if not _SLOTS.acquire(timeout=WAIT_SECONDS):
        raise PdfRefused("busy")
    try:
        answer = _answer(data, limits)
    finally:
        _SLOTS.release()
    if "pages" not in answer:
        raise PdfRefused(answer["refusal"])
    return answer["pages"]


def _answer(data: bytes, limits: pdf_inspection.Limits) -> dict[str, Any]:
    try:
        done = subprocess.run(  # noqa: S603 - a fixed command; the file is only its input
            [sys.executable, "-I", "-B", pdf_inspection.__file__, *map(str, astuple(limits))],
            input=data,
            capture_output=True,
            timeout=MAX_SECONDS,
            check=True,
            env={},
        )
    except subprocess.TimeoutExpired:
        raise PdfRefused("busy") from None
    except subprocess.CalledProcessError as error:
        # Killed by its limits; anything else is worth a look.
        logger.warning("Inspection d’un PDF arrêtée (code %s).", error.returncode)
        raise PdfRefused("bomb") from None
    return json.loads(done.stdout)
