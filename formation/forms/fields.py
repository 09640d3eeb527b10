"""How people write who they are and how to reach them."""

from django import forms

from site_enys.validators import name_characters

_PHONE_PATTERN = r"^\+?[0-9][0-9 .\u00a0\u202f()-]{7,24}\Z"
_PHONE_ERROR = {"invalid": "Écrivez un numéro comme 01 23 45 67 89 ou +33 1 23 45 67 89."}


def name_field(label: str, autocomplete: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=80,
        validators=[name_characters],
        widget=forms.TextInput(attrs={"autocomplete": autocomplete}),
    )


def email_field(
    label: str, help_text: str = "", autocomplete: str = "email", *, required: bool = True
) -> forms.EmailField:
    return forms.EmailField(
        label=label,
        required=required,
        max_length=254,
        help_text=help_text,
        widget=forms.EmailInput(attrs={"autocomplete": autocomplete}),
    )


def accommodation_field(
    label: str = "À contacter au sujet d’un aménagement (handicap, santé)",
    help_text: str = "Une case suffit\u00a0: ne décrivez pas la situation ici.",
) -> forms.BooleanField:
    """A tick and no detail: health is spoken about, and not typed."""
    return forms.BooleanField(label=label, required=False, help_text=help_text)


def phone_field(label: str) -> forms.CharField:
    return forms.RegexField(
        _PHONE_PATTERN,
        label=label,
        required=False,
        max_length=30,
        error_messages=_PHONE_ERROR,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"}),
    )
