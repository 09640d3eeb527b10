"""What the holder of a link may do with her application, as a table."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils import timezone

from recrutement.enums import SEEN_BY_THE_PERSON, ApplicationState
from recrutement.exceptions import NoLongerOngoing, NotInThePool, PoolRefused
from recrutement.forms.space import (
    AccommodationForm,
    AddressForm,
    ConfirmForm,
    EraseForm,
    PoolForm,
)
from recrutement.models import AccommodationRequest, Application, PoolConsent
from recrutement.opening import day_in_paris
from recrutement.services import erasure, pool, space
from site_enys.exceptions import Refused, refusal_of
from site_enys.public_forms import PublicForm


@dataclass
class Space:
    """What a link has opened."""

    application: Application
    now: datetime = field(default_factory=timezone.now)

    @property
    def url(self) -> str:
        return reverse("recrutement_space", args=[self.application.pk])

    @property
    def state(self) -> str:
        return SEEN_BY_THE_PERSON[ApplicationState(self.application.state)]

    @property
    def ongoing(self) -> bool:
        return self.application.is_ongoing

    @property
    def late(self) -> bool:
        """Whether the promised day has passed while the person waits."""
        return self.ongoing and day_in_paris(self.now) > self.application.answer_by

    @cached_property
    def consent(self) -> PoolConsent | None:
        """The consent that runs."""
        return PoolConsent.objects.active(self.now).filter(application=self.application).first()

    @cached_property
    def accommodation(self) -> AccommodationRequest | None:
        return AccommodationRequest.objects.filter(application=self.application).first()


@dataclass(frozen=True)
class Act:
    """Something that the person may do; `check` raises what stands in the way."""

    label: str
    explanation: str
    done: str
    run: Callable[[Space, Any], Any]
    check: Callable[[Space], None] = lambda opened: None
    form: Callable[..., PublicForm] = lambda opened, *data: ConfirmForm(*data)

    def refusal(self, opened: Space) -> Refused | None:
        return refusal_of(self.check, opened)


def _still_ongoing(opened: Space) -> None:
    if not opened.ongoing:
        raise NoLongerOngoing


def _something_asked(opened: Space) -> None:
    if opened.accommodation is None:
        raise Refused("Aucune demande d’aménagement n’est enregistrée.")


def _in_the_pool(opened: Space) -> None:
    if opened.consent is None:
        raise NotInThePool


def _out_of_the_pool(opened: Space) -> None:
    if opened.consent:
        raise PoolRefused("Vous êtes déjà dans notre vivier.")
    pool.refuse_unless_welcome(opened.application)


def _accommodation_form(opened: Space, *data: Any) -> AccommodationForm:
    asked = opened.accommodation
    return AccommodationForm(*data, initial={"text": asked.text if asked else ""})


def _pool_form(opened: Space, *data: Any) -> PoolForm:
    return PoolForm(*data)


def _changed_pool_form(opened: Space, *data: Any) -> PoolForm:
    consent = opened.consent
    initial: dict[str, Any] = {}
    if consent:
        initial = {name: getattr(consent, name) for name in ("skills", "places")}
        initial["diplomas"] = list(consent.diplomas.all())
    return PoolForm(*data, already=True, initial=initial)


def _give(opened: Space, form: PoolForm) -> None:
    pool.give(opened.application, form.wishes, now=opened.now)


ERASE = "effacer"
ACTS: dict[str, Act] = {
    "amenagement": Act(
        label="Demander un aménagement",
        explanation=(
            "Cette demande est gardée à part\u00a0: les personnes qui évaluent les candidatures ne "
            "la lisent pas, et elle n’entre pas dans notre choix."
        ),
        done="Votre demande d’aménagement est enregistrée.",
        run=lambda opened, form: space.ask_for_accommodation(
            opened.application, form.cleaned_data["text"], now=opened.now
        ),
        check=lambda opened: space.refuse_unless_invited(opened.application),
        form=_accommodation_form,
    ),
    "sans-amenagement": Act(
        label="Effacer ma demande d’aménagement",
        explanation="Ce que vous aviez écrit est effacé aussitôt.",
        done="Votre demande d’aménagement est effacée.",
        run=lambda opened, form: space.forget_accommodation(opened.application),
        check=_something_asked,
    ),
    "vivier": Act(
        label="Entrer dans le vivier",
        explanation=(
            "C’est facultatif, et sans effet sur la réponse que nous vous faisons. Le vivier nous "
            "permet de vous écrire quand un autre poste s’ouvre."
        ),
        done="C’est noté\u00a0: vous êtes dans notre vivier.",
        run=_give,
        check=_out_of_the_pool,
        form=_pool_form,
    ),
    "vivier-modifier": Act(
        label="Modifier ce que dit le vivier",
        explanation="Vous seul décidez de ce qui s’y lit.",
        done="C’est modifié.",
        run=_give,
        check=_in_the_pool,
        form=_changed_pool_form,
    ),
    "vivier-renouveler": Act(
        label="Rester dans le vivier",
        explanation="Votre accord repart d’aujourd’hui, pour la même durée.",
        done="C’est noté\u00a0: votre accord est renouvelé.",
        run=lambda opened, form: pool.renew(opened.application, now=opened.now),
        check=_in_the_pool,
    ),
    "vivier-retirer": Act(
        label="Sortir du vivier",
        explanation="Votre accord prend fin aussitôt, sans avoir à dire pourquoi.",
        done="C’est noté\u00a0: vous n’êtes plus dans notre vivier.",
        run=lambda opened, form: pool.withdraw(opened.application, now=opened.now),
        check=_in_the_pool,
    ),
    "adresse": Act(
        label="Changer mon adresse électronique",
        explanation="Nous vous écrirons à la nouvelle, une fois que vous l’aurez confirmée.",
        done=(
            "Un message part à la nouvelle adresse. Ouvrez le lien qu’il porte dans les deux "
            "jours\u00a0: l’adresse changera à ce moment."
        ),
        run=lambda opened, form: space.ask_for_address(
            opened.application, form.cleaned_data["email"], now=opened.now
        ),
        form=lambda opened, *data: AddressForm(*data),
    ),
    "retirer": Act(
        label="Retirer ma candidature",
        explanation="Nous arrêtons de l’étudier. Un message vous le confirme.",
        done="Votre candidature est retirée.",
        run=lambda opened, form: space.withdraw(opened.application, now=opened.now),
        check=_still_ongoing,
    ),
    ERASE: Act(
        label="Effacer mes données",
        explanation=(
            "Votre candidature, vos fichiers et les messages échangés disparaissent aussitôt. Si "
            "elle est en cours, elle est retirée. Pensez à télécharger d’abord ce que vous voulez "
            "garder."
        ),
        done="",
        run=lambda opened, form: erasure.erase_at_once(opened.application, opened.now),
        check=lambda opened: erasure.refuse_if_held(opened.application),
        form=lambda opened, *data: EraseForm(*data),
    ),
}
#: What stands together on the page of the space, each with the acts that are possible now.
POOL_ACTS = ("vivier", "vivier-modifier", "vivier-renouveler", "vivier-retirer")
ACCOMMODATION_ACTS = ("amenagement", "sans-amenagement")
OWN_ACTS = ("adresse", "retirer", ERASE)
