"""The grammar of LHEO 2.3, as far as our offer speaks it.

For each element of http://lheo.gouv.fr/2.3 that is written here: what it holds, in its order and
how often, or how long its text may be. Four elements that LHEO leaves optional are wanted, because
catalogues refuse a course without them: the Formacode, the NSF code, the contact of a session, and
a way of reaching each contact.
"""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

MANY = 10_000

#: What an element holds: (name, least, most).
CHILDREN: dict[str, tuple[tuple[str, int, int], ...]] = {
    "lheo": (("offres", 1, 1),),
    "offres": (("formation", 1, MANY),),
    "formation": (
        ("domaine-formation", 1, 1),
        ("intitule-formation", 1, 1),
        ("objectif-formation", 1, 1),
        ("resultats-attendus", 1, 1),
        ("contenu-formation", 1, 1),
        ("certifiante", 1, 1),
        ("contact-formation", 1, MANY),
        ("parcours-de-formation", 1, 1),
        ("code-niveau-entree", 1, 1),
        ("certification", 0, 5),
        ("url-formation", 0, 1),
        ("action", 1, MANY),
        ("organisme-formation-responsable", 1, 1),
    ),
    "domaine-formation": (("code-FORMACODE", 1, 5), ("code-NSF", 1, 3)),
    "contact-formation": (("coordonnees", 1, 1),),
    "certification": (("code-RNCP", 0, 1), ("code-RS", 0, 1)),
    "url-formation": (("urlweb", 1, 3),),
    "action": (
        ("rythme-formation", 1, 1),
        ("code-public-vise", 1, 10),
        ("info-public-vise", 0, 1),
        ("niveau-entree-obligatoire", 1, 1),
        ("modalites-alternance", 1, 1),
        ("modalites-enseignement", 1, 1),
        ("conditions-specifiques", 1, 1),
        ("prise-en-charge-frais-possible", 1, 1),
        ("lieu-de-formation", 0, MANY),
        ("modalites-entrees-sorties", 1, 1),
        ("session", 1, MANY),
        ("acces-handicapes", 0, 1),
        ("langue-formation", 0, 5),
        ("prix-total-TTC", 0, 1),
        ("duree-indicative", 0, 1),
        ("nombre-heures-total", 0, 1),
        ("detail-conditions-prise-en-charge", 0, 1),
    ),
    "lieu-de-formation": (("coordonnees", 1, 1),),
    "session": (
        ("periode", 1, 1),
        ("adresse-inscription", 1, 1),
        ("etat-recrutement", 0, 1),
        ("url-session", 0, 1),
        ("contact-session", 1, MANY),
    ),
    "periode": (("debut", 1, 1), ("fin", 1, 1)),
    "adresse-inscription": (("adresse", 1, 1),),
    "url-session": (("urlweb", 1, 3),),
    "contact-session": (("coordonnees", 1, 1),),
    "coordonnees": (
        ("nom", 0, 1),
        ("adresse", 0, 1),
        ("telfixe", 0, 1),
        ("courriel", 0, 1),
        ("web", 0, 1),
    ),
    "adresse": (
        ("denomination", 0, 1),
        ("ligne", 1, 4),
        ("codepostal", 1, 1),
        ("ville", 1, 1),
    ),
    "telfixe": (("numtel", 1, 3),),
    "web": (("urlweb", 1, 3),),
    "organisme-formation-responsable": (
        ("numero-activite", 1, 1),
        ("SIRET-organisme-formation", 1, 1),
        ("nom-organisme", 1, 1),
        ("raison-sociale", 1, 1),
        ("coordonnees-organisme", 1, 1),
        ("contact-organisme", 1, MANY),
    ),
    "SIRET-organisme-formation": (("SIRET", 1, 1),),
    "coordonnees-organisme": (("coordonnees", 1, 1),),
    "contact-organisme": (("coordonnees", 1, 1),),
}
#: The least and the greatest number of characters of a text.
LENGTHS = {
    "code-FORMACODE": (5, 5),
    "code-NSF": (3, 3),
    "intitule-formation": (1, 255),
    "objectif-formation": (1, 3000),
    "resultats-attendus": (1, 3000),
    "contenu-formation": (1, 3000),
    "certifiante": (1, 1),
    "parcours-de-formation": (1, 1),
    "code-niveau-entree": (1, 2),
    "code-RNCP": (1, 10),
    "code-RS": (3, 10),
    "urlweb": (3, 400),
    "rythme-formation": (1, 3000),
    "code-public-vise": (5, 5),
    "info-public-vise": (1, 250),
    "niveau-entree-obligatoire": (1, 1),
    "modalites-alternance": (1, 3000),
    "modalites-enseignement": (1, 1),
    "conditions-specifiques": (1, 3000),
    "prise-en-charge-frais-possible": (1, 1),
    "modalites-entrees-sorties": (1, 1),
    "etat-recrutement": (1, 1),
    "acces-handicapes": (1, 250),
    "langue-formation": (2, 2),
    "prix-total-TTC": (1, 10),
    "duree-indicative": (1, 150),
    "nombre-heures-total": (1, 5),
    "detail-conditions-prise-en-charge": (1, 600),
    "debut": (8, 8),
    "fin": (8, 8),
    "nom": (1, 50),
    "denomination": (1, 255),
    "ligne": (1, 50),
    "codepostal": (5, 5),
    "ville": (1, 50),
    "numtel": (1, 25),
    "courriel": (3, 160),
    "numero-activite": (11, 11),
    "SIRET": (14, 14),
    "nom-organisme": (1, 250),
    "raison-sociale": (1, 250),
}
#: Without any of its parts, it reaches nobody.
NEVER_EMPTY = {"coordonnees", "certification"}


def faults(element: Element, path: str = "") -> list[str]:
    """Where the element breaks the grammar: « formation/domaine-formation/code-NSF ».

    An element without fault is in order and complete, with texts of the right length.
    """
    here = f"{path}/{element.tag}" if path else element.tag
    if element.tag in LENGTHS:
        least, most = LENGTHS[element.tag]
        return [] if least <= len(element.text or "") <= most and not len(element) else [here]
    if element.tag not in CHILDREN:
        return [here]
    return [*_faults_among(element, here), *(f for part in element for f in faults(part, here))]


def _faults_among(element: Element, here: str) -> Iterator[str]:
    wanted, names = CHILDREN[element.tag], [part.tag for part in element]
    for name, least, most in wanted:
        if not least <= names.count(name) <= most:
            yield f"{here}/{name}"
    order = [name for name, _, _ in wanted]
    ranks = [order.index(name) for name in names if name in order]
    if ranks != sorted(ranks) or (element.tag in NEVER_EMPTY and not names):
        yield here
