"""Who may do what with the search of the site."""

from site_enys.groups import DIRECTION, EDITORS
from site_enys.roles import Thing, all_acts, declare, records

_PROMOTIONS = records("search.promotion", see="view", write="add change", delete="delete")
_MISSES = records("search.searchmiss", see="view", decide="change")
WRITERS = (DIRECTION, EDITORS)

declare(
    "search",
    Thing(
        "Pages mises en avant",
        "Ce que la recherche montre d’abord.",
        _PROMOTIONS,
        all_acts(_PROMOTIONS, *WRITERS),
    ),
    Thing(
        "Recherches sans résultat",
        "Des mots, jamais des personnes.",
        _MISSES,
        all_acts(_MISSES, *WRITERS),
    ),
)
