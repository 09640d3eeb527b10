"""The closed lists of an offer: stored value, and words shown."""

from django.db import models


class ContractType(models.TextChoices):
    CDI = "cdi", "CDI"
    CDD = "cdd", "CDD"
    CDDU = "cddu", "CDD d’usage"
    APPRENTICESHIP = "alternance", "Alternance"
    INTERNSHIP = "stage", "Stage"
    FREELANCE = "mission", "Mission indépendante"
    CIVIC_SERVICE = "service-civique", "Service civique"
    OTHER = "autre", "Autre"

    @classmethod
    def with_an_end(cls) -> "frozenset[ContractType]":
        """The contracts whose duration must be told."""
        return frozenset({cls.CDD, cls.APPRENTICESHIP, cls.INTERNSHIP, cls.CIVIC_SERVICE})


class WorkTime(models.TextChoices):
    FULL = "plein", "Temps plein"
    PART = "partiel", "Temps partiel"


class RemotePolicy(models.TextChoices):
    ON_SITE = "sur-site", "Sur site"
    HYBRID = "hybride", "Télétravail partiel"
    REMOTE = "a-distance", "À distance"


class SalaryUnit(models.TextChoices):
    HOUR = "heure", "par heure"
    DAY = "jour", "par jour"
    MONTH = "mois", "par mois"
    YEAR = "an", "par an"


class CollectiveAgreement(models.TextChoices):
    SYNTEC = "syntec", "Bureaux d’études (Syntec)"
    CCN_66 = "ccn66", "CCN du 15 mars 1966"
    CCN_51 = "ccn51", "CCN du 31 octobre 1951"
    ALISFA = "alisfa", "Acteurs du lien social et familial (ALISFA)"
    OTHER = "autre", "Autre"


class CoverLetter(models.TextChoices):
    NONE = "sans", "Pas de message"
    OPTIONAL = "facultatif", "Message facultatif"
    REQUIRED = "obligatoire", "Message obligatoire"


class OfferStatus(models.TextChoices):
    OPEN = "open", "Ouverte"
    SUSPENDED = "suspended", "Suspendue"
    FILLED = "filled", "Pourvue"
    CANCELLED = "cancelled", "Annulée"


class Country(models.TextChoices):
    """Where one may work: France and its neighbours (ISO 3166-1)."""

    FRANCE = "FR", "France"
    BELGIUM = "BE", "Belgique"
    SWITZERLAND = "CH", "Suisse"
    LUXEMBOURG = "LU", "Luxembourg"
    GERMANY = "DE", "Allemagne"
    SPAIN = "ES", "Espagne"
    ITALY = "IT", "Italie"


class QuestionKind(models.TextChoices):
    """How a question of an offer is answered."""

    SHORT = "court", "Réponse courte"
    LONG = "long", "Réponse longue"
    YES_NO = "oui-non", "Oui ou non"
    CHOICE = "choix", "Un choix dans une liste"
