"""A course asked for by an organisation, for its own people (« intra », « sur mesure »)."""

import uuid
from datetime import datetime

from django.db import models
from django.db.models import Q

from formation.enums import TailoredState
from rgpd.models import Informed
from site_enys.states import StateEvent

#: Beyond, it is no longer one course for one team, and a form is not the way to speak of it.
MOST_PEOPLE = 500


class TailoredRequestQuerySet(models.QuerySet["TailoredRequest"]):
    def in_state(self, state: str) -> "TailoredRequestQuerySet":
        """Those in this state, the one that waits longest first."""
        return self.filter(state=state).order_by("state_changed_at", "pk")

    def silent_since(self, limit: datetime) -> "TailoredRequestQuerySet":
        """Those whose last exchange, the last line of their journal, is before `limit`."""
        return self.filter(state_changed_at__lt=limit)


class TailoredRequest(Informed):
    """What an organisation asks for its team, and where our answer stands."""

    #: What the visitor fills in.
    ANSWERS = (
        "organisation",
        "siret",
        "contact_name",
        "contact_email",
        "contact_phone",
        "headcount",
        "period",
        "place",
        "need",
    )

    # The address of the confirmation page: nobody can go from one request to another.
    public_id = models.UUIDField("lien", default=uuid.uuid4, unique=True, editable=False)
    reference = models.CharField("référence", max_length=20, unique=True)
    course = models.ForeignKey(
        "formation.CoursePage",
        verbose_name="formation",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,  # the need is told in words, and outlives the page
        related_name="tailored_requests",
    )
    organisation = models.CharField("entreprise ou organisme", max_length=160)
    siret = models.CharField("SIRET", max_length=14, blank=True)
    contact_name = models.CharField("contact", max_length=160)
    contact_email = models.EmailField("adresse du contact", max_length=254)
    contact_phone = models.CharField("téléphone", max_length=30, blank=True)
    headcount = models.PositiveSmallIntegerField("nombre de personnes")
    period = models.CharField("période souhaitée", max_length=200, blank=True)
    place = models.CharField("lieu ou ville", max_length=160)
    need = models.TextField("besoin", max_length=3000)
    state = models.CharField(
        "état", max_length=12, choices=TailoredState, default=TailoredState.RECEIVED
    )
    state_changed_at = models.DateTimeField("depuis le")
    created_at = models.DateTimeField("reçue le", db_index=True)

    objects = TailoredRequestQuerySet.as_manager()

    class Meta:
        verbose_name = "demande sur mesure"
        verbose_name_plural = "demandes sur mesure"
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["state", "state_changed_at"], name="tailored_by_state")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=TailoredState.values),
                name="tailored_state_is_known",
                violation_error_message="Cet état n’existe pas.",
            ),
            models.CheckConstraint(
                condition=Q(headcount__gte=1, headcount__lte=MOST_PEOPLE),
                name="tailored_headcount_is_plausible",
                violation_error_message=f"Le nombre de personnes va de 1 à {MOST_PEOPLE}.",
            ),
            models.CheckConstraint(
                condition=~Q(organisation="") & ~Q(contact_email="") & ~Q(contact_name=""),
                name="tailored_request_has_its_contact",
                violation_error_message="Une demande sur mesure a un organisme et un contact.",
            ),
        ]

    def __str__(self) -> str:
        # No name: Wagtail's journal keeps this text after the row is erased.
        return f"Demande {self.reference}"

    @property
    def course_title(self) -> str:
        return self.course.title if self.course else ""


class TailoredRequestEvent(StateEvent):
    subject = models.ForeignKey(
        TailoredRequest,
        verbose_name="demande sur mesure",
        on_delete=models.CASCADE,
        related_name="events",
    )

    class Meta(StateEvent.Meta):
        verbose_name = "événement de demande sur mesure"
        verbose_name_plural = "événements de demandes sur mesure"
