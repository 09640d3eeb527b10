"""The closed lists of the catalogue: what a course is, and for whom."""

from django.db import models


class DeliveryMode(models.TextChoices):
    ONSITE = "onsite", "En présence"
    ONLINE = "online", "À distance"
    BLENDED = "blended", "Mixte (présence et distance)"


class PriceUnit(models.TextChoices):
    PERSON = "person", "par personne"
    GROUP = "group", "pour le groupe"
    DAY = "day", "par jour et pour le groupe"


class VatRegime(models.TextChoices):
    """Which VAT rule the price follows (CGI)."""

    EXEMPT = "exempt", "exonéré de TVA (article 261-4-4° a du CGI)"
    STANDARD = "standard", "TVA de 20\u00a0%"
    FRANCHISE = "franchise", "TVA non applicable (article 293 B du CGI)"


class BuyerType(models.TextChoices):
    COMPANY = "company", "Entreprise"
    INDIVIDUAL = "individual", "Particulier"
    # Never enrolled here: the platform's own terms stand for the agreement (D6353-1 III).
    CPF = "cpf", "CPF"


#: How the addresses of the site name each kind of buyer.
BUYER_WORDS = {
    "entreprise": BuyerType.COMPANY,
    "particulier": BuyerType.INDIVIDUAL,
    "cpf": BuyerType.CPF,
}


class CourseLevel(models.TextChoices):
    """How far a course goes into its subject."""

    INITIATION = "initiation", "Initiation"
    DEEPENING = "approfondissement", "Approfondissement"
    EXPERTISE = "expertise", "Expertise"


class Funding(models.TextChoices):
    """Who may pay for a course."""

    EMPLOYER = "employeur", "Employeur (plan de développement des compétences)"
    OPCO = "opco", "Opérateur de compétences (OPCO)"
    FAF = "faf", "Fonds d’assurance formation des indépendants (FAF)"
    FRANCE_TRAVAIL = "france-travail", "France Travail"
    CPF = "cpf", "Compte personnel de formation (CPF)"
    PERSONAL = "personnel", "Financement personnel"


#: Funds that only pay a body with the quality certification (article L6316-1).
ASK_FOR_CERTIFICATION = frozenset({Funding.OPCO, Funding.FRANCE_TRAVAIL, Funding.CPF})


class EntryLevel(models.TextChoices):
    """The level wanted at the start; the codes are those of LHEO's table of levels."""

    NONE = "1", "Sans niveau spécifique"
    LEVEL_3 = "13", "Niveau 3 (CAP, BEP)"
    LEVEL_4 = "14", "Niveau 4 (baccalauréat)"
    LEVEL_5 = "15", "Niveau 5 (bac + 2)"
    LEVEL_6 = "16", "Niveau 6 (licence, bac + 3 ou 4)"
    LEVEL_7 = "17", "Niveau 7 (master, bac + 5)"
    LEVEL_8 = "18", "Niveau 8 (doctorat)"


class CoursePath(models.TextChoices):
    """How far a course adapts to each person; LHEO's table of paths."""

    GROUP = "1", "En groupe, non personnalisable"
    INDIVIDUAL = "2", "Individualisé"
    MODULAR = "3", "Modularisé"
    MIXED = "4", "Mixte"


class CourseLength(models.TextChoices):
    """How visitors think of a duration."""

    SHORT = "courte", "Un jour au plus"
    MEDIUM = "moyenne", "Plus d’un jour, trois au plus"
    LONG = "longue", "Plus de trois jours"


class CourseOrder(models.TextChoices):
    TITLE = "", "Alphabétique"
    DATE = "date", "Prochaine date"
    LENGTH = "duree", "Durée croissante"
    PRICE = "tarif", "Tarif croissant"
