"""The forms of the door, in our words."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from wagtail.admin.forms import auth

from allauth.account.adapter import get_adapter
from allauth.account.forms import (
    ChangePasswordForm,
    ReauthenticateForm,
    ResetPasswordKeyForm,
    default_token_generator,
)
from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from allauth.account.utils import user_pk_to_url_str

from site_enys.models import User
from site_enys.public_forms import LONGEST_EMAIL, limits_of

from . import limits, mails

LONGEST_PASSWORD = 128  # a hash of more would only cost time
#: Whose link is made and thrown away when nobody has the address.
NOBODY = User(pk=0, username="personne", email="personne@compte.invalid", password="!")  # noqa: S106


class LimitedForm(forms.Form):
    """What the databases cannot hold is refused beside the field; labels stand without examples."""

    labels: dict[str, str] = {}
    helps: dict[str, str] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
            field.help_text = self.helps.get(name, "")
            field.validators.extend(limits_of(field))


class LoginForm(auth.LoginForm):
    """Wagtail's, whose label for the password has no translation; a second factor may follow."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].widget.attrs["autocomplete"] = "username webauthn"
        self.fields["password"].label = "Mot de passe"
        self.fields["remember"].label = "Garder ma session ouverte douze heures"
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)

    def clean(self) -> dict[str, Any]:
        if limits.network_is_locked(self.request):
            limits.lock_out(self.request)
            raise self.get_invalid_login_error()
        try:
            return super().clean()
        except forms.ValidationError:
            limits.wrong_sign_in(self.request)
            raise

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        """Sign in, or go on to the second factor."""
        user = self.get_user()
        credentials = {"username": user.get_username()}
        login = Login(user=user, redirect_url=redirect_url)
        response = perform_password_login(request, credentials, login)
        # Zero: until the browser is closed.
        request.session.set_expiry(None if self.cleaned_data["remember"] else 0)
        return response


class ConfirmByPasswordForm(LimitedForm, ReauthenticateForm):
    labels = {"password": "Votre mot de passe"}


class ChangeForm(LimitedForm, ChangePasswordForm):
    labels = {
        "oldpassword": "Mot de passe actuel",
        "password1": "Nouveau mot de passe",
        "password2": "Nouveau mot de passe, une seconde fois",
    }
    helps = {"password1": "Douze caractères au moins\u00a0: une phrase se retient mieux."}

    def clean_oldpassword(self) -> str:
        """Checked like a sign-in, so that wrong ones lead to the same lockout."""
        typed: str = self.cleaned_data["oldpassword"]
        if not get_adapter().reauthenticate(self.user, typed):
            raise get_adapter().validation_error("enter_current_password")
        return typed


class ChooseForm(LimitedForm, ResetPasswordKeyForm):
    labels = ChangeForm.labels
    helps = ChangeForm.helps


class ForgottenForm(LimitedForm):
    """The same answer and the same work whether or not the address is that of an account."""

    email = forms.EmailField(
        label="Votre adresse électronique",
        max_length=LONGEST_EMAIL,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def save(self) -> None:
        typed: str = self.cleaned_data["email"]
        known = list(User.objects.filter(email__iexact=typed, is_active=True).order_by("pk"))
        allowed = limits.may_write_to(typed)
        for user in known or [NOBODY]:
            with transaction.atomic():
                self.send_link(user)
                if user is NOBODY or not allowed:
                    transaction.set_rollback(True)

    def send_link(self, user: User) -> None:
        tokens: PasswordResetTokenGenerator = default_token_generator
        kwargs = {"uidb36": user_pk_to_url_str(user), "key": tokens.make_token(user)}
        # Never the name that the request came with: whoever sends it chooses it.
        url = settings.SITE_URL + reverse("account_reset_password_from_key", kwargs=kwargs)
        mails.send_reset_link(user, url)
