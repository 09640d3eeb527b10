"""A session of a course, its half-days, and its counters."""

import uuid
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from formation.enums import ENROLLING, DeliveryMode, SessionState, Visibility
from site_enys.states import StateEvent
from site_enys.templatetags.typography import long_moment

code_format = RegexValidator(
    r"^[A-Z0-9]+(-[A-Z0-9]+)*\Z",
    "Écrivez le code en capitales, chiffres et tirets\u00a0: DEIS-2027-03.",
)
#: A year typed by mistake, « 0207 » for « 2027 », is none that a calendar can hold.
PLAUSIBLE_YEARS = range(2000, 2100)


class SessionQuerySet(models.QuerySet["Session"]):
    def listed(self) -> "SessionQuerySet":
        """What the public pages may show: sessions of published courses."""
        return self.filter(visibility=Visibility.PUBLIC, course__live=True).exclude(
            state=SessionState.DRAFT
        )

    def upcoming(self, now: datetime) -> "SessionQuerySet":
        """Listed sessions that people may still look forward to, soonest first."""
        return self.upcoming_of_published(now).filter(course__live=True)

    def upcoming_of_published(self, now: datetime) -> "SessionQuerySet":
        """The same for courses that are known to be published: two joins less for each session."""
        public = self.filter(visibility=Visibility.PUBLIC, state__in=ENROLLING)
        return public.filter(starts_at__gt=now).order_by("starts_at", "pk")

    def courses_left_behind(self, now: datetime) -> models.QuerySet["Session", dict[str, Any]]:
        """{"course": pk} of those that had public dates and have none to come.

        A course that never had dates is held on demand: it is not left behind.
        """
        to_come = Q(starts_at__gt=now, state__in=ENROLLING)
        return (
            self.listed()
            .order_by()
            .values("course")
            .annotate(to_come=models.Count("pk", filter=to_come))
            .filter(to_come=0)
            .values("course")
        )

    def with_free_seats(self) -> "SessionQuerySet":
        """Where a newcomer gets a seat and not a rank."""
        return self.filter(waiting_count=0, seats_taken__lt=F("capacity"))

    def with_seats_for_the_waiting_list(self, now: datetime) -> "SessionQuerySet":
        """Sessions to come where somebody waits although a seat is free."""
        return self.filter(
            starts_at__gt=now, waiting_count__gt=0, seats_taken__lt=F("capacity")
        ).exclude(state__in=[SessionState.CANCELLED, SessionState.COMPLETED])


