"""Refusing several people, each with a message that has been read before it leaves."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from recrutement.enums import RejectReason
from recrutement.models import Application, RecruitmentSettings
from site_enys.exceptions import Refused
from site_enys.states import Actor, TransitionRefused

from .decisions import reject
from .lifecycle import LIFECYCLE

#: More are not read one by one.
MOST_AT_ONCE = 50

Left = list[tuple[Application, Refused]]


@dataclass
class Outcome:
    """Who got the answer, and why not the others."""

    done: list[Application] = field(default_factory=list)
    left: Left = field(default_factory=list)


def sort(applications: Iterable[Application], *, by: Actor, now: datetime) -> Outcome:
    """Those who can be refused together now, and why the others cannot.

    Somebody to whom the post was proposed is refused alone, with a reason.
    """
    outcome = Outcome()
    for application in applications:
        refusal = LIFECYCLE.refusal(application, "reject", by, now)
        refusal = refusal or LIFECYCLE.caution(application, "reject", now)
        if refusal is None and len(outcome.done) >= MOST_AT_ONCE:
            refusal = TransitionRefused(f"{MOST_AT_ONCE} personnes au plus à la fois.")
        if refusal is None:
            outcome.done.append(application)
        else:
            outcome.left.append((application, refusal))
    return outcome


def facts(applications: Sequence[Application], reason: str, message: str) -> list[object]:
    """All that the messages depend on: another value is another preview."""
    people = sorted(
        (
            str(one.pk),
            one.state,
            one.state_changed_at.isoformat(),
            one.first_name,
            one.email,
            one.subject,
        )
        for one in applications
    )
    settings = RecruitmentSettings.load()
    return [people, reason, message.strip(), settings.kept_months, settings.pool_months]


def refuse_all(
    applications: Sequence[Application],
    reason: RejectReason | str,
    message: str,
    *,
    by: Actor,
    now: datetime,
    note: str = "",
) -> Outcome:
    """Refuse each in her own transaction: one that has changed meanwhile is left as she is."""
    outcome = Outcome()
    for application in applications[:MOST_AT_ONCE]:
        try:
            reject(application, reason, message, by=by, now=now, note=note)
        except Refused as refusal:
            outcome.left.append((application, refusal))
        else:
            outcome.done.append(application)
    return outcome
