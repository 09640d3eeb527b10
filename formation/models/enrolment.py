"""Who asks (the request) and who will be taught (the enrolments of that request)."""

import uuid

from django.db import models
from django.db.models import Q

from formation.enums import LIVE, SEATED, WAITING, BuyerType, EnrolmentState
from site_enys.french import fold
from site_enys.states import StateEvent

from .session import Session


class RequestNumber(models.Model):
    """The last number given in a year: references follow each other without a gap."""

    year = models.PositiveSmallIntegerField("année", unique=True)
    last = models.PositiveIntegerField("dernier numéro", default=0)

    class Meta:
        verbose_name = "numérotation des demandes"
        verbose_name_plural = "numérotations des demandes"

    def __str__(self) -> str:
        return f"{self.year} : {self.last}"


class EnrolmentRequest(models.Model):
    """What was sent through the form, by whom, with the answer that was given at once.

    `answered_state` and `answered_rank` are that answer, frozen: the confirmation page shows them
    as they were, the same for a first request, a second one, or one set aside.
    """

    public_id = models.UUIDField("lien", default=uuid.uuid4, unique=True, editable=False)
    reference = models.CharField("référence", max_length=20, unique=True)
    session = models.ForeignKey(
        Session,
        verbose_name="session",
        on_delete=models.PROTECT,
        related_name="requests",
    )
    buyer_type = models.CharField("acheteur", max_length=10, choices=BuyerType)
    organisation = models.CharField("entreprise ou organisme", max_length=160, blank=True)
    siret = models.CharField("SIRET", max_length=14, blank=True)
    contact_name = models.CharField("contact", max_length=160, blank=True)
    contact_email = models.EmailField("adresse du contact", max_length=254, blank=True)
    contact_phone = models.CharField("téléphone", max_length=30, blank=True)
    message = models.TextField("message", max_length=2000, blank=True)
    suspect = models.BooleanField("envoi suspect", default=False)
    notice_version = models.CharField("version de la notice montrée", max_length=16)
    answered_state = models.CharField("réponse affichée", max_length=12, choices=EnrolmentState)
    answered_rank = models.PositiveIntegerField("rang affiché", null=True, blank=True)
    created_at = models.DateTimeField("reçue le", db_index=True)

    class Meta:
        verbose_name = "demande d’inscription"
        verbose_name_plural = "demandes d’inscription"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(buyer_type="company")
                | (~Q(organisation="") & ~Q(contact_email="") & ~Q(contact_name="")),
                name="company_request_has_its_contact",
                violation_error_message="Une demande d’entreprise a un organisme et un contact.",
            ),
            models.CheckConstraint(
                condition=~Q(buyer_type="cpf"),
                name="cpf_is_never_enrolled_here",
                violation_error_message="Le CPF passe par Mon Compte Formation.",
            ),
        ]

    def __str__(self) -> str:
        return f"Demande {self.reference}"


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    def live(self) -> "EnrolmentQuerySet":
        return self.filter(state__in=LIVE)

    def seated(self) -> "EnrolmentQuerySet":
        return self.filter(state__in=SEATED)

    def of_the_person(self, email_key: str, person_key: str) -> "EnrolmentQuerySet":
        """Those of the same person: an address alone is enough for who signed up alone.

        An employer may give one address, that of an office, for several trainees: their names
        tell them apart.
        """
        if person_key == email_key:
            return self.filter(email_key=email_key)
        return self.filter(person_key__in=[email_key, person_key])

    def waiting(self) -> "EnrolmentQuerySet":
        """In order of rank: the key is given under the lock of the session's row."""
        return self.filter(state__in=WAITING).order_by("pk")


class Enrolment(models.Model):
    """One person in one session."""

    request = models.ForeignKey(
        EnrolmentRequest,
        verbose_name="demande",
        on_delete=models.CASCADE,
        related_name="enrolments",
    )
    session = models.ForeignKey(
        Session,
        verbose_name="session",
        on_delete=models.PROTECT,
        related_name="enrolments",
    )
    first_name = models.CharField("prénom", max_length=80)
    last_name = models.CharField("nom", max_length=80)
    email = models.EmailField("adresse électronique", max_length=254)
    email_key = models.CharField("adresse normalisée", max_length=254, editable=False)
    person_key = models.CharField("personne", max_length=450, editable=False)
    phone = models.CharField("téléphone", max_length=30, blank=True)
    # A tick and no detail: what is needed is said to the disability contact, not typed here.
    wants_accommodation_call = models.BooleanField("à contacter pour un aménagement", default=False)
    state = models.CharField("état", max_length=12, choices=EnrolmentState)
    state_changed_at = models.DateTimeField("depuis le")

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        verbose_name = "inscription"
        verbose_name_plural = "inscriptions"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["session", "state"], name="enrolment_by_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "person_key"],
                condition=Q(state__in=sorted(LIVE)),
                name="one_live_enrolment_per_person",
                violation_error_message=(
                    "Cette personne a déjà une inscription en cours pour cette session."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(email_key=""),
                name="enrolment_has_an_address",
                violation_error_message="Une inscription a une adresse électronique.",
            ),
        ]

    def __str__(self) -> str:
        # No name: Wagtail's journal keeps this text after the row is erased.
        return f"Inscription n°\u00a0{self.pk}"

    @property
    def waiting_rank(self) -> int:
        """The rank on the waiting list, from 1; 0 when the enrolment does not wait."""
        if self.state not in WAITING:
            return 0
        ahead = Enrolment.objects.waiting().filter(session_id=self.session_id, pk__lte=self.pk)
        return ahead.count()

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}"


class EnrolmentEvent(StateEvent):
    subject = models.ForeignKey(
        Enrolment, verbose_name="inscription", on_delete=models.CASCADE, related_name="events"
    )

    class Meta(StateEvent.Meta):
        verbose_name = "événement d’inscription"
        verbose_name_plural = "événements d’inscription"


def email_key(address: str) -> str:
    """The form of an address under which it counts once: trimmed, lower case.

    Nothing more is assumed of mailboxes: dots and « +tags » may be other people.
    """
    return address.strip().lower()


def person_key(buyer_type: str, address: str, full_name: str) -> str:
    """What makes a person count once in a session."""
    key = email_key(address)
    return f"{key} {fold(full_name)}" if buyer_type == BuyerType.COMPANY else key
