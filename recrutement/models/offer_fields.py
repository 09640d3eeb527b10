"""The facts of an offer, by subject; what it does stands in `offers.py`."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models

from modelcluster.fields import ParentalManyToManyField
from wagtail.fields import RichTextField

from recrutement.enums import (
    CollectiveAgreement,
    ContractType,
    Country,
    CoverLetter,
    OfferStatus,
    RemotePolicy,
    SalaryUnit,
    WorkTime,
)
from site_enys.groups import REVIEW

RICH = ["bold", "italic", "ul", "ol", "link"]
#: RNCP, from 3 (CAP) to 8 (doctorat).
LEVELS = [(level, f"Niveau {level}") for level in range(3, 9)]
#: The trades that we and our clients recruit for most.
USUAL_ROME = {
    "K1201": "Action sociale",
    "K1403": "Management de structure de santé, sociale ou pénitentiaire",
    "K1801": "Conseil en emploi et insertion socioprofessionnelle",
    "K1802": "Développement local",
    "M1402": "Conseil en organisation et management d’entreprise",
    "M1403": "Études et prospectives socio-économiques",
}


def may_review() -> models.Q:
    """Who may be given an offer to read: the group « Évaluation », and whoever reads them all."""
    reads_all = {"codename": "view_application", "content_type__app_label": "recrutement"}
    own = {f"user_permissions__{name}": value for name, value in reads_all.items()}
    by_group = {f"groups__permissions__{name}": value for name, value in reads_all.items()}
    allowed = models.Q(groups__name=REVIEW) | models.Q(**own) | models.Q(**by_group)
    return models.Q(is_active=True) & (allowed | models.Q(is_superuser=True))


class Followed(models.Model):
    """Who follows the recruitment, for whom, and until when."""

    status = models.CharField(
        "situation", max_length=12, choices=OfferStatus, default=OfferStatus.OPEN
    )
    closing_date = models.DateField(
        "date limite de candidature", help_text="Ce jour-là compris, jusqu’à minuit."
    )
    answer_by_days = models.PositiveSmallIntegerField(
        "réponse sous (jours)",
        default=30,
        help_text="Ce délai est promis à la personne dans l’accusé de réception.",
    )
    recruiter = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="suivi par",
        help_text="Reçoit un courriel à chaque candidature.",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    reviewers = ParentalManyToManyField(
        settings.AUTH_USER_MODEL,
        verbose_name="évaluateurs",
        help_text="Lisent les candidatures de cette offre, et d’aucune autre.",
        blank=True,
        related_name="+",
    )
    blind_review = models.BooleanField(
        "lecture à l’aveugle",
        default=False,
        help_text="L’identité et les pièces restent cachées tant que personne ne les demande.",
    )
    on_behalf_of = models.CharField(
        "recrutement pour",
        max_length=160,
        blank=True,
        help_text="La structure qui recrute, si ce n’est pas ENYS Conseil.",
    )
    hide_employer = models.BooleanField(
        "taire son nom dans l’annonce",
        default=False,
        help_text="Le directeur de la publication, lui, le connaît (Code du travail, L5332-2).",
    )
    closed_on = models.DateField(
        "close depuis le", null=True, blank=True, editable=False
    )  # pourvue ou annulée: the day when it was said

    class Meta:
        abstract = True


class Post(models.Model):
    """The contract and the work."""

    contract_type = models.CharField("contrat", max_length=20, choices=ContractType)
    contract_months = models.PositiveSmallIntegerField("durée (mois)", null=True, blank=True)
    work_time = models.CharField(
        "temps de travail", max_length=10, choices=WorkTime, default=WorkTime.FULL
    )
    hours_per_week = models.DecimalField(
        "heures par semaine",
        max_digits=4,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(48)],
    )
    positions = models.PositiveSmallIntegerField("nombre de postes", default=1)
    start_on = models.DateField("prise de poste", null=True, blank=True)
    asap = models.BooleanField("prise de poste dès que possible", default=False)

    class Meta:
        abstract = True


class Place(models.Model):
    """Where one works."""

    street = models.CharField("rue", max_length=160, blank=True)
    postcode = models.CharField(
        "code postal",
        max_length=5,
        blank=True,
        validators=[RegexValidator(r"^\d{5}$", "Un code postal compte cinq chiffres.")],
    )
    city = models.CharField("ville", max_length=80, blank=True)
    region = models.CharField("région", max_length=60, blank=True)
    country = models.CharField("pays", max_length=2, choices=Country, default=Country.FRANCE)
    remote_policy = models.CharField(
        "télétravail", max_length=12, choices=RemotePolicy, default=RemotePolicy.ON_SITE
    )
    remote_days = models.PositiveSmallIntegerField(
        "jours de télétravail par semaine",
        null=True,
        blank=True,
        validators=[MaxValueValidator(5)],
    )
    remote_area = models.CharField(
        "pays d’où l’on peut télétravailler",
        max_length=2,
        choices=Country,
        default=Country.FRANCE,
    )

    class Meta:
        abstract = True


class Pay(models.Model):
    """What the work is paid."""

    salary_min = models.DecimalField(
        "salaire brut, de", max_digits=9, decimal_places=2, null=True, blank=True
    )
    salary_max = models.DecimalField("à", max_digits=9, decimal_places=2, null=True, blank=True)
    salary_unit = models.CharField("unité", max_length=10, choices=SalaryUnit, blank=True)
    salary_extra = models.CharField("en plus du salaire", max_length=200, blank=True)
    collective_agreement = models.CharField(
        "convention collective", max_length=10, choices=CollectiveAgreement, blank=True
    )
    coefficient = models.CharField("classification", max_length=60, blank=True)

    class Meta:
        abstract = True


class Told(models.Model):
    """What is written about it."""

    introduction = models.TextField(
        "en deux phrases", max_length=400, help_text="Montré dans la liste des offres."
    )
    employer_intro = RichTextField("la structure", features=RICH, blank=True)
    missions = RichTextField("missions", features=RICH)
    profile = RichTextField("profil attendu", features=RICH)
    process = RichTextField("déroulement du recrutement", features=RICH, blank=True)
    accommodation = models.TextField(
        "aménagements possibles",
        max_length=600,
        blank=True,
        help_text="Ce que vous pouvez adapter au poste ou à l’entretien.",
    )
    qualification_level = models.PositiveSmallIntegerField(
        "niveau de qualification",
        choices=LEVELS,
        null=True,
        blank=True,
    )
    rome_code = models.CharField(
        "code ROME",
        max_length=5,
        blank=True,
        validators=[RegexValidator(r"^[A-N]\d{4}$", "Une lettre et quatre chiffres\u00a0: K1801.")],
    )

    class Meta:
        abstract = True


class Wanted(models.Model):
    """What the person sends."""

    cv_required = models.BooleanField("CV obligatoire", default=True)
    cover_letter = models.CharField(
        "message de motivation", max_length=12, choices=CoverLetter, default=CoverLetter.OPTIONAL
    )

    class Meta:
        abstract = True
