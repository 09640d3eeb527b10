"""The screens of the door: django-allauth's flows in our templates."""

import re
from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse, reverse_lazy
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import FormView, TemplateView

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.usersessions.models import UserSession
from axes.helpers import get_lockout_response
from cryptography.fernet import InvalidToken

from . import code_forms, forms, limits, passkey_forms
from .accounts import end_sessions, factors_of, must_set_up, open_sessions
from .browsers import browser_of

NO_STORE = method_decorator(never_cache, name="dispatch")


class Door:
    """One form, its sentence and its button, in the clothes of the sign-in."""

    template_name = "site_enys/sign_in/form.html"
    title = ""
    explanation = ""
    button = ""
    back: Any = reverse_lazy("mfa_index")
    back_label = "Revenir sans rien changer"

    def words(self) -> dict[str, Any]:
        return {
            "title": self.title,
            "explanation": self.explanation,
            "button": self.button,
            "back": self.back,
            "back_label": self.back_label,
            # What allauth gives to some of its screens only.
            "redirect_field": "",
            "reauthentication_alternatives": [],
            "action_url": "",
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return self.words() | super().get_context_data(**kwargs)  # type: ignore[misc]


# -- Coming in -----------------------------------------------------------------------------------


class LoginView(Door, account.LoginView):
    template_name = "site_enys/sign_in/login.html"
    form_class = forms.LoginForm
    title = "ENYS Conseil, espace de l’équipe"
    button = "S’identifier"
    redirect_field_name = "next"


class SecondFactorView(Door, mfa.AuthenticateView):
    template_name = "site_enys/sign_in/second_factor.html"
    form_class = code_forms.SecondFactorForm
    webauthn_form_class = passkey_forms.PasskeyForm
    title = "Votre second facteur"
    button = "Continuer"
    back = reverse_lazy("account_start_again")
    back_label = "Recommencer avec un autre compte"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        types = set(factors_of(self.stage.login.user).values_list("type", flat=True))
        return super().get_context_data(**kwargs) | {
            "has_application": Authenticator.Type.TOTP in types,
            "has_passkey": Authenticator.Type.WEBAUTHN in types,
        }


class StartAgainView(account.LogoutView):
    """Give up a sign-in that waits for its second factor."""

    http_method_names = ["post"]


class PasskeyLoginView(webauthn.LoginWebAuthnView):
    form_class = passkey_forms.PasskeyLoginForm

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if limits.network_is_locked(request):
            return get_lockout_response(request)
        return super().post(request, *args, **kwargs)

    def form_invalid(self, form: Any) -> HttpResponse:
        limits.wrong_sign_in(self.request)
        messages.error(self.request, "Cette clé d’accès n’est pas connue ici.")
        return redirect("account_login")


class ClosedAccountView(Door, TemplateView):
    template_name = "site_enys/sign_in/message.html"
    title = "Ce compte est fermé"
    explanation = "Adressez-vous à la direction si c’est une erreur."
    back = reverse_lazy("account_login")
    back_label = "Revenir à l’identification"


# -- A forgotten password ------------------------------------------------------------------------


class ForgottenView(Door, account.PasswordResetView):
    form_class = forms.ForgottenForm
    title = "Mot de passe oublié"
    explanation = "Nous vous écrivons un lien pour en choisir un autre."
    button = "Recevoir le lien"
    back = reverse_lazy("account_login")
    back_label = "Revenir à l’identification"

    def form_valid(self, form: Any) -> HttpResponse:
        if not limits.may_ask_for_reset(self.request):
            return get_lockout_response(self.request)
        form.save()
        return redirect("account_reset_password_done")


class ForgottenDoneView(Door, TemplateView):
    template_name = "site_enys/sign_in/message.html"
    title = "Regardez votre courrier"
    explanation = (
        "Si cette adresse est celle d’un compte, un lien y arrive dans quelques instants. "
        "Il est valable deux heures. Votre second facteur vous sera demandé comme d’habitude."
    )
    back = reverse_lazy("account_login")
    back_label = "Revenir à l’identification"


@NO_STORE
class ChooseView(Door, account.PasswordResetFromKeyView):
    form_class = forms.ChooseForm
    title = "Choisir un mot de passe"
    button = "Garder ce mot de passe"
    back = reverse_lazy("account_login")
    back_label = "Revenir à l’identification"
    success_url = reverse_lazy("account_login")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        if not context.get("token_fail"):
            return context
        again = {
            "title": "Ce lien n’est plus valable",
            "explanation": "Il a déjà servi, ou il date de plus de deux heures.",
            "back": reverse("account_reset_password"),
            "back_label": "Demander un autre lien",
            "form": None,
        }
        return context | again


# -- One's own account ----------------------------------------------------------------------------


@NO_STORE
class SecurityView(Door, LoginRequiredMixin, TemplateView):
    """Everything that opens the account, and what one may do with it."""

    template_name = "site_enys/sign_in/security.html"
    title = "Sécurité de votre compte"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        own = Authenticator.objects.filter(user_id=user.pk).order_by("created_at")
        codes = [row for row in own if row.type == Authenticator.Type.RECOVERY_CODES]
        return super().get_context_data(**kwargs) | {
            "application": next((row for row in own if row.type == Authenticator.Type.TOTP), None),
            "passkeys": [row for row in own if row.type == Authenticator.Type.WEBAUTHN],
            "codes_left": left_in(codes[0]) if codes else None,
            "sessions": len(open_sessions(user)),
            "must_set_up": must_set_up(user),
        }


def left_in(codes: Authenticator) -> int:
    """How many recovery codes have not served; none when they cannot be read any more."""
    try:
        return len(codes.wrap().get_unused_codes())
    except InvalidToken:
        return 0


class ChangePasswordView(Door, LoginRequiredMixin, account.PasswordChangeView):
    form_class = forms.ChangeForm
    title = "Changer de mot de passe"
    explanation = "Vos sessions ouvertes ailleurs seront fermées."
    button = "Changer de mot de passe"
    success_url = reverse_lazy("mfa_index")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.user.is_authenticated and not request.user.has_usable_password():
            return redirect("account_reset_password")
        return super().dispatch(request, *args, **kwargs)


class ConfirmByPasswordView(Door, account.ReauthenticateView):
    form_class = forms.ConfirmByPasswordForm
    title = "Confirmez que c’est vous"
    button = "Confirmer"


class ConfirmByCodeView(Door, mfa.ReauthenticateView):
    form_class = code_forms.ConfirmByCodeForm
    title = "Confirmez que c’est vous"
    explanation = "Le code de votre application, ou un code de secours."
    button = "Confirmer"


class ConfirmByPasskeyView(Door, webauthn.ReauthenticateWebAuthnView):
    template_name = "site_enys/sign_in/passkey.html"
    form_class = passkey_forms.ConfirmByPasskeyForm
    title = "Confirmez que c’est vous"
    explanation = "Avec l’une de vos clés d’accès."
    button = "Utiliser une clé d’accès"

    def form_invalid(self, form: Any) -> HttpResponse:
        limits.wrong_code(self.request, self.request.user)
        messages.error(self.request, "Cette clé d’accès n’est pas la vôtre.")
        return redirect(self.passthrough_next_url(self.request.path))


@NO_STORE
class AddApplicationView(Door, totp.ActivateTOTPView):
    template_name = "site_enys/sign_in/application.html"
    form_class = code_forms.ActivateForm
    title = "Régler une application de codes"
    button = "Terminer"


class RemoveApplicationView(Door, totp.DeactivateTOTPView):
    title = "Retirer l’application de codes"
    explanation = "Ses codes n’ouvriront plus rien. Vos sessions ouvertes ailleurs seront fermées."
    button = "Retirer l’application"


@NO_STORE
class RecoveryCodesView(Door, recovery.ViewRecoveryCodesView):
    template_name = "site_enys/sign_in/recovery_codes.html"
    title = "Codes de secours"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        try:
            return super().get_context_data(**kwargs)
        except InvalidToken:
            raise Http404 from None


class NewRecoveryCodesView(Door, recovery.GenerateRecoveryCodesView):
    title = "Faire de nouveaux codes de secours"
    explanation = "Les anciens ne vaudront plus. Les nouveaux ne se liront qu’une fois."
    button = "Faire de nouveaux codes"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        # Without the number of codes that are left: those that cannot be read any more have none.
        return self.words() | FormView.get_context_data(self, **kwargs)


class AddPasskeyView(Door, webauthn.AddWebAuthnView):
    template_name = "site_enys/sign_in/passkey.html"
    form_class = passkey_forms.AddPasskeyForm
    title = "Ajouter une clé d’accès"
    explanation = (
        "Votre téléphone, votre ordinateur ou une clé de sécurité vous reconnaît, "
        "et aucun faux site ne peut vous la dérober."
    )
    button = "Créer la clé d’accès"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        # allauth's own leaves the errors of a form that was sent.
        return context | {"form": kwargs.get("form") or self.get_form()}


class RenamePasskeyView(Door, webauthn.EditWebAuthnView):
    form_class = passkey_forms.RenamePasskeyForm
    title = "Renommer une clé d’accès"
    button = "Garder ce nom"
    success_url = reverse_lazy("mfa_index")


class RemovePasskeyView(Door, webauthn.RemoveWebAuthnView):
    title = "Retirer une clé d’accès"
    explanation = "Elle n’ouvrira plus votre compte. Vos sessions ouvertes ailleurs seront fermées."
    button = "Retirer cette clé"
    success_url = reverse_lazy("mfa_index")


@NO_STORE
class SessionsView(Door, LoginRequiredMixin, TemplateView):
    """Where the account is open; each session but the present one may be ended."""

    template_name = "site_enys/sign_in/sessions.html"
    title = "Vos sessions ouvertes"
    back_label = "Revenir à la sécurité de votre compte"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        key = self.request.session.session_key
        sessions = [
            {"row": row, "browser": browser_of(row.user_agent), "here": row.session_key == key}
            for row in open_sessions(self.request.user)
        ]
        return super().get_context_data(**kwargs) | {"sessions": sessions}

    def post(self, request: HttpRequest) -> HttpResponse:
        here, chosen = request.session.session_key or "", request.POST.get("session", "")
        if chosen:
            number = int(chosen) if re.fullmatch(r"[0-9]{1,18}", chosen) else 0
            others = UserSession.objects.filter(user_id=request.user.pk).exclude(session_key=here)
            get_object_or_404(others, pk=number).end()
            messages.success(request, "La session est fermée.")
        else:
            end_sessions(request.user, but=here)
            messages.success(request, "Vos autres sessions sont fermées.")
        return redirect("usersessions_list")
