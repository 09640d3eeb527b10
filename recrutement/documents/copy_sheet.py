"""« Copier pour… » : an offer as plain texts, in the order in which each site asks for them."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.html import escape

from bs4 import BeautifulSoup

from recrutement import words
from recrutement.enums import RemotePolicy
from recrutement.models import JobOfferPage
from site_enys.french import plural
from site_enys.templatetags.typography import long_date


@dataclass(frozen=True)
class Entry:
    """One field of the form of a site, and what to paste there."""

    label: str
    text: str

    @property
    def rows(self) -> int:
        """How many lines the text takes, for the height of its box."""
        return min(18, sum(1 + len(line) // 90 for line in self.text.split("\n")))


@dataclass(frozen=True)
class Sheet:
    """All the fields of one site, in its order; those that the offer leaves empty are left out."""

    site: str
    slug: str
    advice: str
    entries: list[Entry]


def sheets(offer: JobOfferPage) -> list[Sheet]:
    """The sheets of the three sites, made from the same texts."""
    texts = _texts(offer)
    return [
        Sheet(
            site,
            slug,
            advice,
            [Entry(label, texts[key]) for label, key in fields if texts[key]],
        )
        for site, slug, advice, fields in _SITES
    ]


_SITES = (
    (
        "France Travail",
        "france-travail",
        "Dans votre espace entreprise, «\u00a0Déposer une offre\u00a0».",
        (
            ("Intitulé du poste", "title"),
            ("Code ROME", "rome"),
            ("Nombre de postes", "positions"),
            ("Type de contrat", "contract"),
            ("Durée du contrat", "months"),
            ("Date de début", "start"),
            ("Durée du travail", "hours"),
            ("Lieu de travail", "place"),
            ("Description du poste", "missions"),
            ("Compétences et profil", "profile"),
            ("Niveau de formation", "level"),
            ("Salaire", "salary"),
            ("Compléments de salaire", "extra"),
            ("Entreprise", "employer"),
            ("Modalités de candidature", "apply"),
        ),
    ),
    (
        "Apec",
        "apec",
        "Les offres de cadres\u00a0; le salaire se donne par an.",
        (
            ("Intitulé du poste", "title"),
            ("Type de contrat", "contract"),
            ("Durée du contrat", "months"),
            ("Nombre de postes", "positions"),
            ("Lieu", "place"),
            ("Télétravail", "remote"),
            ("Rémunération", "salary"),
            ("Avantages", "extra"),
            ("Prise de poste", "start"),
            ("Temps de travail", "hours"),
            ("Descriptif du poste", "missions"),
            ("Profil recherché", "profile"),
            ("Niveau d’études", "level"),
            ("Entreprise", "employer"),
            ("Processus de recrutement", "process"),
            ("Comment postuler", "apply"),
        ),
    ),
    (
        "LinkedIn",
        "linkedin",
        "Un seul champ de texte\u00a0: l’annonce entière est le dernier.",
        (
            ("Intitulé du poste", "title"),
            ("Entreprise", "employer"),
            ("Type de lieu de travail", "remote"),
            ("Lieu", "place"),
            ("Type d’emploi", "contract"),
            ("Adresse pour postuler", "url"),
            ("Description", "whole"),
        ),
    ),
)


def _texts(offer: JobOfferPage) -> dict[str, str]:
    url = f"{settings.SITE_URL}{offer.apply_url}"
    texts = {
        "title": offer.title,
        "rome": offer.rome_code,
        "positions": str(offer.positions),
        "contract": offer.get_contract_type_display(),
        "months": f"{offer.contract_months} mois" if offer.contract_months else "",
        "start": words.start(offer),
        "hours": words.work_time(offer),
        "place": offer.full_place or words.place(offer),
        "remote": _remote(offer),
        "salary": words.salary(offer),
        "extra": offer.salary_extra,
        "missions": plain(f"<p>{escape(offer.introduction)}</p>{offer.missions}"),
        "profile": plain(offer.profile),
        "process": plain(offer.process),
        "level": _level(offer),
        "employer": _employer(offer),
        "url": url,
        "apply": f"Sur notre site, sans compte à créer, jusqu’au {long_date(offer.closing_date)} "
        f"inclus\u00a0: {url}\nRéférence {offer.reference}. Réponse sous "
        f"{plural(offer.answer_by_days, 'jour')}.",
    }
    texts["whole"] = _whole(offer, texts)
    # Their forms count, and sometimes refuse, spaces that are not plain.
    spaces = str.maketrans("\u00a0\u202f", "  ")
    return {name: text.translate(spaces) for name, text in texts.items()}


def _whole(offer: JobOfferPage, texts: dict[str, str]) -> str:
    """The whole advert as one text, for sites that have one field."""
    agreement = offer.get_collective_agreement_display()
    parts = (
        ("LES MISSIONS", texts["missions"]),
        ("LE PROFIL", "\n".join(filter(None, (texts["profile"], texts["level"])))),
        (
            "LES CONDITIONS",
            "\n".join(
                filter(
                    None,
                    (
                        words.contract(offer),
                        texts["hours"],
                        words.place(offer),
                        texts["salary"],
                        texts["extra"],
                        agreement and f"Convention collective\u00a0: {agreement}",
                        f"Prise de poste\u00a0: {texts['start']}",
                    ),
                )
            ),
        ),
        ("LE RECRUTEMENT", texts["process"]),
        ("LES AMÉNAGEMENTS", offer.accommodation),
        ("POSTULER", texts["apply"]),
    )
    return "\n\n".join(f"{title}\n{text}" for title, text in parts if text)


def plain(html: str) -> str:
    """A rich text as lines: a dash before each item of a list, a blank line between paragraphs."""
    soup = BeautifulSoup(html, "html.parser")
    for line in soup.find_all("br"):
        line.replace_with("\n")
    for item in soup.find_all("li"):
        item.insert_before("- ")
        item.append("\n")
    for block in soup.find_all(["p", "ul", "ol"]):
        block.append("\n")
    lines = [" ".join(line.split()) for line in soup.get_text().split("\n")]
    text = "\n".join(lines)
    while "\n\n\n" in text:
        text = text.replace("\n\n\n", "\n\n")
    return text.strip()


def _level(offer: JobOfferPage) -> str:
    diplomas = ", ".join(offer.diploma_names)
    level = offer.get_qualification_level_display() or ""
    return ", ".join(filter(None, (level, diplomas)))


def _remote(offer: JobOfferPage) -> str:
    parts_ = [offer.get_remote_policy_display()]
    if offer.remote_policy == RemotePolicy.HYBRID and offer.remote_days:
        parts_.append(f"{plural(offer.remote_days, 'jour')} par semaine")
    return ", ".join(parts_)


def _employer(offer: JobOfferPage) -> str:
    return "\n".join(filter(None, (words.recruiting(offer), plain(offer.employer_intro))))
