"""What is written about the person's own space, her data and the pool."""

from datetime import date

from django.conf import settings
from django.urls import reverse

from courrier.services.outbox import queue
from recrutement.links import address_url
from recrutement.models import Application, JobOfferPage, PoolConsent

from .parts import recruiter_address, to_person


def link_again(application: Application) -> None:
    """The link of the space, for somebody who no longer has it."""
    to_person("recrutement_lien", application)


def address_to_confirm(application: Application, email: str, token: str) -> None:
    """To an address that may be a stranger's: nothing in it tells who applied, nor for what."""
    queue(
        "recrutement_adresse_a_confirmer",
        email,
        {"confirm_url": address_url(token)},
        about=application,
        reply_to=settings.STAFF_EMAIL,
    )


def address_changed(application: Application, former: str) -> None:
    """To both: the new one gets the link, the former one learns nothing of the new one."""
    to_person("recrutement_adresse_confirmee", application)
    queue(
        "recrutement_adresse_remplacee",
        former,
        {"application": application},
        about=application,
        reply_to=settings.STAFF_EMAIL,
    )


def erased(email: str) -> None:
    """The last message: it names nobody, and is about nothing that is still there."""
    queue("recrutement_efface", email, {}, reply_to=settings.STAFF_EMAIL)


def invited_from_the_pool(application: Application, offer: JobOfferPage) -> None:
    to_person(
        "recrutement_vivier_invitation",
        application,
        offer=offer,
        offer_url=offer.full_url,
    )


def renewal_asked(consent: PoolConsent) -> None:
    """E9: one button in the space goes on with the consent; silence ends it."""
    application = consent.application
    to_person("recrutement_vivier_renouvellement", application, consent=consent)


def staff_told_of_accommodation(application: Application) -> None:
    """That something was asked, and where to read it: health does not travel by e-mail."""
    _to_staff("recrutement_amenagement", application, about=application)


def staff_told_of_erasure(application: Application) -> None:
    """That somebody no longer applies; only the number, which leads to nothing any more."""
    _to_staff("recrutement_efface_equipe", application, about=None)


def monthly_report(to: str, month: date, figures: list[tuple[str, str]]) -> None:
    """S4: counts of one month, nobody's name."""
    queue("recrutement_bilan", to, {"month": month, "figures": figures})


def _to_staff(kind: str, application: Application, *, about: Application | None) -> None:
    to = recruiter_address(application.offer)
    if not to:
        return
    path = reverse("wagtailsnippets_recrutement_application:inspect", args=[application.pk])
    context = {
        "reference": application.reference,
        "subject": application.subject,
        "admin_url": settings.WAGTAILADMIN_BASE_URL + path,
    }
    queue(kind, to, context, about=about)
