"""Tables of the foundation: accounts, one-use form tokens, rate limits, journals. No business."""

import uuid
from typing import Any

from django.contrib.auth.models import AbstractUser, Group
from django.db import models
from django.forms import CheckboxSelectMultiple

from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from site_enys.templatetags.typography import long_date

from .states import StateEvent

__all__ = [
    "CheckState",
    "FormProtection",
    "FormSubmission",
    "JobRun",
    "MissedRenewal",
    "PrivateFileAccess",
    "RateWindow",
    "SignInSettings",
    "StateEvent",
    "User",
]


class User(AbstractUser):
    """A staff account. Trainees and candidates have none: they use signed links."""

    class Meta:
        verbose_name = "compte"
        verbose_name_plural = "comptes"

    def __str__(self) -> str:
        return self.get_full_name() or self.username


class FormSubmission(models.Model):
    """A public form token that has been used, with the page its answer lives at.

    Written in the same transaction as the records of the form; the unique nonce makes a double
    click, a reload or a replay meet the first result instead of making a second record.
    """

    nonce = models.UUIDField("jeton", unique=True)
    purpose = models.CharField("formulaire", max_length=40)
    result_url = models.CharField("page de résultat", max_length=500, blank=True)
    digest = models.CharField("empreinte des réponses", max_length=64, blank=True)
    quarantined = models.BooleanField("mis de côté", default=False)
    created_at = models.DateTimeField("le", auto_now_add=True, db_index=True)

    class Meta:
        verbose_name = "envoi de formulaire"
        verbose_name_plural = "envois de formulaires"

    def __str__(self) -> str:
        return f"{self.purpose} {self.nonce}"


class RateWindow(models.Model):
    """How often one (hashed) address used one form in one hour."""

    key = models.CharField("clé", max_length=64)
    hour = models.DateTimeField("heure", db_index=True)
    count = models.PositiveIntegerField("envois", default=0)

    class Meta:
        verbose_name = "fenêtre de débit"
        verbose_name_plural = "fenêtres de débit"
        constraints = [
            models.UniqueConstraint(fields=["key", "hour"], name="one_rate_window_per_key_and_hour")
        ]

    def __str__(self) -> str:
        return f"{self.hour:%d/%m/%Y %H} h\u00a0: {self.count}"


class MissedRenewal(models.Model):
    """The last time that pages changed and Redis could not be told; one row at most.

    See `page_cache/redis_board.py`: each process reads it, and shows nothing made before.
    """

    token = models.CharField("repère", max_length=16)
    at = models.DateTimeField("le", auto_now=True)

    class Meta:
        verbose_name = "renouvellement manqué"
        verbose_name_plural = "renouvellements manqués"

    def __str__(self) -> str:
        return f"{self.at:%d/%m/%Y %H:%M} {self.token}"


@register_setting(icon="lock")
class FormProtection(BaseGenericSetting):
    """What the direction asks of senders while an attack lasts: see `proof_of_work.py`."""

    proof_of_work = models.BooleanField(
        "demander un calcul au navigateur",
        default=False,
        help_text="À cocher pendant une attaque, à décocher ensuite. Chaque formulaire du site "
        "fait alors calculer le navigateur une ou deux secondes, sans rien demander à la personne "
        "ni à un autre site. Ce qui arrive sans ce calcul est mis de côté pour que vous le lisiez.",
    )

    class Meta:
        verbose_name = "protection des formulaires"
        verbose_name_plural = "protections des formulaires"

    def __str__(self) -> str:
        return "calcul demandé" if self.proof_of_work else "aucun calcul demandé"


class PrivateFileAccess(models.Model):
    """Who opened which private file, and when; or was refused it."""

    at = models.DateTimeField("le", auto_now_add=True, db_index=True)
    user = models.ForeignKey(
        User,
        verbose_name="compte",
        null=True,
        on_delete=models.SET_NULL,  # the trace outlives the account
        related_name="+",
    )
    subject = models.CharField("pièce", max_length=120)
    refused = models.BooleanField("refusée", default=False)

    class Meta:
        verbose_name = "consultation de pièce"
        verbose_name_plural = "consultations de pièces"
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.subject} ({long_date(self.at)})"


class JobRun(models.Model):
    """The heartbeat of one timed job: see `jobs.py`."""

    name = models.CharField("tâche", max_length=60, unique=True)
    started_at = models.DateTimeField("dernier départ", null=True, blank=True)
    running = models.BooleanField("en cours", default=False)
    # Who runs it, and until when nobody else may: see `leases.py`.
    holder = models.CharField("tenue par", max_length=16, blank=True, db_default="", editable=False)
    leased_until = models.DateTimeField("tenue jusqu’à", null=True, blank=True, editable=False)
    succeeded_at = models.DateTimeField("dernière réussite", null=True, blank=True)
    took_ms = models.PositiveIntegerField("durée (ms)", null=True, blank=True)
    failed_at = models.DateTimeField("dernier échec", null=True, blank=True)
    failures = models.PositiveSmallIntegerField("échecs de suite", default=0, db_default=0)
    last_error = models.TextField("dernière erreur", blank=True)

    class Meta:
        verbose_name = "tâche programmée"
        verbose_name_plural = "tâches programmées"

    def __str__(self) -> str:
        return self.name


class CheckState(models.Model):
    """What one check of the site last found, shared by every process: see `health/`."""

    name = models.CharField("contrôle", max_length=60, unique=True)
    state = models.CharField("état", max_length=10)
    since = models.DateTimeField("depuis")
    checked_at = models.DateTimeField("contrôlé le")
    measure = models.CharField("mesure", max_length=120, blank=True)
    sentence = models.TextField("constat", blank=True)

    class Meta:
        verbose_name = "contrôle du site"
        verbose_name_plural = "contrôles du site"
        # Beside the heartbeats, among the tables that no public page shows (`page_cache/writes`).
        db_table = "site_enys_jobrun_checks"

    def __str__(self) -> str:
        return self.name


@register_setting(icon="lock")
class SignInSettings(BaseGenericSetting):
    """What the direction asks of the team's sign-in."""

    second_factor_for = models.ManyToManyField(
        Group,
        verbose_name="rôles qui doivent avoir un second facteur",
        blank=True,
        related_name="+",
        help_text=(
            "Qui a l’un de ces rôles règle d’abord son second facteur, à sa prochaine page, "
            "avant d’ouvrir quoi que ce soit d’autre. Si vous en êtes, vous aussi."
        ),
    )

    panels = [FieldPanel("second_factor_for", widget=CheckboxSelectMultiple)]

    class Meta:
        verbose_name = "connexion de l’équipe"
        verbose_name_plural = "connexion de l’équipe"

    def __str__(self) -> str:
        return "connexion de l’équipe"


def random_name(_instance: Any, _filename: str) -> str:
    """A file name that tells nothing: the original name is data, not an address."""
    token = uuid.uuid4().hex
    return f"{token[:2]}/{token}"
