from typing import Any

from recrutement.models import Application
from recrutement.models.applications import ApplicationQuerySet
from recrutement.services import access
from site_enys.admin.policies import OfferedActionsPolicy


class ApplicationPolicy(OfferedActionsPolicy):
    """What `access` says: a reviewer sees what was given to her, and does nothing else here."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        if action == "view":
            return action in self.actions and access.reads_some(user)
        return access.reads_all(user) and super().user_has_permission(user, action)

    def user_has_permission_for_instance(
        self, user: Any, action: str, instance: Application
    ) -> bool:
        allowed = self.user_has_permission(user, action)
        return allowed and access.visible(user).filter(pk=instance.pk).exists()

    def instances_user_has_any_permission_for(self, user: Any, actions: Any) -> ApplicationQuerySet:
        allowed = self.user_has_any_permission(user, actions)
        return access.visible(user) if allowed else Application.objects.none()
