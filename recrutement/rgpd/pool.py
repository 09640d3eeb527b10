"""The pool: what a person agreed to, and says of herself for it."""

from contextlib import suppress
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from recrutement.exceptions import NotInThePool
from recrutement.models import PoolConsent, RecruitmentSettings
from recrutement.services import own_data, pool, retention
from rgpd.register import Consent, Facts, Person, PersonalData, register

from .applications import APPLICANTS, RECIPIENTS


def kept_in_pool() -> timedelta:
    return RecruitmentSettings.load().kept_in_pool_for


def pool_in_words() -> str:
    return f"{RecruitmentSettings.load().pool_months} mois"


def ended_in_pool(limit: datetime) -> QuerySet[PoolConsent]:
    return pool.ended_consents(limit + kept_in_pool())


def of_person(person: Person) -> QuerySet[PoolConsent]:
    rows = PoolConsent.objects.filter(application__email=person.email, application__synthetic=False)
    return rows.select_related("application").prefetch_related("diplomas")


def said_of(consent: PoolConsent, _person: Person) -> Facts:
    return {"Candidature": consent.application.reference, **own_data.consent_said(consent)}


def agreed_at(consent: PoolConsent) -> datetime | None:
    if not consent.is_active(timezone.now()):
        return None
    return consent.renewed_at or consent.given_at


def withdraw(consent: PoolConsent, now: datetime) -> None:
    with suppress(NotInThePool):
        pool.withdraw(consent.application, now=now)


register(
    PersonalData(
        model=PoolConsent,
        processing="Vivier de candidats",
        purpose="Vous écrire au sujet d’autres postes, si vous l’avez accepté",
        legal_basis="consentement, que vous retirez quand vous voulez",
        data="votre candidature, ce que vous savez faire, vos diplômes, où vous voulez travailler",
        recipients=RECIPIENTS,
        people=APPLICANTS,
        retention=kept_in_pool,
        retention_words=pool_in_words,
        kept_since="votre accord ou son dernier renouvellement",
        ended=ended_in_pool,
        countdown=retention.countdown_in_pool,
        own_job=True,
        find=of_person,
        export=said_of,
        not_exported={"application": "dite par son numéro"},
        erase_on_request=lambda consent, person, now: pool.forget(consent, now=now),
        consents=(
            Consent(
                question="M’écrire au sujet d’autres postes, et garder ma candidature pour cela",
                given=agreed_at,
                version=lambda consent: consent.text_version,
                withdraw=withdraw,
            ),
        ),
    )
)
