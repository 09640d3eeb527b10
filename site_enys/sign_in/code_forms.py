"""Codes: of the application, of recovery."""

import logging
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator

from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from cryptography.fernet import InvalidToken

from . import limits

logger = logging.getLogger(__name__)

LONGEST_CODE = 40


class OneCode:
    """A code of the application or of recovery: each serves once, wrong ones are counted."""

    user: Any
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        code: Any = self.fields["code"]
        code.label = "Code"
        code.max_length = LONGEST_CODE
        code.validators.append(MaxLengthValidator(LONGEST_CODE))
        code.widget.attrs = {"autocomplete": "one-time-code", "inputmode": "numeric"}
        code.widget.attrs |= {"maxlength": LONGEST_CODE, "autofocus": ""}

    def clean_code(self) -> str:
        wrong = get_adapter().validation_error("incorrect_code")
        if limits.codes_are_locked(context.request, self.user):
            raise wrong
        try:
            code: str = super().clean_code()  # type: ignore[misc]
        except InvalidToken:
            logger.exception("Second facteur illisible : SECRET_KEY_FALLBACKS manque d’une clé")
            raise wrong from None
        if not limits.first_use(self.user, "".join(filter(str.isdigit, code))):
            limits.wrong_code(context.request, self.user)
            raise wrong
        return code


class SecondFactorForm(OneCode, AuthenticateForm):
    pass


class ConfirmByCodeForm(OneCode, ReauthenticateForm):
    pass


class ActivateForm(OneCode, ActivateTOTPForm):
    """The first code: the secret is in the session, and nothing is open that a guess would give."""

    def clean_code(self) -> str:
        return ActivateTOTPForm.clean_code(self)
