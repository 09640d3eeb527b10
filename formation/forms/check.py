"""The check of a delivered document: its code, as it is printed."""

from django import forms


class CheckForm(forms.Form):
    """The code of a document, typed from paper: spaces and small letters do not matter."""

    code = forms.CharField(
        label="Code du document",
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )

    def clean_code(self) -> str:
        return "".join(self.cleaned_data["code"].split()).upper()
