"""What the words of the trade mean to each other.

It is read when a page is indexed, not when somebody searches: a page that says « DEIS » is also
filed under « diplôme d’État d’ingénierie sociale », and the other way round. So a question stays
the plain list of its words, whatever the map holds. `LEXICON` names this reading: when it changes,
the clock reads the pages again (`search/jobs.py`).
"""

import hashlib
import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from pathlib import Path

from site_enys import french
from site_enys.french import Word, fold

#: On each line, ways of saying the same thing. What stands on a page brings the others with it.
SAME = """
DEIS = diplôme d’État d’ingénierie sociale
CAFERUIS = responsable d’unité d’intervention sociale
CAFDES = directeur d’établissement ou de service d’intervention sociale
AES = accompagnant éducatif et social
éducateur spécialisé = éduc spé = ES = DEES
moniteur éducateur = ME
assistant de service social = ASS = assistant social
conseiller en économie sociale familiale = CESF
technicien de l’intervention sociale et familiale = TISF
éducateur de jeunes enfants = EJE
infirmier diplômé d’État = IDE
aide médico-psychologique = AMP
maître de maison = gouvernant
établissement et service social et médico-social = ESSMS = ESMS
établissement d’hébergement pour personnes âgées dépendantes = EHPAD = maison de retraite
institut médico-éducatif = IME
maison d’enfants à caractère social = MECS
action éducative en milieu ouvert = AEMO
aide sociale à l’enfance = ASE
protection judiciaire de la jeunesse = PJJ
établissement et service d’aide par le travail = ESAT
service d’éducation spéciale et de soins à domicile = SESSAD
centre d’hébergement et de réinsertion sociale = CHRS
centre communal d’action sociale = CCAS
contrat pluriannuel d’objectifs et de moyens = CPOM
conseil de la vie sociale = CVS
Haute Autorité de santé = HAS
agence régionale de santé = ARS
validation des acquis de l’expérience = VAE
compte personnel de formation = CPF
opérateur de compétences = OPCO
services à la personne = SAP = aide à domicile
analyse des pratiques = APP
responsabilité sociétale = RSE
personnes en situation de handicap = PSH = personnes handicapées
contrat à durée indéterminée = CDI
contrat à durée déterminée = CDD
conditions générales de vente = CGV
données personnelles = RGPD = confidentialité = vie privée
tarif = prix = coût
financement = prise en charge
téléphone = tél
courriel = mail = email = e-mail = mél
contact = coordonnées = joindre
recrutement = emploi = job = poste à pourvoir = embauche
candidature = postuler
à distance = distanciel = en ligne = visio
en présence = présentiel
temps partiel = mi-temps
alternance = apprentissage
réclamation = plainte
blog = actualités
"""
#: Read only in capitals: in small letters, they are words of every day.
IN_CAPITALS = ("ES", "ME", "ASS", "HAS")
_CAPITALS = re.compile(rf"(?<![\w·.])(?:{'|'.join(IN_CAPITALS)})(?![\w·.])")

# Verbs and nouns that the stemmer leaves apart: a stem, then the one that it is read as.
_FAMILIES = {
    "concevoir": "concept", "prevent": "preven", "intervent": "interven",
    "inscrir": "inscript", "construir": "construct", "inclur": "inclus",
    "transmettr": "transmiss", "proteg": "protect", "redact": "redig", "redactionnel": "redig",
    "ecrir": "ecrit", "dirig": "direct", "pilotag": "pilot", "benevolat": "benevol",
    "diagnostiqu": "diagnostic", "partenariat": "partenair", "ger": "gestion",
    "candidatur": "candidat", "postul": "candidat", "decid": "decis",
    "repondr": "repons", "soutien": "souten", "tutorat": "tuteur",
    "psycholog": "psychologu",
}  # fmt: skip
_FORMS = {"former": "formation", "formez": "formation", "formee": "formation"}
_FORMS |= {"coordonner": "coordination", "coordonne": "coordination"}
_FORMS |= {"formees": "formation", "dirigeant": "directeur", "manageur": "manager"}

