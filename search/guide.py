"""The chapter of « Aide » about the search of the site."""

from site_enys.chapters import Chapter, add_chapters

add_chapters(
    Chapter(
        "recherche",
        "Écrire et publier",
        "Ce que cherchent les visiteurs",
        "Les recherches sans résultat, et les pages à mettre en avant.",
        "search/guide/search.html",
        "search.change_searchmiss",
        ("wagtailsnippets_search_searchmiss:", "wagtailsnippets_search_promotion:"),
    )
)
