"""What readers answer, shown after staff has read it."""

import uuid
from collections.abc import Iterable
from typing import Any, ClassVar

from django.contrib.admin import display
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.text import Truncator

from blog.enums import CommentState, Suspicion
from rgpd.models import Informed
from site_enys.states import StateEvent

from .reports import CommentReport


class CommentQuerySet(models.QuerySet["Comment"]):
    def in_place(self) -> "CommentQuerySet":
        """What stands under an article, the places of erased comments included.

        An answer leaves the site with the comment that it answers, and comes back with it.
        """
        under_one_that_shows = Q(parent=None) | Q(parent__state=CommentState.APPROVED)
        return self.filter(under_one_that_shows, state=CommentState.APPROVED).order_by(
            "created_at", "pk"
        )

    def approved(self) -> "CommentQuerySet":
        """The comments that show, answers included, in the order of a conversation."""
        return self.in_place().filter(erased_at=None)

    def pending(self) -> "CommentQuerySet":
        return self.filter(state=CommentState.PENDING).order_by("created_at", "pk")

    def reported(self) -> "CommentQuerySet":
        """Online, and reported since staff last looked."""
        return self.filter(state=CommentState.APPROVED, reported_at__isnull=False).order_by(
            "reported_at", "pk"
        )

    def awaiting_decision(self) -> "CommentQuerySet":
        """Those that wait, and those that were reported; with what their cards show."""
        reported = Q(state=CommentState.APPROVED, reported_at__isnull=False)
        opened = CommentReport.objects.filter(decided_at=None)
        return (
            self.filter(Q(state=CommentState.PENDING) | reported)
            .select_related("post", "parent")
            .prefetch_related(models.Prefetch("reports", opened))
            .order_by("created_at", "pk")
        )

    def waiting_from(self, comment: "Comment") -> "CommentQuerySet":
        """The others that wait, sent from the same place on the same day."""
        if not comment.sender:
            return self.none()
        return self.pending().filter(sender=comment.sender).exclude(pk=comment.pk)


class Comment(Informed):
    """An answer to an article, or to another comment. No account.

    The e-mail address is optional and soon forgotten (`rgpd.py`).
    """

    snippet_viewset: ClassVar[Any]  # set when wagtail_hooks registers the screens

    reference = models.UUIDField("référence", default=uuid.uuid4, unique=True, editable=False)
    post = models.ForeignKey(
        "blog.PostPage", verbose_name="article", on_delete=models.CASCADE, related_name="comments"
    )
    # One level only: an answer to an answer belongs to the first comment.
    parent = models.ForeignKey(
        "self",
        verbose_name="en réponse à",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="answers",
    )
    name = models.CharField("nom", max_length=80, blank=True)
    by_team = models.BooleanField("écrit par l’équipe", default=False)
    email = models.EmailField(
        "adresse électronique", max_length=254, blank=True, help_text="Effacée une fois utilisée."
    )
    text = models.TextField("texte", max_length=4000, blank=True)
    created_at = models.DateTimeField("reçu le", db_index=True)
    state = models.CharField(
        "état", max_length=10, choices=CommentState, default=CommentState.PENDING
    )
    state_changed_at = models.DateTimeField("état depuis le")
    suspect = models.BooleanField("mis de côté", default=False)
    # Codes of `Suspicion` between commas: read together, and never searched one by one.
    reasons = models.CharField("mis de côté parce que", max_length=120, blank=True)
    fingerprint = models.CharField("empreinte du texte", max_length=64, blank=True, db_index=True)
    sender = models.CharField("empreinte de la connexion", max_length=64, blank=True, db_index=True)
    announced = models.BooleanField("annoncé à l’équipe", default=False)
    reported_at = models.DateTimeField("signalé le", null=True, blank=True)
    erased_at = models.DateTimeField("effacé le", null=True, blank=True)
    link_nonce = models.UUIDField("clé des liens", default=uuid.uuid4, editable=False)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = "commentaire"
        verbose_name_plural = "commentaires"
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["post", "state"], name="comments_of_post")]
        constraints = [
            models.CheckConstraint(
                condition=Q(parent=None) | ~Q(parent=models.F("pk")),
                name="comment_does_not_answer_itself",
                violation_error_message="Un commentaire ne se répond pas à lui-même.",
            ),
            models.CheckConstraint(
                condition=Q(erased_at=None) | Q(name="", text="", email="", sender=""),
                name="erased_comment_holds_nothing",
                violation_error_message="Un commentaire effacé ne garde ni nom ni texte.",
            ),
        ]

    def __str__(self) -> str:
        # No name: Wagtail's journal keeps this text after the row is erased.
        return f"Commentaire n°\u00a0{self.pk}"

    @property
    @display(description="commentaire")
    def beginning(self) -> str:
        """The first words, for lists."""
        if self.erased_at:
            return "Commentaire effacé"
        return Truncator(" ".join(self.text.split())).chars(90)

    @property
    def reasons_in_words(self) -> str:
        """« trop de liens, mot ou site bloqué » : why the site set it apart."""
        codes = self.reasons.split(",") if self.reasons else []
        return ", ".join(Suspicion(code).label for code in codes)

    @property
    @display(description="mis de côté")
    def set_aside_in_words(self) -> str:
        """The reasons, « oui » for a comment older than they are, or nothing."""
        return self.reasons_in_words or ("oui" if self.suspect else "")

    @property
    def anchor(self) -> str:
        """Where it stands on the page of its article."""
        return f"commentaire-{self.pk}"

    def get_absolute_url(self) -> str:
        """The confirmation shown to who wrote it."""
        return reverse("blog:answered", args=[self.reference])


class CommentEvent(StateEvent):
    """What happened to a comment."""

    subject = models.ForeignKey(
        Comment, verbose_name="commentaire", on_delete=models.CASCADE, related_name="events"
    )

    class Meta(StateEvent.Meta):
        verbose_name = "événement de commentaire"
        verbose_name_plural = "événements de commentaires"


class Conversation:
    """The comments of an article as they are read: each with its answers, one level deep."""

    def __init__(self, comments: Iterable[Comment]) -> None:
        """`comments` are those of `CommentQuerySet.in_place`, in its order."""
        rows = list(comments)
        #: Those that count; an erased one is only a place.
        self.comments = [row for row in rows if not row.erased_at]
        answers: dict[int | None, list[Comment]] = {}
        for row in self.comments:
            answers.setdefault(row.parent_id, []).append(row)
        first = (row for row in rows if row.parent_id is None)
        self.threads = [
            (row, answers.get(row.pk, []))
            for row in first
            if row.pk in answers or not row.erased_at
        ]

    @classmethod
    def of(cls, post_id: int | None) -> "Conversation":
        return cls(Comment.objects.in_place().filter(post_id=post_id))
