"""Who asks (the request) and who will be taught (the enrolments of that request)."""

import uuid

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce

from formation.enums import (
    LIVE,
    SEATED,
    WAITING,
    Assessment,
    BuyerType,
    EnrolmentState,
    Funder,
    TraineeStatus,
)
from rgpd.models import Informed
from site_enys.french import fold
from site_enys.states import StateEvent

from .session import Session


class EnrolmentRequest(Informed):
    """What was sent through the form, by whom, with the answer that was given at once.

    Its trainees who wait are one entry of the waiting list: a group is offered all its seats at
    once, unless it accepts fewer. `answered_state`, `answered_seats` and `answered_rank` are the
    answer, frozen: the confirmation page shows them as they were, the same for a first request, a
    second one, or one set aside.
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
    # Who signs the agreement, and who receives the invoice, when it is not the contact.
    signatory_name = models.CharField("signataire", max_length=160, blank=True)
    signatory_email = models.EmailField("adresse du signataire", max_length=254, blank=True)
    billing_name = models.CharField("facturation", max_length=160, blank=True)
    billing_email = models.EmailField("adresse de facturation", max_length=254, blank=True)
    order_reference = models.CharField("référence de commande", max_length=60, blank=True)
    funder = models.CharField("financeur", max_length=10, choices=Funder, blank=True)
    funder_name = models.CharField("nom du financeur", max_length=160, blank=True)
    accept_partial = models.BooleanField(
        "accepte moins de places",
        default=False,
        help_text="Sinon, un groupe qui attend n’accepte que toutes ses places à la fois.",
    )
    link_nonce = models.UUIDField("clé du lien", default=uuid.uuid4, editable=False)
    suspect = models.BooleanField("envoi suspect", default=False)
    answered_state = models.CharField("réponse affichée", max_length=20, choices=EnrolmentState)
    answered_seats = models.PositiveSmallIntegerField("places annoncées", default=1)
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


#: The order of a waiting list.
RANK = Coalesce("inherited_rank", "pk", output_field=models.BigIntegerField())


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
        """In order of rank: the key is given under the lock of the session's row.

        Whoever takes somebody's place on the list takes the rank too.
        """
        return self.filter(state__in=WAITING).order_by(RANK)


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
    public_id = models.UUIDField("lien", default=uuid.uuid4, unique=True, editable=False)
    link_nonce = models.UUIDField("clé du lien", default=uuid.uuid4, editable=False)
    # A tick and no detail: what is needed is said to the disability contact, not typed here.
    wants_accommodation_call = models.BooleanField("à contacter pour un aménagement", default=False)
    # Empty: what the kind of buyer lets suppose, see `bpf_status`.
    trainee_status = models.CharField(
        "statut du stagiaire", max_length=12, choices=TraineeStatus, blank=True
    )
    assessment = models.CharField(
        "évaluation des acquis", max_length=12, choices=Assessment, blank=True
    )
    note = models.TextField("note de l’équipe", max_length=2000, blank=True)
    state = models.CharField("état", max_length=20, choices=EnrolmentState)
    state_changed_at = models.DateTimeField("depuis le")
    inherited_rank = models.PositiveBigIntegerField("rang repris", null=True, editable=False)
    offer_expires_at = models.DateTimeField("place gardée jusqu’à", null=True, blank=True)
    offer_reminded_at = models.DateTimeField("proposition rappelée le", null=True, blank=True)
    contract_signed_on = models.DateField("contrat signé le", null=True, blank=True)
    withdrawal_ends_on = models.DateField("rétractation possible jusqu’au", null=True, blank=True)
    convoked_at = models.DateTimeField("convocation envoyée le", null=True, blank=True)
    reminded_at = models.DateTimeField("rappel envoyé le", null=True, blank=True)
    follows = models.ForeignKey(
        "self",
        verbose_name="prend la suite de",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="followed_by",
    )

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
            models.CheckConstraint(
                condition=~Q(state="offered") | Q(offer_expires_at__isnull=False),
                name="offer_has_its_deadline",
                violation_error_message="Une place proposée l’est jusqu’à un instant précis.",
            ),
            models.CheckConstraint(
                condition=~Q(state="withdrawal_period") | Q(withdrawal_ends_on__isnull=False),
                name="withdrawal_period_has_its_end",
                violation_error_message="Un délai de rétractation a une fin.",
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
        waiting = Enrolment.objects.waiting().filter(session_id=self.session_id)
        return waiting.annotate(rank_key=RANK).filter(rank_key__lte=self.own_rank_key).count()

    @property
    def own_rank_key(self) -> int:
        return self.inherited_rank or self.pk

    @property
    def was_confirmed(self) -> bool:
        """Whether the person was ever told to come: then a calendar may hold the session."""
        confirmed = EnrolmentState.CONFIRMED
        return self.state == confirmed or self.events.filter(to_state=confirmed).exists()

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}"

    @property
    def initials(self) -> str:
        """« A. M. »: enough for whoever holds a document to know that it is hers."""
        return f"{self.first_name[:1]}. {self.last_name[:1]}."

    @property
    def bpf_status(self) -> str:
        """Who is taught, for the yearly report: an employer sends its employees."""
        if self.trainee_status:
            return self.trainee_status
        alone = self.request.buyer_type == BuyerType.INDIVIDUAL
        return TraineeStatus.PRIVATE if alone else TraineeStatus.EMPLOYEE


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
