"""How long applications live (CNIL, guide du recrutement, 2023: no « two years » by default)."""

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from rgpd.register import PersonalData, register

from .enums import ENDED, ApplicationState
from .models import Application, ApplicationDocument, ApplicationEvent

KEPT_AFTER_THE_PROCESS = timedelta(days=92)  # three months, in the longest case
KEPT_IN_QUARANTINE = timedelta(days=30)


def ended(limit: datetime) -> QuerySet[Application]:
    """The applications whose process ended before `limit`, or that nobody let in for 30 days."""
    now = limit + KEPT_AFTER_THE_PROCESS
    return Application.objects.filter(
        Q(state__in=ENDED, state_changed_at__lt=limit)
        | Q(
            state=ApplicationState.QUARANTINE,
            state_changed_at__lt=now - KEPT_IN_QUARANTINE,
        )
    )


register(
    PersonalData(
        model=Application,
        processing="Candidatures",
        purpose="Étudier votre candidature, vous répondre, et pouvoir expliquer notre choix",
        legal_basis="mesures précontractuelles prises à votre demande",
        data="prénom, nom, adresse électronique, téléphone, message, CV, suivi de la candidature",
        recipients="les personnes de l’équipe chargées du recrutement",
        retention=KEPT_AFTER_THE_PROCESS,
        retention_words="3 mois",
        kept_since="la fin du recrutement",
        ended=ended,
    ),
    followers=(ApplicationDocument, ApplicationEvent),
)
