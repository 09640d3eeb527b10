"""What a person reads before giving data (RGPD, article 13), and the version of those words."""

import hashlib
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from typing import Any

from django.conf import settings
from django.db import models
from django.template.loader import render_to_string
from django.utils.html import strip_tags
from django.utils.safestring import SafeString

from .register import PersonalData


def version_of(worded: str, text: str) -> str:
    """« 2026-11-4f0c91ab27 »: the month in which words were written, and their fingerprint.

    Spaces and ends of lines count for nothing: only what is read does.
    """
    said = " ".join(text.split())
    return f"{worded}-{hashlib.sha256(said.encode()).hexdigest()[:10]}"


class Notice:
    """A text with its own version: it changes when, and only when, what is read does.

    Subclasses say their `key`, `template` and `worded`, the month in which the words of the
    template were last written.
    """

    key: str
    template: str
    worded: str

    @cached_property
    def html(self) -> SafeString:
        return render_to_string(self.template, {"notice": self})

    @cached_property
    def version(self) -> str:
        return version_of(self.worded, strip_tags(self.html))

    @property
    def text(self) -> str:
        """The words alone, a line for each line of the template that has some."""
        lines = unescape(strip_tags(self.html)).splitlines()
        return "\n".join(line.strip() for line in lines if line.strip())


@dataclass
class RegisterNotice(Notice):
    """The information of an ordinary form, drawn from the entries of the register.

    `lead` is the first sentence, the only one that is not folded.
    """

    key: str
    lead: str
    entries: tuple[PersonalData, ...]
    template = "rgpd/notice.html"
    worded = "2026-11"

    @property
    def firm(self) -> str:
        return settings.WAGTAIL_SITE_NAME


@dataclass(frozen=True)
class Text:
    """A text that people are shown: its name for staff, and the rows that keep its version."""

    key: str
    label: str
    carriers: tuple[type[models.Model], ...] = ()
    field: str = "notice_version"


TEXTS: dict[str, Text] = {}


def declare(
    key: str, label: str, *models: type[models.Model], field: str = "notice_version"
) -> None:
    """Name a text, and the models whose rows keep in `field` the version that was shown."""
    TEXTS[key] = Text(key, label, models, field)


def text_kept_by(model: type[models.Model], field: str) -> Text | None:
    """The text whose version a field of this model holds."""
    kept = (text for text in TEXTS.values() if model in text.carriers and field == text.field)
    return next(kept, None)


def rows_with(key: str, version: str) -> int | None:
    """How many rows name this version; None when no row keeps the version of this text."""
    text = TEXTS.get(key)
    if text is None or not text.carriers:
        return None
    shown: dict[str, Any] = {text.field: version}
    return sum(model._default_manager.filter(**shown).count() for model in text.carriers)
