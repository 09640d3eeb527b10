"""What the list of applications is narrowed by."""

from typing import Any

from django.db.models import Q
from django.forms import CheckboxSelectMultiple, RadioSelect
from django.http import HttpRequest
from django.utils import timezone

from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet

from django_filters import (
    ChoiceFilter,
    DateFromToRangeFilter,
    ModelChoiceFilter,
    MultipleChoiceFilter,
)

from recrutement.enums import ApplicationState, Source
from recrutement.models import Application, JobOfferPage
from recrutement.models.applications import ApplicationQuerySet
from recrutement.services import access, review

KINDS = (("offre", "Pour une offre"), ("spontanee", "Spontanée"))
MARKS = (
    ("3", "3 et plus"),
    ("2", "2 et plus"),
    ("aucune", "Pas encore notée"),
    ("a-donner", "Mon avis est attendu"),
)


def offers_of(request: HttpRequest | None) -> Any:
    """The offers whose applications this person reads; the title is all that a list shows."""
    user = request.user if request else None
    offers = JobOfferPage.objects.only("title", "reference").order_by("-closing_date", "title")
    return offers if access.reads_all(user) else offers.filter(pk__in=access.given_to(user))


def followed_by(user: Any) -> Q:
    """The applications of the offers that this account follows or reviews."""
    return Q(offer__recruiter=user) | Q(offer__in=access.given_to(user))


def one_of(label: str, method: str, *choices: tuple[str, str], **others: Any) -> ChoiceFilter:
    return ChoiceFilter(
        label=label,
        method=method,
        choices=choices,
        widget=RadioSelect,
        **{"empty_label": "Toutes"} | others,
    )


class ApplicationFilterSet(WagtailFilterSet):
    state = MultipleChoiceFilter(
        label="État", choices=ApplicationState.choices, widget=CheckboxSelectMultiple
    )
    offer = ModelChoiceFilter(label="Offre", queryset=offers_of)
    kind = one_of("Nature", "of_kind", *KINDS)
    overdue = one_of("Réponse", "only_overdue", ("oui", "En retard"))
    mine = one_of("Suivi", "only_mine", ("oui", "Celles que je suis"))
    marks = one_of("Notation", "by_marks", *MARKS)
    source = ChoiceFilter(label="A connu l’offre par", choices=Source.choices)
    submitted_at = DateFromToRangeFilter(label="Envoyée le", widget=DateRangePickerWidget)

    class Meta:
        model = Application
        fields = ["state", "offer", "kind", "overdue", "mine", "marks", "source", "submitted_at"]

    def of_kind(self, rows: ApplicationQuerySet, name: str, value: str) -> ApplicationQuerySet:
        return rows.filter(offer__isnull=value == "spontanee")

    def only_overdue(self, rows: ApplicationQuerySet, name: str, value: str) -> ApplicationQuerySet:
        return rows.overdue(timezone.now())

    def only_mine(self, rows: ApplicationQuerySet, name: str, value: str) -> ApplicationQuerySet:
        return rows.filter(followed_by(self.request.user))

    def by_marks(self, rows: ApplicationQuerySet, name: str, value: str) -> ApplicationQuerySet:
        user = self.request.user
        if value == "a-donner":
            return rows.filter(pk__in=review.to_rate(user).order_by().values("pk"))
        if value == "aucune":
            return rows.filter(ratings=None)
        return review.with_means(rows, user).filter(Q(mean__gte=int(value)))
