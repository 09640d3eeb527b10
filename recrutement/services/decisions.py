"""Refusing somebody, and proposing the post: each with words that staff has read before."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from recrutement import emails
from recrutement.enums import ContractType, RejectReason, SalaryUnit
from recrutement.exceptions import PastDate, PayBelowOffer
from recrutement.models import Application, JobOfferPage, RejectionText
from recrutement.opening import day_in_paris
from recrutement.words import REJECTIONS
from site_enys.states import Actor, TransitionRefused
from site_enys.templatetags.typography import euros, long_date

from .lifecycle import LIFECYCLE


def usual_messages() -> dict[str, str]:
    """What is said for each reason: the firm's own words where the settings hold some."""
    own = dict(RejectionText.objects.values_list("reason", "text"))
    return {reason.value: own.get(reason) or words for reason, words in REJECTIONS.items()}


def reject(
    application: Application,
    reason: str,
    message: str,
    *,
    by: Actor,
    now: datetime,
    note: str = "",
    forced: bool = False,
) -> None:
    """Refuse, for a `RejectReason`, with this message; `note` stays inside.

    Interviews to come are called off by the same e-mail. Somebody to whom the post was proposed is
    only refused by `forced`, with a note. Raises TransitionRefused.
    """
    if reason not in RejectReason.values:
        raise TransitionRefused("Choisissez la raison du refus.", field="reject_reason")
    if not message.strip():
        raise TransitionRefused("Écrivez ce que la personne va lire.", field="message")
    with transaction.atomic():
        LIFECYCLE.apply(application, "reject", by=by, now=now, reason=note, forced=forced)
        application.reject_reason = reason
        application.save(update_fields=["reject_reason"])
        emails.rejected(application, message=message.strip())


@dataclass(frozen=True)
class Terms:
    """What is proposed: the pay is gross, in euros per `unit`; without `start`, to be agreed."""

    contract: ContractType
    pay: Decimal
    unit: SalaryUnit
    months: int | None = None
    start: date | None = None
    words: str = ""

    @property
    def contract_in_words(self) -> str:
        return (
            f"{self.contract.label}, {self.months}\u00a0mois"
            if self.months
            else (self.contract.label)
        )

    @property
    def in_words(self) -> str:
        """One line for the journal, which outlives the e-mail."""
        start = f", à partir du {long_date(self.start)}" if self.start else ""
        pay = f"{euros(self.pay)} brut {self.unit.label}"
        return f"Proposition\u00a0: {self.contract_in_words}, {pay}{start}."


def refuse_low_pay(offer: JobOfferPage | None, terms: Terms) -> None:
    """Raise PayBelowOffer below the range that the offer announced (directive 2023/970, art. 5)."""
    if offer is None or offer.salary_min is None or offer.salary_unit != terms.unit:
        return
    if terms.pay < offer.salary_min:
        raise PayBelowOffer(
            f"L’offre annonce {euros(offer.salary_min)} au moins {terms.unit.label}."
        )


def propose(
    application: Application, terms: Terms, *, by: Actor, now: datetime, reason: str = ""
) -> None:
    """Offer the post, with its contract, its pay and its first day in the e-mail.

    A pay below the range of the offer needs a reason, which stays inside. Raises PayBelowOffer,
    PastDate, TransitionRefused.
    """
    if terms.start and terms.start < day_in_paris(now):
        raise PastDate(field="start")
    if not reason.strip():
        refuse_low_pay(application.offer, terms)
    with transaction.atomic():
        journal = f"{terms.in_words} {reason}".strip()
        LIFECYCLE.apply(application, "propose", by=by, now=now, reason=journal)
        emails.proposed(
            application,
            contract=terms.contract_in_words,
            pay=terms.pay,
            unit=terms.unit.label,
            start=terms.start,
            words=terms.words.strip(),
        )
