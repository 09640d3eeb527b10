"""The page of a course: every item that indicator 1 of the quality referential asks to publish."""

import hashlib
import json
from decimal import Decimal
from itertools import chain, count
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import slugify

from modelcluster.fields import ParentalManyToManyField
from wagtail.fields import StreamField

from formation.blocks import ObjectivesBlock, ProgrammeBlock
from formation.enums import DeliveryMode, PriceUnit, VatRegime
from formation.validators import certification_number
from home.models import BasePage
from site_enys.french import fold, stems

from .catalogue import CatalogueIndexPage
from .course_classification import EXPORT_FIELDS, CourseClassification
from .course_panels import CONTENT_PANELS, ORGANISATION_PANELS, PUBLICATION_PANELS
from .course_rules import missing_items

#: Article 278 of the general tax code.
STANDARD_RATE = Decimal("0.20")
_POSITIVE = [MinValueValidator(Decimal("0.5"))]
_PERCENTAGE = [MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(100))]
#: What a course holds without showing it.
_UNSEEN = {"page_ptr", "social_image", *EXPORT_FIELDS}


class CoursePage(BasePage, CourseClassification):
    """A training course, as a programme leaflet.

    What is required for publication is in `course_rules`; a draft may lack anything.
    """

    code = models.CharField("référence", max_length=30, unique=True)
    theme = models.ForeignKey(
        "formation.CourseTheme",
        verbose_name="thème",
        null=True,
        on_delete=models.PROTECT,
        related_name="courses",
    )
    introduction = models.TextField("présentation", max_length=600, blank=True)
    objectives = StreamField(ObjectivesBlock(), verbose_name="objectifs pédagogiques", blank=True)
    prerequisites = models.TextField(
        "prérequis", max_length=1000, blank=True, help_text="«\u00a0Aucun\u202f» s’il n’y en a pas."
    )
    audience = models.TextField("public visé", max_length=1000, blank=True)
    programme = StreamField(ProgrammeBlock(), verbose_name="programme", blank=True)
    teaching_methods = models.TextField("méthodes mobilisées", max_length=2000, blank=True)
    resources = models.TextField("moyens et supports", max_length=2000, blank=True)
    assessment_methods = models.TextField("modalités d’évaluation", max_length=2000, blank=True)
    trainers = ParentalManyToManyField(
        "formation.Trainer", verbose_name="formateurs", blank=True, related_name="courses"
    )

    duration_hours = models.DecimalField(
        "durée en heures",
        max_digits=6,
        decimal_places=1,
        null=True,
        blank=True,
        validators=_POSITIVE,
    )
    duration_days = models.DecimalField(
        "durée en jours",
        max_digits=5,
        decimal_places=1,
        null=True,
        blank=True,
        validators=_POSITIVE,
    )
    delivery_mode = models.CharField(
        "modalité", max_length=10, choices=DeliveryMode, default=DeliveryMode.ONSITE
    )
    remote_support = models.TextField(
        "assistance technique et pédagogique",
        max_length=1000,
        blank=True,
        help_text="Obligatoire à distance (article D6313-3-1).",
    )
    remote_work = models.TextField(
        "activités à distance et leur durée moyenne", max_length=1000, blank=True
    )
    remote_assessments = models.TextField("évaluations à distance", max_length=1000, blank=True)
    access_modes = models.TextField("modalités d’accès", max_length=1000, blank=True)
    access_delay_days = models.PositiveSmallIntegerField(
        "délai d’accès en jours",
        null=True,
        blank=True,
        help_text="Entre la demande et le début de la formation.",
    )

    price_excl_tax = models.DecimalField(
        "tarif en euros",
        max_digits=8,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0))],
    )
    price_unit = models.CharField(
        "unité du tarif", max_length=10, choices=PriceUnit, default=PriceUnit.PERSON
    )
    vat_regime = models.CharField(
        "régime de TVA", max_length=10, choices=VatRegime, default=VatRegime.STANDARD
    )
    price_note = models.TextField(
        "précision sur le tarif",
        max_length=600,
        blank=True,
        help_text="Par exemple la règle de prix d’une formation dans vos murs.",
    )
    funding_note = models.TextField("financement", max_length=1000, blank=True)
    cpf_url = models.URLField(
        "page sur Mon Compte Formation",
        max_length=500,
        blank=True,
        help_text="Seulement pour une formation certifiante inscrite au RNCP ou au RS.",
    )

    contact_name = models.CharField("personne à contacter", max_length=120, blank=True)
    contact_phone = models.CharField("téléphone", max_length=30, blank=True)
    contact_email = models.EmailField("adresse électronique", blank=True)
    accessibility_statement = models.TextField(
        "accessibilité aux personnes handicapées", max_length=2000, blank=True
    )
    disability_contact = models.CharField("référent handicap", max_length=200, blank=True)

    is_certifying = models.BooleanField("formation certifiante", default=False)
    certification_title = models.CharField("certification visée", max_length=250, blank=True)
    certification_code = models.CharField(
        "code RNCP ou RS", max_length=20, blank=True, validators=[certification_number]
    )
    certifier = models.CharField("certificateur", max_length=200, blank=True)
    certification_registered_on = models.DateField("date d’enregistrement", null=True, blank=True)
    certification_success_rate = models.DecimalField(
        "taux de réussite (%)",
        max_digits=4,
        decimal_places=1,
        null=True,
        blank=True,
        validators=_PERCENTAGE,
    )
    certification_blocks = models.TextField(
        "blocs de compétences et validation partielle", max_length=1500, blank=True
    )
    certification_pathways = models.TextField(
        "équivalences, passerelles et suites", max_length=1500, blank=True
    )
    certification_prospects = models.TextField("débouchés", max_length=1500, blank=True)

    first_session_on = models.DateField(
        "première session le",
        null=True,
        blank=True,
        help_text=(
            "Pour une formation nouvelle. Les résultats se comptent ensuite d’eux-mêmes, sur les "
            "réponses des participants."
        ),
    )

    updated_on = models.DateField("mise à jour le", null=True, editable=False)
    content_digest = models.CharField(
        "empreinte du contenu", max_length=64, blank=True, editable=False
    )
    # French alphabetical order: « Évaluer » comes before « Rédiger », which no database knows.
    title_key = models.CharField(
        "titre sans accents", max_length=255, blank=True, editable=False, db_index=True
    )
    # The stems of what the page says, between spaces, for the filter of the catalogue.
    word_stems = models.TextField("racines des mots", blank=True, editable=False)

    parent_page_types = ["formation.CatalogueIndexPage"]
    subpage_types: list[str] = []
    exclude_fields_in_copy = ["code"]
    template = "formation/course_page.html"
    searched = (
        "introduction",
        "objectives",
        "prerequisites",
        "audience",
        "programme",
        "certification_title",
    )
    content_panels = [
        *BasePage.content_panels,
        *CONTENT_PANELS,
        *ORGANISATION_PANELS,
        *PUBLICATION_PANELS,
    ]

    class Meta:
        verbose_name = "formation"
        verbose_name_plural = "formations"

    def __str__(self) -> str:
        return self.title

    def save(self, clean: bool = True, **kwargs: Any) -> Any:  # noqa: FBT001, FBT002 - Wagtail's signature
        if not self.code:
            self.code = free_code(self.title)
        self.title_key = fold(self.title)[:255]
        if self.live:
            self._date_the_content()
            self.word_stems = f" {' '.join(sorted({*stems(f'{self.title} {self.plain_text()}')}))} "
        return super().save(clean=clean, **kwargs)

    def check_publishable(self, values: dict[str, Any] | None = None) -> None:
        """Raise ValidationError, by field, with each item that the law wants on the page."""
        missing = missing_items(self, values or {})
        if missing:
            raise ValidationError(missing)

    def with_content_json(self, content: dict[str, Any]) -> "CoursePage":
        """A revision never brings the code of the page that it was copied from."""
        page = super().with_content_json(content)
        if CoursePage.objects.filter(code=page.code).exclude(pk=self.pk).exists():
            page.code = self.code
        return page

    def _date_the_content(self) -> None:
        """Move « mise à jour le » when, and only when, what the page says has changed."""
        digest = self.digest()
        stored = (
            type(self)
            .objects.filter(pk=self.pk)
            .values_list("content_digest", "updated_on")
            .first()
        )
        if stored and stored[0] == digest and stored[1]:
            self.content_digest, self.updated_on = stored
        elif self.last_published_at:
            self.content_digest = digest
            self.updated_on = timezone.localdate(self.last_published_at)

    def digest(self) -> str:
        """A fingerprint of everything that readers see of the course itself."""
        own = {
            field.name
            for field in self._meta.local_fields + self._meta.local_many_to_many
            if field.editable and field.name not in _UNSEEN
        }
        # What is empty says nothing: a field that is added to the model changes no fingerprint.
        data = {
            name: value
            for name, value in self.serializable_data().items()
            if (name in own or name == "title") and _says_something(value)
        }
        text = json.dumps(data, sort_keys=True, default=str)
        return hashlib.sha256(text.encode()).hexdigest()

    @cached_property
    def catalogue(self) -> CatalogueIndexPage | None:
        """The catalogue, whose common texts stand for those that the course leaves empty."""
        return CatalogueIndexPage.current()

    def own_or_common(self, name: str) -> str:
        """The text of the course, or else that of the catalogue."""
        return getattr(self, name) or (getattr(self.catalogue, name) if self.catalogue else "")

    def with_tax(self, price: Decimal | None) -> Decimal | None:
        """In euros, what a consumer pays (article L112-1 of the consumer code)."""
        if price is None or self.vat_regime != VatRegime.STANDARD:
            return price
        return (price * (1 + STANDARD_RATE)).quantize(Decimal("0.01"))

    @property
    def shown_contact_name(self) -> str:
        return self.own_or_common("contact_name")

    @property
    def shown_contact_phone(self) -> str:
        return self.own_or_common("contact_phone")

    @property
    def shown_contact_email(self) -> str:
        return self.own_or_common("contact_email")

    @property
    def shown_accessibility(self) -> str:
        return self.own_or_common("accessibility_statement")

    @property
    def shown_disability_contact(self) -> str:
        return self.own_or_common("disability_contact")


def _says_something(value: Any) -> bool:
    return value is not None and value is not False and value not in ("", [], "[]")


def free_code(title: str) -> str:
    """A code that no course has yet: for a copy, or a draft saved before it was given one."""
    wanted = slugify(title).upper()[:26].strip("-") or "FORMATION"
    taken = set(CoursePage.objects.filter(code__startswith=wanted).values_list("code", flat=True))
    numbered = (f"{wanted}-{number}" for number in count(2))
    return next(code for code in chain([wanted], numbered) if code not in taken)
