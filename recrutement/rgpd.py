"""What recruitment holds about people, why, and until when (`services/retention.py`)."""

from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from rgpd.register import PersonalData, register

from .models import (
    AccommodationRequest,
    Application,
    ApplicationAnswer,
    ApplicationDocument,
    ApplicationEvent,
    ApplicationNote,
    ApplicationRating,
    ApplicationReveal,
    Interview,
    PoolConsent,
    RecruitmentSettings,
)
from .services.erasure import forget
from .services.pool import ended_consents
from .services.retention import due


def kept_after_the_process() -> timedelta:
    return RecruitmentSettings.load().kept_for


def kept_in_pool() -> timedelta:
    return RecruitmentSettings.load().kept_in_pool_for


def kept_in_words() -> str:
    return f"{RecruitmentSettings.load().kept_months} mois"


def pool_in_words() -> str:
    return f"{RecruitmentSettings.load().pool_months} mois"


def ended(limit: datetime) -> QuerySet[Application]:
    """The rules count in days and months of Paris, from the instant of the purge itself."""
    return due(limit + kept_after_the_process(), RecruitmentSettings.load())


def ended_in_pool(limit: datetime) -> QuerySet[PoolConsent]:
    return ended_consents(limit + kept_in_pool())


register(
    PersonalData(
        model=Application,
        processing="Candidatures",
        purpose="Étudier votre candidature, vous répondre, et pouvoir expliquer notre choix",
        legal_basis="mesures précontractuelles prises à votre demande",
        data="prénom, nom, adresse électronique, téléphone, message, CV, suivi de la candidature",
        recipients="les personnes de l’équipe chargées du recrutement",
        retention=kept_after_the_process,
        retention_words=kept_in_words,
        kept_since="la fin du recrutement",
        ended=ended,
        erase=lambda application: forget(application, timezone.now()),
        own_job=True,
    ),
    followers=(
        AccommodationRequest,
        ApplicationAnswer,
        ApplicationDocument,
        ApplicationEvent,
        ApplicationNote,
        ApplicationRating,
        ApplicationReveal,
        Interview,
    ),
)
register(
    PersonalData(
        model=PoolConsent,
        processing="Vivier de candidats",
        purpose="Vous écrire au sujet d’autres postes, si vous l’avez accepté",
        legal_basis="consentement, que vous retirez quand vous voulez",
        data="votre candidature, ce que vous savez faire, vos diplômes, où vous voulez travailler",
        recipients="les personnes de l’équipe chargées du recrutement",
        retention=kept_in_pool,
        retention_words=pool_in_words,
        kept_since="votre accord ou son dernier renouvellement",
        ended=ended_in_pool,
        own_job=True,
    )
)
