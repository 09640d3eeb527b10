"""The base of every form that a visitor can send.

A submission gets a verdict, not a boolean: accepted; set aside (kept, shown to staff, answered
like the others); refused with the time to wait. The one-use token is stored in the same
transaction as the records, so that a double click, a reload or a proxy's retry makes one record
and gets the same answer. No JavaScript, no third party, no cookie but the CSRF one.
"""

import hashlib
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import Any

from django import forms
from django.conf import settings
from django.core import signing
from django.core.exceptions import ImproperlyConfigured
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import (
    MaxLengthValidator,
    MaxValueValidator,
    MinValueValidator,
    RegexValidator,
)
from django.db import IntegrityError, transaction
from django.db.models import F
from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property

from . import missing_answers, proof_of_work
from .clients import client_network, daily_hash
from .exceptions import Refused
from .models import FormSubmission, RateWindow
from .validators import something_visible

LONGEST_OPEN = timedelta(hours=4)
# Neutral, and not the name of a part of an address: browsers fill those in by themselves.
HONEYPOT = "remarque_bis"
TOKEN = "form_token"  # noqa: S105 - the name of a field
PROOF = "calcul"

# NUL is refused by Django itself. The last two ranges turn the direction of writing around.
no_control_characters = RegexValidator(
    r"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]",
    message="Ce texte contient des caractères invisibles qui ne sont pas acceptés.",
    code="control_characters",
    inverse_match=True,
)
on_one_line = RegexValidator(
    r"[\r\n]", message="Ce texte doit tenir sur une ligne.", code="one_line", inverse_match=True
)
LONGEST_EMAIL = 254  # RFC 3696, erratum 1690, and the length of Django's column
LARGEST_INTEGER = 2_147_483_647  # what the databases can hold


class TooManySubmissions(Refused):
    """The address has reached the hourly limit of the form."""

    def __init__(self, minutes: int) -> None:
        self.minutes = minutes
        super().__init__(
            "Beaucoup d’envois sont arrivés depuis votre connexion. "
            f"Réessayez dans {minutes}\u00a0min, ou écrivez-nous par courriel."
        )


@dataclass(frozen=True)
class SectionButton:
    """A button that gives the form another shape; it leads to an anchor of the new page."""

    name: str
    value: str
    label: str
    anchor: str


