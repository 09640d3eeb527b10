"""The chapters of « Aide » about what is known of people."""

from site_enys.chapters import Chapter, add_chapters

PART = "Les données personnelles"
REFERENT = "rgpd.change_rightsrequest"

add_chapters(
    Chapter(
        "demandes-de-droits",
        PART,
        "Répondre à une demande sur ses données",
        "Accès, correction, effacement\u00a0: un mois, étape par étape.",
        "rgpd/guide/requests.html",
        REFERENT,
        (
            "wagtailsnippets_rgpd_rightsrequest:",
            "rgpd_find_person",
            "rgpd_request_add",
            "rgpd_request_answer",
            "rgpd_request_extend",
            "rgpd_request_refuse",
        ),
    ),
    Chapter(
        "conservation",
        PART,
        "Ce que le site garde, et jusqu’à quand",
        "Les durées, le registre, les preuves.",
        "rgpd/guide/retention.html",
        REFERENT,
        (
            "rgpd_conservation",
            "rgpd_record",
            "wagtailsnippets_rgpd_noticeversion:",
            "wagtailsnippets_site_enys_privatefileaccess:",
        ),
    ),
)
