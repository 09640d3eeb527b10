"""The questions that are asked before and after a session: indicators 4, 8 and 30.

Short on purpose: somebody on a phone answers in three minutes or not at all.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from formation.enums import SurveyKind

Choices = tuple[tuple[str, str], ...]


class QuestionKind(Enum):
    SCALE = "scale"
    CHOICE = "choice"
    SHORT = "short"
    LONG = "long"


#: The words of the marks 1 to 4.
AGREEMENT = ("Pas du tout", "Plutôt non", "Plutôt oui", "Tout à fait")
SATISFACTION = ("Très faible", "Plutôt faible", "Plutôt bonne", "Très bonne")
EXPERIENCE = ("Je découvre", "J’ai quelques repères", "Je pratique un peu", "Je pratique souvent")

#: The general question, from which the published rate is counted.
GENERAL = "satisfaction"
#: The free comment, which has a column of its own.
COMMENT = "comment"

LONGEST_SHORT, LONGEST_LONG = 200, 2000


@dataclass(frozen=True)
class Question:
    key: str
    label: str
    kind: QuestionKind = QuestionKind.SCALE
    required: bool = True
    help: str = ""
    #: What each mark of a scale is called, from 1 to 4.
    words: tuple[str, ...] = AGREEMENT
    choices: Choices = ()

    def told(self, answer: int | str) -> str:
        """The answer in the words that were read beside it."""
        if self.kind is QuestionKind.SCALE and answer in range(1, len(self.words) + 1):
            return self.words[int(answer) - 1]
        return dict(self.choices).get(str(answer), str(answer))


@dataclass(frozen=True)
class Questionnaire:
    """What one kind of respondent is asked, with the words that go around it."""

    kind: SurveyKind
    title: str
    #: Why it is sent, in the e-mail and at the top of the page.
    purpose: str
    minutes: int
    questions: tuple[Question, ...]
    #: Read with the name of who answers; otherwise with the answers of the group.
    named: bool = True
    asks_to_quote: bool = False

    @property
    def privacy(self) -> str:
        """What becomes of the answers, said before they are given."""
        return _NAMED if self.named else _POOLED

    def question(self, key: str) -> Question | None:
        return next((question for question in self.questions if question.key == key), None)


_POOLED = (
    "Vos réponses sont lues avec celles du groupe, par l’équipe et par les formateurs de la "
    "session. Votre nom n’est ni montré avec elles, ni publié."
)
_NAMED = (
    "Vos réponses sont lues avec votre nom, par l’équipe et par les formateurs de la session. "
    "Elles ne sont pas publiées."
)


def _general(label: str = "Dans l’ensemble, votre satisfaction est") -> Question:
    return Question(GENERAL, label, words=SATISFACTION)


def _comment(label: str) -> Question:
    return Question(COMMENT, label, QuestionKind.LONG, required=False)


_NEEDS = Questionnaire(
    kind=SurveyKind.NEEDS,
    title="Vos attentes avant la formation",
    purpose="Quelques questions pour que le formateur adapte la formation à ce que vous vivez.",
    minutes=5,
    questions=(
        Question("fonction", "Votre fonction aujourd’hui", QuestionKind.SHORT),
        Question("experience", "Sur le sujet de cette formation, vous diriez", words=EXPERIENCE),
        Question(
            "prerequis",
            "Les prérequis de la formation sont-ils acquis\u202f?",
            QuestionKind.CHOICE,
            help="Ils sont écrits dans le programme.",
            choices=(
                ("yes", "Oui, ou il n’y en a pas"),
                ("partly", "En partie"),
                ("no", "Non, parlons-en"),
            ),
        ),
        Question("attentes", "Qu’attendez-vous de cette formation\u202f?", QuestionKind.LONG),
        Question(
            "situation",
            "Une situation de travail que vous aimeriez éclairer",
            QuestionKind.LONG,
            required=False,
            help="Sans nom ni détail qui ferait reconnaître quelqu’un.",
        ),
        Question(
            "conditions",
            "Ce qui vous aiderait à suivre dans de bonnes conditions",
            QuestionKind.LONG,
            required=False,
            help=(
                "N’écrivez rien sur votre santé ici\u00a0: la page de votre inscription dit qui "
                "appeler pour un aménagement."
            ),
        ),
    ),
)
_HOT = Questionnaire(
    kind=SurveyKind.HOT,
    title="Votre avis sur la formation",
    purpose="La formation vient de finir\u00a0: votre avis nous sert à l’améliorer.",
    minutes=3,
    named=False,
    asks_to_quote=True,
    questions=(
        _general(),
        Question("objectifs", "Les objectifs annoncés ont été atteints."),
        Question("contenu", "Le contenu m’est utile dans mon travail."),
        Question("animation", "L’animation m’a permis d’apprendre."),
        Question("rythme", "La durée et le rythme m’ont convenu."),
        Question(
            "accueil",
            "L’accueil et les conditions me convenaient.",
            help="Le lieu ou l’outil à distance, les horaires, vos besoins particuliers.",
        ),
        _comment("Ce que vous retenez, ce qui aurait pu être mieux"),
    ),
)
_COLD = Questionnaire(
    kind=SurveyKind.COLD,
    title="La formation, deux mois après",
    purpose="Deux mois ont passé\u00a0: que reste-t-il de la formation dans votre travail\u202f?",
    minutes=3,
    named=False,
    questions=(
        _general("Avec le recul, votre satisfaction est"),
        Question("pratique", "J’ai mis en pratique ce que j’ai appris."),
        Question("effets", "La formation a changé quelque chose dans mon travail."),
        Question(
            "frein",
            "Qu’est-ce qui vous a le plus manqué pour le faire\u202f?",
            QuestionKind.CHOICE,
            choices=(
                ("nothing", "Rien"),
                ("time", "Du temps"),
                ("means", "Des moyens"),
                ("team", "L’appui de l’équipe ou de la direction"),
                ("occasion", "L’occasion"),
                ("training", "Un complément de formation"),
            ),
        ),
        _comment("Un exemple, un effet inattendu, une suite que vous souhaitez"),
    ),
)
_COMPANY = Questionnaire(
    kind=SurveyKind.COMPANY,
    title="La formation vue de votre organisme",
    purpose="Des personnes de votre organisme ont suivi cette formation\u00a0: qu’en avez-vous vu"
    "\u202f?",
    minutes=3,
    questions=(
        _general(),
        Question("besoin", "La formation a répondu au besoin de notre organisme."),
        Question("effets", "Nous en voyons des effets dans le travail."),
        Question("organisation", "Les échanges, les documents et les délais nous ont convenu."),
        Question(
            "encore",
            "Nous confieriez-vous une autre formation\u202f?",
            QuestionKind.CHOICE,
            choices=(("yes", "Oui"), ("maybe", "Peut-être"), ("no", "Non")),
        ),
        _comment("Ce que nous pourrions mieux faire"),
    ),
)
_FUNDER = Questionnaire(
    kind=SurveyKind.FUNDER,
    title="La formation vue du financeur",
    purpose="Vous avez financé cette formation\u00a0: dites-nous ce que nous pouvons améliorer.",
    minutes=2,
    questions=(
        _general(),
        Question("pieces", "Les pièces reçues étaient complètes et exactes."),
        Question("delais", "Les délais ont été tenus."),
        Question("echanges", "Nos échanges étaient clairs."),
        _comment("Ce que nous pourrions mieux faire"),
    ),
)
_TRAINER = Questionnaire(
    kind=SurveyKind.TRAINER,
    title="Votre bilan de la session",
    purpose="La session est finie\u00a0: votre bilan prépare la suivante.",
    minutes=5,
    questions=(
        _general("Dans l’ensemble, votre satisfaction de la session est"),
        Question("objectifs", "Le groupe a atteint les objectifs."),
        Question("groupe", "Le niveau et les attentes du groupe convenaient à la formation."),
        Question("moyens", "La salle, les supports et l’organisation ont suivi."),
        Question(
            "adaptations",
            "Ce que vous avez adapté pour ce groupe",
            QuestionKind.LONG,
            help="Rythme, exercices, aménagements\u00a0: sans rien dire de la santé de personne.",
        ),
        Question("difficultes", "Une difficulté, un incident", QuestionKind.LONG, required=False),
        _comment("Ce qu’il faut changer pour la prochaine session"),
    ),
)

QUESTIONNAIRES: Mapping[str, Questionnaire] = {
    asked.kind: asked for asked in (_NEEDS, _HOT, _COLD, _COMPANY, _FUNDER, _TRAINER)
}