# « médicosocial » is « médico-social »; « sociologie » stays whole.
_COMPOUND = re.compile(
    r"(medico|socio|psycho|pluri|inter|multi)"
    r"((?:socia|educati|culturel|profession|econom|disciplin|institution|partenar|psych|legal)\w*)"
)

# Words of a question that say nothing of what is looked for.
_ASKING_WORDS = """
ai avez avoir avons cela combien comment etes etre faire faut peut peuvent peux pourquoi pouvez
sommes souhaite suis trouver veux voudrais voulez
"""
_ASKING = frozenset(_ASKING_WORDS.split())
#: Questions without any word of the subject, and what they ask for.
_QUESTIONS = (
    (
        re.compile(r"\bou (?:etes|sommes|se trouve|vous trouver|est|sont|aller|venir)"),
        "coordonnées",
    ),
    (re.compile(r"\bqui (?:etes|sommes|est)"), "à propos"),
)


def read(text: str) -> Iterator[Word]:
    """Yield the meaningful words of a text, with the stems by which the search knows them."""
    for word in french.words(text):
        for stem in _stems_of(text[word.start : word.end], word.stem):
            yield Word(stem, word.start, word.end)


def stems(text: str) -> list[str]:
    return [word.stem for word in read(text)]


def implied(text: str, found: Sequence[str]) -> set[str]:
    """The stems that a text brings with it without writing them; `found` are its own, in order."""
    brought: set[str] = set()
    table = _table()
    for place, stem in enumerate(found):
        for phrase, others in table.get(stem, ()):
            if tuple(found[place : place + len(phrase)]) == phrase:
                brought |= others
    for match in _CAPITALS.finditer(text):
        brought |= {match.group().lower()} | _acronyms()[match.group()]
    return brought - set(found)


def asked(query: str) -> list[Word]:
    """The words of a question, as `read` gives them, without those that only ask."""
    words = [word for word in read(query) if fold(query[word.start : word.end]) not in _ASKING]
    if not query.isupper() or len(query.split()) == 1:
        words += [
            Word(match.group().lower(), match.start(), match.end())
            for match in _CAPITALS.finditer(query)
            if match.group().lower() in french.EMPTY_WORDS
        ]
    if words:
        return words
    plain = fold(query).replace("-", " ")
    for pattern, subject in _QUESTIONS:
        if pattern.search(plain):
            return [Word(stem, 0, 0) for stem in stems(subject)]
    return []


@lru_cache(maxsize=50_000)
def _stems_of(written: str, stem: str) -> tuple[str, ...]:
    folded = fold(written)
    compound = _COMPOUND.fullmatch(folded)
    if compound:
        return tuple(
            _FAMILIES.get(part, part) for part in french.stems(" ".join(compound.groups()))
        )
    if folded in _FORMS:
        return tuple(french.stems(_FORMS[folded]))
    return (_FAMILIES.get(stem, stem),)


def _lines() -> list[list[str]]:
    return [[way.strip() for way in line.split(" = ")] for line in SAME.strip().splitlines()]


def _known(way: str) -> tuple[str, ...]:
    return tuple(stems(way)) or (way.lower(),)  # « ME » is an empty word in small letters


@cache
def _table() -> dict[str, list[tuple[tuple[str, ...], set[str]]]]:
    """By first stem: the phrases that begin so, each with the stems that it brings."""
    table: dict[str, list[tuple[tuple[str, ...], set[str]]]] = {}
    for ways in _lines():
        for way in ways:
            if way in IN_CAPITALS:
                continue
            phrase = _known(way)
            others = {stem for other in ways if other != way for stem in _known(other)}
            table.setdefault(phrase[0], []).append((phrase, others))
    return table


@cache
def _acronyms() -> dict[str, set[str]]:
    return {
        way: {stem for other in ways for stem in _known(other)}
        for ways in _lines()
        for way in ways
        if way in IN_CAPITALS
    }


def _fingerprint() -> str:
    """Changes with this file or with the reading of French."""
    sources = (Path(__file__), Path(french.__file__))
    return hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()[:16]


LEXICON = _fingerprint()
