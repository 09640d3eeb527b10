"""« Une personne » : what the site holds about somebody, for whoever answers her.

Nothing is shown without a request that says why: each look and each act is a line of its journal.
"""

import io
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import capfirst

from rgpd.documents.own_data import own_data_json, own_data_pdf
from rgpd.models import RightsRequest
from rgpd.register import Person
from rgpd.services import requests
from rgpd.services.erasure import erase, foreseen
from rgpd.services.export import everything_about
from rgpd.words import parts_of
from site_enys.admin import DeskForm, DeskPage, Screen, admin_url
from site_enys.exceptions import Refused
from site_enys.french import plural
from site_enys.private_storage import private_response
from site_enys.states import TransitionRefused, staff

PERMISSION = "rgpd.change_rightsrequest"
CLOSED = "Cette demande est close\u00a0: ouvrez-en une nouvelle pour voir ce que le site garde."
#: The format of a copy, its type, and what the journal says of it.
COPIES = {
    "json": (own_data_json, "application/json"),
    "pdf": (own_data_pdf, "application/pdf"),
}


class PersonForm(DeskForm):
    email = forms.EmailField(
        label="Adresse électronique de la personne",
        max_length=254,
        error_messages={"required": "Écrivez l’adresse de la personne."},
    )


class FindPerson(Screen):
    """An address and a reason open a request, and with it what is held."""

    model = RightsRequest
    permission = "rgpd.add_rightsrequest"
    page_title = "Une personne"
    title = "Une personne"
    header_icon = "user"
    button = "Voir ce que le site garde"
    needs_reason = True
    explanation = (
        "Le site retrouve une personne par son adresse électronique. Vérifiez d’abord que qui "
        "demande est bien cette personne. Écrivez pourquoi vous regardez\u00a0: une demande "
        "d’accès est ouverte à son nom, avec ce motif et chacun de vos gestes."
    )

    def is_allowed(self, request: HttpRequest) -> bool:
        return request.user.has_perms([self.permission, PERMISSION])

    @cached_property
    def record(self) -> RightsRequest:
        return RightsRequest(received_at=self.now)

    def make_form(self, data: Any = None, files: Any = None) -> PersonForm:
        return PersonForm(data)

    def run(self, form: PersonForm, reason: str) -> str:
        email = form.cleaned_data["email"]
        self.record = requests.open_file(email, reason, by=self.by, now=self.now)
        return f"La demande {self.record.reference} est ouverte."

    @property
    def back_url(self) -> str:
        if self.record.pk:
            return reverse("rgpd_person", args=[self.record.pk])
        return admin_url(RightsRequest, "list")

    def get_page_subtitle(self) -> str:
        return ""

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.title}]


class OfOnePerson:
    """The request that opens these pages, and whom it is about."""

    kwargs: dict[str, Any]
    request: HttpRequest

    @cached_property
    def record(self) -> RightsRequest:
        viewset = RightsRequest.snippet_viewset  # type: ignore[attr-defined]
        found: RightsRequest = viewset.reach(self.request, self.kwargs["pk"])
        return found

    @property
    def person(self) -> Person:
        return Person(self.record.email)

    def closed(self) -> Refused | None:
        waits = self.record in requests.waiting()
        return None if waits else TransitionRefused(CLOSED)

    def note(self, name: str, what: str) -> None:
        by = staff(self.request.user)
        requests.note(self.record, name, by=by, now=timezone.now(), what=what)


class PersonPage(OfOnePerson, DeskPage):
    """Everything that is held, as the person would read it."""

    template_name = "rgpd/admin/person.html"
    page_title = "Ce que le site garde"
    header_icon = "user"
    permission = PERMISSION

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if closed := self.closed():
            messages.error(request, str(closed))
            return redirect(admin_url(RightsRequest, "inspect", self.record.pk))
        return self.show()

    def show(self) -> HttpResponseBase:
        data = everything_about(self.person, timezone.now())
        self.note("look", "Données regardées à l’écran")
        head, parts = parts_of(data)
        return self.render_to_response(self.get_context_data(head=head, parts=parts))

    def get_page_subtitle(self) -> str:
        return self.record.reference

    def above(self) -> list[dict[str, str]]:
        url = admin_url(RightsRequest, "inspect", self.record.pk)
        return [{"url": url, "label": str(self.record)}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"record": self.record} | kwargs)


class PersonCopy(PersonPage):
    """The same, to be handed over (RGPD, articles 15 and 20)."""

    def show(self) -> HttpResponseBase:
        ending = self.kwargs["ending"]
        write, content_type = COPIES[ending]
        content = write(everything_about(self.person, timezone.now()))
        self.note("copy", f"Copie téléchargée ({ending.upper()})")
        return private_response(
            io.BytesIO(content),
            filename=f"{self.record.reference}.{ending}",
            content_type=content_type,
        )


class EraseScreen(OfOnePerson, Screen):
    """What goes, what stays and why; then the erasure itself, which the person is told of."""

    model = RightsRequest
    permission = PERMISSION
    template_name = "rgpd/admin/erase_person.html"
    title = "Effacer ce que le site garde d’elle"
    button = "Effacer définitivement"
    takes_away = True
    header_icon = "bin"
    needs_reason = True

    @property
    def explanation(self) -> str:  # type: ignore[override]
        return (
            f"Ce qui s’efface ne revient pas. {self.record.email} reçoit un courriel qui dit ce "
            "qui est effacé, ce qui reste et pourquoi."
        )

    def obstacle(self) -> Refused | None:
        return self.closed()

    def run(self, form: forms.Form, reason: str) -> str:
        if not reason.strip():
            raise TransitionRefused("Écrivez pourquoi\u00a0: le motif manque.", field="reason")
        done = erase(self.person, by=self.by, now=self.now)
        count = plural(sum(number for _name, number in done.erased), "fiche effacée")
        left = plural(len(done.kept), "fiche gardée", "fiches gardées")
        self.note("erase", capfirst(f"{count}, {left}\u00a0: {reason.strip()}"))
        return f"{count}, {left}."

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        seen = None if self.closed() else foreseen(self.person, self.now)
        return super().get_context_data(**{"foreseen": seen} | kwargs)


urlpatterns: list[URLPattern] = [
    path("rgpd/personne/", FindPerson.as_view(), name="rgpd_find_person"),
    path("rgpd/personne/<int:pk>/", PersonPage.as_view(), name="rgpd_person"),
    path("rgpd/personne/<int:pk>/effacer/", EraseScreen.as_view(), name="rgpd_person_erase"),
    *(
        path(
            f"rgpd/personne/<int:pk>/{ending}/",
            PersonCopy.as_view(),
            {"ending": ending},
            name=f"rgpd_person_{ending}",
        )
        for ending in COPIES
    ),
]
