"""The decisions about many comments at once."""

from typing import Any

from django.utils import timezone

from wagtail import hooks

from blog.models import Comment
from blog.services.moderation import LIFECYCLE
from site_enys.admin import SafeBulkAction
from site_enys.exceptions import Refused
from site_enys.french import plural
from site_enys.states import staff


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
