"""How people write who they are and how to reach them."""

from django import forms

from site_enys.validators import name_characters, phone_number


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
    return forms.CharField(
        label=label,
        required=False,
        max_length=30,
        validators=[phone_number],
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"}),
    )
