"""What people looked for and did not find: noted without anything of who they are."""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.models import Case, F, Value, When
from django.http import HttpRequest
from django.utils import timezone

from search.models import SearchMiss
from search.vocabulary import asked
from site_enys.french import fold
from site_enys.months import bounds_of_day

logger = logging.getLogger(__name__)

LONGEST, MOST_WORDS = 60, 8
#: New searches noted in a day, and how often a day the same one counts: more is a robot.
NEW_PER_DAY, SAME_PER_DAY = 200, 20
#: How long an answer waits for the database before it leaves without the note, in milliseconds.
PATIENCE_MS = 200
_AN_ADDRESS = re.compile(r"@|https?:|www\.|\.(?:fr|com|net|org|eu|ru|cn|io)\b")
_DIGIT = re.compile(r"\d")
_MOST_DIGITS = 5  # a year, an article of law, a department: not a phone or a file
_ODD = re.compile(r"[^\w\s'&+-]|_")


def asked_by_a_reader(request: HttpRequest, number: int = 1) -> bool:
    """Whether somebody outside the team asked for this, and not a browser ahead of her."""
    ahead = " ".join(request.headers.get(name, "") for name in ("Sec-Purpose", "Purpose", "X-Moz"))
    if request.method != "GET" or number != 1 or "prefetch" in ahead.lower():
        return False
    # Without a session nobody is signed in: a reader is not asked who she is.
    return settings.SESSION_COOKIE_NAME not in request.COOKIES or request.user.is_anonymous


def note_miss(query: str, now: datetime) -> None:
    """Note that a search found nothing, unless it could tell who asked.

    Never in the way of the answer: what cannot be written at once is given up.
    """
    words = words_to_note(query)
    if not words:
        return
    try:
        with _in_a_hurry():
            _note(words, now)
    except DatabaseError:
        logger.exception("Une recherche sans résultat n’a pas pu être notée.")


def words_to_note(query: str) -> str:
    """The search as it is kept, folded; nothing when it may be personal or is no search."""
    typed = fold(query).replace("’", "'")
    if _AN_ADDRESS.search(typed) or len(_DIGIT.findall(typed)) > _MOST_DIGITS:
        return ""
    words = " ".join(_ODD.sub(" ", typed).split())
    if len(words) > LONGEST or len(words.split()) > MOST_WORDS or not asked(words):
        return ""
    return words


def handle(miss: SearchMiss, now: datetime) -> None:
    """Somebody of the team has dealt with it: it hides until it is asked again."""
    SearchMiss.objects.filter(pk=miss.pk).update(handled_at=now)


def _note(words: str, now: datetime) -> None:
    today = timezone.localdate(now)
    known = SearchMiss.objects.filter(words=words)
    if known.exclude(day=today, count_of_day__gte=SAME_PER_DAY).update(
        count=F("count") + 1,
        last_at=now,
        count_of_day=Case(When(day=today, then=F("count_of_day") + 1), default=Value(1)),
        day=today,
    ):
        return
    begins, ends = bounds_of_day(today)
    new = SearchMiss.objects.filter(first_at__gte=begins, first_at__lt=ends)
    if new.count() < NEW_PER_DAY:
        row = SearchMiss(words=words, first_at=now, last_at=now, day=today)
        # The words may be there: asked too often today, or noted at once for somebody else.
        with transaction.atomic():
            SearchMiss.objects.bulk_create([row], ignore_conflicts=True)


@contextmanager
def _in_a_hurry() -> Iterator[None]:
    """Wait for a lock no longer than a reader would notice."""
    if connection.vendor == "sqlite":
        usual = int(connection.settings_dict["OPTIONS"]["timeout"] * 1000)
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA busy_timeout = {PATIENCE_MS}")
            try:
                yield
            finally:
                cursor.execute(f"PRAGMA busy_timeout = {usual}")
    else:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = '{PATIENCE_MS}ms'")
            yield
