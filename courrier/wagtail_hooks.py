"""« Courriels » : what was sent to whom, when, what failed, and « Renvoyer »."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.decorators.http import require_POST

from wagtail import hooks
from wagtail.admin.ui.tables import DateColumn
from wagtail.snippets.models import register_snippet

from django_filters import AllValuesFilter

from site_enys.admin import PersonalDataViewSet, SafeBulkAction, Todo, admin_url, register_todo
from site_enys.admin.viewsets import SafeFilterSet, SafeIndexView, SafeInspectView
from site_enys.french import plural

from . import desk
from .models import OutgoingMessage, OutgoingMessageQuerySet
from .services import outbox, readers

# The worker looks every second: a message that waits this long has no worker.
LONGEST_WAIT = timedelta(minutes=15)
NOTHING_LEAVES = (
    "Aucun serveur d’envoi n’est réglé (EMAIL_HOST)\u00a0: les courriels sont gardés ici, "
    "lisibles, et aucun ne part."
)
HIDDEN = "Contenu non affiché\u00a0: il tient lieu de clé, et il est oublié après l’envoi."


class SendingNotice:
    """Says on the screen that nothing leaves, while that is so."""

    @property
    def notice(self) -> str:
        return "" if outbox.sending_is_configured() else NOTHING_LEAVES


class OutgoingMessageFilterSet(SafeFilterSet):
    kind = AllValuesFilter(label="Nature")

    class Meta:
        model = OutgoingMessage
        fields = ["state", "kind", "created_at"]


class OutgoingMessageIndexView(SendingNotice, SafeIndexView):
    pass


class OutgoingMessageInspectView(SendingNotice, SafeInspectView):
    def get_text_display_value(self) -> str:
        return HIDDEN if self.is_hidden else self.object.text

    def get_next_try_at_display_value(self) -> Any:
        waits = self.object.state == OutgoingMessage.State.QUEUED
        return self.object.next_try_at if waits else None

    @property
    def is_hidden(self) -> bool:
        """A code that cannot leave is shown: the site is on trial, on somebody's own machine."""
        account = self.object.kind == OutgoingMessage.ACCOUNT
        return self.object.secret and (account or outbox.sending_is_configured())


class OutgoingMessageViewSet(PersonalDataViewSet):
    model = OutgoingMessage
    icon = "mail"
    menu_label = "Courriels"
    menu_order = 250
    add_to_admin_menu = True
    index_view_class = OutgoingMessageIndexView
    inspect_view_class = OutgoingMessageInspectView
    list_display = [
        "__str__",
        "subject",
        "to",
        "state",
        DateColumn("created_at", label="Rédigé le", sort_key="created_at"),
        DateColumn("sent_at", label="Envoyé le", sort_key="sent_at"),
    ]
    filterset_class = OutgoingMessageFilterSet
    # Not the text: what the screens hide must not be found by trying.
    search_fields = ["to", "subject"]
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
    index_template_name = "courrier/admin/index.html"
    inspect_template_name = "courrier/admin/inspect.html"

    def get_queryset(self, request: HttpRequest) -> Any:
        messages: Any = super().get_queryset(request)
        return readers.readable(messages, request.user)


register_snippet(OutgoingMessageViewSet)


@hooks.register("register_bulk_action")
class SendAgain(SafeBulkAction):
    display_name = "Renvoyer"
    action_type = "send_again"
    aria_label = "Renvoyer les courriels cochés qui sont en échec"
    question = "Remettre dans la file d’envoi ceux de ces courriels qui sont en échec\u00a0?"
    models = [OutgoingMessage]

    @classmethod
    def execute_action(cls, objects: list[Any], **kwargs: Any) -> tuple[int, int]:
        now = timezone.now()
        return sum(outbox.send_again(message, now) for message in objects), 0

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        return f"Remis dans la file d’envoi\u00a0: {plural(num_parent_objects, 'courriel')}."


@require_POST
def send_again(request: HttpRequest, pk: int) -> HttpResponse:
    """« Renvoyer » on the screen of one message."""
    if not request.user.has_perm("courrier.change_outgoingmessage"):
        raise PermissionDenied
    message = get_object_or_404(_readable(request), pk=pk)
    if outbox.send_again(message, timezone.now()):
        messages.success(request, "Le courriel est remis dans la file d’envoi.")
    else:
        messages.error(request, "Ce courriel n’est pas en échec\u00a0: rien n’a changé.")
    return redirect(admin_url(OutgoingMessage, "inspect", pk))


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern]:
    return [
        *desk.urlpatterns,
        path("courriels/<int:pk>/renvoyer/", send_again, name="courrier_send_again"),
    ]


@register_todo("courrier.view_outgoingmessage")
def failed_messages(request: HttpRequest, now: datetime) -> Todo | None:
    failed = _readable(request).failed().order_by("created_at")
    first = failed.first()
    if first is None:
        return None
    return Todo(
        count=failed.count(),
        singular="courriel en échec",
        plural="courriels en échec",
        url=_list_of(OutgoingMessage.State.FAILED),
        since=first.created_at,
        urgent=True,
    )


@register_todo("courrier.view_outgoingmessage")
def messages_without_worker(request: HttpRequest, now: datetime) -> Todo | None:
    if not outbox.sending_is_configured():
        return None
    stuck = _readable(request).due(now - LONGEST_WAIT).order_by("next_try_at")
    first = stuck.first()
    if first is None:
        return None
    return Todo(
        count=stuck.count(),
        singular="courriel ne part pas (le service d’envoi est-il arrêté\u00a0?)",
        plural="courriels ne partent pas (le service d’envoi est-il arrêté\u00a0?)",
        url=_list_of(OutgoingMessage.State.QUEUED),
        since=first.next_try_at,
        urgent=True,
    )


def _readable(request: HttpRequest) -> OutgoingMessageQuerySet:
    return readers.readable(OutgoingMessage.objects.all(), request.user)


def _list_of(state: str) -> str:
    return f"{admin_url(OutgoingMessage, 'list')}?state={state}"
