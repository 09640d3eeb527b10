"""What pages show besides their own text, and people search by: a city, a contract, a trainer."""

from collections.abc import Callable

from django.utils import timezone

from formation.models import CatalogueIndexPage, CoursePage, Session
from formation.words import days, hours
from home.models import ContactPage, LegalPage, ReferencesPage
from home.models.base import BasePage
from home.models.settings import OrganisationSettings
from recrutement.models import JobOfferPage, RecruitmentIndexPage
from recrutement.words import contract, place, recruiting, work_time
from site_enys.templatetags.typography import long_date


def facts_of(page: BasePage) -> list[str]:
    """Short facts of the page in plain words, public like the page; often none."""
    speak = _SPEAKERS.get(type(page))
    return speak(page) if speak else []


def in_one_line(page: BasePage) -> str:
    """What a list of results says beside the kind: « 2 jours · 14 heures », « CDI · Lyon (69) »."""
    if isinstance(page, CoursePage):
        facts = [days(page.duration_days), hours(page.duration_hours)]
    elif isinstance(page, JobOfferPage):
        facts = [contract(page), page.place]
    else:
        facts = [long_date(page.visible_from)]  # an article
    return " · ".join(filter(None, facts))


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
    return [f"{name}\u00a0: {value}" for name, value in said.items() if value]


def _legal(page: LegalPage) -> list[str]:
    firm = _organisation(page)
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


#: Words by which people look for a page that does not write them, or hardly: as good as its title.
_KNOWN_AS: dict[type, str] = {
    ContactPage: (
        "contact coordonnées adresse téléphone courriel horaires joindre écrire appeler venir "
        "rendez-vous localisation"
    ),
    CatalogueIndexPage: "catalogue sessions dates calendrier inscription financement",
    RecruitmentIndexPage: "offres d’emploi, postes, carrière, candidature spontanée, travailler",
    ReferencesPage: "clients témoignages",
}
_LEGAL_AS = {
    LegalPage.Kind.NOTICE: "éditeur hébergeur",
    LegalPage.Kind.PRIVACY: "RGPD vie privée cookies droits",
    LegalPage.Kind.ACCESSIBILITY: "RGAA handicap déclaration",
}


def known_as(page: BasePage) -> str:
    """Other names of the page; often none."""
    if isinstance(page, LegalPage):
        return _LEGAL_AS.get(LegalPage.Kind(page.kind), "")
    return _KNOWN_AS.get(type(page), "")


_SPEAKERS: dict[type, Callable[..., list[str]]] = {
    CoursePage: _course,
    JobOfferPage: _offer,
    ContactPage: _contact,
    LegalPage: _legal,
}
