"""What the report lacks, shown all year rather than found in April."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Model

from formation.enums import BuyerType, SessionState
from formation.models import Session
from home.models import OrganisationSettings
from site_enys.french import plural

from .facts import Followed, Product, Taught


@dataclass(frozen=True)
class Gap:
    """Something to fill in: for which part of the form, in words, and where."""

    part: str
    singular: str
    plural: str
    records: Sequence[Model]

    @property
    def sentence(self) -> str:
        return plural(len(self.records), self.singular, self.plural)


def gaps_of_the_firm(organisation: OrganisationSettings) -> list[Gap]:
    missing = [] if organisation.training_number else [organisation]
    return _found(Gap("A", "numéro de déclaration à renseigner", "numéros de déclaration", missing))


def gaps_of_products(products: Iterable[Product]) -> list[Gap]:
    estimated = [fact.request for fact in products if fact.estimated and fact.amount is not None]
    unknown = [fact.request for fact in products if fact.amount is None]
    unfunded = [
        fact.request
        for fact in products
        if fact.request.buyer_type == BuyerType.COMPANY and not fact.request.funder
    ]
    return _found(
        Gap(
            "C",
            "demande sans convention ni contrat signé\u00a0: son montant est estimé",
            "demandes sans convention ni contrat signé\u00a0: leur montant est estimé",
            estimated,
        ),
        Gap("C", "demande sans tarif connu", "demandes sans tarif connu", unknown),
        Gap(
            "C",
            "demande d’entreprise sans financeur, comptée en C-1",
            "demandes d’entreprise sans financeur, comptées en C-1",
            unfunded,
        ),
    )


def gaps_of_sessions(ended: Iterable[Session], taught: Iterable[Taught]) -> list[Gap]:
    """`ended` are the sessions of the year that are over and had people; with their slots."""
    sessions = list(ended)
    nameless = {fact.session_id for fact in taught if fact.trainer is None}
    return _found(
        Gap(
            "E",
            "session dont une demi-journée n’a pas de formateur",
            "sessions dont une demi-journée n’a pas de formateur",
            [session for session in sessions if session.pk in nameless],
        ),
        Gap(
            "F",
            "session finie qui n’est pas encore close",
            "sessions finies qui ne sont pas encore closes",
            [session for session in sessions if session.state != SessionState.COMPLETED],
        ),
        Gap(
            "F",
            "session dont une demi-journée n’est pas contresignée",
            "sessions dont une demi-journée n’est pas contresignée",
            [session for session in sessions if session.unsigned],
        ),
    )


def gaps_of_courses(followed: Iterable[Followed]) -> list[Gap]:
    courses = {fact.enrolment.session.course for fact in followed}
    return _found(
        Gap(
            "F-3",
            "formation certifiante sans code RNCP ou RS",
            "formations certifiantes sans code RNCP ou RS",
            [one for one in courses if one.is_certifying and not one.certification_code],
        ),
        Gap(
            "F-4",
            "formation sans code NSF",
            "formations sans code NSF",
            [one for one in courses if not one.nsf_code],
        ),
    )


def _found(*gaps: Gap) -> list[Gap]:
    return [gap for gap in gaps if gap.records]
