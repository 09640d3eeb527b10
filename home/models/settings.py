"""Facts about the firm, typed once, shown by the footer, the contact page and the legal notice."""

from copy import copy
from typing import Any, Self

from django.core.validators import RegexValidator
from django.db import models, transaction
from django.utils.functional import cached_property

from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Site

from site_enys.memory import kept

from .partners import SubProcessor

only_siren = RegexValidator(r"^\d{3} ?\d{3} ?\d{3}$", "Un SIREN a neuf chiffres.")
only_phone = RegexValidator(r"^\+?[\d .()-]{6,24}$", "Ce numéro de téléphone n’est pas valable.")


#: What a company that publishes a site must say of itself and of its host.
LEGAL_FACTS = (
    "legal_name",
    "legal_form",
    "head_office",
    "siren",
    "registration",
    "phone",
    "email",
    "publication_director",
    "host_name",
    "host_address",
    "host_phone",
)


def default_site() -> Site:
    """The site itself, there being one."""
    sites = Site.objects.select_related("root_page")
    return kept("default site", lambda: sites.get(is_default_site=True))


@register_setting(icon="home")
class OrganisationSettings(BaseSiteSetting, ClusterableModel):
    """Who publishes the site. An empty fact is shown nowhere."""

    legal_name = models.CharField("raison sociale", max_length=120, blank=True)
    legal_form = models.CharField(
        "forme juridique", max_length=80, blank=True, help_text="SARL, SAS, association…"
    )
    share_capital = models.CharField(
        "capital social", max_length=40, blank=True, help_text="Avec l’unité\u00a0: 10 000 €."
    )
    head_office = models.TextField("siège social", max_length=300, blank=True)
    siren = models.CharField("SIREN", max_length=11, blank=True, validators=[only_siren])
    registration = models.CharField(
        "immatriculation", max_length=80, blank=True, help_text="RCS ou RNE, et la ville."
    )
    vat_number = models.CharField("TVA intracommunautaire", max_length=20, blank=True)
    training_number = models.CharField(
        "déclaration d’activité de formation",
        max_length=20,
        blank=True,
        help_text="Le numéro à onze chiffres donné par la préfecture de région.",
    )
    training_region = models.CharField(
        "préfet de région qui l’a enregistrée", max_length=80, blank=True
    )
    phone = models.CharField("téléphone", max_length=24, blank=True, validators=[only_phone])
    email = models.EmailField("adresse électronique", blank=True)
    opening_hours = models.CharField(
        "horaires", max_length=120, blank=True, help_text="Du lundi au vendredi, de 9 h à 17 h."
    )
    publication_director = models.CharField(
        "directeur ou directrice de la publication", max_length=120, blank=True
    )
    content_manager = models.CharField(
        "responsable de la rédaction",
        max_length=120,
        blank=True,
        help_text="Si c’est une autre personne.",
    )
    representative = models.CharField(
        "représentant légal",
        max_length=160,
        blank=True,
        help_text="Nom et fonction de qui signe les conventions et les certificats.",
    )
    data_contact = models.CharField(
        "contact pour les données personnelles",
        max_length=160,
        blank=True,
        help_text="Un nom ou une fonction, et comment la joindre.",
    )
    mediator_name = models.CharField(
        "médiateur de la consommation",
        max_length=160,
        blank=True,
        help_text="Obligatoire dès qu’un particulier achète une formation (code de la "
        "consommation, article L616-1).",
    )
    mediator_address = models.TextField("adresse du médiateur", max_length=300, blank=True)
    mediator_site = models.URLField("site du médiateur", blank=True)
    credits = models.TextField(
        "crédits",
        max_length=600,
        blank=True,
        help_text="Conception, dessins, photographies : une ligne par personne.",
    )
    host_name = models.CharField("hébergeur", max_length=120, blank=True)
    host_address = models.TextField("adresse de l’hébergeur", max_length=300, blank=True)
    host_phone = models.CharField(
        "téléphone de l’hébergeur", max_length=24, blank=True, validators=[only_phone]
    )

    panels = [
        MultiFieldPanel(
            [
                FieldPanel(name)
                for name in (
                    "legal_name",
                    "legal_form",
                    "share_capital",
                    "head_office",
                    "siren",
                    "registration",
                    "vat_number",
                )
            ],
            heading="La société",
        ),
        MultiFieldPanel(
            [FieldPanel("training_number"), FieldPanel("training_region")],
            heading="Organisme de formation",
        ),
        MultiFieldPanel(
            [FieldPanel("phone"), FieldPanel("email"), FieldPanel("opening_hours")],
            heading="Nous joindre",
        ),
        MultiFieldPanel(
            [
                FieldPanel("publication_director"),
                FieldPanel("content_manager"),
                FieldPanel("representative"),
                FieldPanel("data_contact"),
            ],
            heading="Responsables",
        ),
        MultiFieldPanel(
            [FieldPanel("host_name"), FieldPanel("host_address"), FieldPanel("host_phone")],
            heading="Hébergement du site",
        ),
        MultiFieldPanel(
            [
                FieldPanel("mediator_name"),
                FieldPanel("mediator_address"),
                FieldPanel("mediator_site"),
            ],
            heading="Médiation de la consommation",
        ),
        FieldPanel("credits"),
        InlinePanel(
            "sub_processors", heading="Sous-traitants (données personnelles)", label="Sous-traitant"
        ),
    ]

    class Meta:
        verbose_name = "identité du cabinet"
        verbose_name_plural = "identités du cabinet"

    def __str__(self) -> str:
        return "Identité du cabinet"

    @transaction.atomic
    def save(self, **kwargs: Any) -> None:
        """With its list of sub-processors, all or nothing: what follows a change sees it whole."""
        super().save(**kwargs)

    @classmethod
    def for_site(cls, site: Site) -> Self:
        """A copy, since Wagtail writes on it the request that asks for it."""
        read = super().for_site
        return copy(kept("organisation", lambda: read(site), site.pk))

    @classmethod
    def current(cls) -> Self:
        """Those of the firm’s site, wherever they are asked for."""
        return cls.for_site(default_site())

    @property
    def phone_link(self) -> str:
        """The phone number as a `tel:` address wants it."""
        return "".join(char for char in self.phone if char.isdigit() or char == "+")

    @property
    def training_declaration(self) -> str:
        """The number, in the words that must go with it (L6352-12); empty when it is unknown."""
        if not self.training_number:
            return ""
        region = self.training_region
        prefect = f", auprès du préfet de région {region}" if region else ""
        return (
            f"{self.training_number}{prefect}. Cet enregistrement ne vaut pas agrément de l’État."
        )

    @property
    def mediator(self) -> str:
        """Who a consumer may turn to, on one line; empty when it is unknown."""
        if not self.mediator_name:
            return ""
        address = " ".join(self.mediator_address.splitlines())
        return ", ".join(filter(None, (self.mediator_name, address, self.mediator_site)))

    @cached_property
    def partners(self) -> list[SubProcessor]:
        """The sub-processors, asked for once for a page."""
        return list(self.sub_processors.all())

    @property
    def data_leaves_the_union(self) -> bool:
        """Whether a sub-processor keeps data outside of the European Union."""
        return any(partner.outside_union for partner in self.partners)

    @property
    def missing_legal_facts(self) -> list[str]:
        """The labels of what the legal notice must say and does not (law n° 2004-575, art. 1-1)."""
        fields = (self._meta.get_field(name) for name in LEGAL_FACTS)
        return [str(field.verbose_name) for field in fields if not getattr(self, field.name)]

    @property
    def legal_facts(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """The legal notice: titles with their (label, value) facts; what is empty is left out.

        Law n° 2004-575 (LCEN) for the publisher and the host.
        """
        groups = [
            (
                "Éditeur du site",
                [
                    ("Raison sociale", self.legal_name),
                    ("Forme juridique", self.legal_form),
                    ("Capital social", self.share_capital),
                    ("Siège social", self.head_office),
                    ("SIREN", self.siren),
                    ("Immatriculation", self.registration),
                    ("TVA intracommunautaire", self.vat_number),
                    ("Téléphone", self.phone),
                    ("Courriel", self.email),
                    ("Déclaration d’activité de formation", self.training_declaration),
                ],
            ),
            (
                "Publication",
                [
                    ("Direction de la publication", self.publication_director),
                    ("Rédaction", self.content_manager),
                    ("Crédits", self.credits),
                ],
            ),
            (
                "Hébergement",
                [
                    ("Hébergeur", self.host_name),
                    ("Adresse", self.host_address),
                    ("Téléphone", self.host_phone),
                ],
            ),
            (
                "Médiation de la consommation",
                [
                    ("Médiateur", self.mediator_name),
                    ("Adresse", self.mediator_address if self.mediator_name else ""),
                    ("Site", self.mediator_site if self.mediator_name else ""),
                ],
            ),
        ]
        shown = [(title, [fact for fact in facts if fact[1]]) for title, facts in groups]
        return [(title, facts) for title, facts in shown if facts]
