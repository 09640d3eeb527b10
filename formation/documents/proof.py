"""The dated proof of what the page of a course said, as data for its template."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from wagtail.models import Revision

from formation.models import CoursePage
from formation.models.results import Results
from home.models import OrganisationSettings
from home.services.history import Version
from site_enys.french import plural
from site_enys.templatetags.typography import long_date, with_no_break_spaces

from .leaflet import author, footer, said

_KEPT_AS_TODAY = (
    "Les noms et les titres des formateurs, l’intitulé du thème et les adresses des pages liées "
    "sont ceux du jour où ce document est établi\u00a0: le site n’en garde pas d’état daté."
)
_NO_COMMON_TEXTS = (
    "Les textes communs à toutes les formations (contact, accessibilité, pages à lire) sont ceux "
    "du jour où ce document est établi\u00a0: aucune publication du catalogue n’est gardée pour "
    "le jour demandé."
)
_RESULTS_COUNTED = (
    "Les résultats sont recomptés sur les réponses reçues jusqu’à ce jour-là\u00a0: la page les "
    "calcule, et ses révisions ne les contiennent pas."
)
_NO_SESSIONS = (
    "Les dates des sessions n’y figurent pas\u00a0: elles ne font pas partie de la page, et chaque "
    "session a son propre journal."
)


@dataclass(frozen=True)
class Proof:
    """A course as its page showed it, and where each part of it comes from."""

    course: CoursePage
    version: Version
    revision: Revision
    updated_on: date
    #: What the catalogue said for all courses; nothing when only what it says today is known.
    common: Version | None
    forgotten_trainers: int
    asked_for: date
    #: The indicators as they were counted at the last instant of that day.
    results: Results


def proof_data(proof: Proof, organisation: OrganisationSettings, now: datetime) -> dict[str, Any]:
    """What the document says: its origin first, then the page."""
    origin = [
        ("Page", proof.course.full_url or ""),
        ("Jour demandé", f"{long_date(proof.asked_for)}, heure de Paris"),
        ("Publiée", _span(proof.version)),
        ("Révision", _revision(proof.revision)),
        ("Empreinte", _fingerprint(proof.revision)),
        *_common(proof.common),
        ("Établi", f"le {_instant(now)}"),
    ]
    return said(proof.course, proof.updated_on, proof.results) | {
        "heading": f"Ce que disait la page le {long_date(proof.asked_for)}",
        "author": author(organisation),
        "footer": footer(organisation),
        "origin": [{"label": label, "text": [[text]]} for label, text in origin],
        "notes": [with_no_break_spaces(note) for note in _notes(proof)],
    }


def fingerprint_of(revision: Revision) -> str:
    """SHA-256 of the stored content, as JSON with sorted keys, in UTF-8."""
    text = json.dumps(revision.content, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _common(common: Version | None) -> list[tuple[str, str]]:
    if common is None or common.revision is None:
        return []
    published = f"publiée le {_instant(common.published_at)}"
    return [
        ("Textes communs", f"{_revision(common.revision)} du catalogue, {published}"),
        ("Leur empreinte", _fingerprint(common.revision)),
    ]


def _notes(proof: Proof) -> list[str]:
    gone = proof.forgotten_trainers
    lost = f"Il manque {plural(gone, 'formateur')}, retiré du site depuis cette révision."
    return [
        _KEPT_AS_TODAY,
        *([lost] if gone else []),
        *([] if proof.common else [_NO_COMMON_TEXTS]),
        _RESULTS_COUNTED,
        _NO_SESSIONS,
    ]


def _revision(revision: Revision) -> str:
    return f"révision n°\u00a0{revision.pk}"


def _fingerprint(revision: Revision) -> str:
    return f"SHA-256 {fingerprint_of(revision)}"


def _span(version: Version) -> str:
    begin = f"le {_instant(version.published_at)}"
    if version.until is None:
        return f"{begin}, en ligne depuis"
    return f"{begin}, en ligne jusqu’au {_instant(version.until)}"


def _instant(instant: datetime) -> str:
    """« 3 mars 2027 à 9:05:07 » on the clock of Paris, and which hour it is there."""
    local = timezone.localtime(instant)
    return f"{long_date(local)} à {local:%H:%M:%S} (UTC{local:%z})"
