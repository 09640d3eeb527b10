"""Authors and categories in the admin."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from wagtail import hooks
from wagtail.log_actions import log
from wagtail.snippets.views.snippets import DeleteView, SnippetViewSet

from blog.models import Author, Category
from blog.services import taxonomy
from site_enys.exceptions import Refused, refusal_of


class NeededDeleteView(DeleteView):
    """Says which articles still need it, before and instead of an error."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        refusal = refusal_of(taxonomy.refuse_if_used, self.object)
        if refusal and request.user.has_perm(self.permission_name):
            messages.error(request, str(refusal))
            return redirect(self.index_url_name)
        return super().dispatch(request, *args, **kwargs)

    @property
    def permission_name(self) -> str:
        opts = self.object._meta
        return f"{opts.app_label}.delete_{opts.model_name}"

    def get_usage_url(self) -> None:
        """None: our own sentence says more than Wagtail's « protected »."""

    def delete_action(self) -> None:
        log(instance=self.object, action="wagtail.delete")
        taxonomy.delete(self.object)

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            return super().form_valid(form)
        except Refused as refusal:  # signed or filed since the page was shown
            messages.error(self.request, str(refusal))
            return redirect(self.index_url_name)


class AuthorViewSet(SnippetViewSet):
    model = Author
    icon = "user"
    menu_label = "Auteurs"
    list_display = ["name", "role"]
    copy_view_enabled = False
    delete_view_class = NeededDeleteView


class CategoryViewSet(SnippetViewSet):
    model = Category
    icon = "folder-open-inverse"
    menu_label = "Catégories"
    list_display = ["name", "slug"]
    copy_view_enabled = False
    delete_view_class = NeededDeleteView


@hooks.register("before_bulk_action")
def keep_what_articles_need(
    request: HttpRequest, action_type: str, objects: list[Any], action: Any
) -> HttpResponse | None:
    """« Supprimer » on ticked authors or categories: nothing goes when one of them is needed."""
    if action_type != "delete" or not objects or not isinstance(objects[0], Author | Category):
        return None
    refusals = [refusal_of(taxonomy.refuse_if_used, record) for record in objects]
    if not any(refusals):
        return None
    for refusal in filter(None, refusals):
        messages.error(request, str(refusal))
    return redirect(reverse(objects[0].snippet_viewset.get_url_name("list")))
