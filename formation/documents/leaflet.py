"""What the page of a course says, as data for a document to draw: the leaflet, the dated proof."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.text import capfirst

from wagtail.models import Page

from formation.enums import DeliveryMode
from formation.models import CoursePage, Session
from formation.words import days, hours, percentage, price, session_dates, slot_times
from home.models import OrganisationSettings
from site_enys.french import plural
from site_enys.rich_text import blocks_of
from site_enys.templatetags.typography import long_date, with_no_break_spaces

#: A paragraph is a list of lines; a text, a list of paragraphs.
Text = list[list[str]]


def programme(
    course: CoursePage, sessions: Iterable[Session], organisation: OrganisationSettings
) -> dict[str, Any]:
    """The leaflet of a published course, with the sessions that people may look forward to."""
    return said(course, updated_on=course.updated_on) | {
        "author": author(organisation),
        "footer": footer(organisation),
        "url": course.full_url,
        "sessions": [_session(course, session) for session in sessions],
    }


def said(course: CoursePage, updated_on: date | None) -> dict[str, Any]:
    """Everything that the page says of the course itself, in the order of the page.

    The texts that the course leaves empty are those of `course.catalogue`.
    """
    return {
        "title": course.title,
        "kicker": str(course.theme or "Formation"),
        "introduction": paragraphs(course.introduction),
        "facts": _filled(_facts(course, updated_on)),
        "objectives": [with_no_break_spaces(str(block.value)) for block in course.objectives],
        "modules": [
            {
                "title": with_no_break_spaces(block.value["title"]),
                "duration": hours(block.value["hours"]),
                "content": blocks_of(str(block.value["content"])),
            }
            for block in course.programme
        ],
        "before": _sections([("Public visé et prérequis", _audience(course))]),
        "after": _sections(
            [
                ("Pédagogie", _teaching(course)),
                ("Accès et accessibilité", _access(course)),
                ("Certification et résultats", _certification(course) + _results(course)),
                ("Financement", _funding(course)),
                ("À lire", _readings(course)),
            ]
        ),
    }


def author(organisation: OrganisationSettings) -> str:
    return organisation.legal_name or settings.WAGTAIL_SITE_NAME


def footer(organisation: OrganisationSettings) -> str:
    """Who writes, and the wording of its declaration; what is unknown is left out."""
    number = organisation.training_declaration
    declaration = f"Déclaration d’activité enregistrée sous le numéro {number}" if number else ""
    return " · ".join(
        filter(None, (author(organisation), organisation.phone, organisation.email, declaration))
    )


def _facts(course: CoursePage, updated_on: date | None) -> list[tuple[str, str]]:
    length = hours(course.duration_hours)
    if course.duration_days:
        length = f"{length} ({days(course.duration_days)})"
    contact = (
        course.shown_contact_name,
        course.shown_contact_phone,
        course.shown_contact_email,
    )
    return [
        ("Référence", course.code),
        ("Niveau", course.get_level_display()),
        ("Durée", length),
        ("Modalité", course.get_delivery_mode_display()),
        ("Tarif", _price(course)),
        ("Contact", ", ".join(filter(None, contact))),
        ("Mise à jour", f"le {long_date(updated_on)}" if updated_on else ""),
    ]


def _price(course: CoursePage) -> str:
    amount = course.price_excl_tax
    figures = (
        "" if amount is None else f"{price(course, amount)}, {course.get_vat_regime_display()}"
    )
    return "\n".join(filter(None, (figures, with_no_break_spaces(course.price_note))))


def _audience(course: CoursePage) -> list[tuple[str, str]]:
    return [("Public visé", course.audience), ("Prérequis", course.prerequisites)]


def _teaching(course: CoursePage) -> list[tuple[str, str]]:
    remote = [
        ("Assistance technique et pédagogique à distance", course.remote_support),
        ("Activités à distance et durée moyenne", course.remote_work),
        ("Évaluations à distance", course.remote_assessments),
    ]
    trainers = (f"{trainer.name}, {trainer.qualifications}" for trainer in course.trainers.all())
    return [
        ("Méthodes mobilisées", course.teaching_methods),
        ("Moyens et supports", course.resources),
        ("Modalités d’évaluation", course.assessment_methods),
        *(remote if course.delivery_mode != DeliveryMode.ONSITE else []),
        ("Formateurs", "\n".join(trainers)),
    ]


def _access(course: CoursePage) -> list[tuple[str, str]]:
    delay = course.access_delay_days
    return [
        ("Modalités d’accès", course.access_modes),
        ("Délai d’accès", "" if delay is None else plural(delay, "jour")),
        ("Accessibilité aux personnes handicapées", course.shown_accessibility),
        ("Référent handicap", course.shown_disability_contact),
    ]


def _certification(course: CoursePage) -> list[tuple[str, str]]:
    if not course.is_certifying:
        return [("Certification", "Formation non certifiante.")]
    return [
        ("Certification visée", f"{course.certification_title} ({course.certification_code})"),
        ("Certificateur", course.certifier),
        ("Date d’enregistrement", long_date(course.certification_registered_on)),
        ("Taux de réussite", percentage(course.certification_success_rate)),
        ("Blocs de compétences", course.certification_blocks),
        ("Équivalences, passerelles et suites", course.certification_pathways),
        ("Débouchés", course.certification_prospects),
    ]


def _results(course: CoursePage) -> list[tuple[str, str]]:
    if course.results_rate is not None:
        answers = plural(course.results_answers or 0, "réponse")
        told = (
            f"{percentage(course.results_rate)} ({answers}, {course.results_period} ; "
            f"source : {course.results_source})."
        )
        return [("Satisfaction des participants", told)]
    if course.first_session_on:
        first = long_date(course.first_session_on)
        return [("Résultats", f"Formation nouvelle : première session le {first}.")]
    return []


def _funding(course: CoursePage) -> list[tuple[str, str]]:
    return [
        ("Financements possibles", "\n".join(str(way.label) for way in course.fundings)),
        ("Précisions", course.funding_note),
        ("Mon Compte Formation", course.cpf_url),
    ]


def _readings(course: CoursePage) -> list[tuple[str, str]]:
    catalogue = course.catalogue
    return [
        ("Conditions générales de vente", _address(catalogue and catalogue.terms_page)),
        ("Règlement intérieur", _address(catalogue and catalogue.internal_rules_page)),
    ]


def _address(page: Page | None) -> str:
    return (page.full_url or "") if page else ""


def _session(course: CoursePage, session: Session) -> dict[str, Any]:
    override = session.price_override
    place = str(session.venue or session.get_delivery_mode_display())
    own_price = "" if override is None else price(course, override)
    return {
        "label": capfirst(session_dates(session)),
        "facts": ", ".join(filter(None, (place, own_price, f"session {session.code}"))),
        "times": [slot_times(slot) for slot in session.slots.all()],
    }


def _sections(sections: list[tuple[str, list[tuple[str, str]]]]) -> list[dict[str, Any]]:
    filled = [(title, _filled(items)) for title, items in sections]
    return [{"title": title, "items": items} for title, items in filled if items]


def _filled(items: list[tuple[str, str]]) -> list[dict[str, Any]]:
    return [{"label": label, "text": paragraphs(text)} for label, text in items if text]


def paragraphs(text: str) -> Text:
    """A text as it was typed, with its lines and the spaces that French wants."""
    parts = with_no_break_spaces(text).replace("\r", "").strip().split("\n\n")
    return [part.split("\n") for part in parts]
