"""Wagtail's own checker of the page as it is shown, in the words of this team.

It reads the finished page, in the bar of the team and beside the preview; « Relecture » reads the
form and knows what was typed. So it leaves out what « Relecture » already says better: bold
paragraphs, names of files as descriptions, the description for search engines.
"""

from typing import Any, ClassVar

from wagtail.admin.userbar import ContentCheckerItem

FOR_READING_ALOUD = "Sans cela, une lecture à voix haute ne dit rien à cet endroit."


class PageCheckerItem(ContentCheckerItem):
    """Only what an editor can mend: the content, not the header and the footer of the site."""

    axe_include: ClassVar = ["main"]
    axe_messages: ClassVar = {
        "image-alt": {
            "error_name": "Image sans alternative",
            "help_text": "Décrivez-la dans la bibliothèque d’images, ou dites qu’elle décore.",
        },
        "heading-order": {
            "error_name": "Un niveau de titre est sauté",
            "help_text": "Après un titre de niveau 2 vient un titre de niveau 3, jamais 4.",
        },
        "empty-heading": {
            "error_name": "Titre vide",
            "help_text": "Écrivez-le ou retirez-le.",
        },
        "link-name": {
            "error_name": "Lien sans mots",
            "help_text": f"Donnez-lui un intitulé. {FOR_READING_ALOUD}",
        },
        "button-name": {
            "error_name": "Bouton sans mots",
            "help_text": f"Donnez-lui un intitulé. {FOR_READING_ALOUD}",
        },
        "empty-table-header": {
            "error_name": "En-tête de tableau vide",
            "help_text": "Dites en un mot ce que tient la colonne ou la ligne.",
        },
        "frame-title": {
            "error_name": "Vidéo ou cadre sans titre",
            "help_text": "Dites en quelques mots ce qu’il montre.",
        },
        "list": {
            "error_name": "Liste mal formée",
            "help_text": "Refaites-la avec le bouton de liste de l’éditeur.",
        },
    }
    axe_run_only: ClassVar = list(axe_messages)


def in_our_words(items: list[Any]) -> None:
    """Put ours in the place of Wagtail's, wherever it stands."""
    items[:] = [
        PageCheckerItem(in_editor=item.in_editor) if isinstance(item, ContentCheckerItem) else item
        for item in items
    ]
