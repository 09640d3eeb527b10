"""Who asks for a course, signs up for it, or teaches it."""

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from formation.enums import FIRM, TAILORED_FOLLOWED_UP
from formation.models import (
    Agreement,
    Attendance,
    Enrolment,
    EnrolmentEvent,
    EnrolmentRequest,
    TailoredRequest,
    TailoredRequestEvent,
    Trainer,
)
from rgpd.register import PersonalData, register

from .proofs import PROOFS_KEPT, PROOFS_KEPT_WORDS, PROOFS_SINCE, proofs_due

TEAM = "les personnes de l’équipe chargées de la formation"


def ended_requests(limit: datetime) -> QuerySet[EnrolmentRequest]:
    """Requests that led to nothing, for sessions that ended before `limit`."""
    unconverted = EnrolmentRequest.objects.exclude(enrolments__state__in=FIRM)
    undated = Q(session__ends_at=None, created_at__lt=limit)
    return unconverted.filter(Q(session__ends_at__lt=limit) | undated)


def erase_enrolment(enrolment: Enrolment) -> None:
    """Delete the enrolment, and its request when nothing else hangs on it."""
    request = enrolment.request
    enrolment.delete()
    if not request.enrolments.exists():
        request.delete()


def ended_trainers(limit: datetime) -> QuerySet[Trainer]:
    """Trainers shown on no course, whose last session ended before `limit`."""
    gone = Trainer.objects.filter(courses=None, slots__ends_at__lt=limit)
    return gone.exclude(slots__ends_at__gte=limit).distinct()


#: A request that led nowhere goes with those of the sessions; one that was followed up is a
#: prospect's, kept three years after the last contact (CNIL, référentiel « gestion commerciale »).
TAILORED_KEPT = timedelta(days=183)
PROSPECT_KEPT = timedelta(days=3 * 365 + 1)


def silent_tailored_requests(limit: datetime) -> QuerySet[TailoredRequest]:
    """Requests made for a team, nothing of which has moved for as long as its state allows."""
    silent = TailoredRequest.objects.silent_since
    followed_up = Q(state__in=TAILORED_FOLLOWED_UP)
    return silent(limit).exclude(followed_up) | silent(
        limit + TAILORED_KEPT - PROSPECT_KEPT
    ).filter(followed_up)


register(
    PersonalData(
        model=EnrolmentRequest,
        processing="Demandes d’inscription aux formations",
        purpose="Étudier votre demande, vous répondre et tenir la liste d’attente",
        legal_basis="mesures précontractuelles prises à votre demande",
        data=(
            "identité, coordonnées, employeur le cas échéant, noms et adresses de qui signe et "
            "de qui reçoit la facture, message, souhait d’être contacté pour un aménagement, "
            "convention ou contrat et preuve de sa signature"
        ),
        retention=timedelta(days=183),
        retention_words="6 mois",
        kept_since="la fin de la session, si la demande n’aboutit pas",
        ended=ended_requests,
        recipients=TEAM,
    ),
    followers=(Agreement,),
)
register(
    PersonalData(
        model=Enrolment,
        processing="Inscriptions aux formations",
        purpose="Organiser la formation et en garder les preuves que la loi demande",
        legal_basis="exécution du contrat ou de la convention, puis obligation légale",
        data=(
            "identité, coordonnées, session suivie, dates du contrat, présences et signatures, "
            "notes de l’équipe, historique de l’inscription"
        ),
        retention=PROOFS_KEPT,
        retention_words=PROOFS_KEPT_WORDS,
        kept_since=PROOFS_SINCE,
        ended=proofs_due(Enrolment),
        recipients=(
            f"{TEAM}, le formateur de la session et, pour une convention, votre employeur et "
            "son financeur"
        ),
        erase=erase_enrolment,
    ),
    followers=(EnrolmentEvent, Attendance),
)
register(
    PersonalData(
        model=TailoredRequest,
        processing="Demandes de formation sur mesure",
        purpose="Étudier votre besoin et vous faire une proposition",
        legal_basis="mesures précontractuelles prises à votre demande",
        data="nom, coordonnées professionnelles, organisme, besoin de formation",
        retention=TAILORED_KEPT,
        retention_words="6 mois (3 ans si nous y donnons suite)",
        kept_since="notre dernier échange",
        ended=silent_tailored_requests,
        recipients=TEAM,
    ),
    followers=(TailoredRequestEvent,),
)
register(
    PersonalData(
        model=Trainer,
        processing="Formateurs",
        purpose="Présenter les personnes qui enseignent, avec leurs titres",
        legal_basis="obligation légale (articles L6353-4 et L6353-8 du code du travail)",
        data="nom, titres et qualités, adresse électronique",
        retention=timedelta(days=6 * 365 + 2),
        retention_words="le temps de la collaboration, puis 6 ans",
        kept_since="la dernière session animée",
        ended=ended_trainers,
    ),
)
