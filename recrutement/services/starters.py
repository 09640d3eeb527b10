"""What a new offer may begin with."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from home.services.guiding import guide
from home.services.starters import Starter

#: How long candidates usually have to answer; the editor changes the day as she likes.
USUALLY_OPEN = timedelta(days=30)


def _paragraphs(*guides: str) -> str:
    return "".join(f"<p>{guide(words)}</p>" for words in guides)


def _list(*guides: str) -> str:
    return "<ul>" + "".join(f"<li>{guide(words)}</li>" for words in guides) + "</ul>"


def _common() -> dict[str, Any]:
    return {
        "closing_date": timezone.localdate() + USUALLY_OPEN,
        "process": _paragraphs(
            "les étapes, avec qui, et sous quel délai",
            "ce qui sera demandé à l’entretien, s’il y a lieu",
        ),
        "accommodation": guide("ce que vous pouvez adapter au poste ou à l’entretien"),
    }


def _post() -> dict[str, Any]:
    return _common() | {
        "introduction": guide("le métier, la structure et ce que ce poste change, en deux phrases"),
        "employer_intro": _paragraphs(
            "qui recrute, auprès de qui, avec quelle équipe",
            "pourquoi ce poste est ouvert, et à qui il est rattaché",
        ),
        "missions": _list(
            "un verbe, puis la première mission, celle qui prend le plus de temps",
            "une deuxième mission",
            "une troisième mission",
        ),
        "profile": _list(
            "ce qu’il faut savoir faire dès l’arrivée",
            "ce qui peut s’apprendre sur place",
            "le diplôme, seulement si le poste l’exige",
        ),
    }


def _teaching() -> dict[str, Any]:
    return _common() | {
        "introduction": guide("ce qui s’enseigne, à qui, et combien de journées, en deux phrases"),
        "employer_intro": _paragraphs("la formation\u00a0: son public, ses objectifs, son équipe"),
        "missions": _list(
            "les journées à animer, leur sujet et leurs dates",
            "ce qui se prépare avant, et ce qui s’évalue après",
        ),
        "profile": _list(
            "l’expérience de terrain attendue", "l’expérience de la formation d’adultes"
        ),
    }


OFFER = (
    Starter(
        "poste",
        "Offre pour un poste",
        "La structure, les missions, le profil, le déroulement et la date limite dans un mois.",
        _post,
    ),
    Starter(
        "animation",
        "Animation de formations",
        "Des journées à animer\u00a0: le public, les sujets, ce qui se prépare et s’évalue.",
        _teaching,
    ),
)
