from django.db.models import TextChoices


class RequestKind(TextChoices):
    """The right that a person exercises (RGPD, articles 15 to 21)."""

    ACCESS = "access", "Accès"
    RECTIFICATION = "rectification", "Rectification"
    ERASURE = "erasure", "Effacement"
    RESTRICTION = "restriction", "Limitation"
    PORTABILITY = "portability", "Portabilité"
    OBJECTION = "objection", "Opposition"


class RequestState(TextChoices):
    """Where the answer to a person stands."""

    WAITING = "waiting", "À traiter"
    ANSWERED = "answered", "Répondue"
    REFUSED = "refused", "Refusée"
    WITHDRAWN = "withdrawn", "Retirée"


class RunOutcome(TextChoices):
    """How a purge ended; one that never did was interrupted."""

    RUNNING = "running", "En cours ou interrompue"
    DONE = "done", "Terminée"
    INCOMPLETE = "incomplete", "Incomplète"
