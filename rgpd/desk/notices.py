"""« Textes montrés » : each version of what people read before giving data, word for word."""

from typing import Any

from django.db.models import Model, QuerySet
from django.http import HttpRequest

from wagtail.admin.ui.tables import Column, DateColumn

from django_filters import ChoiceFilter

from rgpd.models import NoticeVersion
from rgpd.notices import TEXTS, rows_with, text_kept_by
from site_enys.admin import PersonalDataViewSet, admin_url
from site_enys.admin.viewsets import SafeFilterSet, SafeInspectView
from site_enys.french import plural


def text_label(version: NoticeVersion) -> str:
    """The name of a text for staff; its key once no app declares it any more."""
    text = TEXTS.get(version.key)
    return text.label if text else version.key


def words_url(request: HttpRequest, row: Model, field: str) -> str:
    """Where the words of the version that this field holds are read, by who may; else nothing."""
    text = text_kept_by(type(row), field)
    if text is None or not request.user.has_perm("rgpd.view_noticeversion"):
        return ""
    version = getattr(row, field)
    found = NoticeVersion.objects.filter(key=text.key, version=version).first() if version else None
    return admin_url(NoticeVersion, "inspect", found.pk) if found else ""


class NoticeFilterSet(SafeFilterSet):
    key = ChoiceFilter(
        label="Texte", choices=lambda: [(text.key, text.label) for text in TEXTS.values()]
    )

    class Meta:
        model = NoticeVersion
        fields = ["key", "first_shown_at"]


class NoticeInspectView(SafeInspectView):
    def get_key_display_value(self) -> str:
        return text_label(self.object)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        count = rows_with(self.object.key, self.object.version)
        said = "" if count is None else plural(count, "fiche porte", "fiches portent")
        return super().get_context_data(**kwargs) | {"carried_by": said}


class NoticeVersionViewSet(PersonalDataViewSet):
    model = NoticeVersion
    icon = "doc-full"
    menu_label = "Textes montrés"
    menu_name = "textes-montres"
    inspect_view_class = NoticeInspectView
    inspect_template_name = "rgpd/admin/notice_inspect.html"
    filterset_class = NoticeFilterSet
    list_display = [
        "version",
        Column("key", label="Texte", accessor=text_label, sort_key="key"),
        DateColumn("first_shown_at", label="Montré depuis le", sort_key="first_shown_at"),
    ]
    search_fields = ["text", "version"]
    list_export = ["key", "version", "first_shown_at", "text"]
    export_filename = "textes-montres"
    inspect_view_fields = ["key", "version", "first_shown_at", "text"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[NoticeVersion]:
        return super().get_queryset(request).order_by("-first_shown_at", "-pk")
