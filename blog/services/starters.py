"""What a new article may begin with."""

from typing import Any

from home.services.guiding import guide, guided_text
from home.services.starters import Starter

_INTRODUCTION = guide("ce que l’article apprend à qui le lit, en une ou deux phrases")


def _keep_in_mind() -> tuple[str, Any]:
    words = f"<p>{guide('la phrase que l’on devrait retenir')}</p>"
    return ("callout", {"tone": "info", "title": "À retenir", "text": words})


def _short() -> dict[str, Any]:
    return {
        "introduction": _INTRODUCTION,
        "body": [
            guided_text(
                guide("un intertitre qui dit l’idée"),
                "ce qui se passe, en trois phrases",
                "ce que vous en pensez, et ce qui vous le fait penser",
            ),
            _keep_in_mind(),
        ],
    }


def _experience() -> dict[str, Any]:
    return {
        "introduction": _INTRODUCTION,
        "body": [
            guided_text("La situation", "où, quand, avec qui, sans que personne se reconnaisse"),
            guided_text("Ce que nous avons fait", "les choix, leurs raisons, ce qui a résisté"),
            ("quote", {"text": guide("une parole entendue"), "source": guide("qui la dit")}),
            guided_text(
                "Ce que nous en retenons", "ce que l’on referait, ce que l’on ferait mieux"
            ),
            _keep_in_mind(),
        ],
    }


def _explanation() -> dict[str, Any]:
    dates = {
        "caption": "Le calendrier",
        "columns": [
            {"type": "text", "heading": "À partir de"},
            {"type": "text", "heading": "Ce qui s’applique"},
        ],
        "rows": [{"values": [guide("une date"), guide("une obligation")]}] * 2,
    }
    return {
        "introduction": _INTRODUCTION,
        "body": [
            guided_text("Ce que dit le texte", "son nom, sa date, ce qu’il change"),
            guided_text("Qui est concerné", "les structures, les métiers, les personnes"),
            ("table", dates),
            guided_text("Par où commencer", "la première chose à faire, et qui peut y aider"),
            guided_text("Sources", "le texte officiel, avec son lien"),
        ],
    }


ARTICLE = (
    Starter("court", "Article court", "Une idée, ce qu’on en pense, une phrase à retenir.", _short),
    Starter(
        "retour",
        "Retour d’expérience",
        "Une situation, ce qui a été fait, ce que l’on en retient.",
        _experience,
    ),
    Starter(
        "explication",
        "Explication d’un texte officiel",
        "Ce qu’il dit, qui il concerne, un calendrier, par où commencer.",
        _explanation,
    ),
)
