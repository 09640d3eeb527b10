"""The record of processing activities (RGPD, article 30), as the register and the firm fill it."""

from collections.abc import Callable
from dataclasses import dataclass

from rgpd.register import PersonalData, processings

Fact = tuple[str, str]  # label, value

TRANSFERS = "Aucun transfert hors de l’Union européenne"
#: Article 32, in general terms, the same for every processing: what the site does by itself.
MEASURES = (
    "Comptes nominatifs et droits par fonction, vérifiés par le serveur\u00a0; blocage après des "
    "essais répétés de connexion\u00a0; échanges chiffrés (HTTPS)\u00a0; pièces confiées rangées "
    "hors du site public, et journal de qui les ouvre\u00a0; liens personnels signés, limités dans "
    "le temps et révocables\u00a0; journaux techniques sans donnée personnelle\u00a0; effacement "
    "automatique, noté à chaque passage\u00a0; sauvegardes gardées 30 jours au plus"
)

_SOURCES: list[Callable[[], list[Fact]]] = []


def tell_controller(source: Callable[[], list[Fact]]) -> Callable[[], list[Fact]]:
    """Register who is responsible and whom to ask; what is not known is left out."""
    _SOURCES.append(source)
    return source


def controller() -> list[Fact]:
    """« Responsable », « Contact »…: the head of the record (article 30.1.a)."""
    return [fact for source in _SOURCES for fact in source() if fact[1]]


@dataclass(frozen=True)
class Activity:
    """One processing of the record, each fact under its heading."""

    name: str
    facts: list[Fact]


def activities() -> list[Activity]:
    """Every processing of the register, in alphabetical order."""
    return [Activity(entry.processing, _facts(entry)) for entry in processings()]


def _facts(entry: PersonalData) -> list[Fact]:
    return [
        ("Finalité", entry.purpose),
        ("Base légale", entry.legal_basis),
        ("Personnes concernées", entry.people),
        ("Données", entry.data),
        ("Destinataires", entry.recipients),
        ("Durée", f"{entry.delay_words}, à compter de ceci\u00a0: {entry.kept_since}"),
        ("Hors de l’Union européenne", TRANSFERS),
        ("Mesures de sécurité", MEASURES),
    ]
