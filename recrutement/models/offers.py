"""« Offre d'emploi »: a page whose facts are fields."""

from datetime import date, datetime
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalManyToManyField
from wagtail.fields import RichTextField
from wagtail.models import PageManager
from wagtail.query import PageQuerySet

from home.models import BasePage
from home.services.visibility import behind_a_door
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
from recrutement.opening import day_in_paris, why_closed
from recrutement.panels import offer_panels
from recrutement.publishing import FACTS, faults

from .offer_parts import OfferDiploma, OfferTag

RICH = ["bold", "italic", "ul", "ol", "link"]


class JobOfferQuerySet(PageQuerySet):
    def open(self, now: datetime) -> "JobOfferQuerySet":
        """The offers that take applications now: the same rule as `why_closed`, in SQL."""
        return self.live().filter(status=OfferStatus.OPEN, closing_date__gte=day_in_paris(now))

    def to_show(self, now: datetime) -> "JobOfferQuerySet":
        """What everybody may read of them, those that close first at the top."""
        return self.open(now).filter(~behind_a_door()).order_by("closing_date", "pk")


class JobOfferPage(BasePage):
    """An offer of employment; open or closed by its status and its closing day, without cron."""

    reference = models.CharField("référence", max_length=20, unique=True, editable=False)
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
        choices=[(level, f"Niveau {level}") for level in range(3, 9)],
        null=True,
        blank=True,
    )
    rome_code = models.CharField(
        "code ROME",
        max_length=5,
        blank=True,
        validators=[RegexValidator(r"^[A-N]\d{4}$", "Une lettre et quatre chiffres\u00a0: K1801.")],
    )
    cv_required = models.BooleanField("CV obligatoire", default=True)
    cover_letter = models.CharField(
        "message de motivation", max_length=12, choices=CoverLetter, default=CoverLetter.OPTIONAL
    )
    tags = ClusterTaggableManager(
        through=OfferTag, verbose_name="étiquettes", blank=True, related_name="+"
    )
    diplomas = ClusterTaggableManager(
        through=OfferDiploma, verbose_name="diplômes", blank=True, related_name="+"
    )

    objects = PageManager.from_queryset(JobOfferQuerySet)()

    content_panels = [*BasePage.content_panels, *offer_panels]
    searched = (
        "introduction", "city", "region", "employer_intro", "missions", "profile", "process",
    )  # fmt: skip
    parent_page_types = ["recrutement.RecruitmentIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    # A copy is another offer: it takes the next reference.
    exclude_fields_in_copy = ["reference", "closed_on"]
    template = "recrutement/offer.html"

    class Meta:
        verbose_name = "offre d’emploi"
        verbose_name_plural = "offres d’emploi"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(salary_min__lte=models.F("salary_max")),
                name="offer_salary_range_is_ordered",
                violation_error_message="Le haut de la fourchette est inférieur au bas.",
            ),
            models.CheckConstraint(
                condition=models.Q(positions__gte=1),
                name="offer_has_a_position",
                violation_error_message="Une offre propose au moins un poste.",
            ),
            models.CheckConstraint(
                condition=models.Q(answer_by_days__gte=1, answer_by_days__lte=90),
                name="offer_answer_within_90_days",
                violation_error_message="Promettez une réponse sous 1 à 90 jours.",
            ),
        ]

    def check_publishable(self, values: dict[str, Any] | None = None) -> None:
        facts = {name: getattr(self, name) for name in FACTS} | (values or {})
        found = faults(facts)
        # Only of the form, and for a first time: an offer that has closed may still be corrected.
        closing = facts["closing_date"]
        if values and closing and closing < timezone.localdate() and not self.first_published_at:
            found["closing_date"] = "Cette date est passée\u00a0: choisissez-en une à venir."
        if found:
            raise ValidationError(found)

    def save(self, *args: Any, **kwargs: Any) -> Any:
        if not self.reference:
            self.reference = next_reference(timezone.localdate().year)
        return super().save(*args, **kwargs)

    def why_closed(self, now: datetime) -> str | None:
        """The French reason why no application is taken now; None when the offer is open."""
        return why_closed(
            status=self.status,
            published=self.live,
            closing_date=self.closing_date,
            now=now,
        )

    def is_open(self, now: datetime) -> bool:
        return self.why_closed(now) is None

    def with_content_json(self, content: dict[str, Any]) -> "JobOfferPage":
        """A revision never brings back another reference: that of the page it was copied from."""
        page = super().with_content_json(content)
        page.reference = self.reference
        return page

    @property
    def apply_url(self) -> str:
        """The address of its form; none before the first save, when the editor shows a preview."""
        return reverse("recrutement_apply", args=[self.reference]) if self.reference else ""

    @property
    def published_on(self) -> date | None:
        """The day of first publication, which an offer must show (art. L5332-1)."""
        instant = self.first_published_at
        return day_in_paris(instant) if instant else None

    @property
    def place(self) -> str:
        """« Lyon (69) », or « À distance » when there is no place of work."""
        if not self.city:
            return RemotePolicy(self.remote_policy).label
        return f"{self.city} ({self.postcode[:2]})" if self.postcode else self.city

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        now = timezone.now()
        # A preview shows the page as its publication would.
        closed = why_closed(
            status=self.status,
            published=self.live or getattr(request, "is_preview", False),
            closing_date=self.closing_date,
            now=now,
        )
        others = JobOfferPage.objects.to_show(now).exclude(pk=self.pk)
        return super().get_context(request, *args, **kwargs) | {
            "closed": closed,
            "noindex": bool(closed),
            "others": list(others[:3]) if closed else [],
        }

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        return super().get_sitemap_urls(request) if self.is_open(timezone.now()) else []


def next_reference(year: int) -> str:
    """« ENYS-2026-003 »: the next number of the year."""
    start = f"ENYS-{year}-"
    last = (
        JobOfferPage.objects.filter(reference__startswith=start)
        .order_by(models.functions.Length("reference").desc(), "-reference")
        .values_list("reference", flat=True)
        .first()
    )
    return f"{start}{int(last.removeprefix(start)) + 1 if last else 1:03d}"
