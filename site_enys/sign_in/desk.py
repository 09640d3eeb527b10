"""What the direction sees of the team's sign-ins, and does for who has lost her telephone."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property

from wagtail import hooks
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.account import BaseSettingsPanel
from wagtail.log_actions import LogActionRegistry
from wagtail.snippets.models import register_snippet

from allauth.mfa.models import Authenticator
from axes.models import AccessLog

from site_enys.admin import DeskMenuItem, DeskPage, PersonalDataViewSet, Todo, register_todo
from site_enys.exceptions import Refused
from site_enys.groups import DIRECTION
from site_enys.models import SignInSettings, User

from . import accounts
from .browsers import browser_of

PERMISSION = "site_enys.change_user"


class TeamPage(DeskPage):
    """Every account that is open, and how it signs in."""

    permission = PERMISSION
    page_title = "Comptes et connexions"
    header_icon = "lock"
    template_name = "site_enys/admin/team.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        factor = Count("authenticator", filter=Q(authenticator__type__in=accounts.FACTORS))
        people = User.objects.filter(is_active=True).annotate(factors=factor)
        people = people.prefetch_related("groups").order_by("last_name", "first_name", "username")
        return super().get_context_data(people=people, **kwargs)


class AccountPage(DeskPage):
    """One account: its second factor, its open sessions, and the two buttons."""

    permission = PERMISSION
    page_title = "Connexion d’un compte"
    header_icon = "lock"
    template_name = "site_enys/admin/account.html"

    @cached_property
    def account(self) -> User:
        return get_object_or_404(User, pk=self.kwargs["pk"])

    def get_page_title(self) -> str:
        return f"Connexion de {self.account}"

    def above(self) -> list[dict[str, str]]:
        return [{"url": reverse("team_sign_ins"), "label": str(TeamPage.page_title)}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sessions = [
            {"row": row, "browser": browser_of(row.user_agent)}
            for row in accounts.open_sessions(self.account)
        ]
        own = Authenticator.objects.filter(user_id=self.account.pk).order_by("created_at")
        return super().get_context_data(
            account=self.account, sessions=sessions, factors=own, **kwargs
        )

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        now = timezone.now()
        try:
            if "reset" in request.POST:
                accounts.reset_second_factor(self.account, by=request.user, now=now)
                done = "Le second facteur est retiré, et le titulaire du compte en est prévenu."
            else:
                accounts.close_sessions_of(self.account, by=request.user, now=now)
                done = "Les sessions sont fermées, et le titulaire du compte en est prévenu."
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, done)
        return redirect("account_sign_in", pk)


class BrowserColumn(Column):
    def get_value(self, instance: AccessLog) -> str:
        return browser_of(instance.user_agent)


class SignInViewSet(PersonalDataViewSet):
    model = AccessLog
    icon = "key"
    menu_label = "Journal des connexions"
    add_to_settings_menu = True
    list_display = [
        Column("username", label="Compte"),
        DateColumn("attempt_time", label="Le", sort_key="attempt_time"),
        Column("ip_address", label="Depuis"),
        BrowserColumn("browser", label="Navigateur"),
    ]
    list_filter = ["attempt_time"]
    search_fields = ["username"]
    ordering = ["-attempt_time"]
    inspect_view_fields = ["username", "attempt_time", "ip_address", "user_agent", "logout_time"]

    def name_of(self, obj: Any) -> str:
        return f"Connexion n° {obj.pk}"


register_snippet(SignInViewSet)


class SecurityPanel(BaseSettingsPanel):
    """On the account page: the way to what opens the account."""

    name = "securite"
    title = "Sécurité"
    order = 150
    template_name = "site_enys/admin/security_panel.html"

    def get_form(self) -> forms.Form:
        return forms.Form()


@hooks.register("register_account_settings_panel")
def security_panel(request: HttpRequest, user: Any, profile: Any) -> SecurityPanel:
    return SecurityPanel(request, user, profile)


@hooks.register("register_admin_urls")
def admin_urls() -> list[Any]:
    return [
        path("comptes/", TeamPage.as_view(), name="team_sign_ins"),
        path("comptes/<int:pk>/", AccountPage.as_view(), name="account_sign_in"),
    ]


@hooks.register("register_settings_menu_item")
def team_menu_item() -> DeskMenuItem:
    return DeskMenuItem(TeamPage, "team_sign_ins", 620)


@hooks.register("register_log_actions")
def acts_on_accounts(actions: LogActionRegistry) -> None:
    actions.register_action(accounts.SESSIONS_ENDED, "Fermer les sessions", "Sessions fermées")
    actions.register_action(
        accounts.FACTOR_RESET, "Retirer le second facteur", "Second facteur retiré"
    )


def direction_without_factor() -> QuerySet[User]:
    secured = Authenticator.objects.filter(type__in=accounts.FACTORS).values("user_id")
    return User.objects.filter(is_active=True, groups__name=DIRECTION).exclude(pk__in=secured)


@register_todo("site_enys.change_signinsettings")
def direction_by_password_alone(request: HttpRequest, now: datetime) -> Todo | None:
    asked: Any = SignInSettings.second_factor_for.through
    if asked.objects.filter(group__name=DIRECTION).exists():
        return None
    return Todo(
        count=direction_without_factor().count(),
        singular="compte de direction se connecte sans second facteur",
        plural="comptes de direction se connectent sans second facteur",
        url=reverse("team_sign_ins"),
    )
