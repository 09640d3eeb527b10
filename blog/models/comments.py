"""What readers answer, shown after staff has read it."""

import uuid
from typing import Any, ClassVar

from django.db import models
from django.urls import reverse
from django.utils.text import Truncator

from blog.enums import CommentState
from site_enys.states import StateEvent


class CommentQuerySet(models.QuerySet["Comment"]):
    def approved(self) -> "CommentQuerySet":
        """The comments that show, in the order of a conversation."""
        return self.filter(state=CommentState.APPROVED).order_by("created_at", "pk")

    def pending(self) -> "CommentQuerySet":
        return self.filter(state=CommentState.PENDING).order_by("created_at", "pk")


class Comment(models.Model):
    """An answer to an article. No account; the e-mail address is optional and soon forgotten."""

    snippet_viewset: ClassVar[Any]  # set when wagtail_hooks registers the screens

    reference = models.UUIDField("référence", default=uuid.uuid4, unique=True, editable=False)
    post = models.ForeignKey(
        "blog.PostPage", verbose_name="article", on_delete=models.CASCADE, related_name="comments"
    )
    name = models.CharField("nom", max_length=80)
    email = models.EmailField(
        "adresse électronique", max_length=254, blank=True, help_text="Effacée une fois utilisée."
    )
    text = models.TextField("texte", max_length=4000)
    created_at = models.DateTimeField("reçu le", db_index=True)
    state = models.CharField(
        "état", max_length=10, choices=CommentState, default=CommentState.PENDING
    )
    state_changed_at = models.DateTimeField("état depuis le")
    suspect = models.BooleanField("mis de côté", default=False)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = "commentaire"
        verbose_name_plural = "commentaires"
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["post", "state"], name="comments_of_post")]

    def __str__(self) -> str:
        # No name: Wagtail's journal keeps this text after the row is erased.
        return f"Commentaire n°\u00a0{self.pk}"

    @property
    def beginning(self) -> str:
        """The first words, for lists."""
        return Truncator(" ".join(self.text.split())).chars(90)

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
