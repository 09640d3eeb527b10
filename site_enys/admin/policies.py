from collections.abc import Iterable
from typing import Any

from django.db.models import Model

from wagtail.permission_policies import ModelPermissionPolicy

try:  # Wagtail 8 keeps the policies in a registry; 7.4 reads an attribute of the viewset.
    from wagtail.permissions import register_permission_policy
except ImportError:
    register_permission_policy = None


class OfferedActionsPolicy(ModelPermissionPolicy):
    """Django's model permissions, limited to the actions that the screens offer.

    An action that is not offered is refused to everybody, superusers included: a record whose
    state is owned by a transition table is never edited through a generic form.
    """

    def __init__(self, model: type[Model], actions: Iterable[str]) -> None:
        super().__init__(model)
        self.actions = frozenset(actions)

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action in self.actions and super().user_has_permission(user, action)
