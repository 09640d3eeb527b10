"""What pages show besides their own text, and people search by: a city, a contract, a trainer."""

from collections.abc import Callable

from django.utils import timezone

from formation.models import CoursePage, Session
from formation.words import days, hours
from home.models import ContactPage, LegalPage
from home.models.base import BasePage
from home.models.settings import OrganisationSettings
from recrutement.models import JobOfferPage
from recrutement.words import contract, place, recruiting, work_time


def facts_of(page: BasePage) -> str:
    """Short facts of the page in plain words, public like the page; often none."""
    speak = _SPEAKERS.get(type(page))
    return ". ".join(filter(None, speak(page))) if speak else ""


def _course(course: CoursePage) -> list[str]:
    cities = (
        Session.objects.upcoming(timezone.now())
        .filter(course_id=course.pk)
        .values_list("venue__city", flat=True)
    )
    return [
        course.code,
        str(course.theme or ""),
        course.get_level_display(),
        course.get_delivery_mode_display(),
        ", ".join(filter(None, (days(course.duration_days), hours(course.duration_hours)))),
        ", ".join(dict.fromkeys(filter(None, cities))),
        ", ".join(str(trainer) for trainer in course.trainers.all()),
        f"Financement\u00a0: {', '.join(way.label for way in course.fundings)}"
        if course.fundings
        else "",
        course.certification_code,
        course.certifier,
        course.teaching_methods,
        course.assessment_methods,
        course.funding_note,
        course.shown_accessibility,
    ]


def _offer(offer: JobOfferPage) -> list[str]:
    return [
        "Offre d’emploi",
        offer.reference,
        contract(offer),
        work_time(offer),
        place(offer),
        recruiting(offer),
        ", ".join(offer.diploma_names),
        ", ".join(tag.name for tag in offer.tags.all()),
    ]


def _organisation(page: BasePage) -> OrganisationSettings | None:
    site = page.get_site()
    return OrganisationSettings.for_site(site) if site else None


def _contact(page: ContactPage) -> list[str]:
    firm = _organisation(page)
    if firm is None:
        return []
    said = {
        "Téléphone": firm.phone,
        "Courriel": firm.email,
        "Adresse": " ".join(firm.head_office.split()),
        "Horaires": firm.opening_hours,
    }
    return [
        "Coordonnées",
        "Nous écrire, nous joindre",
        *(f"{name}\u00a0: {value}" for name, value in said.items() if value),
    ]


def _legal(page: LegalPage) -> list[str]:
    firm = _organisation(page)
    if page.kind == LegalPage.Kind.PRIVACY:
        return ["Vos droits, vos données, RGPD, durées de conservation", "Cookies"]
    if page.kind == LegalPage.Kind.ACCESSIBILITY:
        return ["Accessibilité du site aux personnes en situation de handicap, RGAA"]
    if page.kind != LegalPage.Kind.NOTICE or firm is None:
        return []
    said = {
        "Éditeur": f"{firm.legal_name} {firm.legal_form}".strip(),
        "SIREN": firm.siren,
        "Immatriculation": firm.registration,
        "Directeur de la publication": firm.publication_director,
        "Hébergeur": firm.host_name,
        "Déclaration d’activité": firm.training_number,
    }
    return [f"{name}\u00a0: {value}" for name, value in said.items() if value]


_SPEAKERS: dict[type, Callable[..., list[str]]] = {
    CoursePage: _course,
    JobOfferPage: _offer,
    ContactPage: _contact,
    LegalPage: _legal,
}
