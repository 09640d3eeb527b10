from django.db import models


class MessageState(models.TextChoices):
    """Where a contact message stands."""

    NEW = "new", "À lire"
    HANDLED = "handled", "Traité"
    SPAM = "spam", "Indésirable"


class MessageTopic(models.TextChoices):
    """What a visitor writes about."""

    ADVICE = "advice", "Un accompagnement ou un conseil"
    EVALUATION = "evaluation", "Une évaluation"
    TRAINING = "training", "Une formation"
    RECRUITMENT = "recruitment", "Un recrutement"
    PERSONAL_DATA = "personal_data", "Mes données personnelles"
    OTHER = "other", "Autre chose"


class Compliance(models.TextChoices):
    """What may be said of the site's accessibility, in the words that the foot of pages uses."""

    NOT_AUDITED = "not_audited", "non audité"
    NONE = "none", "non conforme"
    PARTIAL = "partial", "partiellement conforme"
    FULL = "full", "totalement conforme"
