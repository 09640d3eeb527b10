"""Erasing what the site holds about a person, and saying what stays and why (RGPD, article 17)."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import models, transaction

from courrier.models import OutgoingMessage
from rgpd import deletions, emails
from rgpd.enums import RequestKind, RequestState
from rgpd.failures import note_failure
from rgpd.models import RightsRequest
from rgpd.register import REGISTER, Person, PersonalData
from site_enys.exceptions import Refused
from site_enys.states import Actor

from .held import Held, held_by
from .requests import LIFECYCLE, receive

#: What the text of a request holds.
LONGEST = 5000
LINKED = "Une autre donnée, que nous devons garder, en dépend."
BROKEN = (
    "Un incident a empêché l’effacement\u202f; votre demande reste ouverte et l’équipe s’en charge."
)


@dataclass
class Erasure:
    """What goes, counted, and what stays: (processing, what, why)."""

    erased: list[tuple[str, int]] = field(default_factory=list)
    kept: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def reasons(self) -> list[tuple[str, list[str], str]]:
        """What stays, said once for each reason."""
        said: dict[tuple[str, str], list[str]] = {}
        for processing, what, why in self.kept:
            said.setdefault((processing, why), []).append(what)
        return [(processing, whats, why) for (processing, why), whats in said.items()]


def foreseen(person: Person, now: datetime) -> Erasure:
    """What an erasure would do, as far as the law decides it; nothing is changed."""
    return _told(
        (held.entry, row, held.entry.kept_by_law(row, now))
        for held in in_order(held_by(person))
        for row in held.rows
    )


def erase(person: Person, *, by: Actor, now: datetime) -> Erasure:
    """Erase all that may be, each row in its own transaction, then write to her what was done.

    What the law keeps stays, and so does what its app refuses to erase. The request of the person
    is written first and stays open while something other than the proof of her requests remains;
    an interruption leaves whole rows and an open request, and running again goes on.
    """
    request = _request_of(person, by=by, now=now)
    done = _told(
        (held.entry, row, _erase(held.entry, row, person, now))
        for held in in_order(held_by(person))
        for row in held.rows
    )
    with transaction.atomic():
        _close(request, done, by=by, now=now)
        emails.erased(request, erased=done.erased, kept=done.reasons)
    return done


def in_order(found: list[Held]) -> list[Held]:
    """What hangs on other rows first, so that no row goes before those that need it."""
    by_model = {held.entry.model: held for held in found}
    ordered: list[Held] = []
    seen: set[type[models.Model]] = set()

    def visit(model: type[models.Model]) -> None:
        if model in seen:
            return
        seen.add(model)
        for other in by_model:
            if model in _pointed_at(other):
                visit(other)
        ordered.append(by_model[model])

    for model in by_model:
        visit(model)
    return ordered


def _pointed_at(model: type[models.Model]) -> set[type[models.Model]]:
    """The models that a row of this one cannot do without, or would lose."""
    fields = model._meta.get_fields()
    return {field.related_model for field in fields if isinstance(field, models.ForeignKey)}


def _told(outcomes: Iterator[tuple[PersonalData, Any, str]]) -> Erasure:
    counts: Counter[str] = Counter()
    kept = []
    for entry, row, why in outcomes:
        if why:
            kept.append((entry.processing, str(row), why))
        else:
            counts[entry.processing] += 1
    return Erasure(list(counts.items()), kept)


def _erase(entry: PersonalData, row: Any, person: Person, now: datetime) -> str:
    """Erase one row and the messages about it; why it stays, or nothing."""
    try:
        with transaction.atomic():
            return _erase_locked(entry, row.pk, person, now)
    except Refused as refusal:
        return str(refusal)
    except (models.ProtectedError, models.RestrictedError):
        return LINKED
    except Exception as error:
        note_failure(entry.model, row.pk, error)
        return BROKEN


def _erase_locked(entry: PersonalData, pk: Any, person: Person, now: datetime) -> str:
    rows = entry.model._default_manager
    row = rows.select_for_update(of=("self",)).filter(pk=pk).first()
    if row is None:  # it went with another one
        return ""
    why = entry.kept_by_law(row, now)
    if why:
        if entry.erase_around:
            entry.erase_around(row, person, now)
        return why
    about = [one.pk for one in OutgoingMessage.objects.about(row) if not _is_proof(one, now)]
    if entry.erase_on_request:
        entry.erase_on_request(row, person, now)
    else:
        entry.erase(row)
    if rows.filter(pk=pk).exists():
        # It stays, without her, and keeps its messages; after a restore, she would be back in it.
        deletions.note(row)
    else:
        OutgoingMessage.objects.filter(pk__in=about).delete()
    return ""


def _is_proof(message: OutgoingMessage, now: datetime) -> bool:
    return bool(REGISTER[OutgoingMessage].kept_by_law(message, now))


def _request_of(person: Person, *, by: Actor, now: datetime) -> RightsRequest:
    """The request that is being answered: the one an interruption has left open, or a new one."""
    left = RightsRequest.objects.filter(
        email=person.email, kind=RequestKind.ERASURE, state=RequestState.WAITING
    ).first()
    return left or receive(person.email, RequestKind.ERASURE, by=by, now=now)


def _close(request: RightsRequest, done: Erasure, *, by: Actor, now: datetime) -> None:
    """Answered when nothing stays but the proof of her requests; else open, with what stays."""
    proof = REGISTER[RightsRequest].processing
    stays = [f"{name}, {what}\u00a0: {why}" for name, what, why in done.kept if name != proof]
    request.text = "\n".join([("Reste, après l’effacement\u00a0:"), *stays] if stays else [])[
        :LONGEST
    ]
    request.answer = "" if stays else "Effacé par le site, à votre demande."
    request.save(update_fields=["text", "answer"])
    if not stays:
        LIFECYCLE.apply(request, "answer", by=by, now=now)
