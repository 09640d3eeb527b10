"""The filter of the catalogue."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import cast

from django import forms
from django.http import QueryDict
from django.utils.formats import date_format

from formation.enums import (
    BUYER_WORDS,
    CourseLength,
    CourseLevel,
    CourseOrder,
    DeliveryMode,
    Funding,
)
from formation.models import CourseTheme
from formation.services.agenda import coming_cities_and_months
from formation.services.catalogue import Wanted

_NO_SUCH_CHOICE = {"invalid_choice": "Aucune formation à venir pour ce choix."}


class CatalogueFilter(forms.Form):
    """The filter of the catalogue, sent by GET: what is not valid is ignored, and said.

    Only the places and the months of sessions to come are offered; a link that names another one
    goes on working, and says that nothing is left there.
    """

    #: Behind « Plus de critères », which is open when one of them is in use.
    SECONDARY = ("pour", "financement", "niveau", "modalite", "duree")

    q = forms.CharField(label="Mots recherchés", required=False, max_length=100)
    theme = forms.ModelChoiceField(
        label="Thème",
        queryset=CourseTheme.objects.all(),
        to_field_name="slug",
        required=False,
        empty_label="Tous les thèmes",
        error_messages={"invalid_choice": "Ce thème n’existe pas."},
    )
    lieu = forms.ChoiceField(label="Lieu", required=False, error_messages=_NO_SUCH_CHOICE)
    mois = forms.ChoiceField(label="Mois", required=False, error_messages=_NO_SUCH_CHOICE)
    pour = forms.ChoiceField(
        label="Pour",
        required=False,
        choices=[
            ("", "Tout le monde"),
            *((word, kind.label) for word, kind in BUYER_WORDS.items()),
        ],
        error_messages=_NO_SUCH_CHOICE,
    )
    financement = forms.ChoiceField(
        label="Financement",
        required=False,
        choices=[("", "Tous"), *Funding.choices],
        error_messages=_NO_SUCH_CHOICE,
    )
    niveau = forms.ChoiceField(
        label="Niveau",
        required=False,
        choices=[("", "Tous"), *CourseLevel.choices],
        error_messages=_NO_SUCH_CHOICE,
    )
    modalite = forms.ChoiceField(
        label="Modalité",
        required=False,
        choices=[("", "Toutes"), *DeliveryMode.choices],
        error_messages=_NO_SUCH_CHOICE,
    )
    duree = forms.ChoiceField(
        label="Durée",
        required=False,
        choices=[("", "Toutes"), *CourseLength.choices],
        error_messages=_NO_SUCH_CHOICE,
    )
    tri = forms.ChoiceField(
        label="Ordre",
        required=False,
        choices=CourseOrder.choices,
        error_messages=_NO_SUCH_CHOICE,
    )

    def __init__(self, data: QueryDict, now: datetime) -> None:
        super().__init__(data, label_suffix="")
        cities, months = coming_cities_and_months(now)
        self._offer("lieu", "Tous les lieux", ((city, city) for city in cities))
        self._offer("mois", "Tous les mois", ((f"{day:%Y-%m}", _month(day)) for day in months))

    def _offer(self, name: str, everything: str, choices: Iterable[tuple[str, str]]) -> None:
        cast("forms.ChoiceField", self.fields[name]).choices = [("", everything), *choices]

    @property
    def main_fields(self) -> list[forms.BoundField]:
        return [field for field in self if field.name not in self.SECONDARY]

    @property
    def more_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.SECONDARY]

    @property
    def uses_more(self) -> bool:
        return any(self.data.get(name) for name in self.SECONDARY)

    def wanted(self) -> Wanted:
        """What is looked for, without what is not valid."""
        self.is_valid()
        values = self.cleaned_data
        month = values.get("mois")
        return Wanted(
            words=values.get("q") or "",
            theme=values.get("theme"),
            buyer=BUYER_WORDS.get(values.get("pour") or ""),
            funding=Funding(values["financement"]) if values.get("financement") else None,
            level=values.get("niveau") or "",
            delivery_mode=values.get("modalite") or "",
            length=values.get("duree") or "",
            city=values.get("lieu") or "",
            month=date.fromisoformat(f"{month}-01") if month else None,
            order=values.get("tri") or "",
        )


def _month(day: date) -> str:
    return date_format(day, "F Y")
