"""The questions of an offer: what may never be asked, and what is rather not (L1221-6)."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from recrutement.enums import QuestionKind

from .findings import Finding, Said, text_of

MOST_QUESTIONS = 3
_PURPOSE = "Code du travail, art. L1221-6"
_CRITERIA = "Code du travail, art. L1132-1"
_PAY = "Directive (UE) 2023/970, art. 5"
_YOUR = r"(?:votre|vos|quel(?:le)?s? (?:est|sont) (?:votre|vos))"


@dataclass(frozen=True)
class Subject:
    """What a question may be about: text of law, French words for it, and how it is asked."""

    code: str
    article: str
    what: str
    pattern: re.Pattern[str]


def _subject(code: str, article: str, what: str, *patterns: str) -> Subject:
    return Subject(code, article, what, re.compile(rf"\b(?:{'|'.join(patterns)})\b"))


#: Never, whatever the post: code, text of law, what it is about, and how it is asked.
FORBIDDEN = (
    _subject(
        "nir", _PURPOSE, "le numéro de sécurité sociale",
        r"numero de (?:securite sociale|secu)", r"n° de (?:securite sociale|secu)", r"nir",
    ),
    _subject(
        "casier", _PURPOSE, "le casier judiciaire",
        r"casiers? judiciaires?",
        r"bulletin n ?°? ?[23]", r"extrait b[23]", r"condamnations? penales?",
        r"avez[- ]vous (?:deja )?ete condamnee?",
    ),
    _subject(
        "paie-passee", _PAY, "la rémunération actuelle ou passée",
        r"(?:salaires?|remunerations?|paie|paye) (?:brute? |nette? )?(?:actuel|passe|precedent|"
        r"anterieur)\w*",
        r"(?:dernier|precedent|ancien)e?s? (?:salaires?|remunerations?|bulletins? de (?:paie|"
        r"salaire))",
        r"combien (?:gagn|touch|percev)\w+", r"bulletins? de (?:paie|salaire)",
        r"fiches? de (?:paie|salaire)",
    ),
    _subject(
        "age", _CRITERIA, "l’âge",
        r"dates? de naissance", r"annees? de naissance", rf"{_YOUR} age", r"quel age",
        r"(?:en quelle annee )?etes[- ]vous nee?", r"age du candidat",
    ),
    _subject(
        "grossesse", _CRITERIA, "la grossesse",
        r"etes[- ]vous enceinte", r"projets? (?:de grossesse|d'enfants?|de maternite)",
        rf"{_YOUR} (?:grossesse|maternite)",
    ),
    _subject(
        "famille", _CRITERIA, "la situation de famille",
        r"situation (?:familiale|de famille|matrimoniale)", r"avez[- ]vous des enfants",
        r"(?:nombre d'|combien d')enfants (?:a charge|avez[- ]vous)",
        r"etes[- ]vous (?:mariee?|celibataire|pacsee?|en couple)",
        rf"{_YOUR} (?:conjoint\w*|mari|epoux|epouse|enfants?|etat civil)",
    ),
    _subject(
        "nationalite", _CRITERIA, "la nationalité ou l’origine",
        rf"(?:{_YOUR} |de quelle )(?:nationalite|origine)s?(?: ethnique)?", r"pays de naissance",
        r"lieu de naissance", r"etes[- ]vous (?:francaise?|ne en france|d'origine)",
        r"langue maternelle", r"^nationalite",
    ),
    _subject(
        "sante", _CRITERIA, "la santé ou le handicap",
        r"rqth", rf"{_YOUR} (?:etat de )?(?:sante|handicap|maladies?|traitement)",
        r"avez[- ]vous (?:deja )?(?:eu )?(?:une?|des) (?:handicap|maladies?|arrets? (?:de travail|"
        r"maladie)|problemes? de sante)",
        r"etes[- ]vous (?:handicapee?|malade|en situation de handicap|vaccinee?|en bonne sante)",
        r"(?:reconnue?|reconnaissance)[^?]{0,24} travailleurs? handicape\w*",
    ),
    _subject(
        "opinions", _CRITERIA, "les opinions",
        r"opinions? (?:politiques?|philosophiques?)", r"pour qui votez", rf"{_YOUR} (?:vote|parti)",
        r"etes[- ]vous (?:de gauche|de droite|membre d'un parti)",
    ),
    _subject(
        "syndicat", _CRITERIA, "l’appartenance syndicale",
        r"syndiquee?s?", rf"{_YOUR} syndicat", r"(?:appartenance|adhesion|activites?) syndicales?",
    ),
    _subject(
        "religion", _CRITERIA, "la religion",
        rf"{_YOUR} (?:religion|confession|foi|croyances?)", r"etes[- ]vous (?:croyant|pratiquant|"
        r"catholique|musulman|juif|protestant|athee)\w*", r"(?:convictions?|pratiques?|opinions?) "
        r"religieuses?", r"portez[- ]vous (?:le|un) (?:voile|signe)",
    ),
    _subject(
        "orientation", _CRITERIA, "l’orientation sexuelle ou l’identité de genre",
        r"orientation sexuelle", r"identite de genre", rf"{_YOUR} sexe",
        r"etes[- ]vous (?:un homme|une femme|homosexuel\w*)",
    ),
    _subject(
        "photo", _CRITERIA, "une photo ou l’apparence",
        r"(?:votre|une|joindre|avec) photo\w*", rf"{_YOUR} (?:taille|poids|apparence)",
    ),
    _subject(
        "banque", _CRITERIA, "la domiciliation bancaire ou la situation économique",
        r"(?:votre|un|joindre) rib", r"(?:compte|domiciliation|coordonnees?) bancaires?",
        r"(?:credits?|dettes?) en cours", r"etes[- ]vous (?:endettee?|proprietaire|locataire)",
    ),
)  # fmt: skip

#: Rather not: sometimes the post explains it, and then a person writes why.
DOUBTFUL = (
    _subject(
        "question-residence", _CRITERIA, "le lieu de résidence",
        r"ou (?:habit|resid|log)ez", r"habitez[- ]vous", r"residez[- ]vous",
        rf"{_YOUR} (?:adresse|domicile|lieu de residence|commune)",
    ),
    _subject(
        "question-vehicule", _CRITERIA, "le véhicule, qui dit les moyens d’une personne",
        r"(?:votre|un) vehicule", r"une voiture", r"vehiculee?", r"permis b",
    ),
    _subject(
        "question-loisirs", _PURPOSE, "la vie privée",
        r"loisirs", r"vie privee",
        rf"{_YOUR} (?:passions?|hobb\w+|reseaux sociaux|compte facebook)",
        r"(?:facebook|instagram|tiktok)",
    ),
    _subject(
        "question-references", "Code du travail, art. L1221-9", "des références\u00a0: elles ne se "
        "prennent qu’avec l’accord de la personne",
        r"references? (?:professionnelles?|a contacter)", r"anciens? employeurs?",
    ),
    _subject(
        "question-pretentions", _PAY, "les prétentions salariales\u00a0: l’offre dit déjà la "
        "fourchette",
        r"pretentions?", r"salaire (?:souhaite|attendu|espere)",
    ),
    _subject(
        "question-depart", _PURPOSE, "la raison d’un départ",
        r"pourquoi (?:avez[- ]vous quitte|quittez[- ]vous)", r"lanceu\w+ d'alerte",
    ),
    _subject(
        "question-contraintes", _CRITERIA, "l’organisation familiale",
        r"(?:contraintes?|obligations?|disponibilites?) (?:familiales?|personnelles?)",
        r"garde d'enfants?",
    ),
)  # fmt: skip


def forbidden_questions(said: Said) -> Iterator[Finding]:
    """What keeps the offer from being published."""
    questions = said.questions
    if len(questions) > MOST_QUESTIONS:
        sentence = f"{MOST_QUESTIONS} questions au plus\u00a0: chacune décourage quelqu’un."
        yield Finding("questions", "questions", "minimisation des données, RGPD, art. 5", sentence)
    for number, question in enumerate(questions, start=1):
        if question.kind == QuestionKind.CHOICE and len(question.listed_choices) < 2:
            yield Finding(
                "choix",
                "questions",
                "formulaire de candidature",
                f"Question {number}\u00a0: proposez au moins deux choix, un par ligne.",
            )
        for about, excerpt in _asked(question, FORBIDDEN):
            sentence = f"Question {number}\u00a0: on ne demande pas {about.what} à qui candidate."
            yield Finding(f"question-{about.code}", "questions", about.article, sentence, excerpt)


def doubtful_questions(said: Said) -> Iterator[Finding]:
    for number, question in enumerate(said.questions, start=1):
        for about, excerpt in _asked(question, DOUBTFUL):
            sentence = (
                f"Question {number}\u00a0: gardez-la si le poste la justifie. Elle porte sur "
            )
            yield Finding(
                about.code, "questions", about.article, f"{sentence}{about.what}.", excerpt
            )


def _asked(question: Any, subjects: Iterable[Subject]) -> Iterator[tuple[Subject, str]]:
    text = text_of("questions", f"{question.label} {question.choices}")
    for about in subjects:
        if match := about.pattern.search(text.folded):
            yield about, text.excerpt(*match.span())
