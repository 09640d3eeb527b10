"""Who is reading: the person whose link this browser has opened, for half an hour at most."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from rgpd.exceptions import NotYours
from rgpd.forms import AddressForm
from rgpd.links import ACCESS, VISIT_LASTS
from rgpd.models import PersonalAccess
from rgpd.register import Person
from site_enys.links import LinkRefused, private
from site_enys.refusals import note_refused_access

#: Which access this browser has opened; `ACCESS` says whether it still may.
SESSION_KEY = "mes-donnees"


@dataclass(frozen=True)
class Visit:
    """What a link has opened: the page of one address."""

    access: PersonalAccess
    now: datetime

    @property
    def person(self) -> Person:
        return Person(self.access.email)

    @property
    def until(self) -> datetime:
        """When the page closes by itself."""
        return (self.access.opened_at or self.now) + VISIT_LASTS


def enter(request: HttpRequest, access: PersonalAccess, now: datetime) -> None:
    """Open the page in this browser, under a new session key."""
    request.session.cycle_key()
    ACCESS.grant(request, access, now)
    request.session[SESSION_KEY] = access.pk


def leave(request: HttpRequest) -> None:
    request.session.pop(SESSION_KEY, None)


def reach(request: HttpRequest) -> Visit | None:
    """The page that this browser has opened, while it lasts."""
    now = timezone.now()
    access = PersonalAccess.objects.filter(pk=request.session.get(SESSION_KEY, 0)).first()
    if access is None or not ACCESS.is_granted(request, access, now):
        return None
    return Visit(access, now)


def for_its_holder(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A private page that takes the visit; without one, or at somebody else’s row, it is lost."""

    @private
    @wraps(view)
    def wrapped(request: HttpRequest, **named: Any) -> HttpResponseBase:
        visit = reach(request)
        if visit is None:
            return lost(request)
        try:
            return view(request, visit, **named)
        except NotYours:
            return lost(request)

    return wrapped


def lost(request: HttpRequest, refusal: str = "") -> HttpResponse:
    """The same page for a link that is altered, too old, used, or was never opened here."""
    note_refused_access(request, "Mes données")
    context = {"form": AddressForm(), "sent": False, "closed": False}
    context["refusal"] = refusal or str(LinkRefused())
    return render(request, "rgpd/mine.html", context, status=403)
