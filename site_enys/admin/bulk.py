from typing import Any, NoReturn

from django.core.exceptions import PermissionDenied

from wagtail.snippets.bulk_actions.snippet_bulk_action import SnippetBulkAction


class SafeBulkAction(SnippetBulkAction):
    """A bulk action that asks for the permission on the model and on each object.

    « Tout sélectionner » is refused: Wagtail's version ignores the filters of the list.
    """

    permission = "change"

    def check_perm(self, obj: Any) -> bool:
        codename = f"{obj._meta.app_label}.{self.permission}_{obj._meta.model_name}"
        policy = self.model.snippet_viewset.permission_policy
        return self.request.user.has_perm(codename) and policy.user_has_any_permission_for_instance(
            self.request.user, ["view"], obj
        )

    def get_all_objects_in_listing_query(self, parent_id: Any) -> NoReturn:
        raise PermissionDenied
