"""The offer that other catalogues read: what is in it, what is left out, and why."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from xml.etree.ElementTree import Element

from django.db.models import Prefetch

from formation.documents import lheo
from formation.documents.lheo_grammar import faults
from formation.models import CatalogueIndexPage, CoursePage, Session
from home.models import OrganisationSettings

from .agenda import session_lines

_BODY = "organisme-formation-responsable"
_WORDS = {
    "code-FORMACODE": "un Formacode",
    "code-NSF": "le code NSF",
    "parcours-de-formation": "le type de parcours",
    "code-niveau-entree": "le niveau à l’entrée",
    "code-public-vise": "un code de public",
    "action": "une session à venir",
    "numero-activite": "le numéro de déclaration d’activité, à onze chiffres",
    "SIRET": "le SIRET de l’organisme de formation",
    "nom-organisme": "la raison sociale",
    "raison-sociale": "la raison sociale",
    "coordonnees": "de quoi joindre l’organisme",
    "adresse": "le siège social, avec son code postal et sa ville sur la dernière ligne",
}


@dataclass
class Offer:
    """The courses in LHEO, and what prevents others from being there."""

    formations: list[Element] = field(default_factory=list)
    left_out: list[tuple[CoursePage, list[str]]] = field(default_factory=list)
    #: What the settings and the catalogue do not say of the firm: without it, nothing is exported.
    unknown: list[str] = field(default_factory=list)

    @property
    def document(self) -> bytes | None:
        if self.unknown or not self.formations:
            return None
        return lheo.document(self.formations)


def offer(organisation: OrganisationSettings, now: datetime) -> Offer:
    """Every published course that lacks nothing of LHEO, with its sessions to come."""
    catalogue = CatalogueIndexPage.objects.first()
    made = Offer(unknown=_unknown(organisation, catalogue))
    for course in _published(now):
        course.catalogue = catalogue
        lines = session_lines(course.coming, now)
        sessions = [lheo.Offered(line.session, line.shows_seats) for line in lines]
        formation = lheo.formation(course, sessions, organisation)
        lacking = [fault for fault in faults(formation) if not _about_the_firm(fault)]
        if lacking:
            made.left_out.append((course, _in_words(lacking)))
        else:
            made.formations.append(formation)
    return made


def _published(now: datetime) -> Iterable[CoursePage]:
    coming = Session.objects.upcoming(now).select_related("venue")
    return (
        CoursePage.objects.live()
        .public()
        .order_by("title_key")
        .prefetch_related(Prefetch("sessions", queryset=coming, to_attr="coming"))
    )


def _unknown(organisation: OrganisationSettings, catalogue: CatalogueIndexPage | None) -> list[str]:
    body = lheo.responsible_body(organisation, catalogue)
    # The head office is also where people enrol, which LHEO wants of each session.
    office = [] if body.findall("coordonnees-organisme/coordonnees/adresse") else ["adresse"]
    return _in_words([*faults(body), *office])


def _about_the_firm(fault: str) -> bool:
    return f"/{_BODY}" in fault or "/adresse-inscription" in fault


def _in_words(found: Iterable[str]) -> list[str]:
    """Each thing once, in the words of the screens; an element without words by its name."""
    names = (fault.rpartition("/")[2] for fault in found)
    return list(dict.fromkeys(_WORDS.get(name, name) for name in names))
