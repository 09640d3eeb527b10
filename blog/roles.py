"""Who may do what with the articles, their authors and their comments."""

from site_enys.groups import DIRECTION, EDITORS
from site_enys.roles import Thing, all_acts, declare, records

_COMMENTS = records("blog.comment", see="view", decide="change", delete="delete")
_AUTHORS = records("blog.author", see="view", write="add change", delete="delete")
_CATEGORIES = records("blog.category", see="view", write="add change", delete="delete")
_TAGS = records("blog.posttag", write="change")
WRITERS = (DIRECTION, EDITORS)

declare(
    "blog",
    Thing(
        "Commentaires",
        "La rédaction modère\u00a0; elle voit l’adresse de qui écrit tant qu’elle est gardée.",
        _COMMENTS,
        all_acts(_COMMENTS, *WRITERS),
    ),
    Thing("Auteurs", "Qui signe les articles.", _AUTHORS, all_acts(_AUTHORS, *WRITERS)),
    Thing("Catégories", "Le plan du blog.", _CATEGORIES, all_acts(_CATEGORIES, *WRITERS)),
    Thing("Étiquettes", "Les renommer change des pages.", _TAGS, all_acts(_TAGS, *WRITERS)),
)
