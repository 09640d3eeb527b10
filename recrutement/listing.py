"""The public list of offers: facets checked by a form, pages, and what is open now."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import QueryDict

from .enums import ContractType, RemotePolicy
from .models import JobOfferPage
from .models.offers import JobOfferQuerySet

PER_PAGE = 20


class OfferFacets(forms.Form):
    """The facets of the list; an unknown value is told, and counts for nothing."""

    contrat = forms.ChoiceField(
        label="Contrat", required=False, choices=[("", "Tous les contrats"), *ContractType.choices]
    )
    teletravail = forms.ChoiceField(
        label="Télétravail", required=False, choices=[("", "Indifférent"), *RemotePolicy.choices]
    )
    etiquette = forms.SlugField(required=False, max_length=100, widget=forms.HiddenInput)

    def narrow(self, offers: JobOfferQuerySet) -> JobOfferQuerySet:
        self.is_valid()
        chosen = self.cleaned_data
        if chosen.get("contrat"):
            offers = offers.filter(contract_type=chosen["contrat"])
        if chosen.get("teletravail"):
            offers = offers.filter(remote_policy=chosen["teletravail"])
        if chosen.get("etiquette"):
            offers = offers.filter(tagged_items__tag__slug=chosen["etiquette"])
        return offers


def offers_page(query: QueryDict, now: datetime) -> dict[str, Any]:
    """One page of the list, for the facets of an address."""
    facets = OfferFacets(query)
    offers = facets.narrow(JobOfferPage.objects.to_show(now)).prefetch_related("tagged_items__tag")
    page = Paginator(offers, PER_PAGE).get_page(query.get("page"))
    return {
        "facets": facets,
        "page_obj": page,
        "offers": page.object_list,
        "narrowed": any(facets.cleaned_data.values()),
    }
