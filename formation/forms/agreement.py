"""The forms of the page where an agreement is read and signed."""

from django import forms

from site_enys.public_forms import PublicForm
from site_enys.validators import name_characters


class AcceptForm(PublicForm):
    """« J’ai lu et j’accepte », under a name written by hand."""

    purpose = "convention-accord"

    read = forms.BooleanField(
        label="J’ai lu et j’accepte",
        error_messages={"required": "Cochez la case pour dire que vous avez lu et acceptez."},
    )
    typed_name = forms.CharField(
        label="Votre prénom et votre nom",
        max_length=160,
        validators=[name_characters],
        help_text="Écrits par vous\u00a0: ils figurent sur l’exemplaire signé.",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )


class CodeForm(PublicForm):
    """The code that the e-mail brought."""

    purpose = "convention-code"

    code = forms.RegexField(
        r"^[0-9](?:[ \u00a0\u202f]?[0-9]){5}\Z",
        label="Code reçu par courriel",
        max_length=20,
        error_messages={"invalid": "Écrivez les six chiffres du code."},
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )

    def clean_code(self) -> str:
        return "".join(char for char in self.cleaned_data["code"] if char.isdigit())


class NewCodeForm(PublicForm):
    """Another code, and nothing to fill in."""

    purpose = "convention-nouveau-code"
