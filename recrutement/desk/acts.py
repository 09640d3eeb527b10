"""What may be done about an application now, beyond the buttons of its transitions."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from recrutement.enums import ApplicationState
from recrutement.models import Application
from recrutement.services import extensions
from recrutement.services.agenda import upcoming
from recrutement.services.closing import waiting_for_a_decision
from recrutement.services.lifecycle import LIFECYCLE
from site_enys.admin import admin_url
from site_enys.admin.transitions import may_change
from site_enys.exceptions import refusal_of
from site_enys.states import Transition, staff

NOTHING: dict[str, Any] = {"acts": [], "planned": [], "others_waiting": 0, "closing_url": ""}


def act_url(application: Application, row: Transition) -> str:
    """The screen of a transition: its own when it asks for more than a reason."""
    if row.own_screen:
        return reverse(f"recrutement_{row.name}", args=[application.pk])
    return admin_url(Application, "transition", application.pk, row.name)


def acts_for(request: HttpRequest, application: Application) -> dict[str, Any]:
    """The context of `recrutement/admin/parts/acts.html`: only what this account may do now."""
    if not may_change(request, application):
        return NOTHING
    return {
        "acts": _acts(request, application),
        "planned": _interviews(application),
        **_closing_of(application),
    }


def _acts(request: HttpRequest, application: Application) -> list[tuple[str, str]]:
    now, by = timezone.now(), staff(request.user)

    def possible(name: str) -> bool:
        return LIFECYCLE.refusal(application, name, by, now) is None

    further = application.state == ApplicationState.INTERVIEW
    extensible = refusal_of(extensions.refuse_extension, application) is None
    offered = (
        (
            "Fixer un autre entretien" if further else "Inviter à un entretien",
            "recrutement_invite",
            further or possible("invite"),
        ),
        ("Proposer le poste", "recrutement_propose", possible("propose")),
        ("Ne pas retenir", "recrutement_reject", possible("reject")),
        ("Demander plus de temps", "recrutement_extend", extensible),
    )
    return [(label, reverse(name, args=[application.pk])) for label, name, may in offered if may]


def _interviews(application: Application) -> list[tuple[Any, str, str]]:
    """Each interview to come, where it is changed and where it is called off."""
    return [
        (
            interview,
            reverse("recrutement_change_interview", args=[application.pk, interview.pk]),
            reverse("recrutement_cancel_interview", args=[application.pk, interview.pk]),
        )
        for interview in upcoming(application, timezone.now())
    ]


def _closing_of(application: Application) -> dict[str, Any]:
    """Once somebody is hired, the others should hear of it."""
    offer = application.offer
    if application.state != ApplicationState.HIRED or offer is None:
        return {"others_waiting": 0, "closing_url": ""}
    url = reverse("recrutement_close_offer", args=[offer.pk])
    return {
        "others_waiting": waiting_for_a_decision(offer).count(),
        "closing_url": f"{url}?situation=filled",
    }
