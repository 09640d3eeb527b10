"""The log of the server tells what happens to the site, never who did it.

Every line passes by this formatter, ours, Django's and gunicorn's: message, arguments, trace of an
error. What opens something (signed links, codes), e-mail addresses, telephone numbers and what
follows the question mark of an address are struck out; so is the row that a database shows when it
refuses it. Names of people cannot be recognised: our lines name numbers of records instead.
"""

import json
import logging
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from .telemetry.context import current

# No line of ours says these, and finding them out is half of the price of one: see the HOWTO of
# the library, « Optimization ».
logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False
logging._srcfile = None  # noqa: SLF001 - as the HOWTO says

STRUCK = "[…]"
_PATTERNS: tuple[tuple[re.Pattern[str], str], ...] = (
    # What PostgreSQL adds: « Failing row contains (12, Awa, …) », « Key (email)=(…) exists ».
    (re.compile(r"(DETAIL:|Failing row contains|Key \([^)]*\)=)[^\n]*"), rf"\1 {STRUCK}"),
    # A query: in an address, in the line of a request.
    (re.compile(r"(?<=[\w/%-])\?[^\s\"'>)]+"), f"?{STRUCK}"),
    (re.compile(r"[\w.+%'-]+(?:@|%40)[\w-]+(?:\.[\w-]+)+"), STRUCK),
    # Signed by Django: content, instant, signature; a colon may be encoded.
    (re.compile(r"[\w.=-]+(?::|%3[Aa])[\w-]{4,}(?::|%3[Aa])[\w-]{20,}"), STRUCK),
    (re.compile(r"[\w.=-]+(?::|%3[Aa])[\w-]{27,}"), STRUCK),
    # Long and random: nonces, session keys, digests, public identifiers.
    (re.compile(r"\b[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}\b", re.IGNORECASE), STRUCK),
    (re.compile(r"\b(?=[\w-]*\d)(?=[\w-]*[a-z])(?=[\w-]*[A-Z])[\w-]{24,}\b"), STRUCK),
    (re.compile(r"\b(?=\w*\d)(?=\w*[a-z])[a-z0-9]{24,}\b"), STRUCK),
    # French telephones, and international ones.
    (re.compile(r"(?<![\d.,:/-])0[1-9](?:(?:[ .+-]|%20|\u00a0)?\d{2}){4}(?!\d)"), STRUCK),
    (re.compile(r"(?:\+|%2[Bb]|\b00)\d{1,3}(?:(?:[ .-]|%20|\u00a0)?\d){8,12}(?!\d)"), STRUCK),
)


def masked(text: str) -> str:
    """The text without what opens something or names somebody."""
    for pattern, instead in _PATTERNS:
        text = pattern.sub(instead, text)
    return text


class MaskingFormatter(logging.Formatter):
    """Formats like its base, then strikes out: a trace, which is text by then, included."""

    def format(self, record: logging.LogRecord) -> str:
        # After the masks: the name of a request is long and random too, and opens nothing.
        words = " ".join(f"{name}={value}" for name, value in said_of(record).items())
        return masked(super().format(record)) + (f" [{words}]" if words else "")

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - of the base
        """One line, whatever was put in it: nobody writes a line of the log in our place."""
        record.message = record.message.replace("\r", "\\r").replace("\n", "\\n")
        return super().formatMessage(record)


class JsonFormatter(logging.Formatter):
    """One object on one line, for what gathers the logs of several machines."""

    encode = staticmethod(json.JSONEncoder(ensure_ascii=False, default=str).encode)

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC)
        line: dict[str, Any] = {
            "time": at.isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": masked(record.getMessage()) if record.args else masked_words(record.msg),
        }
        line |= said_of(record) | line  # nothing that is said takes the place of these
        if record.exc_info and record.exc_info[0]:
            line["trace"] = masked(self.formatException(record.exc_info))
        return self.encode(line)


def said_of(record: logging.LogRecord) -> dict[str, Any]:
    """what the line is about: the request, the job, the e-mail, and what is `measured`."""
    said: dict[str, Any] = {**current.get(), **getattr(record, "measured", {})}
    if "path" in said:
        said["path"] = masked_path(said["path"])
    return said


@lru_cache(maxsize=100)
def masked_words(message: object) -> str:
    """A message without arguments: nearly always the same few."""
    return masked(str(message))


@lru_cache(maxsize=1_000)
def masked_path(path: str) -> str:
    """An address may hold the link that opens a file; on one line, whatever was put in it."""
    return masked(path).replace("\r", "\\r").replace("\n", "\\n")


def line_formatter() -> MaskingFormatter:
    return MaskingFormatter("{asctime} {levelname} {name}: {message}", style="{")


FORMATS = {"line": "site_enys.logs.line_formatter", "json": "site_enys.logs.JsonFormatter"}


#: A logger that writes its own lines, and lets nobody write them twice.
TO_CONSOLE: Mapping[str, Any] = {"handlers": ["console"], "level": "INFO", "propagate": False}


def config(loggers: Mapping[str, Mapping[str, Any]], form: str = "line") -> dict[str, Any]:
    """What `logging.config.dictConfig` takes: every line masked, on the standard error.

    `form` is « line » or « json ».
    """
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"ours": {"()": FORMATS[form]}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "ours"}},
        "root": {"handlers": ["console"], "level": "INFO"},
        "loggers": loggers,
    }


def gunicorn_config(form: str) -> Mapping[str, Any]:
    """What gunicorn's `logconfig_dict` takes: its own words, in the same clothes as the site's.

    Its log of requests stays empty: the site writes one line for each (`telemetry/middleware.py`).
    """
    return config({"gunicorn.error": TO_CONSOLE, "gunicorn.access": {"propagate": False}}, form)
