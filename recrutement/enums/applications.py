"""The closed lists of an application: stored value, and words shown."""

from django.db import models


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
#: Nobody has decided yet, and nothing has been decided by the person either.
UNDECIDED = (ApplicationState.QUARANTINE, *ONGOING)

#: What the person reads of each state, in her own space.
SEEN_BY_THE_PERSON = {
    ApplicationState.QUARANTINE: "Reçue",
    ApplicationState.RECEIVED: "Reçue",
    ApplicationState.REVIEWING: "À l’étude",
    ApplicationState.INTERVIEW: "Entretien",
    ApplicationState.OFFERED: "Proposition",
    ApplicationState.HIRED: "Retenue",
    ApplicationState.REJECTED: "Non retenue",
    ApplicationState.WITHDRAWN: "Retirée",
    ApplicationState.CLOSED: "Sans suite",
}


class RejectReason(models.TextChoices):
    """Why an application is not retained: for the team and the statistics, with a message each."""

    EXPERIENCE = "experience", "Expérience trop éloignée du poste"
    QUALIFICATION = "qualification", "Diplôme ou habilitation exigés pour le poste"
    OTHER_PROFILE = "autre-profil", "Une autre candidature correspond davantage"
    AVAILABILITY = "disponibilite", "Dates ou lieu qui ne s’accordent pas"
    INCOMPLETE = "incomplete", "Candidature incomplète"
    NO_NEED = "sans-besoin", "Pas de poste de cette nature en ce moment"
    OTHER = "autre", "Autre raison"


class InterviewKind(models.TextChoices):
    ON_SITE = "sur-place", "Sur place"
    VIDEO = "visio", "En visioconférence"
    PHONE = "telephone", "Par téléphone"
