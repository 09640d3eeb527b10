"""The offer of courses in LHEO 2.3, the language of the French regional catalogues."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Any
from xml.etree.ElementTree import Element, indent, tostring

from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from bs4 import BeautifulSoup

from formation.enums import DeliveryMode, Funding, PriceUnit
from formation.models import CatalogueIndexPage, CoursePage, Session
from formation.validators import clean_siret
from formation.words import days, hours
from home.models import OrganisationSettings

from .lheo_grammar import LENGTHS

NAMESPACE = "http://lheo.gouv.fr/2.3"
#: The version of the thesaurus from which the codes are taken.
FORMACODE = "V14"
#: Texts that mean nothing once they are cut.
UNCUT = {name for name, (least, most) in LENGTHS.items() if most <= 25} | {"urlweb", "courriel"}

_MODES = {DeliveryMode.ONSITE: "0", DeliveryMode.BLENDED: "1", DeliveryMode.ONLINE: "2"}
#: Characters that people may paste and that XML does not hold.
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_POSTAL_LINE = re.compile(r"^(\d{5}) +(.+)$")


@dataclass(frozen=True)
class Offered:
    """A session in the offer, and whether a seat may still be asked for."""

    session: Session
    is_open: bool


def formation(
    course: CoursePage, offered: Iterable[Offered], organisation: OrganisationSettings
) -> Element:
    """A course with its sessions, whatever it lacks: `lheo_grammar.faults` says what."""
    kind = re.match(r"(RNCP|RS) ?(\d+)", course.certification_code if course.is_certifying else "")
    by_place = attrgetter("session.venue_id", "session.delivery_mode", "session.price_override")
    groups = groupby(sorted(offered, key=lambda one: repr(by_place(one))), by_place)
    element = _node(
        "formation",
        _node("domaine-formation", *_coded("code-FORMACODE", course.formacodes),
              *_texts("code-NSF", course.nsf_code)),
        *_texts("intitule-formation", course.title),
        *_texts("objectif-formation", "\n".join(str(block.value) for block in course.objectives)),
        *_texts("resultats-attendus", _results(course)),
        *_texts("contenu-formation", "\n\n".join(_modules(course))),
        *_texts("certifiante", _flag(course.is_certifying)),
        _node("contact-formation", _contact(course)),
        *_texts("parcours-de-formation", course.learning_path),
        *_texts("code-niveau-entree", course.entry_level),
        *([_node("certification", *_texts(f"code-{kind[1]}", "".join(kind.groups())))]
          if kind else []),
        _node("url-formation", *_texts("urlweb", course.full_url or "")),
        *(_action(course, list(sessions), organisation) for _, sessions in groups),
        responsible_body(organisation, course.catalogue),
    )  # fmt: skip
    element.set("numero", course.code)
    if course.updated_on:
        element.set("datemaj", f"{course.updated_on:%Y%m%d}")
    return element


def document(formations: Iterable[Element]) -> bytes:
    """The whole offer, as a file."""
    root = _node("lheo", _node("offres", *formations))
    root.set("xmlns", NAMESPACE)
    indent(root)
    return tostring(root, encoding="utf-8", xml_declaration=True)


def responsible_body(
    organisation: OrganisationSettings, catalogue: CatalogueIndexPage | None
) -> Element:
    """The firm, as far as it is known."""
    try:
        siret = clean_siret(catalogue.siret) if catalogue else ""
    except ValidationError:
        siret = ""
    contact = _coordinates(
        catalogue.contact_name if catalogue else "",
        catalogue.contact_phone if catalogue else "",
        catalogue.contact_email if catalogue else "",
    )
    return _node(
        "organisme-formation-responsable",
        *_texts("numero-activite", re.sub(r"\D", "", organisation.training_number)),
        _node("SIRET-organisme-formation", *_texts("SIRET", siret)),
        *_texts("nom-organisme", organisation.legal_name),
        *_texts("raison-sociale", organisation.legal_name),
        _node(
            "coordonnees-organisme",
            _coordinates(
                organisation.legal_name,
                organisation.phone,
                organisation.email,
                _address(organisation.head_office),
            ),
        ),
        _node("contact-organisme", contact),
    )


def _action(
    course: CoursePage, offered: list[Offered], organisation: OrganisationSettings
) -> Element:
    session = offered[0].session
    fundings = course.fundings
    sold_alone = course.price_unit == PriceUnit.PERSON and session.price is not None
    length = course.duration_hours
    return _node(
        "action",
        *_texts("rythme-formation", _length(course)),
        *_coded("code-public-vise", course.public_codes),
        *_texts("info-public-vise", course.audience),
        *_texts("niveau-entree-obligatoire", _flag(course.entry_level_required)),
        *_texts("modalites-alternance", "Sans alternance."),
        *_texts("modalites-enseignement", _MODES[DeliveryMode(session.delivery_mode)]),
        *_texts("conditions-specifiques", course.prerequisites),
        *_texts("prise-en-charge-frais-possible", _flag(set(fundings) - {Funding.PERSONAL})),
        *_place(session),
        *_texts("modalites-entrees-sorties", "0"),
        *(_session(course, one, organisation) for one in offered),
        *_texts("acces-handicapes", course.shown_accessibility),
        *_texts("langue-formation", "fr"),
        *_texts("prix-total-TTC", str(course.with_tax(session.price)) if sold_alone else ""),
        *_texts("duree-indicative", _length(course)),
        *_texts("nombre-heures-total", str(int(length)) if length and length % 1 == 0 else ""),
        *_texts(
            "detail-conditions-prise-en-charge",
            "\n".join([*(str(way.label) for way in fundings), course.funding_note]),
        ),
    )


def _session(course: CoursePage, offered: Offered, organisation: OrganisationSettings) -> Element:
    session = offered.session
    sign_up = settings.SITE_URL + reverse("formation_enrol", args=[session.code])
    element = _node(
        "session",
        _node(
            "periode",
            *_texts("debut", f"{timezone.localdate(session.starts_at):%Y%m%d}"),
            *_texts("fin", f"{timezone.localdate(session.ends_at):%Y%m%d}"),
        ),
        _node("adresse-inscription", *_address(organisation.head_office)),
        *_texts("etat-recrutement", "1" if offered.is_open else "2"),
        _node("url-session", *_texts("urlweb", sign_up)),
        _node("contact-session", _contact(course)),
    )
    element.set("numero", session.code)
    return element


def _place(session: Session) -> list[Element]:
    venue = session.venue
    address = _address(venue.address, venue.name) if venue else []
    return [_node("lieu-de-formation", _node("coordonnees", *address))] if address else []


def _contact(course: CoursePage) -> Element:
    return _coordinates(
        course.shown_contact_name, course.shown_contact_phone, course.shown_contact_email
    )


def _coordinates(name: str, phone: str, email: str, address: Iterable[Element] = ()) -> Element:
    """Nothing without a telephone or an e-mail address: it would reach nobody."""
    if not (phone or email):
        return _node("coordonnees")
    phones = _texts("numtel", phone)
    return _node(
        "coordonnees",
        *_texts("nom", name),
        *address,
        *([_node("telfixe", *phones)] if phones else []),
        *_texts("courriel", email),
    )


def _address(text: str, name: str = "") -> list[Element]:
    """An address typed on lines, the last one with the postal code and the town; else nothing."""
    *lines, last = text.strip().splitlines() or [""]
    town = _POSTAL_LINE.match(last.strip())
    if not (lines and town):
        return []
    return [
        _node(
            "adresse",
            *_texts("denomination", name),
            *(part for line in lines[:4] for part in _texts("ligne", line.strip())),
            *_texts("codepostal", town[1]),
            *_texts("ville", town[2]),
        )
    ]


def _results(course: CoursePage) -> str:
    if course.is_certifying:
        return f"{course.certification_title}, {course.certifier}"
    return f"Formation non certifiante. Évaluation\u00a0: {course.assessment_methods}"


def _modules(course: CoursePage) -> Iterator[str]:
    for block in course.programme:
        text = BeautifulSoup(str(block.value["content"]), "html.parser").get_text("\n", strip=True)
        yield f"{block.value['title']} ({hours(block.value['hours'])})\n{text}"


def _length(course: CoursePage) -> str:
    parts = [hours(course.duration_hours), days(course.duration_days)]
    return ", ".join(filter(None, parts))


def _flag(value: Any) -> str:
    return "1" if value else "0"


def _coded(name: str, codes: str) -> list[Element]:
    elements = [part for code in codes.split(",") for part in _texts(name, code.strip())]
    for element in elements:
        element.set("ref", FORMACODE)
    return elements


def _texts(name: str, text: str) -> list[Element]:
    """The element, a prose too long for it being cut; none at all for an empty text."""
    most = LENGTHS[name][1]
    text = _ILLEGAL.sub(" ", text)
    if not text.strip():
        return []
    element = Element(name)
    too_long = len(text) > most and name not in UNCUT
    element.text = f"{text[: most - 1]}…" if too_long else text
    return [element]


def _node(name: str, *parts: Element) -> Element:
    element = Element(name)
    element.extend(parts)
    return element
