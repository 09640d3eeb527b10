"""Refusing several people, once each of their messages has been read."""

import uuid
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse

from recrutement.models import Application, JobOfferPage
from recrutement.models.applications import ApplicationQuerySet
from recrutement.services import refusals
from site_enys.admin import SafeBulkAction, admin_url
from site_enys.french import plural
from site_enys.states import TransitionRefused

from .decisions import RejectForm
from .screens import OfferScreen

NOBODY = TransitionRefused("Cochez au moins une personne.")


class RefuseTogetherScreen(OfferScreen):
    """The people of an offer, or those ticked in the list, whose messages are read before."""

    title = "Refuser plusieurs candidatures"
    button = "Envoyer ces refus"
    takes_away = True
    template_name = "recrutement/admin/refuse_together.html"
    explanation = (
        "Cochez les personnes, choisissez la raison, puis relisez le message de chacune\u00a0: "
        "rien ne part avant."
    )

    @property
    def offer(self) -> JobOfferPage | None:
        """None when the people come from the list, whatever their offers."""
        offer: JobOfferPage | None = self.record
        return offer

    @property
    def back_url(self) -> str:
        return super().back_url if self.offer else admin_url(Application, "list")

    def get_page_subtitle(self) -> str:
        return self.offer.title if self.offer else ""

    def make_form(self, data: Any = None, files: Any = None) -> RejectForm:
        return RejectForm(data)

    def facts(self, form: RejectForm) -> list[object]:
        chosen = form.cleaned_data
        return refusals.facts(self._sorted().done, chosen["reject_reason"], chosen["message"])

    def rehearsal(self, form: RejectForm, reason: str) -> None:
        self._refuse(form, reason)

    def run(self, form: RejectForm, reason: str) -> str:
        outcome = self._refuse(form, reason)
        for application, why in outcome.left:
            name = self.viewset.name_of(application)
            messages.warning(self.request, f"{name}\u00a0: rien n’est parti. {why}")
        return f"{plural(len(outcome.done), 'refus envoyé', 'refus envoyés')}."

    def _refuse(self, form: RejectForm, reason: str) -> refusals.Outcome:
        people = self._sorted().done
        if not people:
            raise NOBODY
        chosen = form.cleaned_data
        return refusals.refuse_all(
            people,
            chosen["reject_reason"],
            chosen["message"],
            by=self.by,
            now=self.now,
            note=reason,
        )

    def _sorted(self) -> refusals.Outcome:
        """Read again each time: in memory, what was rehearsed has happened."""
        ticked = self._reachable().filter(pk__in=self._ticked())
        return refusals.sort(ticked.order_by("submitted_at", "pk"), by=self.by, now=self.now)

    def _reachable(self) -> ApplicationQuerySet:
        people = self.viewset.get_queryset(self.request).filter(synthetic=False)
        if self.offer:
            people = people.filter(offer=self.offer)
        return people.select_related("offer__recruiter")

    def _ticked(self) -> list[uuid.UUID]:
        typed = self.request.POST if self.request.method == "POST" else self.request.GET
        return [key for text in typed.getlist("qui") if (key := _uuid(text))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        chosen = self._sorted()
        ticked = {one.pk for one in chosen.done}
        shown = self._reachable().ongoing() if self.offer else chosen.done
        own = {
            "people": [(one, self.viewset.name_of(one), one.pk in ticked) for one in shown],
            "left": [(self.viewset.name_of(one), why) for one, why in chosen.left],
            "most": refusals.MOST_AT_ONCE,
        }
        return super().get_context_data(**own | kwargs)


class RefuseTicked(SafeBulkAction):
    """From the list: nothing happens here, the screen shows each message first."""

    display_name = "Refuser…"
    aria_label = "Refuser les candidatures choisies"
    action_type = "refuse"
    action_priority = 10
    models = [Application]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        ticked = [("qui", key) for text in request.GET.getlist("id") if (key := _uuid(text))]
        return redirect(f"{reverse('recrutement_refuse_together')}?{urlencode(ticked)}")


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


urlpatterns: list[URLPattern] = [
    path(
        "recrutement/offres/<int:pk>/refus/",
        RefuseTogetherScreen.as_view(),
        name="recrutement_refuse_for_offer",
    ),
    path("recrutement/refus/", RefuseTogetherScreen.as_view(), name="recrutement_refuse_together"),
]
