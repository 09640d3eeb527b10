"""Who may do what with the offers and the people who answer them."""

from site_enys.groups import DIRECTION, RECRUITMENT, REVIEW
from site_enys.roles import (
    DECIDE,
    DOWNLOAD,
    SEE,
    WRITE,
    Thing,
    all_acts,
    declare,
    records,
    section_needs,
)

TEAM = (DIRECTION, RECRUITMENT)
_PAGES = section_needs()
_APPLICATIONS = records(
    "recrutement.application", see="view", decide="change", delete="delete", export="view change"
)
_FILES = records("recrutement.applicationdocument", download="view")
_CALLS = records("recrutement.accommodationrequest", see="view", export="")
_POOL = records("recrutement.poolconsent", see="view", decide="change")
_DIPLOMAS = records("recrutement.diploma", write="view add change", delete="delete")
_DELAYS = records("recrutement.recruitmentsettings", write="change")
_REVIEWED = dict.fromkeys((SEE, WRITE, DOWNLOAD), ("recrutement.review_application",))
_HELD = {DECIDE: ("recrutement.hold_application",)}

declare(
    "recrutement",
    Thing(
        "Offres d’emploi",
        "L’équipe de recrutement écrit et publie sous ses offres, et nulle part ailleurs.",
        _PAGES,
        all_acts(_PAGES, *TEAM),
        section="recrutement.RecruitmentIndexPage",
    ),
    Thing(
        "Candidatures",
        "Qui recrute lit, décide, exporte et efface\u00a0; l’identité reste masquée là où l’offre "
        "se lit sans nom.",
        _APPLICATIONS,
        all_acts(_APPLICATIONS, *TEAM),
    ),
    Thing(
        "Candidatures des offres confiées",
        "Qui évalue lit celles de ses offres, note, et n’ouvre une pièce qu’après avoir demandé "
        "l’identité, ce qui est écrit.",
        _REVIEWED,
        all_acts(_REVIEWED, REVIEW),
    ),
    Thing(
        "CV et pièces",
        "Chaque ouverture est inscrite au journal. Le référent n’en ouvre aucune\u00a0: il vérifie "
        "le journal.",
        _FILES,
        all_acts(_FILES, *TEAM),
    ),
    Thing(
        "Aménagements demandés",
        "Lus seulement une fois la personne invitée (Code du travail, L1132-1).",
        _CALLS,
        all_acts(_CALLS, *TEAM),
    ),
    Thing(
        "Vivier",
        "Qui a accepté que son dossier soit gardé.",
        _POOL,
        all_acts(_POOL, *TEAM),
    ),
    Thing(
        "Conservation pour un litige",
        "Garder au-delà du terme est une décision de la direction.",
        _HELD,
        all_acts(_HELD, DIRECTION),
    ),
    Thing("Diplômes", "Ceux que nomment les offres.", _DIPLOMAS, all_acts(_DIPLOMAS, *TEAM)),
    Thing(
        "Durées du recrutement",
        "Les délais que l’information aux candidats promet.",
        _DELAYS,
        all_acts(_DELAYS, DIRECTION),
    ),
)