@dataclass
class Section:
    """Fields that are read together; a `folded` one opens by itself when it holds a mistake."""

    legend: str
    fields: list[forms.BoundField]
    folded: bool = False
    anchor: str = ""
    buttons: Sequence[SectionButton] = ()
    #: The same questions are asked again in another section: a mistake says in which one it is.
    repeated: bool = False

    @property
    def is_open(self) -> bool:
        return any(field.errors or field.value() for field in self.fields)


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
        self.add_fields()
        self.fields[HONEYPOT] = forms.CharField(
            label="Ne rien écrire ici", required=False, max_length=2000, widget=HoneypotInput
        )
        self.fields[TOKEN] = forms.CharField(
            required=False, max_length=400, widget=forms.HiddenInput, initial=self.new_token
        )
        for name, field in self.fields.items():
            field.template_name = "forms/field.html"  # type: ignore[attr-defined]
            if isinstance(field, forms.CharField) and field.max_length is None:
                raise ImproperlyConfigured(
                    f"{type(self).__name__}.{name}\u00a0: longueur maximale\u202f?"
                )
            field.validators.extend(limits_of(field))
            missing_answers.explain(field)

    def add_fields(self) -> None:
        """Subclasses add here the fields that depend on what was typed."""

    @property
    def sections(self) -> list[Section]:
        """The visible fields, in the order in which they are read."""
        return [Section("", self.visible_fields())]

    def grouped(self, *groups: tuple[str, Sequence[str]]) -> list[Section]:
        """The fields of each legend, then those of none."""
        own = {field.name: field for field in self.visible_fields()}
        sections = [Section(legend, [own.pop(name) for name in names]) for legend, names in groups]
        return [*sections, Section("", list(own.values()))]

    @property
    def own_fields(self) -> list[forms.BoundField]:
        """The visible fields of the form itself, without the trap."""
        visible = (field for section in self.sections for field in section.fields)
        return [field for field in visible if field.name != HONEYPOT]

    @property
    def mistakes(self) -> list[tuple[str, forms.BoundField]]:
        """The fields to correct, each under the words that tell it from the others."""
        return [
            (f"{section.legend}, {field.label}" if section.repeated else str(field.label), field)
            for section in self.sections
            for field in section.fields
            if field.errors and field.name != HONEYPOT
        ]

    @property
    def trapped(self) -> bool:
        """Whether the hidden field was filled in, which no person does."""
        return bool(self.cleaned_data.get(HONEYPOT))

    @property
    def hurried(self) -> bool:
        """Whether the form came back faster than most people type; a browser may fill it in."""
        return self.opened_at is not None and self.now - self.opened_at < timedelta(
            seconds=settings.FORM_MIN_SECONDS
        )

    @property
    def counted(self) -> bool:
        """Whether this submission uses up the hourly limit of its sender."""
        return True

    @property
    def quarantined(self) -> bool:
        """Whether a person should look before anything goes out in our name."""
        return self.trapped or self.hurried or self.unproven

    @cached_property
    def asks_proof(self) -> bool:
        """Whether the browser has to compute something before sending; asked once."""
        return proof_of_work.is_wanted()

    @property
    def challenge(self) -> str:
        """What the browser has to solve, in JSON; empty when nothing is asked."""
        if not self.asks_proof:
            return ""
        asked = self._bound_to(str(self[TOKEN].value() or ""))
        return proof_of_work.challenge(asked, now=self.now, lasts=LONGEST_OPEN) if asked else ""

    @property
    def proof_name(self) -> str:
        return self.add_prefix(PROOF)

    @cached_property
    def unproven(self) -> bool:
        """Whether an answer is missing that was asked: no JavaScript, or a robot."""
        if not self.asks_proof:
            return False
        answer = str(self.data.get(self.proof_name, ""))
        return self.nonce is None or not proof_of_work.is_solved(
            answer, self._proof_key(self.nonce)
        )

    def accepted(self) -> None:
        """What else is written in the transaction of an accepted form."""

    def digest(self, path: str) -> str:
        """What tells a replay of the same answers from new answers under an old token.

        `path` is the address the form was sent to: the same answers elsewhere are new answers.
        """
        answers = [(name, _trace(self[name].data)) for name in self.fields if name != TOKEN]
        return hashlib.sha256(repr((path, answers)).encode()).hexdigest()

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        try:
            nonce, opened = signing.loads(self.cleaned_data.get(TOKEN, ""), salt=self._salt)
            self.nonce, self.opened_at = uuid.UUID(nonce), datetime.fromisoformat(opened)
            expired = self.now - self.opened_at > LONGEST_OPEN
        except (signing.BadSignature, ValueError, TypeError):
            expired = True
        if expired:
            self.errors.pop(TOKEN, None)  # it has no place on the page; the sentence below has
            self.renew_token()
            self.add_error(
                None,
                "Ce formulaire est resté ouvert trop longtemps. Rien n’est perdu\u00a0: "
                "vérifiez vos réponses, puis envoyez-les à nouveau.",
            )
        return cleaned

    def new_token(self) -> str:
        """A signed token for one submission of this form, shown now."""
        return signing.dumps([uuid.uuid4().hex, self.now.isoformat()], salt=self._salt)

    def renew_token(self) -> None:
        """Give the bound form a fresh token, so that sending it again can succeed."""
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        data[self.add_prefix(TOKEN)] = self.new_token()
        self.data = data

    def _bound_to(self, token: str) -> str:
        """What a proof for the form of this token is bound to; empty for a token of nobody's."""
        try:
            return self._proof_key(uuid.UUID(signing.loads(token, salt=self._salt)[0]))
        except (signing.BadSignature, ValueError, TypeError):
            return ""

    def _proof_key(self, nonce: uuid.UUID) -> str:
        return f"{self.purpose}:{nonce.hex}"

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
    if form.nonce is None:
        raise ImproperlyConfigured(f"{type(form).__name__}.clean() n’appelle pas super().clean().")
    digest = form.digest(request.path)
    try:
        submission = FormSubmission.objects.filter(nonce=form.nonce).first()
        if submission is None:
            if form.counted:
                count_submission(request, form)
            submission = _save_once(form, form.nonce, digest, save)
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return None
    if submission.digest == digest:
        return submission.result_url
    form.renew_token()
    form.add_error(
        None,
        "Ce formulaire a déjà été envoyé une fois, avec d’autres réponses. "
        "S’il s’agit d’une nouvelle demande, vérifiez-la, puis envoyez-la.",
    )
    return None


