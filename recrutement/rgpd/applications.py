"""Applications, and what is asked to come to an interview."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from recrutement.models import (
    AccommodationRequest,
    Application,
    ApplicationAnswer,
    ApplicationDocument,
    ApplicationEvent,
    ApplicationNote,
    ApplicationRating,
    ApplicationReveal,
    Interview,
    RecruitmentSettings,
)
from recrutement.services import own_data, retention, space
from recrutement.services.erasure import forget, grant
from rgpd.countdowns import Countdown
from rgpd.register import Consent, Facts, HeldFile, Person, PersonalData, register
from site_enys.templatetags.typography import long_date

RECIPIENTS = "les personnes de l’équipe chargées du recrutement"
APPLICANTS = "les personnes qui nous adressent une candidature"
#: The words above the field where the accommodation is asked for.
ACCOMMODATION_WORDS = "2026-11"
HELD = (
    "Cette candidature est gardée pour la constatation, l’exercice ou la défense de droits en "
    "justice, jusqu’au {day} au plus tard (RGPD, article 17.3.e)."
)
TECHNICAL = "identifiant technique"
SAID_BY_ROLE = "la fonction de la personne de l’équipe est dite, son nom lui appartient"


def kept_after_the_process() -> timedelta:
    return RecruitmentSettings.load().kept_for


def kept_in_words() -> str:
    return f"{RecruitmentSettings.load().kept_months} mois"


def ended(limit: datetime) -> QuerySet[Application]:
    """The rules count in days and months of Paris, from the instant of the purge itself."""
    return retention.due(limit + kept_after_the_process(), RecruitmentSettings.load())


def countdown(application: Application) -> Countdown:
    return retention.countdown(application, RecruitmentSettings.load())


def of_person(person: Person) -> QuerySet[Application]:
    """Each application of this mailbox is a row of its own, even when two people share it."""
    rows = Application.objects.real().filter(email=person.email)
    return retention.with_retention(rows).prefetch_related(*own_data.AROUND)


def files_of(application: Application, _person: Person) -> Iterable[HeldFile]:
    for document in application.documents.all():
        yield HeldFile(document.download_name, "application/pdf", document.file.open)


def held_for_a_dispute(application: Application, _now: datetime) -> str:
    day = retention.held_until(application, RecruitmentSettings.load())
    return HELD.format(day=long_date(day)) if day else ""


def correct(application: Application, values: Mapping[str, Any], now: datetime) -> None:
    space.correct(application, values, now=now)


register(
    PersonalData(
        model=Application,
        processing="Candidatures",
        purpose="Étudier votre candidature, vous répondre, et pouvoir expliquer notre choix",
        legal_basis="mesures précontractuelles prises à votre demande",
        data="prénom, nom, adresse électronique, téléphone, message, CV, suivi de la candidature",
        recipients=RECIPIENTS,
        people=APPLICANTS,
        retention=kept_after_the_process,
        retention_words=kept_in_words,
        kept_since="la fin du recrutement",
        ended=ended,
        countdown=countdown,
        erase=lambda application: forget(application, timezone.now()),
        own_job=True,
        find=of_person,
        export=lambda application, person: own_data.said_of(application),
        files=files_of,
        not_exported={
            "id": TECHNICAL,
            "link_nonce": "clé de vos liens, qui ne doit pas circuler",
            "hold_reason": "défense de la structure en justice (RGPD, article 15.4)",
            "synthetic": "distingue les envois que le site fait pour se vérifier",
            "ApplicationAnswer.position": "rang de la question",
            "ApplicationDocument.file": "nom technique\u202f; le fichier lui-même est joint",
            "ApplicationEvent.from_state": "l’historique dit le fait lui-même",
            "ApplicationEvent.to_state": "l’historique dit le fait lui-même",
            "ApplicationEvent.forced": "usage interne de l’équipe\u202f; le motif est dit",
            "ApplicationEvent.user": SAID_BY_ROLE,
            "ApplicationNote.author": SAID_BY_ROLE,
            "ApplicationRating.reviewer": SAID_BY_ROLE,
            "ApplicationReveal.user": SAID_BY_ROLE,
            "Interview.public_id": TECHNICAL,
            "Interview.sequence": "numéro de version, pour les agendas",
            "Interview.created_by": SAID_BY_ROLE,
        },
        kept_by_law=held_for_a_dispute,
        erase_on_request=lambda application, person, now: grant(application, now),
        corrections=space.CORRECTED,
        correct=correct,
    ),
    followers=(
        ApplicationAnswer,
        ApplicationDocument,
        ApplicationEvent,
        ApplicationNote,
        ApplicationRating,
        ApplicationReveal,
        Interview,
    ),
)


def asked_by(person: Person) -> QuerySet[AccommodationRequest]:
    rows = AccommodationRequest.objects.filter(
        application__email=person.email, application__synthetic=False
    )
    return rows.select_related("application", "application__pool_consent")


def what_she_needs(asked: AccommodationRequest, _person: Person) -> Facts:
    return {"Candidature": asked.application.reference, **own_data.accommodation_said(asked)}


register(
    PersonalData(
        model=AccommodationRequest,
        processing="Aménagements demandés pour un entretien",
        purpose="Vous recevoir dans de bonnes conditions",
        legal_basis="consentement, que vous retirez quand vous voulez (RGPD, article 9.2.a)",
        data="ce qu’il vous faut pour venir, gardé à part de ce qui est évalué",
        recipients="la personne qui organise l’entretien, jamais celles qui évaluent",
        people=APPLICANTS,
        retention=kept_after_the_process,
        retention_words=kept_in_words,
        kept_since="la fin du recrutement",
        ended=lambda limit: AccommodationRequest.objects.filter(application__in=ended(limit)),
        countdown=lambda asked: countdown(asked.application),
        own_job=True,
        find=asked_by,
        export=what_she_needs,
        not_exported={"application": "dite par son numéro"},
        erase_on_request=lambda asked, person, now: space.forget_accommodation(asked.application),
        consents=(
            Consent(
                question="Garder, pour l’entretien, l’aménagement que j’ai demandé",
                given=lambda asked: asked.at,
                version=lambda asked: ACCOMMODATION_WORDS,
                withdraw=lambda asked, now: space.forget_accommodation(asked.application),
            ),
        ),
    )
)
