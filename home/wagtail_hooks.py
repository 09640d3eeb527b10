"""The pages' side of the admin: contact messages, late publications, a tidy menu."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse

from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.account import AvatarSettingsPanel
from wagtail.models import Page
from wagtail.rich_text.feature_registry import FeatureRegistry
from wagtail.snippets.models import register_snippet

from site_enys.admin import DeskMenuItem, PersonalDataViewSet, Todo, register_todo
from site_enys.admin.viewsets import YesColumn
from site_enys.byte_ranges import asked_part, part_response

from .blocks.video import FILMS
from .desk.charte import BothSchemes, ChartePage, charte_menu_item, scheme_sheet
from .desk.legal import LegalPagesView
from .desk.page_checker import in_our_words
from .desk.refresh import RefreshMenuItem, RefreshView, RefreshWorkbookView, mark_read
from .desk.starters import begin
from .enums import MessageState
from .media_forms import AvatarForm
from .models import ContactMessage, CustomDocument, ServicePage
from .review.panel import new_page_review, page_review
from .rich_text import ReachableDocumentHandler, ReachablePageHandler
from .services import contact, scheduling, starters
from .starters import SERVICE_PAGE


class ContactMessageViewSet(PersonalDataViewSet):
    model = ContactMessage
    lifecycle = contact.LIFECYCLE
    icon = "mail"
    menu_label = "Messages"
    menu_name = "messages"
    menu_order = 240
    add_to_admin_menu = True
    list_display = [
        "reference",
        Column("name", label="Nom", sort_key="name"),
        Column("organisation", label="Structure", sort_key="organisation"),
        Column("get_topic_display", label="Sujet", sort_key="topic"),
        Column("get_state_display", label="État", sort_key="state"),
        YesColumn("suspect", label="Mis de côté"),
        DateColumn("created_at", label="Reçu le", sort_key="created_at"),
    ]
    list_filter = ["state", "topic", "suspect", "created_at"]
    search_fields = ["name", "email", "organisation", "text"]
    list_export = [
        "reference",
        "created_at",
        "topic",
        "name",
        "email",
        "phone",
        "organisation",
        "text",
        "state",
    ]
    export_headings = {"reference": "référence"}
    export_filename = "messages"
    inspect_view_fields = [
        "topic",
        "name",
        "email",
        "phone",
        "organisation",
        "text",
        "suspect",
        "state",
        "created_at",
        "notice_version",
        "notice_shown_at",
    ]


register_snippet(ContactMessageViewSet)


@register_todo("home.view_contactmessage")
def messages_to_read(request: HttpRequest, now: datetime) -> Todo | None:
    viewset = ContactMessage.snippet_viewset  # type: ignore[attr-defined]
    return Todo.of(
        ContactMessage.objects.waiting().order_by("created_at"),
        "created_at",
        singular="message à lire",
        plural="messages à lire",
        url=f"{reverse(viewset.get_url_name('list'))}?state={MessageState.NEW}",
    )


@register_todo("home.change_organisationsettings")
def late_publications(request: HttpRequest, now: datetime) -> Todo | None:
    late = list(scheduling.overdue(now))
    if not late:
        return None
    return Todo(
        count=len(late),
        singular="publication programmée n’a pas pu se faire",
        plural="publications programmées n’ont pas pu se faire",
        url=reverse("wagtailadmin_pages:edit", args=[late[0].object_id]),
        since=late[0].approved_go_live_at,
        urgent=True,
    )


# Wagtail has no setting for this form.
AvatarSettingsPanel.form_class = AvatarForm

starters.register(ServicePage, *SERVICE_PAGE)
# Last: other refusals to create come before any form.
hooks.register("before_create_page", begin, order=100)

#: Wagtail's own entries that this team has no use for.
UNUSED_MENU = {"help", "reports"}


@hooks.register("construct_main_menu")
def tidy_menu(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """Leave out what does not serve a daily task; people with all rights see everything."""
    if request.user.is_superuser:
        return
    menu_items[:] = [item for item in menu_items if item.name not in UNUSED_MENU]


@hooks.register("register_rich_text_features", order=10)  # after Wagtail's own
def links_that_lead_somewhere(features: FeatureRegistry) -> None:
    """A rich text that points to what is no longer there keeps its words."""
    features.register_link_type(ReachablePageHandler)
    features.register_link_type(ReachableDocumentHandler)


@hooks.register("before_serve_document", order=100)  # after Wagtail has let the reader in
def part_of_a_film(document: CustomDocument, request: HttpRequest) -> HttpResponse | None:
    """Players ask for a film by parts; other documents are answered whole, by Wagtail."""
    kind = FILMS.get(document.file_extension)
    part = asked_part(request, document.file.size) if kind else None
    if kind is None or part is None:
        return None
    response = part_response(document.file, part, kind)
    response["Content-Disposition"] = document.content_disposition
    return response


@hooks.register("construct_wagtail_userbar")
def check_the_page_in_our_words(request: HttpRequest, items: list[Any], page: Page | None) -> None:
    """In the bar over a page and in the panel beside its form."""
    in_our_words(items)


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern]:
    return [
        path("charte/", ChartePage.as_view(), name="charte"),
        path("charte/cote-a-cote/", BothSchemes.as_view(), name="charte_both"),
        path("charte/<slug:scheme>.css", scheme_sheet, name="charte_scheme"),
        path("pages-legales/", LegalPagesView.as_view(), name="legal_pages"),
        path("contenus/", RefreshView.as_view(), name="refresh"),
        path("contenus/export/", RefreshWorkbookView.as_view(), name="refresh_workbook"),
        path("contenus/<int:pk>/revu/", mark_read, name="refresh_read"),
        path("relecture/<int:pk>/", page_review, name="page_review"),
        path(
            "relecture/<slug:app>/<slug:kind>/sous/<int:parent>/",
            new_page_review,
            name="new_page_review",
        ),
    ]


@hooks.register("register_admin_menu_item")
def refresh_menu_item() -> MenuItem:
    return RefreshMenuItem(
        "À rafraîchir",  # the whole title is wider than the menu
        reverse("refresh"),
        icon_name=RefreshView.header_icon,
        order=245,
    )


@hooks.register("register_admin_menu_item")
def legal_pages_menu_item() -> MenuItem:
    return DeskMenuItem(LegalPagesView, "legal_pages", order=246)


hooks.register("register_settings_menu_item", charte_menu_item)
