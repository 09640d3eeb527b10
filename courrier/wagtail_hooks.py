"""« Courriels » : what was sent to whom, when, what failed, and « Renvoyer »."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from wagtail import hooks
from wagtail.admin.ui.tables import DateColumn
from wagtail.snippets.models import register_snippet

from site_enys.admin import PersonalDataViewSet, Todo, register_todo

from .models import OutgoingMessage
from .services import outbox


class OutgoingMessageViewSet(PersonalDataViewSet):
    model = OutgoingMessage
    icon = "mail"
    menu_label = "Courriels"
    menu_order = 500
    add_to_admin_menu = True
    list_display = [
        "__str__",
        "subject",
        "to",
        "get_state_display",
        DateColumn("created_at", label="Rédigé le", sort_key="created_at"),
        DateColumn("sent_at", label="Envoyé le", sort_key="sent_at"),
    ]
    list_filter = ["state", "kind", "created_at"]
    search_fields = ["to", "subject", "text"]
    list_export = ["kind", "to", "subject", "state", "created_at", "sent_at", "attempts"]
    export_filename = "courriels"
    inspect_view_fields = [
        "subject",
        "to",
        "reply_to",
        "text",
        "state",
        "created_at",
        "sent_at",
        "attempts",
        "next_try_at",
        "last_error",
        "message_id",
    ]
    inspect_template_name = "courrier/admin/inspect.html"


register_snippet(OutgoingMessageViewSet)


@require_POST
def send_again(request: HttpRequest, pk: int) -> HttpResponse:
    if not request.user.has_perm("courrier.change_outgoingmessage"):
        raise PermissionDenied
    message = get_object_or_404(OutgoingMessage, pk=pk)
    outbox.send_again(message, timezone.now())
    messages.success(request, "Le courriel est remis dans la file d’envoi.")
    viewset = OutgoingMessage.snippet_viewset
    return redirect(viewset.get_url_name("inspect"), pk)


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern]:
    return [path("courriels/<int:pk>/renvoyer/", send_again, name="courrier_send_again")]


@register_todo("courrier.view_outgoingmessage")
def failed_messages(request: HttpRequest, now: datetime) -> Todo | None:
    failed = OutgoingMessage.objects.failed().order_by("created_at")
    first = failed.first()
    if first is None:
        return None
    url: Any = reverse(OutgoingMessage.snippet_viewset.get_url_name("list"))
    return Todo(
        count=failed.count(),
        singular="courriel en échec",
        plural="courriels en échec",
        url=f"{url}?state={OutgoingMessage.State.FAILED}",
        since=first.created_at,
        urgent=True,
    )
