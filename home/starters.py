"""What a new page of presentation may begin with."""

from typing import Any

from home.models import ContactPage
from home.services.guiding import guide, guided_text
from home.services.starters import Starter

Block = tuple[str, Any]

_FIGURE = "[À écrire]"


def _steps(title: str, *guides: str) -> Block:
    rows = [{"title": guide("un verbe"), "text": guide(words)} for words in guides]
    return ("steps", {"title": title, "steps": rows})


def _call(title: str, words: str) -> list[Block]:
    """An invitation to write to the firm, once there is a page for it."""
    contact = ContactPage.objects.live().first()
    link = {"text": "Nous écrire", "page": contact, "url": ""}
    block = ("call_to_action", {"title": title, "text": guide(words), "link": link})
    return [block] if contact else []


def _service() -> dict[str, Any]:
    return {
        "kicker": guide("deux ou trois mots"),
        "introduction": guide(
            "à qui s’adresse ce service et ce qu’il lui apporte, en deux phrases"
        ),
        "body": [
            guided_text(
                "Quand nous appelle-t-on\u00a0?",
                "les situations de départ, avec les mots de ceux qui appellent",
                "la question à laquelle ce service répond",
            ),
            guided_text("Ce que nous faisons", "les deux ou trois formes que prend le travail"),
            _steps(
                "Comment se déroule une mission",
                "le premier échange, avec qui, et s’il est facturé",
                "ce que nous faisons sur place, avec qui",
                "ce que nous rendons, à qui, et la suite",
            ),
            (
                "key_figures",
                {
                    "figures": [
                        {"value": _FIGURE, "text": guide("ce que compte ce chiffre")},
                        {"value": _FIGURE, "text": guide("ce que compte celui-ci")},
                    ],
                    "source": guide("d’où viennent ces chiffres, et de quand ils datent"),
                },
            ),
            (
                "faq",
                {
                    "title": "Questions fréquentes",
                    "questions": [
                        {
                            "question": guide("une question que l’on vous pose souvent"),
                            "answer": f"<p>{guide('la réponse, en trois phrases au plus')}</p>",
                        }
                    ],
                },
            ),
            *_call("Parlons de votre projet", "ce qui se passe après un message, en une phrase"),
        ],
    }


def _approach() -> dict[str, Any]:
    return {
        "kicker": guide("«\u00a0Notre méthode\u202f», par exemple"),
        "introduction": guide("ce que cette démarche permet, et à qui, en deux phrases"),
        "body": [
            guided_text(
                "Pourquoi cette démarche",
                "le constat dont elle part",
                "ce qu’elle suppose de ceux qui s’y engagent",
            ),
            _steps(
                "Les étapes",
                "ce qui s’y passe, avec qui, en combien de temps",
                "ce qui s’y passe, avec qui, en combien de temps",
                "ce qui s’y passe, avec qui, en combien de temps",
            ),
            (
                "client_reference",
                {
                    "title": guide("une mission menée ainsi"),
                    "client": guide("le client, nommé s’il l’accepte"),
                    "request": guide("ce qui était demandé"),
                    "work": guide("ce que nous avons fait ensemble"),
                    "outcome": guide("ce qui a changé, et qui le dit"),
                },
            ),
            (
                "callout",
                {
                    "tone": "info",
                    "title": "Ce que cela vous demande",
                    "text": f"<p>{guide('le temps, les personnes, les documents')}</p>",
                },
            ),
            *_call("Commencer", "comment s’engage la démarche, en une phrase"),
        ],
    }


def _team() -> dict[str, Any]:
    person = {"name": guide("prénom et nom"), "role": guide("fonction")}
    return {
        "kicker": guide("«\u00a0Qui nous sommes\u202f», par exemple"),
        "introduction": guide("ce qui réunit ces personnes, en deux phrases"),
        "body": [
            ("lead", guide("d’où vient cette équipe et ce qu’elle sait faire ensemble")),
            (
                "team",
                {
                    "title": "L’équipe",
                    "people": [person | {"words": guide("son parcours en deux phrases")}] * 2,
                },
            ),
            guided_text("Notre manière de travailler", "ce que l’on reconnaît chez chacun"),
            *_call("Nous rencontrer", "où et comment, en une phrase"),
        ],
    }


SERVICE_PAGE = (
    Starter(
        "service",
        "Page de service",
        "Quand on nous appelle, ce que nous faisons, les étapes, des chiffres, des questions.",
        _service,
    ),
    Starter(
        "demarche",
        "Présentation d’une démarche",
        "Pourquoi cette démarche, ses étapes, une mission menée ainsi, ce qu’elle demande.",
        _approach,
    ),
    Starter(
        "equipe",
        "Présentation de l’équipe",
        "Un chapô, les personnes et leur fonction, une manière de travailler.",
        _team,
    ),
)
