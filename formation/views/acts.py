"""What the holder of a link may do with an enrolment, as a table."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from formation.exceptions import NoOtherSession
from formation.forms.follow import (
    ConfirmForm,
    CorrectForm,
    SubstituteForm,
    TransferForm,
)
from formation.models import Enrolment, EnrolmentRequest, Session
from formation.services import changes
from formation.services.lifecycle import ENROLMENT_LIFECYCLE
from formation.services.upkeep import refuse_unless_live
from site_enys.exceptions import Refused, refusal_of
from site_enys.public_forms import PublicForm
from site_enys.states import PERSON


@dataclass
class Follow:
    """What a link has opened, for whom."""

    word: str
    obj: Any
    demand: EnrolmentRequest
    people: list[Enrolment]
    now: datetime = field(default_factory=timezone.now)

    @property
    def decides(self) -> bool:
        """Whether the holder of the link is the buyer."""
        return self.word == "demande"

    @property
    def url(self) -> str:
        return reverse("formation_follow", args=[self.word, self.obj.public_id])

    @cached_property
    def other_sessions(self) -> list[Session]:
        """Where these people, who are all in one session, could go instead."""
        return changes.other_sessions(self.people[0], self.now)

    def person(self, public_id: UUID) -> Enrolment:
        for enrolment in self.people:
            if enrolment.public_id == public_id:
                return enrolment
        raise Http404


@dataclass(frozen=True)
class Act:
    """Something that the holder of a link may do with one enrolment."""

    label: str
    explanation: str
    done: str
    run: Callable[[Follow, Enrolment, Any], Any]
    refusal: Callable[[Follow, Enrolment], Refused | None]
    form: Callable[..., PublicForm] = lambda follow, enrolment, *data: ConfirmForm(*data)
    buyer_only: bool = False
    grave: bool = False

    def is_open(self, follow: Follow, enrolment: Enrolment) -> bool:
        allowed = follow.decides or not self.buyer_only
        return allowed and self.refusal(follow, enrolment) is None


def _transition(name: str, **texts: Any) -> Act:
    return Act(
        run=lambda follow, enrolment, form: ENROLMENT_LIFECYCLE.apply(
            enrolment, name, by=PERSON, now=follow.now
        ),
        refusal=lambda follow, enrolment: ENROLMENT_LIFECYCLE.refusal(
            enrolment, name, PERSON, follow.now
        ),
        **texts,
    )


def _transfer_refusal(follow: Follow, enrolment: Enrolment) -> Refused | None:
    refusal = refusal_of(changes.refuse_move, enrolment, PERSON, follow.now)
    if refusal is None and not follow.other_sessions:
        return NoOtherSession()
    return refusal


def _correct_refusal(follow: Follow, enrolment: Enrolment) -> Refused | None:
    del follow
    return refusal_of(refuse_unless_live, enrolment)


ACTS: dict[str, Act] = {
    "accepter": _transition(
        "accept_offer",
        label="Accepter la place",
        explanation="La place est comptée, et la demande mise à l’étude.",
        done="C’est noté\u00a0: la place est acceptée.",
        buyer_only=True,
    ),
    "laisser": _transition(
        "decline_offer",
        label="Laisser la place",
        explanation="La place ira à la demande suivante, et celle-ci sera close.",
        done="C’est noté\u00a0: la place est rendue.",
        buyer_only=True,
        grave=True,
    ),
    "coordonnees": Act(
        label="Corriger les coordonnées",
        explanation="Pour que nos messages, la convocation et l’attestation soient justes.",
        done="Les coordonnées sont corrigées.",
        run=lambda follow, enrolment, form: changes.correct(
            enrolment, form.values(), by=PERSON, now=follow.now
        ),
        refusal=_correct_refusal,
        form=lambda follow, enrolment, *data: CorrectForm(
            *data, initial={name: getattr(enrolment, name) for name in CorrectForm.NAMES}
        ),
    ),
    "remplacer": Act(
        label="Remplacer par un ou une collègue",
        explanation=(
            "Votre collègue prend la place, ou le rang, tels qu’ils sont. "
            "Chaque personne reçoit un message."
        ),
        done="Le remplacement est enregistré.",
        run=lambda follow, enrolment, form: changes.substitute(
            enrolment, form.trainee(), by=PERSON, now=follow.now
        ),
        refusal=lambda follow, enrolment: ENROLMENT_LIFECYCLE.refusal(
            enrolment, "substitute", PERSON, follow.now
        ),
        form=lambda follow, enrolment, *data: SubstituteForm(*data),
        buyer_only=True,
    ),
    "reporter": Act(
        label="Choisir une autre date",
        explanation="La place de cette session est rendue, celle de l’autre est prise.",
        done="L’inscription est reportée\u00a0: un message vous donne le lien qui la suit.",
        run=lambda follow, enrolment, form: changes.transfer(
            enrolment, form.cleaned_data["session"], by=PERSON, now=follow.now
        ),
        refusal=_transfer_refusal,
        form=lambda follow, enrolment, *data: TransferForm(*data, sessions=follow.other_sessions),
        buyer_only=True,
    ),
    "annuler": _transition(
        "withdraw",
        label="Se désister",
        explanation=(
            "La place est rendue et proposée à la liste d’attente\u00a0: "
            "un désistement ne se reprend pas."
        ),
        done="Le désistement est enregistré.",
        grave=True,
    ),
    "retractation": _transition(
        "retract",
        label="Se rétracter du contrat",
        explanation="Le contrat prend fin, sans motif à donner et sans frais.",
        done="La rétractation est enregistrée\u00a0: vous ne devez rien.",
        buyer_only=True,
        grave=True,
    ),
}

#: Not about one enrolment: the company's contact corrects who follows the whole request.
CONTACT = Act(
    label="Corriger le contact",
    explanation="La personne qui suit la demande dans l’entreprise, et qui reçoit ce lien.",
    done="Le contact est corrigé.",
    run=lambda follow, enrolment, form: changes.correct_contact(
        follow.demand, form.values(), by=PERSON, now=follow.now
    ),
    refusal=lambda follow, enrolment: None,
)
