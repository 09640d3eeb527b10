"""The register of personal data: one entry per model, read by all that is said and done with it.

The purge, the countdowns, what a person sees and takes away, the erasure, the record of processing
and the privacy page come from the same entry, so that they cannot differ (RGPD, articles 5.1.e,
13, 15 to 20 and 30).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import IO, Any

from django.db import models
from django.utils import timezone

from .countdowns import Countdown
from .deletions import note_deletions_of
from .files import delete_files_with_rows

#: Whom the entries about staff are about.
TEAM = "les membres de l’équipe"
#: What a row says, label by label, as its person reads it: text, numbers, instants, days, yes or
#: no, lists and inner facts. Labels are French words: « Prénom », « Envoyée le ».
Facts = Mapping[str, Any]


@dataclass(frozen=True)
class Person:
    """Whoever reads a mailbox: the only thing by which the site knows people again.

    Raises ValueError for an empty address, which would be that of everybody who left none.
    """

    email: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "email", self.email.strip().lower())
        if not self.email:
            raise ValueError("Une personne est connue par son adresse.")


@dataclass(frozen=True)
class HeldFile:
    """A file that the site holds about a person, as she may take it away."""

    name: str
    content_type: str
    open: Callable[[], IO[bytes]]


@dataclass(frozen=True)
class Consent:
    """Something that a person accepted on a row, and takes back as easily (RGPD, article 7.3).

    `given(row)` is the instant of the agreement in force, None when there is none; `version(row)`
    the version of the text that was accepted; `withdraw(row, now)` runs in the caller's
    transaction and is safe to repeat.
    """

    question: str
    given: Callable[[Any], datetime | None]
    version: Callable[[Any], str]
    withdraw: Callable[[Any, datetime], None]


def _no_files(_row: Any, _person: Person) -> Iterable[HeldFile]:
    return ()


def _nothing_kept(_row: Any, _now: datetime) -> str:
    return ""


@dataclass(frozen=True)
class PersonalData:
    """What one model holds about people, why, for how long, and what they may ask of it.

    `retention` is counted from the instant that `kept_since` names in words; when staff may set
    it, both it and its words are asked each time. `ended(limit)` returns the rows whose instant is
    before `limit`; `countdown_of(row)` says the same of one row. `erase(row)` deletes the row, or
    anonymises it so that `ended` no longer returns it; by default the row is deleted. The files of
    a deleted row are deleted with it (`rgpd.files`).

    `find(person)` returns her rows; `not_found_because` says why none, or only some of them, can be
    found (RGPD, article 11), and what she may do about the others. `export(row, person)` returns
    what the row says of her, and nothing of anybody else. `kept_by_law(row, now)` is the sentence
    that says why, and until when, the row outlives a request of erasure, with its article of law;
    empty when nothing keeps it.
    `erase_on_request(row, person, now)` is `erase` unless the app does more; of a row that is kept,
    `erase_around(row, person, now)` erases what its proof does without. `corrections` names
    the fields that the person may correct by herself, and `correct(row, values, now)` writes them.
    """

    model: type[models.Model]
    processing: str  # « Inscriptions aux formations »
    purpose: str
    legal_basis: str
    data: str
    retention: timedelta | Callable[[], timedelta]
    retention_words: str | Callable[[], str]
    kept_since: str
    ended: Callable[[datetime], models.QuerySet[Any]]
    recipients: str = "les personnes de l’équipe chargées de ce suivi"
    #: Whom the data is about, as the record of processing names them (article 30.1.c).
    people: str = "les visiteurs du site"
    erase: Callable[[Any], Any] = lambda row: row.delete()
    #: The daily work of its own app erases it, with what it notes of that; the common one does not.
    own_job: bool = False
    #: The instant from which the retention of a row runs; None while nothing runs, and then
    #: `waits_for` says what is awaited: « tant que l’article est en ligne ».
    since: Callable[[Any], datetime | None] | None = None
    waits_for: str = ""
    #: Relations that `since` or `countdown` follow: a list asks for them together.
    reads: tuple[str, ...] = ()
    #: What it asks the database cannot be asked together: no list shows it.
    asks_for_each: bool = False
    #: Instead of `since`, for a row that several delays hold back.
    countdown: Callable[[Any], Countdown] | None = None
    find: Callable[[Person], models.QuerySet[Any]] | None = None
    not_found_because: str = ""
    export: Callable[[Any, Person], Facts] | None = None
    files: Callable[[Any, Person], Iterable[HeldFile]] = _no_files
    #: What `export` leaves out, each with the reason: « field » of the model, « Follower.field »,
    #: or « Follower » for all of it.
    not_exported: Mapping[str, str] = field(default_factory=dict)
    kept_by_law: Callable[[Any, datetime], str] = _nothing_kept
    erase_on_request: Callable[[Any, Person, datetime], Any] | None = None
    erase_around: Callable[[Any, Person, datetime], Any] | None = None
    corrections: tuple[str, ...] = ()
    correct: Callable[[Any, Mapping[str, Any], datetime], Any] | None = None
    consents: tuple[Consent, ...] = ()

    @property
    def is_about_the_team(self) -> bool:
        return self.people.startswith(TEAM)

    @property
    def delay(self) -> timedelta:
        return self.retention() if callable(self.retention) else self.retention

    @property
    def delay_words(self) -> str:
        words = self.retention_words
        return words() if callable(words) else words

    def countdown_of(self, row: Any) -> Countdown:
        """When this row is erased."""
        if self.countdown:
            return self.countdown(row)
        instant = self.since(row) if self.since else None
        if instant is None:
            return Countdown(None, waits_for=self.waits_for)
        return Countdown(timezone.localdate(instant + self.delay))


REGISTER: dict[type[models.Model], PersonalData] = {}
# Rows that hold personal data but live and die with another registered row.
FOLLOWERS: dict[type[models.Model], type[models.Model]] = {}


def register(entry: PersonalData, *, followers: tuple[type[models.Model], ...] = ()) -> None:
    """Declare a model, and the models whose rows are deleted by cascade with it."""
    REGISTER[entry.model] = entry
    for follower in followers:
        FOLLOWERS[follower] = entry.model
    note_deletions_of(entry.model)
    for model in (entry.model, *followers):
        delete_files_with_rows(model)


def processings() -> list[PersonalData]:
    """What the privacy page says, in alphabetical order: models that say the same are said once."""
    # The words of a delay that staff sets cost a query: it is told apart by where they are asked.
    said = {
        (entry.processing, entry.data, entry.retention_words): entry for entry in entries_in_order()
    }
    return list(said.values())


def common() -> list[PersonalData]:
    """The entries that no other work erases."""
    return [entry for entry in entries_in_order() if not entry.own_job]


def entries_in_order() -> list[PersonalData]:
    """The whole register, by the name of the processing."""
    return sorted(REGISTER.values(), key=lambda entry: entry.processing)
