"""States as data: one table of transitions per kind of record, one function that applies them.

A `Lifecycle` answers three questions from the same table: what may this person do now
(`possible`), why not (`TransitionRefused`), and what happened (the event rows). Screens ask
`possible`, so that a button that is shown works.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NoReturn

from django.db import models, transaction

from .exceptions import Refused, refusal_of


class Role(models.TextChoices):
    """Who asks for a transition."""

    STAFF = "staff", "l’équipe"
    PERSON = "person", "la personne concernée"  # by her own signed link
    SYSTEM = "system", "le site"


@dataclass(frozen=True)
class Actor:
    """Somebody, or the system, acting on a record."""

    role: Role
    user: Any = None


SYSTEM = Actor(Role.SYSTEM)
PERSON = Actor(Role.PERSON)


def staff(user: Any) -> Actor:
    return Actor(Role.STAFF, user)


class TransitionRefused(Refused):
    """The transition is not possible now."""


@dataclass(frozen=True)
class Transition:
    """One row of a transition table.

    `guard(obj, now)` raises a Refused with the reason. `caution(obj, now)` does the same for a
    custom that staff may set aside with a written reason. `sets(obj, now)` names the columns that
    are written with the state. `effect(obj, now)` then makes the other changes that belong to the
    same transaction and may refuse too. `message(obj)` queues the e-mail. A row with its
    `own_screen` needs more than a reason: a service calls it, and no generic button offers it. One
    that `takes_away` what somebody was given or waits for has a red button.
    """

    name: str
    label: str
    sources: frozenset[str]
    target: str
    allowed_for: frozenset[Role] = frozenset({Role.STAFF})
    needs_reason: bool = False
    guard: Callable[[Any, datetime], None] | None = None
    caution: Callable[[Any, datetime], None] | None = None
    sets: Callable[[Any, datetime], dict[str, Any]] | None = None
    effect: Callable[[Any, datetime], None] | None = None
    message: Callable[[Any], None] | None = None
    own_screen: bool = False
    takes_away: bool = False


class StateEvent(models.Model):
    """Append-only trace of a transition; each kind of record has its own table.

    Subclasses add `subject`, a cascading foreign key with `related_name="events"`: the trace goes
    with the record it is about, and never alone.
    """

    at = models.DateTimeField("le")
    transition = models.CharField("transition", max_length=40)
    from_state = models.CharField("de l’état", max_length=40)
    to_state = models.CharField("à l’état", max_length=40)
    role = models.CharField("par", max_length=10, choices=Role)
    user = models.ForeignKey(
        "site_enys.User",
        verbose_name="compte",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,  # the trace outlives the account
        related_name="+",
    )
    reason = models.TextField("motif", blank=True, max_length=2000)
    forced = models.BooleanField("contre l’usage", default=False)

    class Meta:
        abstract = True
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.transition} ({self.from_state} → {self.to_state})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("Un événement ne se modifie pas.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("Un événement ne s’efface qu’avec ce dont il parle.")


@dataclass(frozen=True)
class Lifecycle:
    """The transition table of one model.

    The model has the fields `state` and `state_changed_at`; `event_model` is its StateEvent.
    """

    event_model: type[StateEvent]
    transitions: tuple[Transition, ...]
    by_name: dict[str, Transition] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_name", {row.name: row for row in self.transitions})
        if len(self.by_name) != len(self.transitions):
            raise ValueError("Deux transitions portent le même nom.")

    def possible(self, obj: Any, by: Actor, now: datetime) -> list[Transition]:
        """The transitions that `by` may ask for now by a button, in the order of the table."""
        return [
            row
            for row in self.transitions
            if not row.own_screen and self.refusal(obj, row.name, by, now) is None
        ]

    def apply(
        self,
        obj: Any,
        name: str,
        *,
        by: Actor,
        now: datetime,
        reason: str = "",
        forced: bool = False,
    ) -> StateEvent:
        """Change the state of `obj`, write the event, run the effect and queue the message.

        One transaction, on the locked row; `obj` is refreshed. `forced` sets aside the caution of
        the row, for staff and with a reason. Raises TransitionRefused when the table says no or
        the record is gone, the guard's, the caution's or the effect's own Refused, KeyError when
        the table has no such transition.
        """
        row = self.by_name[name]
        with transaction.atomic():
            rows = type(obj)._default_manager.select_for_update(of=("self",))
            locked = rows.filter(pk=obj.pk).first()
            if locked is None:
                raise TransitionRefused("Cette fiche n’existe plus.")
            refusal = self.refusal(locked, name, by, now)
            if refusal is not None:
                raise refusal
            caution = self.caution(locked, name, now)
            forced = forced and by.role == Role.STAFF and caution is not None
            if caution is not None and not forced:
                raise caution
            if (row.needs_reason or forced) and not reason.strip():
                raise TransitionRefused("Écrivez pourquoi\u00a0: le motif manque.", field="reason")
            event = self.record(
                locked, row.target, name=name, by=by, now=now, reason=reason, forced=forced
            )
            changes = {"state": row.target, "state_changed_at": now}
            changes |= row.sets(locked, now) if row.sets else {}
            for field, value in changes.items():
                setattr(locked, field, value)
            locked.save(update_fields=changes)
            if row.effect:
                row.effect(locked, now)
            if row.message:
                row.message(locked)
        obj.refresh_from_db()
        return event

    def record(
        self,
        obj: Any,
        target: str,
        *,
        name: str,
        by: Actor,
        now: datetime,
        reason: str = "",
        forced: bool = False,
    ) -> StateEvent:
        """Write the event row of a change from the present state of `obj` to `target`.

        `apply` calls it; services call it for a creation, where both states are the same.
        """
        events: Any = self.event_model._default_manager  # `subject` is on the subclasses
        return events.create(
            subject=obj,
            at=now,
            transition=name,
            from_state=obj.state,
            to_state=target,
            role=by.role.value,
            user=by.user,
            reason=reason.strip(),
            forced=forced,
        )

    def refusal(self, obj: Any, name: str, by: Actor, now: datetime) -> Refused | None:
        """Why `by` cannot ask for the transition now; None when nothing stands in the way."""
        row = self.by_name[name]
        if by.role not in row.allowed_for:
            return TransitionRefused("Cette action ne vous est pas ouverte.")
        if elsewhere := refusal_of(self.refuse_unless_starts_from, obj, name):
            return elsewhere
        return refusal_of(row.guard, obj, now) if row.guard else None

    def refuse_unless_starts_from(self, obj: Any, name: str) -> None:
        """Raise TransitionRefused when the transition does not start from the state of `obj`."""
        row = self.by_name[name]
        if obj.state not in row.sources:
            raise TransitionRefused(
                f"Ce n’est pas possible\u00a0: l’état est «\u00a0{obj.get_state_display()}\u202f»."
            )

    def caution(self, obj: Any, name: str, now: datetime) -> Refused | None:
        """The custom that the transition would break now, if any."""
        check = self.by_name[name].caution
        return refusal_of(check, obj, now) if check else None


def states(*values: Iterable[str] | str) -> frozenset[str]:
    """A set of states from single values and groups."""
    result: set[str] = set()
    for value in values:
        result.update([value] if isinstance(value, str) else value)
    return frozenset(result)
