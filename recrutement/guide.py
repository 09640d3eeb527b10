"""The chapters of « Aide » about offers and the people who apply."""

from site_enys.chapters import Chapter, add_chapters

PART = "Le recrutement"
RECRUITERS = "recrutement.view_application"

add_chapters(
    Chapter(
        "offre",
        PART,
        "Écrire une offre",
        "Complète, juste, conforme à la loi\u00a0; puis la faire connaître.",
        "recrutement/guide/offer.html",
        RECRUITERS,
        ("offres:", "recrutement_copy_sheet"),
    ),
    Chapter(
        "candidatures",
        PART,
        "Lire et évaluer les candidatures",
        "Ouvrir, lire, donner son avis, à plusieurs ou à l’aveugle.",
        "recrutement/guide/applications.html",
        "recrutement.review_application",
        ("wagtailsnippets_recrutement_application:", "recrutement_board"),
    ),
    Chapter(
        "entretiens",
        PART,
        "Les entretiens",
        "Inviter, changer, annuler.",
        "recrutement/guide/interviews.html",
        RECRUITERS,
        ("recrutement_change_interview", "recrutement_cancel_interview"),
    ),
    Chapter(
        "decisions",
        PART,
        "Décider et répondre",
        "Dire non, demander du temps, dire oui, clore l’offre.",
        "recrutement/guide/decisions.html",
        RECRUITERS,
        ("recrutement_refuse_for_offer", "recrutement_close_offer"),
    ),
    Chapter(
        "vivier",
        PART,
        "Le vivier et la conservation",
        "Garder le contact, et ne rien garder de trop.",
        "recrutement/guide/pool.html",
        RECRUITERS,
        (
            "wagtailsnippets_recrutement_poolconsent:",
            "recrutement_pool_invite",
            "recrutement_retention",
        ),
    ),
)
