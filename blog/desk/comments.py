"""Comments in the admin: a list, their transitions one by one or many at once, what waits."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from wagtail import hooks
from wagtail.admin.ui.tables import Column, DateColumn

from blog.enums import CommentState
from blog.models import Comment
from blog.services.comments import LIFECYCLE
from site_enys.admin import PersonalDataViewSet, SafeBulkAction, Todo, register_todo
from site_enys.admin.viewsets import YesColumn
from site_enys.exceptions import Refused
from site_enys.french import plural
from site_enys.states import staff


class CommentViewSet(PersonalDataViewSet):
    model = Comment
    icon = "comment"
    menu_label = "Commentaires"
    offered_actions = ("view", "delete")
    lifecycle = LIFECYCLE
    list_display = [
        "__str__",
        Column("post", label="Article", sort_key="post__title"),
        "name",
        Column("beginning", label="Début"),
        Column("get_state_display", label="État", sort_key="state"),
        YesColumn("suspect", label="Mis de côté"),
        DateColumn("created_at", label="Reçu le", sort_key="created_at"),
    ]
    list_filter = ["state", "suspect", "post", "created_at"]
    search_fields = ["name", "text", "post__title"]
    list_export = ["post", "name", "text", "state", "suspect", "created_at", "state_changed_at"]
    export_filename = "commentaires"
    inspect_view_fields = [
        "post",
        "name",
        "email",
        "text",
        "state",
        "suspect",
        "created_at",
        "state_changed_at",
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Comment]:
        return super().get_queryset(request).select_related("post")


class CommentBulkAction(SafeBulkAction):
    """One transition of the lifecycle for each comment that was ticked."""

    models = [Comment]
    template_name = "blog/admin/bulk_transition.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"label": self.display_name}

    def get_execution_context(self) -> dict[str, Any]:
        return {"transition": self.action_type, "by": staff(self.request.user)}

    @classmethod
    def execute_action(cls, objects: list[Comment], **kwargs: Any) -> tuple[int, int]:
        done = 0
        for comment in objects:
            try:
                LIFECYCLE.apply(comment, kwargs["transition"], by=kwargs["by"], now=timezone.now())
            except Refused:  # already in that state: another person was faster
                continue
            done += 1
        return done, 0

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        return f"{plural(num_parent_objects, 'commentaire modifié', 'commentaires modifiés')}."


@hooks.register("register_bulk_action")
class ApproveComments(CommentBulkAction):
    display_name = "Publier"
    aria_label = "Publier les commentaires choisis"
    action_type = "approve"
    action_priority = 10


@hooks.register("register_bulk_action")
class RejectComments(CommentBulkAction):
    display_name = "Refuser"
    aria_label = "Refuser les commentaires choisis"
    action_type = "reject"
    action_priority = 20


@hooks.register("register_bulk_action")
class SpamComments(CommentBulkAction):
    display_name = "Indésirable"
    aria_label = "Marquer les commentaires choisis comme indésirables"
    action_type = "spam"
    action_priority = 30


@register_todo("blog.view_comment")
def comments_to_read(request: HttpRequest, now: datetime) -> Todo | None:
    pending = Comment.objects.pending()
    first = pending.first()
    if first is None:
        return None
    url = reverse(Comment.snippet_viewset.get_url_name("list"))
    return Todo(
        count=pending.count(),
        singular="commentaire à lire",
        plural="commentaires à lire",
        url=f"{url}?state={CommentState.PENDING}",
        since=first.created_at,
    )