class Session(ClusterableModel):
    """Dated teaching of a course.

    `seats_taken` and `waiting_count` are the numbers of enrolments in a state that holds a seat
    or a rank. Only `services.seats` changes them, each time by one conditional UPDATE.
    """

    #: Never written by a form or a plain `save()`: a stale copy would undo an enrolment.
    OWNED_BY_SERVICES = frozenset(
        {"state", "state_changed_at", "seats_taken", "waiting_count", "calendar_sequence"}
    )

    course = models.ForeignKey(
        "formation.CoursePage",
        verbose_name="formation",
        on_delete=models.PROTECT,  # enrolments and their proofs hang on it
        related_name="sessions",
    )
    code = models.CharField("code", max_length=40, unique=True, validators=[code_format])
    public_id = models.UUIDField("lien", default=uuid.uuid4, unique=True, editable=False)
    delivery_mode = models.CharField(
        "modalité", max_length=10, choices=DeliveryMode, default=DeliveryMode.ONSITE
    )
    venue = models.ForeignKey(
        "formation.Venue",
        verbose_name="lieu",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="sessions",
    )
    remote_details = models.CharField(
        "à distance",
        max_length=300,
        blank=True,
        help_text="Outil utilisé et équipement nécessaire\u202f; pas de lien de connexion ici.",
    )
    capacity = models.PositiveSmallIntegerField(
        "places", default=12, validators=[MinValueValidator(1)]
    )
    min_participants = models.PositiveSmallIntegerField(
        "effectif minimal", default=4, validators=[MinValueValidator(1)]
    )
    decision_on = models.DateField(
        "décision de maintien le",
        null=True,
        blank=True,
        help_text="Jour où l’équipe décide de maintenir ou non la session.",
    )
    enrol_opens_at = models.DateTimeField(
        "ouverture des inscriptions",
        null=True,
        blank=True,
        help_text="Vide\u00a0: ouvertes d’emblée.",
    )
    enrol_closes_at = models.DateTimeField(
        "clôture des inscriptions",
        null=True,
        blank=True,
        help_text="Vide\u00a0: au début de la session.",
    )
    accepts_waiting_list = models.BooleanField("liste d’attente quand c’est complet", default=True)
    visibility = models.CharField(
        "visibilité", max_length=10, choices=Visibility, default=Visibility.PUBLIC
    )
    price_override = models.DecimalField(
        "tarif propre à cette session",
        max_digits=8,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0))],
        help_text="Vide\u00a0: celui de la formation.",
    )
    cofinanced = models.BooleanField(
        "cofinancée par l’Union européenne",
        default=False,
        help_text="Ses preuves sont gardées dix ans au lieu de six.",
    )
    starts_at = models.DateTimeField("début", null=True, editable=False, db_index=True)
    ends_at = models.DateTimeField("fin", null=True, editable=False)
    state = models.CharField(
        "état", max_length=10, choices=SessionState, default=SessionState.DRAFT, editable=False
    )
    state_changed_at = models.DateTimeField("depuis le", null=True, editable=False)
    seats_taken = models.PositiveSmallIntegerField("places prises", default=0, editable=False)
    waiting_count = models.PositiveIntegerField("en attente", default=0, editable=False)
    # Calendars ignore an entry whose number has not grown (RFC 5545, 3.8.7.4).
    calendar_sequence = models.PositiveIntegerField(
        "version pour les agendas", default=0, editable=False
    )

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = "session"
        verbose_name_plural = "sessions"
        ordering = ["starts_at", "pk"]
        indexes = [
            # The next session of each course, where a list looks for that of all of them.
            models.Index(fields=["course", "starts_at"], name="formation_next_of_course"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(seats_taken__gte=0, seats_taken__lte=F("capacity")),
                name="session_never_oversold",
                violation_error_message="Une session n’a jamais plus d’inscrits que de places.",
            ),
            models.CheckConstraint(
                condition=Q(capacity__gte=1),
                name="session_has_a_capacity",
                violation_error_message="Une session a au moins une place.",
            ),
            models.CheckConstraint(
                condition=Q(min_participants__gte=1, min_participants__lte=F("capacity")),
                name="session_minimum_fits_capacity",
                violation_error_message="L’effectif minimal va de 1 au nombre de places.",
            ),
            models.CheckConstraint(
                condition=Q(starts_at=None, ends_at=None) | Q(ends_at__gt=F("starts_at")),
                name="session_ends_after_it_starts",
                violation_error_message="Une session finit après son début.",
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(starts_at__isnull=False),
                name="session_out_of_draft_has_dates",
                violation_error_message="Une session programmée a au moins une demi-journée.",
            ),
            models.CheckConstraint(
                condition=Q(enrol_opens_at=None)
                | Q(enrol_closes_at=None)
                | Q(enrol_closes_at__gt=F("enrol_opens_at")),
                name="enrolments_close_after_they_open",
                violation_error_message="Les inscriptions se closent après leur ouverture.",
            ),
            models.CheckConstraint(
                condition=Q(delivery_mode="online") | Q(state="draft") | Q(venue__isnull=False),
                name="session_with_presence_has_a_venue",
                violation_error_message="Une session en présence ou mixte a un lieu.",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def save(self, **kwargs: Any) -> None:
        """Save with the dates of the half-days, leaving alone what the services own."""
        if kwargs.get("update_fields") is None:
            self._take_dates_from_slots()
            if not self._state.adding:
                own = [field.name for field in self._meta.concrete_fields if not field.primary_key]
                kwargs["update_fields"] = [*set(own) - self.OWNED_BY_SERVICES, "slots"]
        super().save(**kwargs)

    def _take_dates_from_slots(self) -> None:
        slots = list(self.slots.all()) if self.pk or self.has_unsaved_slots else []
        self.starts_at = min((slot.starts_at for slot in slots), default=None)
        self.ends_at = max((slot.ends_at for slot in slots), default=None)

    @property
    def has_unsaved_slots(self) -> bool:
        return "slots" in getattr(self, "_cluster_related_objects", {})

    @property
    def seats_left(self) -> int:
        return max(0, self.capacity - self.seats_taken)

    @property
    def price(self) -> Decimal | None:
        """In euros, in the unit and under the VAT rule of the course."""
        override = self.price_override
        return self.course.price_excl_tax if override is None else override

    @property
    def last_day(self) -> Any:
        return timezone.localdate(self.ends_at) if self.ends_at else None

    @property
    def first_day(self) -> Any:
        return timezone.localdate(self.starts_at) if self.starts_at else None

    @property
    def place(self) -> str:
        """Where it is held, in a few words."""
        return self.venue.city if self.venue else self.get_delivery_mode_display()


class TimeSlot(models.Model):
    """A half-day: hours and attendance come from it and are never typed twice."""

    session = ParentalKey(
        Session, verbose_name="session", on_delete=models.CASCADE, related_name="slots"
    )
    starts_at = models.DateTimeField("début")
    ends_at = models.DateTimeField("fin")
    subject = models.CharField("contenu", max_length=160, blank=True)
    trainer = models.ForeignKey(
        "formation.Trainer",
        verbose_name="formateur",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="slots",
    )

    class Meta:
        verbose_name = "demi-journée"
        verbose_name_plural = "demi-journées"
        ordering = ["starts_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="slot_ends_after_it_starts",
                violation_error_message="Une demi-journée finit après son début.",
            )
        ]

    def __str__(self) -> str:
        return long_moment(self.starts_at) or "—"

    @property
    def hours(self) -> tuple[datetime, datetime]:
        return (self.starts_at, self.ends_at)

    @property
    def minutes(self) -> int:
        return round((self.ends_at - self.starts_at).total_seconds() / 60)

    def clean(self) -> None:
        if not (self.starts_at and self.ends_at):
            return
        if not all(instant.year in PLAUSIBLE_YEARS for instant in (self.starts_at, self.ends_at)):
            raise ValidationError({"starts_at": "Vérifiez l’année de cette demi-journée."})
        if timezone.localdate(self.starts_at) != timezone.localdate(self.ends_at):
            raise ValidationError({"ends_at": "Une demi-journée commence et finit le même jour."})


class SessionEvent(StateEvent):
    subject = models.ForeignKey(
        Session, verbose_name="session", on_delete=models.CASCADE, related_name="events"
    )

    class Meta(StateEvent.Meta):
        verbose_name = "événement de session"
        verbose_name_plural = "événements de session"
