"""What trainees, employers, funders and trainers answer to our questionnaires."""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from formation.enums import SurveyKind
from formation.models import Survey
from formation.services.surveys.reminders import REMINDED_AFTER
from formation.services.surveys.windows import closes_at
from rgpd.countdowns import Countdown
from rgpd.exporting import KEY, facts
from rgpd.register import Consent, Facts, Person, PersonalData, register

from .enrolments import session_told
from .proofs import CYCLE, NO_DATE


def named_surveys(limit: datetime) -> QuerySet[Survey]:
    return Survey.objects.filter(session__ends_at__lt=limit, anonymised_at=None)


def end_of_survey(survey: Survey) -> Countdown:
    if survey.anonymised_at:
        return Countdown(None, waits_for="sans rien qui dise de qui il vient")
    if survey.session.ends_at is None:
        return Countdown(None, waits_for=NO_DATE)
    return Countdown(timezone.localdate(survey.session.ends_at + CYCLE))


def anonymise(survey: Survey, now: datetime | None = None) -> None:
    """Keep the marks, from which results are counted; forget who gave them, and every text."""
    survey.respondent = f"anonyme:{survey.pk}"
    survey.enrolment = survey.request = survey.trainer = None
    survey.email = survey.comment = ""
    survey.answers = {
        question: mark for question, mark in survey.answers.items() if isinstance(mark, int)
    }
    survey.may_publish = False
    survey.anonymised_at = now or timezone.now()
    survey.save()


def surveys_of(person: Person) -> QuerySet[Survey]:
    """Those that she was asked to answer; once anonymised, nobody's."""
    company = Q(kind=SurveyKind.COMPANY, request__contact_email__iexact=person.email)
    asked = (
        Q(enrolment__email_key=person.email)
        | Q(trainer__email__iexact=person.email)
        | Q(email__iexact=person.email)
    )
    rows = Survey.objects.filter(asked | company, anonymised_at=None)
    return rows.select_related("session__course", "session__venue", "enrolment", "request")


def survey_told(survey: Survey, _person: Person) -> Facts:
    return {
        **session_told(survey.session),
        **facts(survey, "kind", "email", "sent_at", "reminders", "reminded_at", "answered_at"),
        "Réponses": dict(survey.told),
        **facts(survey, "rating", "may_publish", "notice_version", "notice_shown_at"),
    }


def forget_answers(survey: Survey, _person: Person, now: datetime) -> None:
    """Anonymise; while it is still open, empty it instead, so that it is not sent once more."""
    if survey.kind == SurveyKind.FUNDER or now >= closes_at(survey):
        anonymise(survey, now)
        return
    survey.answers, survey.comment, survey.may_publish = {}, "", False
    survey.rating = survey.answered_at = None
    survey.reminders = len(REMINDED_AFTER)
    survey.save()


def quoted(survey: Survey) -> datetime | None:
    return survey.answered_at if survey.may_publish else None


def quote_no_more(survey: Survey, _now: datetime) -> None:
    Survey.objects.filter(pk=survey.pk).update(may_publish=False)


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
        people="les stagiaires, les entreprises, les financeurs et les formateurs",
        ended=named_surveys,
        countdown=end_of_survey,
        reads=("session",),
        recipients="les personnes de l’équipe chargées de la formation, le formateur",
        erase=anonymise,
        find=surveys_of,
        export=survey_told,
        not_exported={
            "respondent": "numéro interne de la fiche de qui répond",
            "enrolment": "votre inscription, qui est une donnée à part",
            "request": "votre demande, qui est une donnée à part",
            "trainer": "votre fiche, qui est une donnée à part",
            "comment": "dit parmi les réponses",
            "anonymised_at": "vide\u00a0: une évaluation anonymisée n’est plus à personne",
            "public_id": KEY,
            "link_nonce": KEY,
        },
        erase_on_request=forget_answers,
        consents=(
            Consent(
                question="Être cité(e) sans mon nom sur le site",
                given=quoted,
                version=lambda survey: survey.notice_version,
                withdraw=quote_no_more,
            ),
        ),
    )
)
