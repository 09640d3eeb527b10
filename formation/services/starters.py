"""What a new course may begin with."""

from typing import Any

from home.services.guiding import guide
from home.services.starters import Starter


def _programme() -> dict[str, Any]:
    objective = guide("un verbe d’action, puis ce que la personne saura faire")
    module = {
        "title": guide("l’intitulé du module"),
        "hours": "7",
        "content": f"<ul><li>{guide('ce que l’on y apprend')}</li>"
        f"<li>{guide('ce que l’on y fait')}</li></ul>",
    }
    return {
        "introduction": guide("à qui sert cette formation et ce qu’elle change, en deux phrases"),
        "objectives": [("objective", objective)] * 3,
        "audience": guide("les métiers, les fonctions"),
        "prerequisites": guide("ce qu’il faut savoir avant, ou «\u00a0Aucun\u00a0»"),
        "programme": [("module", module)] * 2,
        "teaching_methods": guide("apports, études de cas, mises en situation, et leur part"),
        "assessment_methods": guide("avant, pendant et à la fin, et par qui"),
    }


COURSE = (
    Starter(
        "programme",
        "Programme d’une formation",
        "Objectifs, public, prérequis, modules, méthodes et évaluation.",
        _programme,
    ),
)
