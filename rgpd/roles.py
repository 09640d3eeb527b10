"""Who may do what with the proofs that people's rights are respected."""

from site_enys.groups import DIRECTION, DPO
from site_enys.roles import Thing, all_acts, declare, records

_REQUESTS = records("rgpd.rightsrequest", see="view", write="add", decide="change")
_ACCESSES = records("rgpd.personalaccess", see="view", export="")
_PURGES = records("rgpd.purgerun", see="view", export="")
_NOTICES = records("rgpd.noticeversion", see="view")

declare(
    "rgpd",
    Thing(
        "Demandes d’exercice d’un droit",
        "Le référent y répond dans le mois\u00a0; la direction, qui est responsable du traitement, "
        "le peut aussi. Personne n’efface une demande\u00a0: le site le fait à son terme.",
        _REQUESTS,
        all_acts(_REQUESTS, DIRECTION, DPO),
    ),
    Thing(
        "Accès à «\u00a0Mes données\u00a0»",
        "Pour répondre à qui dit n’avoir rien reçu\u00a0; aucun dossier ne s’ouvre d’ici.",
        _ACCESSES,
        all_acts(_ACCESSES, DIRECTION, DPO),
    ),
    Thing(
        "Passages de la purge",
        "Des comptes, jamais des personnes.",
        _PURGES,
        all_acts(_PURGES, DIRECTION, DPO),
    ),
    Thing(
        "Versions des informations",
        "Le texte qui a été montré, mot pour mot, pour qui doit le prouver.",
        _NOTICES,
        all_acts(_NOTICES, DIRECTION, DPO),
    ),
)
