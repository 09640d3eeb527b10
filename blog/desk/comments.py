"""Comments in the admin: the list, one comment, its erasure."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import Case, Count, Q, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from wagtail.admin.ui.tables import Column, DateColumn

from django_filters import BooleanFilter

from blog.enums import CommentState
from blog.models import Comment
from blog.services import moderation
from courrier.services.rehearsal import rehearse
from site_enys.admin import PersonalDataViewSet, admin_url
from site_enys.admin.viewsets import SafeDeleteView, SafeFilterSet, SafeInspectView, YesColumn

from .answer import may_answer


class CommentFilterSet(SafeFilterSet):
    reported = BooleanFilter(
        label="Signalé", field_name="reported_at", lookup_expr="isnull", exclude=True
    )

    class Meta:
        model = Comment
        fields = ["state", "reported", "suspect", "by_team", "post", "created_at"]


class CommentInspectView(SafeInspectView):
    """One comment: what to do, what readers say of it, its answers."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        comment: Comment = self.object
        others = [str(pk) for pk in self._others(comment)]
        return super().get_context_data(**kwargs) | {
            "answer_url": reverse("blog_answer_comment", args=[comment.pk])
            if may_answer(self.request, comment)
            else "",
            "reports": comment.reports.order_by("-created_at", "-pk"),
            "answers": [
                (answer, admin_url(Comment, "inspect", answer.pk))
                for answer in comment.answers.order_by("created_at", "pk")
            ],
            "same_sender": len(others),
            "same_sender_url": spam_url(others),
        }

    def _others(self, comment: Comment) -> list[int]:
        waiting = Comment.objects.waiting_from(comment)
        return list(waiting.values_list("pk", flat=True))


def spam_url(keys: list[str]) -> str:
    """The page that asks whether all these comments are unwanted."""
    path = reverse("wagtail_bulk_action", args=["blog", "comment", "spam"])
    return f"{path}?{urlencode([('id', key) for key in keys])}"


class EraseView(SafeDeleteView):
    """« Effacer », at the request of its author: the thread that others wrote stays."""

    page_title = "Effacer"

    @property
    def confirmation_message(self) -> str:
        if moderation.keeps_its_place(self.object):
            return (
                "Son nom, son texte et les courriels à son sujet seront effacés. D’autres "
                "personnes y ont répondu\u00a0: à sa place, on lira «\u00a0Commentaire effacé à la "
                "demande de son auteur\u202f»."
            )
        return "Ce commentaire et les courriels à son sujet seront effacés, sans retour possible."

    def form_valid(self, form: Any) -> HttpResponse:
        if moderation.erase(self.object, timezone.now()):
            messages.success(self.request, f"{self.object}\u00a0: effacé, sa place est gardée.")
        else:
            messages.success(self.request, "Commentaire effacé.")
        return redirect(self.index_url_name)


class CommentViewSet(PersonalDataViewSet):
    model = Comment
    icon = "comment"
    menu_label = "Commentaires"
    offered_actions = ("view", "delete")
    lifecycle = moderation.LIFECYCLE
    rehearse = staticmethod(rehearse)
    rehearsed_for = "blog.change_comment"
    inspect_view_class = CommentInspectView
    inspect_template_name = "blog/admin/comment_inspect.html"
    delete_view_class = EraseView
    filterset_class = CommentFilterSet
    list_display = [
        "beginning",
        "name",
        Column("post", label="Article", sort_key="post__title"),
        Column("get_state_display", label="État", sort_key="state"),
        Column(
            "answer_count",
            label="Réponses",
            accessor=lambda comment: comment.answer_count or "",
            sort_key="answer_count",
        ),
        YesColumn("reported_at", label="Signalé", sort_key="reported_at"),
        Column("reasons_in_words", label="Mis de côté", accessor="set_aside_in_words"),
        DateColumn("created_at", label="Reçu le", sort_key="created_at"),
    ]
    search_fields = ["name", "text", "post__title"]
    list_export = [
        "post",
        "name",
        "text",
        "state",
        "suspect",
        "reasons_in_words",
        "created_at",
        "state_changed_at",
        "reported_at",
    ]
    export_headings = {"reasons_in_words": "Mis de côté parce que"}
    export_filename = "commentaires"
    inspect_view_fields = [
        "post",
        "parent",
        "name",
        "by_team",
        "email",
        "text",
        "state",
        "set_aside_in_words",
        "created_at",
        "state_changed_at",
        "reported_at",
        "erased_at",
        "notice_version",
        "notice_shown_at",
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Comment]:
        """What waits comes first, then the latest."""
        to_read = Case(When(state=CommentState.PENDING, then=Value(0)), default=Value(1))
        published = Count("answers", filter=Q(answers__state=CommentState.APPROVED))
        return (
            super()
            .get_queryset(request)
            .select_related("post")
            .annotate(to_read=to_read, answer_count=published)
            .order_by("to_read", "-created_at", "-pk")
        )
