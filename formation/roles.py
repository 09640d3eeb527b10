"""Who may do what with the catalogue, the sessions and the people who come to them."""

from site_enys.groups import DIRECTION, TRAINING
from site_enys.roles import Act, Thing, all_acts, declare, records, section_needs

TEAM = (DIRECTION, TRAINING)


def _of_the_team(name: str, why: str, needs: dict[Act, tuple[str, ...]]) -> Thing:
    return Thing(name, why, needs, all_acts(needs, *TEAM))


_PAGES = section_needs()

declare(
    "formation",
    Thing(
        "Pages du catalogue",
        "L’équipe de formation écrit et publie sous le catalogue, et nulle part ailleurs.",
        _PAGES,
        all_acts(_PAGES, *TEAM),
        section="formation.CatalogueIndexPage",
    ),
    _of_the_team(
        "Sessions",
        "Les ouvrir, les déplacer, les annuler, les clore.",
        records(
            "formation.session", see="view", write="add change", decide="change", delete="delete"
        ),
    ),
    _of_the_team(
        "Inscriptions",
        "Une inscription change d’état, ne se modifie ni ne s’efface par un formulaire.",
        records("formation.enrolment", see="view", decide="change"),
    ),
    _of_the_team(
        "Demandes d’inscription",
        "Elles se lisent\u00a0; ce qui se décide est l’inscription de chaque personne.",
        records("formation.enrolmentrequest", see="view"),
    ),
    _of_the_team(
        "Conventions et contrats",
        "Les envoyer, les recevoir signés.",
        records("formation.agreement", see="view", decide="change", download="view"),
    ),
    _of_the_team(
        "Feuilles d’émargement",
        "Les recevoir sur papier, les corriger avec un motif.",
        records(
            "formation.attendancesheet", see="view", decide="change", download="view", export=""
        ),
    ),
    _of_the_team(
        "Documents délivrés",
        "Ce qui est délivré ne se modifie pas\u00a0: une version suit l’autre.",
        records("formation.issueddocument", see="view", download="view"),
    ),
    _of_the_team(
        "Questionnaires et résultats",
        "Les réponses d’un groupe, jamais seules.",
        records("formation.survey", see="view"),
    ),
    _of_the_team(
        "Réclamations",
        "Les inscrire, y répondre\u00a0; aucune ne s’efface à la main.",
        records("formation.complaint", see="view", write="add", decide="change"),
    ),
    _of_the_team(
        "Actions d’amélioration",
        "Ce que l’équipe se promet de faire.",
        records("formation.improvementaction", see="view", write="add change", delete="delete"),
    ),
    _of_the_team(
        "Demandes sur mesure",
        "Y répondre, en faire une session.",
        records("formation.tailoredrequest", see="view", decide="change"),
    ),
    _of_the_team(
        "Formateurs et formatrices",
        "Leur fiche et leur lien.",
        records("formation.trainer", see="view", write="add change", delete="delete"),
    ),
    _of_the_team(
        "Lieux",
        "Où l’on se forme.",
        records("formation.venue", see="view", write="add change", delete="delete"),
    ),
    _of_the_team(
        "Thèmes du catalogue",
        "Le plan du catalogue.",
        records("formation.coursetheme", see="view", write="add change", delete="delete"),
    ),
    _of_the_team(
        "Conditions de vente",
        "Ce que la page publique et les conventions annoncent.",
        records("formation.trainingterms", write="change"),
    ),
)
