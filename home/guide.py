"""The chapters of « Aide » about pages, pictures, legal pages and contact messages."""

from site_enys.chapters import Chapter, add_chapters

WRITING, LETTERS = "Écrire et publier", "Les messages et les courriels"
EDITORS = "home.change_contactmessage"
PAGES = "wagtailimages.add_image"

add_chapters(
    Chapter(
        "ecrire",
        WRITING,
        "Écrire une page",
        "De la page blanche à la page prête, avec une trame pour ne pas partir de rien.",
        "home/guide/write.html",
        PAGES,
        (
            "wagtailadmin_pages:add",
            "wagtailadmin_pages:add_subpage",
            "wagtailadmin_pages:edit",
            "wagtailadmin_explore",
            "wagtailadmin_explore_root",
        ),
    ),
    Chapter(
        "blocs",
        WRITING,
        "Composer avec des blocs",
        "Paragraphes, chiffres, étapes, encadrés\u00a0: ajouter, déplacer, bien choisir.",
        "home/guide/blocks.html",
        PAGES,
    ),
    Chapter(
        "images",
        WRITING,
        "Ajouter une image et sa description",
        "Déposer un fichier, dire ce qu’il montre, garder l’essentiel au centre.",
        "home/guide/pictures.html",
        PAGES,
        ("wagtailimages:", "wagtaildocs:"),
    ),
    Chapter(
        "publier",
        WRITING,
        "Publier, programmer, dépublier",
        "Mettre en ligne tout de suite ou plus tard, et retirer sans rien perdre.",
        "home/guide/publish.html",
        PAGES,
        ("wagtailadmin_pages:unpublish",),
    ),
    Chapter(
        "versions",
        WRITING,
        "Revenir à une version précédente",
        "Voir ce qui a changé, et reprendre la page telle qu’elle était.",
        "home/guide/versions.html",
        PAGES,
        (
            "wagtailadmin_pages:history",
            "wagtailadmin_pages:revisions_revert",
            "wagtailadmin_pages:revisions_compare",
        ),
    ),
    Chapter(
        "menu",
        WRITING,
        "Le menu et la place des pages",
        "Ordre, déplacements, anciennes adresses.",
        "home/guide/menu.html",
        PAGES,
        ("wagtailadmin_pages:move", "wagtailredirects:"),
    ),
    Chapter(
        "rafraichir",
        WRITING,
        "Garder les pages à jour",
        "La liste de ce qu’il faut relire, et comment dire que c’est fait.",
        "home/guide/refresh.html",
        PAGES,
        ("refresh",),
    ),
    Chapter(
        "pages-legales",
        WRITING,
        "Les pages légales",
        "Mentions, vie privée, accessibilité\u00a0: ce qui manque, et où le remplir.",
        "home/guide/legal.html",
        "home.change_organisationsettings",
        ("legal_pages", "wagtailsettings:edit"),
    ),
    Chapter(
        "messages",
        LETTERS,
        "Les messages de contact",
        "Lire, répondre, classer.",
        "home/guide/messages.html",
        EDITORS,
        ("wagtailsnippets_home_contactmessage:",),
    ),
)
