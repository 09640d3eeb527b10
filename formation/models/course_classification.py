"""By what a course is looked for: its level, who may pay for it, and the codes of its export."""

from django.db import models
from django.db.models import Q

from formation.enums import BuyerType, CourseLevel, CoursePath, EntryLevel, Funding, PriceUnit
from formation.validators import one_to_five_codes, one_to_ten_codes, three_digits

#: The field that says each way of paying; the CPF follows from the certification.
FUNDING_FIELDS = {
    Funding.EMPLOYER: "employer_funding",
    Funding.OPCO: "opco_funding",
    Funding.FAF: "faf_funding",
    Funding.FRANCE_TRAVAIL: "france_travail_funding",
    Funding.PERSONAL: "personal_funding",
}
#: The same rule as the property below, for a query.
TAKES_CPF = Q(is_certifying=True) & ~Q(cpf_url="")
PAID_BY = {
    **{way: Q(**{name: True}) for way, name in FUNDING_FIELDS.items()},
    Funding.CPF: TAKES_CPF,
}
#: A price for a group is not for one person.
SOLD_TO = {
    BuyerType.COMPANY: Q(),
    BuyerType.INDIVIDUAL: Q(price_unit=PriceUnit.PERSON),
    BuyerType.CPF: TAKES_CPF,
}
#: What LHEO wants of each course and the page does not say.
EXPORT_FIELDS = (
    "formacodes",
    "nsf_code",
    "entry_level",
    "entry_level_required",
    "public_codes",
    "learning_path",
)


class CourseClassification(models.Model):
    """What the catalogue filters by, and the codes under which other catalogues list the course."""

    # Fields of the course that the properties below read.
    is_certifying: bool
    cpf_url: str

    level = models.CharField("niveau", max_length=20, choices=CourseLevel, blank=True)
    employer_funding = models.BooleanField("employeur", default=False)
    opco_funding = models.BooleanField("OPCO", default=False)
    faf_funding = models.BooleanField("FAF (indépendants)", default=False)
    france_travail_funding = models.BooleanField(
        "demandeurs d’emploi (France Travail)", default=False
    )
    personal_funding = models.BooleanField("financement personnel", default=False)

    formacodes = models.CharField(
        "codes Formacode",
        max_length=34,
        blank=True,
        validators=[one_to_five_codes],
        help_text="Version 14, un à cinq codes, le principal d’abord.",
    )
    nsf_code = models.CharField(
        "code NSF",
        max_length=3,
        blank=True,
        validators=[three_digits],
        help_text="Spécialité de formation, en trois chiffres\u00a0: 332 pour le travail social.",
    )
    entry_level = models.CharField(
        "niveau à l’entrée", max_length=2, choices=EntryLevel, blank=True
    )
    entry_level_required = models.BooleanField("niveau à l’entrée obligatoire", default=False)
    public_codes = models.CharField(
        "codes des publics",
        max_length=69,
        blank=True,
        validators=[one_to_ten_codes],
        help_text="Publics du Formacode, version 14\u202f; un à dix codes.",
    )
    learning_path = models.CharField(
        "type de parcours", max_length=1, choices=CoursePath, blank=True
    )

    class Meta:
        abstract = True

    @property
    def takes_cpf(self) -> bool:
        """Only a registered certification may be paid so (article L6323-6)."""
        return bool(self.is_certifying and self.cpf_url)

    @property
    def fundings(self) -> list[Funding]:
        """The ways in which it may be paid, in the order in which they are shown."""
        return [
            way
            for way in Funding
            if (self.takes_cpf if way == Funding.CPF else getattr(self, FUNDING_FIELDS[way]))
        ]
