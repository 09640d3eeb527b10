"""What people say of the courses: surveys and complaints."""

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from formation.enums import ComplaintState
from formation.models import Complaint, ComplaintEvent, Survey
from rgpd.register import PersonalData, register

#: One cycle of the quality certification, three years, and a margin.
CYCLE = timedelta(days=4 * 365 + 1)
SUSPECT_KEPT = timedelta(days=183)


def named_surveys(limit: datetime) -> QuerySet[Survey]:
    return Survey.objects.filter(session__ends_at__lt=limit, anonymised_at=None)


def anonymise(survey: Survey) -> None:
    """Keep the marks, from which results are counted; forget who gave them, and every text."""
    survey.respondent = f"anonyme:{survey.pk}"
    survey.enrolment = survey.request = survey.trainer = None
    survey.email = survey.comment = ""
    survey.answers = {
        question: mark for question, mark in survey.answers.items() if isinstance(mark, int)
    }
    survey.may_publish = False
    survey.anonymised_at = timezone.now()
    survey.save()


def old_complaints(limit: datetime) -> QuerySet[Complaint]:
    """Those that are over, and sooner those that a robot seems to have sent."""
    robots = [ComplaintState.SET_ASIDE, ComplaintState.DISCARDED]
    suspect = Q(state__in=robots, received_at__lt=limit + CYCLE - SUSPECT_KEPT)
    return Complaint.objects.filter(suspect | Q(answered_at__lt=limit))


register(
    PersonalData(
        model=Survey,
        processing="Évaluations des formations",
        purpose="Adapter la formation à vos attentes, et l’améliorer",
        legal_basis="obligation légale (article L6316-1 du code du travail)",
        data="réponses, commentaires, adresse électronique du financeur",
        retention=CYCLE,
        retention_words="4 ans, puis sans votre nom ni vos commentaires",
        kept_since="la fin de la session",
        ended=named_surveys,
        recipients="les personnes de l’équipe chargées de la formation, le formateur",
        erase=anonymise,
    )
)
register(
    PersonalData(
        model=Complaint,
        processing="Réclamations",
        purpose="Vous répondre, et corriger ce qui doit l’être",
        legal_basis="obligation légale (article L6316-1 du code du travail)",
        data="nom, coordonnées, session, réclamation et réponse",
        retention=CYCLE,
        retention_words="4 ans",
        kept_since="notre réponse",
        ended=old_complaints,
        recipients="les personnes de l’équipe chargées de la formation, la direction",
    ),
    followers=(ComplaintEvent,),
)