def count_submission(request: HttpRequest, form: PublicForm) -> None:
    """Count one more submission of this form from this address in the present hour.

    Raises TooManySubmissions beyond `FORM_HOURLY_LIMIT`. What a service refuses afterwards stays
    counted.
    """
    network = client_network(request)
    limit = settings.FORM_HOURLY_LIMIT
    if not count_once_more(form.purpose, network, now=form.now, limit=limit):
        hour = form.now.replace(minute=0, second=0, microsecond=0)
        seconds = (hour + timedelta(hours=1) - form.now).total_seconds()
        raise TooManySubmissions(minutes=ceil(seconds / 60))


def count_once_more(purpose: str, who: str, *, now: datetime, limit: int) -> bool:
    """Count one more use of `purpose` by `who` in the present hour; False beyond the limit.

    Rows rather than Redis: every machine reads them, they survive it, and two short statements
    weigh nothing beside what a form writes.
    """
    window, _ = RateWindow.objects.get_or_create(
        **_window(purpose, who, now), defaults={"count": 0}
    )
    below = RateWindow.objects.filter(pk=window.pk, count__lt=limit)
    return below.update(count=F("count") + 1) == 1


def is_limit_reached(purpose: str, who: str, *, now: datetime, limit: int) -> bool:
    """Whether one more use would be beyond the limit; nothing is counted."""
    return RateWindow.objects.filter(**_window(purpose, who, now), count__gte=limit).exists()


def _window(purpose: str, who: str, now: datetime) -> dict[str, Any]:
    """What finds the counter of `who` for the hour of `now`."""
    return {
        "key": daily_hash(purpose, who, day=timezone.localdate(now)),
        "hour": now.replace(minute=0, second=0, microsecond=0),
    }


def _save_once(
    form: PublicForm, nonce: uuid.UUID, digest: str, save: Callable[[], str]
) -> FormSubmission:
    """Run `save` in one transaction with the token, or return what its first run wrote."""
    try:
        with transaction.atomic():
            submission = FormSubmission.objects.create(
                nonce=nonce,
                purpose=form.purpose,
                quarantined=form.quarantined,
                digest=digest,
            )
            submission.result_url = save()
            form.accepted()
            submission.save(update_fields=["result_url"])
            return submission
    except IntegrityError:
        first = FormSubmission.objects.filter(nonce=nonce).first()
        if first is None:  # the conflict was in the records, not in the token
            raise
        return first


def limits_of(field: forms.Field) -> list[Callable[[Any], None]]:
    """What the databases cannot hold is refused beside the field, not answered by an error 500."""
    if isinstance(field, forms.IntegerField):
        return [MaxValueValidator(LARGEST_INTEGER), MinValueValidator(-LARGEST_INTEGER)]
    if not isinstance(field, forms.CharField):
        return []
    limits: list[Callable[[Any], None]] = [no_control_characters, something_visible]
    if not isinstance(field.widget, forms.Textarea):
        limits.append(on_one_line)
    if isinstance(field, forms.EmailField) and (field.max_length or 0) > LONGEST_EMAIL:
        limits.append(MaxLengthValidator(LONGEST_EMAIL))
    return limits


def _trace(answer: Any) -> Any:
    """What identifies an answer: the name and size of a file, the text of anything else."""
    if isinstance(answer, list):
        return [_trace(item) for item in answer]
    if isinstance(answer, UploadedFile):
        return answer.name, answer.size
    return answer
