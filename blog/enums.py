from django.db import models


class CommentState(models.TextChoices):
    PENDING = "pending", "À lire"
    APPROVED = "approved", "Publié"
    REJECTED = "rejected", "Refusé"
    SPAM = "spam", "Indésirable"


class Suspicion(models.TextChoices):
    """Why a comment was set apart; several may hold for one comment."""

    TRAP = "trap", "champ piège rempli"
    HASTE = "haste", "envoyé trop vite"
    NO_PROOF = "no_proof", "envoyé sans le calcul demandé pendant une attaque"
    LINKS = "links", "trop de liens"
    LINK_ONLY = "link_only", "rien d’autre qu’un lien"
    WORDS = "words", "mot ou site bloqué"
    REPEATED = "repeated", "texte déjà reçu"
    MANY = "many", "beaucoup d’envois du même endroit ce jour-là"


class ReportReason(models.TextChoices):
    INSULT = "insult", "Propos insultants ou haineux"
    PERSONAL = "personal", "Donnée personnelle"
    ADVERTISING = "advertising", "Publicité"
    ILLEGAL = "illegal", "Contenu illicite"
    OTHER = "other", "Autre"
