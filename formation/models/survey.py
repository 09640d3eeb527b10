"""What trainees, companies, funders and trainers say of a session."""

import uuid

from django.contrib.admin import display
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from formation.enums import SurveyKind
from formation.questionnaires import COMMENT, QUESTIONNAIRES
from rgpd.models import Informed

from .enrolment import Enrolment, EnrolmentRequest
from .people import Trainer
from .session import Session

#: The general question is answered from 1 (not at all) to 4 (entirely satisfied).
WORST, BEST = 1, 4
#: From here on, somebody is counted as satisfied.
SATISFIED = 3


class SurveyQuerySet(models.QuerySet["Survey"]):
    def answered(self) -> "SurveyQuerySet":
        return self.filter(answered_at__isnull=False)


class Survey(Informed):
    """One questionnaire for one respondent, sent or answered.

    `respondent` says who (« enrolment:12 », « request:9 », « trainer:3 »), once per session and
    kind; an anonymised one keeps its marks and loses its respondent. `rating` is the answer to
    the general question, from which the published rate is counted.
    """

    kind = models.CharField("questionnaire", max_length=10, choices=SurveyKind)
    session = models.ForeignKey(
        Session, verbose_name="session", on_delete=models.PROTECT, related_name="surveys"
    )
    respondent = models.CharField("répondant", max_length=40)
    enrolment = models.ForeignKey(
        Enrolment,
        verbose_name="inscription",
        null=True,
        on_delete=models.SET_NULL,
        related_name="surveys",
    )
    request = models.ForeignKey(
        EnrolmentRequest,
        verbose_name="demande",
        null=True,
        on_delete=models.SET_NULL,
        related_name="surveys",
    )
    trainer = models.ForeignKey(
        Trainer,
        verbose_name="formateur",
        null=True,
        on_delete=models.SET_NULL,
        related_name="surveys",
    )
    # Where a funder is written to: no other record knows the address.
    email = models.EmailField("adresse électronique", max_length=254, blank=True)
    public_id = models.UUIDField("lien", default=uuid.uuid4, unique=True, editable=False)
    link_nonce = models.UUIDField("clé du lien", default=uuid.uuid4, editable=False)
    sent_at = models.DateTimeField("envoyé le")
    reminders = models.PositiveSmallIntegerField("relances", default=0)
    reminded_at = models.DateTimeField("relancé le", null=True)
    answered_at = models.DateTimeField("répondu le", null=True)
    answers = models.JSONField("réponses", default=dict)
    rating = models.PositiveSmallIntegerField(
        "satisfaction",
        null=True,
        validators=[MinValueValidator(WORST), MaxValueValidator(BEST)],
    )
    comment = models.TextField("commentaire", max_length=2000, blank=True)
    may_publish = models.BooleanField("accepte d’être cité", default=False)
    anonymised_at = models.DateTimeField("anonymisé le", null=True)

    objects = SurveyQuerySet.as_manager()

    class Meta:
        verbose_name = "évaluation"
        verbose_name_plural = "évaluations"
        ordering = ["-sent_at", "-pk"]
        indexes = [models.Index(fields=["session", "kind"], name="survey_by_session")]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "kind", "respondent"],
                name="one_survey_per_respondent",
                violation_error_message="Ce questionnaire est déjà envoyé.",
            ),
            models.CheckConstraint(
                condition=Q(rating=None) | Q(rating__gte=WORST, rating__lte=BEST),
                name="survey_rating_is_on_the_scale",
                violation_error_message=f"La satisfaction va de {WORST} à {BEST}.",
            ),
            models.CheckConstraint(
                condition=Q(rating=None) | Q(answered_at__isnull=False),
                name="survey_with_a_rating_is_answered",
                violation_error_message="Une réponse a une date.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} n°\u00a0{self.pk}"

    @property
    @display(description="envoyée à")
    def respondent_name(self) -> str:
        """Who was asked; nothing once it is anonymised."""
        if self.enrolment:
            return self.enrolment.full_name
        if self.trainer:
            return self.trainer.name
        if self.request is None:
            return ""
        if self.kind == SurveyKind.FUNDER:
            return self.request.funder_name
        return self.request.contact_name

    @property
    @display(description="adresse électronique")
    def address(self) -> str:
        """Where the respondent is written to."""
        if self.enrolment:
            return self.enrolment.email
        if self.trainer:
            return self.trainer.email
        if self.request and self.kind == SurveyKind.COMPANY:
            return self.request.contact_email
        return self.email

    @property
    def told(self) -> tuple[tuple[str, str], ...]:
        """The questions and answers, in the words that were read beside them."""
        answers = self.answers | ({COMMENT: self.comment} if self.comment else {})
        return tuple(
            (question.label, question.told(answers[question.key]))
            for question in QUESTIONNAIRES[self.kind].questions
            if question.key in answers
        )

    @property
    def answers_in_words(self) -> str:
        """The same but for the comment, for a cell of a table."""
        return "\n".join(
            f"{label}\u00a0: {answer}" for label, answer in self.told if answer != self.comment
        )
