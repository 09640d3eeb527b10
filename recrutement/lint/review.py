"""All that the linter has to say of one offer."""

from datetime import date

from .findings import Finding, Said, text_of
from .pay import pay_warnings
from .questions import doubtful_questions, forbidden_questions
from .required import required
from .words import word_warnings

#: What a good offer tells, and the text that asks for it or makes it useful.
ADVISED = (
    (
        "collective_agreement",
        "convention",
        "Directive (UE) 2023/970, art. 5",
        "Indiquez la convention collective\u00a0: elle dit les droits qui vont avec le poste.",
    ),
    (
        "process",
        "deroulement",
        "Code du travail, art. L1221-8",
        "Décrivez le déroulement du recrutement\u00a0: les méthodes se disent avant de servir.",
    ),
    (
        "accommodation",
        "amenagements",
        "Code du travail, art. L5213-6",
        "Dites ce que vous pouvez aménager pour une personne handicapée.",
    ),
    (
        "answer_by_days",
        "reponse",
        "promesse du cabinet",
        "Promettez un délai de réponse.",
    ),
)


def blocking(said: Said, today: date, *, first_time: bool) -> list[Finding]:
    """What keeps the offer from going online."""
    return [*required(said, today, first_time=first_time), *forbidden_questions(said)]


def warnings(said: Said) -> list[Finding]:
    """What a person reads, and corrects or sets aside with a written reason.

    The same remark about the same words is made once, wherever they stand.
    """
    found = [
        *_absent(said),
        *pay_warnings(said),
        *word_warnings(said),
        *doubtful_questions(said),
        *_hidden_name(said),
    ]
    return list({finding.key: finding for finding in reversed(found)}.values())[::-1]


def _absent(said: Said) -> list[Finding]:
    return [
        Finding(code, field, article, sentence)
        for field, code, article, sentence in ADVISED
        if not said.has(field)
    ]


def _hidden_name(said: Said) -> list[Finding]:
    """The name that the offer keeps to itself, written in one of its texts."""
    name = text_of("on_behalf_of", said.get("on_behalf_of")).folded
    if not name or not said.get("hide_employer"):
        return []
    for text in said.texts:
        start = text.folded.find(name)
        if start >= 0:
            return [
                Finding(
                    "nom-tu",
                    text.field,
                    "Code du travail, art. L5332-2",
                    "Vous avez choisi de taire ce nom, et il est écrit ici.",
                    text.excerpt(start, start + len(name)),
                )
            ]
    return []
