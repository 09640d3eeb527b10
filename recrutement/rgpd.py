"""How long applications live (CNIL, guide du recrutement, 2023: no « two years » by default)."""

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from rgpd.register import PersonalData, register

from .enums import ApplicationState
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


def kept_after_the_process() -> timedelta:
    return RecruitmentSettings.load().kept_for


def kept_in_words() -> str:
    return f"{RecruitmentSettings.load().kept_months} mois"


def ended(limit: datetime) -> QuerySet[Application]:
    """The applications decided before `limit`, or that nobody let in for too long."""
    settings = RecruitmentSettings.load()
    not_let_in_since = limit + settings.kept_for - timedelta(days=settings.quarantine_days)
    return Application.objects.filter(
        Q(decided_at__lt=limit)
        | Q(state=ApplicationState.QUARANTINE, state_changed_at__lt=not_let_in_since)
    )


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
        PoolConsent,
    ),
)
