"""The closed lists of recruitment: stored value, and words shown."""

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


class Source(models.TextChoices):
    """How the person says they heard of the offer; told, never traced."""

    SITE = "site", "Ce site"
    FRANCE_TRAVAIL = "france-travail", "France Travail"
    APEC = "apec", "Apec"
    LINKEDIN = "linkedin", "LinkedIn"
    WORD_OF_MOUTH = "bouche-a-oreille", "Le bouche-à-oreille"
    OTHER = "autre", "Autre"


class DocumentKind(models.TextChoices):
    CV = "cv", "CV"


class ApplicationState(models.TextChoices):
    QUARANTINE = "quarantine", "À vérifier"
    RECEIVED = "received", "Reçue"
    REVIEWING = "reviewing", "À l’étude"
    INTERVIEW = "interview", "Entretien"
    OFFERED = "offered", "Proposition faite"
    HIRED = "hired", "Recrutée"
    REJECTED = "rejected", "Non retenue"
    WITHDRAWN = "withdrawn", "Retirée par la personne"
    CLOSED = "closed", "Sans suite"


#: The person waits for our answer: at most one such application per e-mail and offer.
ONGOING = (
    ApplicationState.RECEIVED,
    ApplicationState.REVIEWING,
    ApplicationState.INTERVIEW,
    ApplicationState.OFFERED,
)
#: The process has ended: the retention delay runs from the change to one of these.
ENDED = (
    ApplicationState.HIRED,
    ApplicationState.REJECTED,
    ApplicationState.WITHDRAWN,
    ApplicationState.CLOSED,
)
