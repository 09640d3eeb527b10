"""The chapter of « Aide » about what the site sends."""

from site_enys.chapters import Chapter, add_chapters

add_chapters(
    Chapter(
        "courriels",
        "Les messages et les courriels",
        "Les courriels du site",
        "Ce qui est parti, ce qui attend, ce qui a échoué.",
        "courrier/guide/mails.html",
        "courrier.view_outgoingmessage",
        ("wagtailsnippets_courrier_outgoingmessage:",),
    )
)
