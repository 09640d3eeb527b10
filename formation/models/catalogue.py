"""The catalogue, its themes, and the information pages beside the courses."""

from datetime import date
from typing import Any, Self

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest

from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PageChooserPanel
from wagtail.fields import StreamField

from formation import validators
from home.blocks import BodyStreamBlock, TextStreamBlock
from home.models import BasePage
from site_enys.memory import kept


class CourseTheme(models.Model):
    """A theme of the catalogue, by which visitors filter."""

    name = models.CharField("nom", max_length=80, unique=True)
    slug = models.SlugField("adresse", max_length=80, unique=True)

    panels = [FieldPanel("name"), FieldPanel("slug")]

    class Meta:
        verbose_name = "thème"
        verbose_name_plural = "thèmes"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class CatalogueIndexPage(BasePage):
    """« Formation » : the only catalogue, with what all courses have in common."""

    introduction = models.TextField("introduction", max_length=600, blank=True)
    body = StreamField(BodyStreamBlock(), verbose_name="texte", blank=True)
    contact_name = models.CharField("personne à contacter", max_length=120, blank=True)
    contact_phone = models.CharField("téléphone", max_length=30, blank=True)
    contact_email = models.EmailField("adresse électronique", blank=True)
    disability_contact = models.CharField(
        "référent handicap",
        max_length=200,
        blank=True,
        help_text="Nom et moyen de le joindre\u202f; une formation peut en indiquer un autre.",
    )
    accessibility_statement = models.TextField(
        "accessibilité aux personnes handicapées",
        max_length=2000,
        blank=True,
        help_text="Vaut pour les formations qui n’en disent rien d’autre.",
    )
    terms_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name="conditions générales de vente",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,  # the courses then refuse publication and say why
        related_name="+",
    )
    internal_rules_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name="règlement intérieur",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    siret = models.CharField(
        "SIRET de l’organisme de formation",
        max_length=20,
        blank=True,
        validators=[validators.siret],
        help_text="Celui de l’établissement qui forme\u202f; demandé par l’export LHEO.",
    )
    qualiopi_until = models.DateField(
        "certification Qualiopi valable jusqu’au",
        null=True,
        blank=True,
        help_text="Vide\u00a0: rien n’en est dit.",
    )

    in_pages = True
    max_count = 1
    subpage_types = ["formation.CoursePage", "formation.TrainingInformationPage"]
    template = "formation/catalogue_index_page.html"
    searched = ("introduction", "body")

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("introduction"),
        FieldPanel("body"),
        MultiFieldPanel(
            [
                FieldPanel("contact_name"),
                FieldPanel("contact_phone"),
                FieldPanel("contact_email"),
                FieldPanel("disability_contact"),
                FieldPanel("accessibility_statement"),
            ],
            heading="Commun à toutes les formations",
        ),
        MultiFieldPanel(
            [PageChooserPanel("terms_page"), PageChooserPanel("internal_rules_page")],
            heading="Pages liées à chaque formation",
        ),
        MultiFieldPanel(
            [FieldPanel("siret"), FieldPanel("qualiopi_until")],
            heading="Organisme de formation (rien n’en est montré ici)",
        ),
    ]

    class Meta:
        verbose_name = "catalogue des formations"
        verbose_name_plural = "catalogues des formations"

    def __str__(self) -> str:
        return self.title

    @classmethod
    def current(cls) -> Self | None:
        """The catalogue there is, with the pages that it names; None while there is none."""
        catalogues = cls.objects.select_related("terms_page", "internal_rules_page")
        return kept("catalogue and its pages", catalogues.first)

    def is_certified_on(self, day: date) -> bool:
        """Whether public and shared funds may pay for a course that day (article L6316-1)."""
        return self.qualiopi_until is not None and day <= self.qualiopi_until

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        """Reach a course with its theme in one query instead of three."""
        courses = apps.get_model("formation", "CoursePage").objects.child_of(self)
        if len(path_components) == 1:
            course = courses.select_related("theme").filter(slug=path_components[0]).first()
            if course:
                return course.route(request, [])
        return super().route(request, path_components)


class TrainingInformationPage(BasePage):
    """Terms of sale, internal rules, funding: a plain page of the catalogue."""

    introduction = models.TextField("introduction", max_length=600, blank=True)
    body = StreamField(TextStreamBlock(), verbose_name="texte", blank=True)

    parent_page_types = ["formation.CatalogueIndexPage"]
    subpage_types: list[str] = []
    template = "formation/training_information_page.html"
    searched = ("introduction", "body")
    opens_over = True

    content_panels = [*BasePage.content_panels, FieldPanel("introduction"), FieldPanel("body")]

    class Meta:
        verbose_name = "page d’information sur la formation"
        verbose_name_plural = "pages d’information sur la formation"

    def __str__(self) -> str:
        return self.title

    def check_publishable(self, values: dict[str, Any] | None = None) -> None:
        body = values["body"] if values else self.body
        if not body:
            raise ValidationError({"body": "Écrivez le texte de la page avant de la publier."})
