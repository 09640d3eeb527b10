"""The check of a delivered document: its code, as it is printed."""

from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting


class CheckForm(forms.Form):
    """The code of a document, typed from paper: spaces, dashes and small letters do not matter."""

    default_renderer = TemplatesSetting()
    error_css_class = "has-error"

    code = forms.CharField(
        label="Code du document",
        max_length=40,
        help_text="Seize lettres et chiffres, au bas de chaque page\u00a0: K7QF 2M9R XB3D 5TVW.",
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        error_messages={
            "required": "Écrivez le code imprimé sur le document.",
            "max_length": "Ce code est trop long\u00a0: il a seize lettres et chiffres.",
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].template_name = "forms/field.html"  # type: ignore[attr-defined]

    def clean_code(self) -> str:
        code = "".join(char for char in self.cleaned_data["code"] if char.isalnum()).upper()
        if not (code and code.isascii()):
            raise forms.ValidationError("Ce code n’a que des lettres sans accent et des chiffres.")
        return code
