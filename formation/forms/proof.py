"""Which day a proof is asked for."""

from datetime import date, datetime

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone


class ProofForm(forms.Form):
    """Sent by GET; the day that is asked for is one that has come, in Paris."""

    jour = forms.DateField(
        label="Jour",
        help_text="De minuit à minuit, heure de Paris.",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, data: QueryDict | None, now: datetime) -> None:
        super().__init__(data)
        self.today = timezone.localdate(now)

    def clean_jour(self) -> date:
        day = self.cleaned_data["jour"]
        if day > self.today:
            raise ValidationError("Ce jour n’est pas encore venu.")
        if day.year < 2000:
            raise ValidationError("Ce site n’existait pas encore.")
        return day
