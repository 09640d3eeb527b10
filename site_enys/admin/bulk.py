from typing import Any, NoReturn

from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404
from django.utils.functional import classproperty

from wagtail.snippets.bulk_actions.delete import DeleteBulkAction
from wagtail.snippets.bulk_actions.snippet_bulk_action import SnippetBulkAction
from wagtail.snippets.models import get_snippet_models

from .viewsets import PersonalDataViewSet


class SafeBulkAction(SnippetBulkAction):
    """A bulk action that asks for the permission on the model, for rows that the list shows.

    « Tout sélectionner » is refused: Wagtail's version ignores the filters of the list.
    """

    permission = "change"
    #: What the page before the act asks.
    question = "Confirmez-vous pour\u00a0:"
    template_name = "site_enys/admin/bulk_confirm.html"

    @classmethod
    def get_queryset(cls, model: type[Model], object_ids: list[str]) -> list[Any]:
        """As Wagtail; what is no identifier is not found, rather than an error 500."""
        try:
            return super().get_queryset(model, object_ids)
        except (ValueError, OverflowError) as error:
            raise Http404 from error

    def check_perm(self, obj: Any) -> bool:
        opts, user = obj._meta, self.request.user
        if not user.has_perm(f"{opts.app_label}.{self.permission}_{opts.model_name}"):
            return False
        shown = self.model.snippet_viewset.get_queryset(self.request)
        return shown.filter(pk=obj.pk).exists()

    def get_all_objects_in_listing_query(self, parent_id: Any) -> NoReturn:
        raise PermissionDenied


def _models_without_people(_action: type[DeleteBulkAction]) -> list[type[Model]]:
    return [
        model
        for model in get_snippet_models()
        if not isinstance(model.snippet_viewset, PersonalDataViewSet)
    ]


# Wagtail gives « Supprimer » to every snippet, whatever the viewset offers, and « tout » ignores
# the filters of the list: records about people do without.
DeleteBulkAction.models = classproperty(_models_without_people)
