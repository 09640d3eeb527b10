"""The base of every form that a visitor can send.

A submission gets a verdict, not a boolean: accepted; set aside (kept, shown to staff, answered
like the others); refused with the time to wait. The one-use token is stored in the same
transaction as the records, so that a double click, a reload or a proxy's retry makes one record
and gets the same answer. No JavaScript, no third party, no cookie but the CSRF one.
"""

import hashlib
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.core import signing
from django.core.exceptions import ImproperlyConfigured
from django.core.validators import RegexValidator
from django.db import IntegrityError, transaction
from django.db.models import F
from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest
from django.utils import timezone

from .clients import client_address, daily_hash
from .exceptions import Refused
from .models import FormSubmission, RateWindow

LONGEST_OPEN = timedelta(hours=4)
HONEYPOT = "complement"
TOKEN = "form_token"  # noqa: S105 - the name of a field

no_control_characters = RegexValidator(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]",
    message="Ce texte contient des caractères invisibles qui ne sont pas acceptés.",
    code="control_characters",
    inverse_match=True,
)


class TooManySubmissions(Refused):
    """The address has reached the hourly limit of the form."""

    def __init__(self, minutes: int) -> None:
        self.minutes = minutes
        super().__init__(
            "Beaucoup d’envois nous sont parvenus depuis votre connexion. "
            f"Veuillez réessayer dans {minutes}\u00a0min, ou nous écrire par courriel."
        )


class HoneypotInput(forms.TextInput):
    """A field that people neither see nor reach, and that robots fill in."""

    template_name = "forms/honeypot.html"


class PublicForm(forms.Form):
    """A form open to everybody. Subclasses set `purpose` and add their fields.

    Every text field must have a maximum length; control characters are refused everywhere.
    """

    purpose = ""
    template_name = "forms/form.html"
    default_renderer = TemplatesSetting()
    error_css_class = "has-error"
    required_css_class = "is-required"
    use_required_attribute = True

    def __init__(self, *args: Any, now: datetime | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now or timezone.now()
        self.opened_at: datetime | None = None
        self.nonce: uuid.UUID | None = None
        self.fields[HONEYPOT] = forms.CharField(
            label="Ne rien écrire ici", required=False, max_length=2000, widget=HoneypotInput
        )
        self.fields[TOKEN] = forms.CharField(
            required=False, max_length=400, widget=forms.HiddenInput, initial=self.new_token
        )
        for name, field in self.fields.items():
            field.template_name = "forms/field.html"
            if type(field).widget is forms.Textarea or isinstance(field, forms.CharField):
                if field.max_length is None:
                    raise ImproperlyConfigured(
                        f"{type(self).__name__}.{name} : longueur maximale ?"
                    )
                field.validators.append(no_control_characters)

    @property
    def own_fields(self) -> list[forms.BoundField]:
        """The visible fields of the form itself, without the trap."""
        return [field for field in self.visible_fields() if field.name != HONEYPOT]

    @property
    def quarantined(self) -> bool:
        """Whether a person should look before anything goes out in our name."""
        too_fast = self.opened_at is not None and self.now - self.opened_at < timedelta(
            seconds=settings.FORM_MIN_SECONDS
        )
        return too_fast or bool(self.cleaned_data.get(HONEYPOT))

    @property
    def digest(self) -> str:
        """What tells a replay of the same answers from new answers under an old token."""
        ignored = {self.add_prefix(TOKEN), "csrfmiddlewaretoken"}
        answers = [(key, self.data.getlist(key)) for key in sorted(self.data) if key not in ignored]
        files = [(key, file.name, file.size) for key, file in sorted(self.files.items())]
        return hashlib.sha256(repr((answers, files)).encode()).hexdigest()

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        try:
            nonce, opened = signing.loads(
                self.cleaned_data.get(TOKEN, ""), salt=self._salt, max_age=LONGEST_OPEN
            )
            self.nonce, self.opened_at = uuid.UUID(nonce), datetime.fromisoformat(opened)
        except (signing.BadSignature, ValueError, TypeError):
            self.renew_token()
            self.add_error(
                None,
                "Ce formulaire est resté ouvert trop longtemps. Rien n’est perdu\u00a0: "
                "vérifiez vos réponses, puis envoyez-les à nouveau.",
            )
        return cleaned

    def new_token(self) -> str:
        return signing.dumps([uuid.uuid4().hex, self.now.isoformat()], salt=self._salt)

    def renew_token(self) -> None:
        """Give the bound form a fresh token, so that sending it again can succeed."""
        self.data = self.data.copy()
        self.data[self.add_prefix(TOKEN)] = self.new_token()

    @property
    def _salt(self) -> str:
        if not self.purpose:
            raise ImproperlyConfigured(f"{type(self).__name__}.purpose est vide.")
        return f"public-form:{self.purpose}"


def submit(request: HttpRequest, form: PublicForm, save: Callable[[], str]) -> str | None:
    """Validate the form and run `save` exactly once for its token.

    `save` makes the records and returns the address of the result page. It runs in one
    transaction with the token; a Refused that it raises undoes everything and is shown in the
    form. Returns the address to redirect to, or None when the form has to be shown again.
    """
    if not form.is_valid():
        return None
    try:
        count_submission(request, form)
        return _save_once(form, save)
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return None


def _save_once(form: PublicForm, save: Callable[[], str]) -> str | None:
    try:
        with transaction.atomic():
            submission = FormSubmission.objects.create(
                nonce=form.nonce,
                purpose=form.purpose,
                quarantined=form.quarantined,
                digest=form.digest,
            )
            submission.result_url = save()
            submission.save(update_fields=["result_url"])
            return submission.result_url
    except IntegrityError:
        first = FormSubmission.objects.filter(nonce=form.nonce, purpose=form.purpose).first()
        if first is None:  # the conflict was in the records, not in the token
            raise
    if first.digest == form.digest:
        return first.result_url
    form.renew_token()
    form.add_error(
        None,
        "Ce formulaire a déjà été envoyé une fois, avec d’autres réponses. "
        "S’il s’agit d’une nouvelle demande, vérifiez-la, puis envoyez-la.",
    )
    return None


def count_submission(request: HttpRequest, form: PublicForm) -> None:
    """Count one more submission of this form from this address in the present hour.

    Raises TooManySubmissions beyond `FORM_HOURLY_LIMIT`.
    """
    hour = form.now.replace(minute=0, second=0, microsecond=0)
    key = daily_hash(form.purpose, client_address(request))
    window, created = RateWindow.objects.get_or_create(key=key, hour=hour)
    if not created:
        RateWindow.objects.filter(pk=window.pk).update(count=F("count") + 1)
        window.refresh_from_db()
    if window.count > settings.FORM_HOURLY_LIMIT:
        next_hour = hour + timedelta(hours=1)
        raise TooManySubmissions(minutes=max(1, round((next_hour - form.now).total_seconds() / 60)))
