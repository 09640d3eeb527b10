"""« Recherches sans résultat » in the admin: what to write, or what to put forward."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from wagtail import hooks
from wagtail.admin.ui.tables import Column, DateColumn

from search.models import Promotion, SearchMiss
from search.models.misses import MissQuerySet
from search.services.misses import handle
from site_enys.admin import (
    PersonalDataViewSet,
    SafeBulkAction,
    Todo,
    admin_url,
    register_todo,
)
from site_enys.french import plural

PERMISSION = "search.change_searchmiss"


class WhatToDo(Column):
    """The three things that may be done about a search, on its line."""

    cell_template_name = "search/admin/what_to_do.html"

    def get_cell_context_data(self, instance: SearchMiss, parent_context: Any) -> dict[str, Any]:
        request: HttpRequest = parent_context["request"]
        offered = request.user.has_perm("search.add_promotion")
        address = f"{admin_url(Promotion, 'add')}?{urlencode({'mots': instance.words})}"
        return super().get_cell_context_data(instance, parent_context) | {
            "search_url": f"{reverse('search:results')}?{urlencode({'q': instance.words})}",
            "promote_url": address if offered else "",
            "handle_url": reverse("search_miss_handled", args=[instance.pk]),
            "may_handle": request.user.has_perm(PERMISSION),
            "csrf_token": get_token(request),
        }


class SearchMissViewSet(PersonalDataViewSet):
    model = SearchMiss
    icon = "search"
    menu_label = "Sans résultat"
    inspect_view_enabled = False
    list_display = [
        Column("words", label="Recherche", sort_key="words"),
        Column("count", label="Fois", sort_key="count"),
        DateColumn("last_at", label="Dernière fois", sort_key="last_at"),
        WhatToDo("pk", label="Que faire"),
    ]
    list_filter = ["last_at"]
    search_fields = ["words"]
    list_export = ["words", "count", "first_at", "last_at"]
    export_filename = "recherches-sans-resultat"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """What nobody has dealt with since it was last asked."""
        shown: MissQuerySet = super().get_queryset(request)  # type: ignore[assignment]
        return shown.waiting()


@hooks.register("register_bulk_action")
class HandleMisses(SafeBulkAction):
    display_name = "Traité"
    aria_label = "Marquer les recherches choisies comme traitées"
    action_type = "handle"
    action_priority = 10
    models = [SearchMiss]
    question = "Elles ne se montreront plus, sauf si on les refait\u00a0:"

    @classmethod
    def execute_action(cls, objects: list[SearchMiss], **kwargs: Any) -> tuple[int, int]:
        for miss in objects:
            handle(miss, timezone.now())
        return len(objects), 0

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        return f"{plural(num_parent_objects, 'recherche traitée', 'recherches traitées')}."


@require_POST
def miss_handled(request: HttpRequest, pk: int) -> HttpResponse:
    """« Traité », on the line of a search; a second time changes nothing."""
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied
    miss = SearchMiss.objects.waiting().filter(pk=pk).first()
    if miss is not None:
        handle(miss, timezone.now())
        messages.success(request, f"«\u00a0{miss.words}\u00a0»\u00a0: traité.")
    return redirect(admin_url(SearchMiss, "list"))


#: Once or twice is a slip of the keyboard; more often, people miss something.
OFTEN = 3


@register_todo(PERMISSION)
def often_searched_in_vain(request: HttpRequest, now: datetime) -> Todo | None:
    return Todo(
        count=SearchMiss.objects.waiting().filter(count__gte=OFTEN).count(),
        singular="recherche souvent faite, et sans résultat",
        plural="recherches souvent faites, et sans résultat",
        url=admin_url(SearchMiss, "list"),
    )
