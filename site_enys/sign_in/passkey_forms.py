"""Passkeys: what the browser's script sends is judged before it is read."""

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)

from .forms import LimitedForm

LONGEST_CREDENTIAL = 20_000
LONGEST_NAME = 60
#: What the readers of credentials raise on what no browser makes.
READING_FAILS = (TypeError, ValueError, KeyError, AttributeError, IndexError, OverflowError)


def limit_name(field: forms.Field) -> None:
    field.validators.append(MaxLengthValidator(LONGEST_NAME))
    field.widget.attrs["maxlength"] = LONGEST_NAME


class Judged:
    """A credential that is not what a browser makes is wrong, whatever it breaks in its reader."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["credential"] = CredentialField()


class Proof(Judged):
    """The credential is that of somebody who comes in, or confirms."""

    def clean_credential(self) -> Any:
        try:
            return super().clean_credential()  # type: ignore[misc]
        except READING_FAILS:
            raise get_adapter().validation_error("incorrect_code") from None


class CredentialField(forms.JSONField):
    """What the script of passkeys sends."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str) and len(value) > LONGEST_CREDENTIAL:
            raise get_adapter().validation_error("incorrect_code")
        try:
            read = super().to_python(value)
        except RecursionError:
            read = None
        if read is not None and not isinstance(read, dict):
            raise get_adapter().validation_error("incorrect_code")
        return read


class PasskeyForm(Proof, AuthenticateWebAuthnForm):
    pass


class PasskeyLoginForm(Proof, LoginWebAuthnForm):
    pass


class ConfirmByPasskeyForm(Proof, ReauthenticateWebAuthnForm):
    pass


class AddPasskeyForm(Judged, LimitedForm, AddWebAuthnForm):
    labels = {
        "name": "Son nom, pour la reconnaître",
        "passwordless": "Elle remplace le mot de passe",
    }
    helps = {
        "passwordless": (
            "Vous vous identifiez avec elle seule\u00a0: elle vous demande votre visage, votre "
            "empreinte ou son code. Sans cela, elle sert de second facteur après le mot de passe."
        )
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limit_name(self.fields["name"])
        self.fields["passwordless"].initial = True

    def clean(self) -> dict[str, Any] | None:
        try:
            return super().clean()
        except READING_FAILS as error:
            if isinstance(error, forms.ValidationError):
                raise
            raise get_adapter().validation_error("incorrect_code") from None


class RenamePasskeyForm(LimitedForm, EditWebAuthnForm):
    labels = {"name": "Son nom, pour la reconnaître"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limit_name(self.fields["name"])
