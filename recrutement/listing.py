"""The public list of offers: facets checked by a form, pages, and what is open now."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import Prefetch, Q
from django.http import QueryDict

from site_enys.french import fold

from .enums import ContractType, RemotePolicy
from .models import JobOfferPage
from .models.offer_fields import LEVELS
from .models.offer_parts import OfferTag
from .models.offers import JobOfferQuerySet

PER_PAGE = 20
ANYWHERE = [("", "Partout")]


class OfferFacets(forms.Form):
    """The facets of the list; an unknown value is told, and counts for nothing."""

    contrat = forms.ChoiceField(
        label="Contrat", required=False, choices=[("", "Tous les contrats"), *ContractType.choices]
    )
    teletravail = forms.ChoiceField(
        label="Télétravail", required=False, choices=[("", "Indifférent"), *RemotePolicy.choices]
    )
    niveau = forms.ChoiceField(
        label="Niveau", required=False, choices=[("", "Tous les niveaux"), *LEVELS]
    )
    etiquette = forms.SlugField(required=False, max_length=100, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict, shown: JobOfferQuerySet) -> None:
        super().__init__(data, label_suffix="")
        self.shown = shown
        self.places = Places(shown)
        place = forms.ChoiceField(
            label="Lieu", required=False, choices=[*ANYWHERE, *self.places.choices]
        )
        self.fields["lieu"] = place

    def clean_etiquette(self) -> str:
        slug = self.cleaned_data["etiquette"]
        if slug and not self.shown.filter(tagged_items__tag__slug=slug).exists():
            raise forms.ValidationError("Aucune offre ouverte n’a cette étiquette.")
        return slug

    def narrow(self) -> JobOfferQuerySet:
        """The offers that answer what is asked and known."""
        self.is_valid()
        chosen = self.cleaned_data
        wanted = {
            "contract_type": chosen.get("contrat"),
            "remote_policy": chosen.get("teletravail"),
            "qualification_level": chosen.get("niveau"),
            "tagged_items__tag__slug": chosen.get("etiquette"),
        }
        offers = self.shown.filter(**{name: value for name, value in wanted.items() if value})
        place = chosen.get("lieu")
        return offers.filter(self.places.condition(place)) if place else offers


class Places:
    """The regions of the open offers and the towns of each, as values of an address."""

    def __init__(self, offers: JobOfferQuerySet) -> None:
        known = offers.exclude(city="").order_by().values_list("region", "postcode", "city")
        self.regions: dict[str, set[str]] = {}
        self.towns: dict[str, set[tuple[str, str]]] = {}
        for region, postcode, city in known.distinct():
            name = region.strip() or "Autres lieux"
            self.regions.setdefault(name, set()).add(region)
            self.towns.setdefault(name, set()).add((city, postcode[:2]))

    @property
    def choices(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """For each region: the whole of it, then its towns."""
        return [
            (
                region,
                [
                    (f"region:{region}", f"{region}, partout"),
                    *((f"ville:{city}", _label(city, part)) for city, part in sorted(towns)),
                ],
            )
            for region, towns in sorted(self.towns.items(), key=lambda item: fold(item[0]))
        ]

    def condition(self, value: str) -> Q:
        kind, _, name = value.partition(":")
        if kind == "ville":
            return Q(city=name)
        return Q(region__in=self.regions[name]) & ~Q(city="")


def _label(city: str, department: str) -> str:
    return f"{city} ({department})" if department else city


def offers_page(query: QueryDict, now: datetime) -> dict[str, Any]:
    """One page of the list, for the facets of an address."""
    facets = OfferFacets(query, JobOfferPage.objects.to_show(now))
    offers = facets.narrow().prefetch_related(
        Prefetch("tagged_items", OfferTag.objects.select_related("tag"))
    )
    page = Paginator(offers, PER_PAGE).get_page(query.get("page"))
    return {
        "facets": facets,
        "page_obj": page,
        "offers": page.object_list,
        "narrowed": any(facets.cleaned_data.values()),
    }
