from django.db import models


class CommentState(models.TextChoices):
    PENDING = "pending", "À lire"
    APPROVED = "approved", "Publié"
    REJECTED = "rejected", "Refusé"
    SPAM = "spam", "Indésirable"
