"""Words that make of a forbidden criterion a condition of hiring (Code du travail, L1132-1).

The trade speaks of young people, of the elderly, of pregnant women and of disabled people every
day: they are the people who are served. So what is looked for is what an offer says of whoever
applies, and a word that stands among words of service, or of equality, gives no alarm. Patterns
read a folded text: no accents, no capitals.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .findings import Finding, Said, Text

CRITERIA = "Code du travail, art. L1132-1"
SEX = "Code du travail, art. L1142-1"
FRENCH = "Code du travail, art. L5331-4"
#: How far around a match its context is read, in characters.
_BEFORE, _AFTER = 48, 36

_SERVED = re.compile(
    r"\b(?:aupres|accompagn\w*|accueil\w*|public|publics|insertion|soutien|soutenir|protection|"
    r"aider?|aidants?|service|services|destines?|destination|suivi|suivre|parcours|foyers?|"
    r"maisons?|residences?|residents?|habitat|ehpad|mission locale|etablissements?|enfants?|"
    r"mineurs?|usagers?|beneficiaires?|eleves?|personnes (?:agees|accueillies|en)|familles? d|"
    r"experience|anciennete|exist\w+|(?:des|les|aux) jeunes|animer|rencontrer|"
    r"orient\w*|ecoute|evaluer|etude\w* sur|"
    r"specialis\w*|politiques?|dispositifs?|droits? des)\b"
)
_EQUALITY = re.compile(
    r"sans distinction|quel(?:le)?s? que soi(?:t|ent)|egalite|diversite|discrimin|handi-?accueil|"
    r"ouverte?s? (?:a (?:tou|chacun)|aux)|lutte contre|peu importe|n'est pas (?:demande|necessaire|"
    r"requis|exige)|ne sont pas (?:demande|exige)|ne (?:vous )?(?:demand|regard)\w+ (?:pas|ni)"
)


@dataclass(frozen=True)
class Words:
    """One criterion: its code, what is said of it, and its patterns."""

    code: str
    article: str
    sentence: str
    pattern: re.Pattern[str]


def _words(code: str, sentence: str, *patterns: str, article: str = CRITERIA) -> Words:
    return Words(code, article, sentence, re.compile(rf"\b(?:{'|'.join(patterns)})\b"))


_ASKED = r"(?:exige\w*|obligatoire\w*|indispensable\w*|imperati\w+|requis\w*|souhaite\w*)"

CRITERIA_WORDS = (
    _words(
        "age",
        "L’âge n’est pas un critère\u00a0: décrivez l’expérience ou la tâche.",
        r"jeunes? (?:diplome\w*|retraite\w*|candidat\w*|actifs?|professionnel\w*|collegues?|"
        r"collaborat\w+)",
        r"jeunes? (?:et|,) ?(?:dynamique|motive)\w*",
        r"(?:equipe|esprit|profil|candidat\w*|ambiance) (?:est |tres )?(?:jeune|junior|senior)s?",
        r"jeune (?:equipe|profil)",
        r"(?:vous etes|(?:re)?cherch\w+ une?|souhait\w+ une?) (?:\w+ )?jeunes?",
        r"(?<!les )(?<!des )(?<!aux )(?<!nos )(?<!de )(?<!d')(?<!pour )(?:seniors?|juniors?)"
        r"(?!-entreprise)",
        r"digital natives?",
        r"(?:(?:moins|plus|age\w*) de|au-dela de|jusqu'a) (?:1[6-9]|[2-7]\d) ans",
        r"(?:entre|de) (?:1[6-9]|[2-7]\d) (?:et|a) (?:1[6-9]|[2-7]\d) ans",
        r"(?:1[6-9]|[2-7]\d) ans (?:maximum|max|au plus)",
        r"limite d'age",
    ),
    _words(
        "sexe",
        "Le poste s’adresse aux femmes comme aux hommes\u00a0: écrivez les deux formes.",
        r"hotess\w+",
        r"femmes? de (?:menage|chambre)",
        r"hommes? (?:de terrain|de confiance|cles?|orchestre)",
        r"secretaires? \(elle",
        r"(?:re)?cherch\w+ (?:une femme|un homme|des (?:femmes|hommes))",
        r"(?:exclusivement|uniquement|reserve\w* aux?) (?:(?:une?|des|les) )?(?:femme|homme)s?",
        r"(?:femme|homme)s? (?:uniquement|exclusivement|de preference)",
        r"de preference (?:une femme|un homme)",
        article=SEX,
    ),
    _words(
        "origine",
        "Ni l’origine ni la nationalité ne sont des critères\u00a0: pour une langue, écrivez le "
        "niveau attendu.",
        r"langues? maternelles?",
        r"(?:locut\w+|anglophones?|francophones?) (?:natif|native|de naissance)s?",
        r"native speakers?",
        r"(?:de )?nationalite (?:francaise|europeenne|\w+ exigee|exigee|requise)",
        r"(?:etre|vous etes) (?:francaise?|europeen\w*|d'origine)",
        r"d'origine (?:francaise|europeenne|africaine|maghrebine|asiatique|etrangere)",
        r"francaise?s? de souche",
        r"type (?:europeen|caucasien)",
    ),
    _words(
        "apparence",
        "L’apparence n’est pas un critère\u00a0: décrivez ce que le poste demande de faire.",
        r"(?:bonne|excellente|tres bonne|parfaite) presentation",
        r"presentation (?:soignee|impeccable|irreprochable|exigee)",
        r"physique (?:agreable|avantageux|soigne)",
        r"(?:belle|bonne) (?:apparence|allure)",
        r"apparence (?:soignee|physique)",
        r"(?:avec|joindre|envoy\w+|fournir|joignez) (?:(?:une|votre|sa) )?photo\w*",
        r"photo\w* (?:recente|exigee|obligatoire|d'identite)",
        r"mensurations",
        r"taille minimum",
    ),
    _words(
        "famille",
        "La situation de famille ne regarde pas l’employeur.",
        r"celibataires?",
        r"(?:etre|vous etes) mariee?s?",
        r"situation (?:familiale|de famille|matrimoniale)",
        r"sans (?:enfants?|charges? de famille|charges? familiales?)",
        r"libre de (?:toute )?(?:contrainte|obligation|attache)s?(?: familiales?)?",
        r"sans (?:contrainte|obligation|attache)s? familiales?",
        r"(?:meres?|peres?) (?:de famille|au foyer)",
        r"pas (?:de projet de grossesse|enceinte)",
        article=SEX,
    ),
    _words(
        "sante",
        "La santé n’est pas un critère\u00a0: seul le médecin du travail se prononce. Décrivez les "
        "gestes du poste.",
        r"(?:bonne|excellente|parfaite|tres bonne) (?:sante|condition physique|forme physique)",
        r"(?:apte|aptitude|capacite)s? physiques?(?:ment)?",
        r"sans handicap",
        r"non handicapee?s?",
        r"valides? et autonomes?",
        r"(?:joindre|fournir|justifi\w+|attestation)[^.;]{0,24} rqth",
    ),
    _words(
        "vehicule",
        "Avoir un véhicule ou non dit surtout les moyens d’une personne\u00a0: écrivez les "
        "déplacements à faire, et ce que vous fournissez.",
        r"vehiculee?s?(?= ?(?:$|[.,;:!)]))",
        r"(?:etre|etes|personne|candidat\w*|imperativement) vehicule\w*",
        r"vehiculee",
        rf"vehicule (?:personnel )?{_ASKED}",
        r"posseder (?:une voiture|un vehicule)",
    ),
    _words(
        "residence",
        "Le lieu de résidence n’est pas un critère\u00a0: écrivez où se fait le travail.",
        r"(?:resid|habit)(?:er|ez|ant) (?:a|dans|sur|en|pres|a proximite)",
        r"domiciliee?s? (?:a|dans|sur|en|pres)",
        rf"(?:residence|domicile|logement)[^.;]{{0,30}}{_ASKED}",
    ),
    _words(
        "moyens",
        "La situation économique n’est pas un critère.",
        r"stabilite financiere",
        r"situation (?:economique|financiere) (?:stable|saine)",
        r"sans (?:dettes?|credits?)",
        r"(?:compte|domiciliation) bancaire (?:en france|francais\w*)",
    ),
    _words(
        "convictions",
        "Ni les opinions, ni le syndicat, ni la religion ne sont des critères.",
        r"de (?:confession|religion) \w+",
        r"(?:catholique|chretien|chretienne|musulmane?|juive?|protestante?|croyante?)s?"
        r" pratiquante?s?",
        r"(?:vous etes|etre) (?:catholique|chretien\w*|musulman\w*|juif|juive|croyant\w*|athee)",
        r"(?:opinions?|convictions?|appartenance) (?:politiques?|religieuses?|syndicales?)",
        r"non[ -]syndique\w*",
        r"(?:etre|vous etes) (?:syndique\w*|encartee?s?)",
    ),
    _words(
        "orientation",
        "L’orientation sexuelle et l’identité de genre ne sont pas des critères.",
        r"orientation sexuelle",
        r"(?:hetero|homo)sexuel\w*",
        r"identite de genre",
    ),
)
_FOREIGN = re.compile(
    r"\b(?:account manager|advocacy|asap|back-?office|benchmark\w*|brainstorming|"
    r"business (?:developer|partner|unit|plan)|case (?:manager|management)|challenges?|"
    r"chief \w+ officer|communication officer|community manager|corporate|customer success|"
    r"data (?:analyst|scientist|manager)|deadlines?|empowerment|feed-?backs?|"
    r"full[ -]?(?:remote|time)|fund-?rais(?:er|ing)|growth|happiness \w+|"
    r"head of|job coach\w*|kick-?off|mindset|"
    r"office manager|onboarding|package|part[ -]time|policy officer|product owner|"
    r"project (?:manager|officer)|remote|reporting|(?:soft|hard) skills?|sourcing|storytelling|"
    r"team[ -](?:building|leader|player)|workshops?)\b"
)
#: A word or two, in brackets or after « c’est-à-dire », make a foreign term understood.
_EXPLAINED = re.compile(r"\s?[»\"]?\s?(?:\(|, (?:c'est-a-dire|soit|autrement dit)\b)")
_EXPLAINS = re.compile(r"\([^()]{0,40}$")


def word_warnings(said: Said) -> list[Finding]:
    """The words that would better not be there, once for each text and criterion."""
    return [finding for text in said.texts for finding in (*_criteria(text), *_foreign_terms(text))]


def _criteria(text: Text) -> Iterator[Finding]:
    for words in CRITERIA_WORDS:
        for match in words.pattern.finditer(text.folded):
            if not _excused(text.folded, match):
                excerpt = text.excerpt(*match.span())
                yield Finding(words.code, text.field, words.article, words.sentence, excerpt)
                break


def _excused(folded: str, match: re.Match[str]) -> bool:
    """Among words of service or of equality, in the same sentence."""
    start, end = match.span()
    before = re.split(r"[.;!?]", folded[max(0, start - _BEFORE) : start])[-1]
    after = re.split(r"[.;!?]", folded[end : end + _AFTER])[0]
    return bool(
        _SERVED.search(before)
        or re.match(r"\W*(?:d'experience|d'anciennete|accompagne\w*|accueilli\w*|suivi\w*)", after)
        or _EQUALITY.search(before)
        or _EQUALITY.search(after)
    )


def _foreign_terms(text: Text) -> Iterator[Finding]:
    for match in _FOREIGN.finditer(text.folded):
        start, end = match.span()
        if _EXPLAINED.match(text.folded, end) or _EXPLAINS.search(text.folded, 0, start):
            continue
        yield Finding(
            "langue",
            text.field,
            FRENCH,
            "Écrivez-le en français, ou expliquez ce terme entre parenthèses.",
            text.excerpt(start, end),
        )
        return
