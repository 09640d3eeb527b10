"""Who may do what with the pages of the firm, the library and the messages."""

from site_enys.groups import DIRECTION, EDITORS, RECRUITMENT, TRAINING
from site_enys.roles import (
    DECIDE,
    DELETE,
    SEE,
    WRITE,
    Thing,
    all_acts,
    declare,
    records,
    section_needs,
)

_TREE = section_needs() | {DELETE: ("wagtailcore.bulk_delete_page",)}
_SEEN = ("wagtailimages.choose_image", "wagtaildocs.choose_document")
_ADDED = ("wagtailimages.add_image", "wagtaildocs.add_document")
_ANY_CHANGED = ("wagtailimages.change_image", "wagtaildocs.change_document")
_MESSAGES = records("home.contactmessage", see="view", decide="change")
_FIRM = records("home.organisationsettings", write="change")
_ACCESSIBILITY = records("home.accessibilitystatement", write="change")
_REDIRECTS = records("wagtailredirects.redirect", see="view", write="add change", delete="delete")
_COLLECTIONS = records("wagtailcore.collection", write="add change", delete="delete")
_WORKFLOWS = {
    WRITE: tuple(
        f"wagtailcore.{act}_{of}" for of in ("workflow", "task") for act in ("add", "change")
    ),
    DELETE: ("wagtailcore.delete_workflow", "wagtailcore.delete_task"),
}
WRITERS = (DIRECTION, EDITORS)

declare(
    "home",
    Thing(
        "Pages du site",
        "La rédaction écrit et publie partout\u00a0; chaque équipe, dans sa seule section.",
        _TREE,
        all_acts(_TREE, *WRITERS),
        section="home.HomePage",
    ),
    Thing(
        "Images et documents de la bibliothèque",
        "Qui écrit des pages choisit parmi tous et modifie les siens\u00a0; la rédaction tient "
        "l’ensemble. L’évaluation et le référent n’écrivent pas de page.",
        {SEE: _SEEN, WRITE: _ADDED, DECIDE: _ANY_CHANGED},
        dict.fromkeys(WRITERS, (SEE, WRITE, DECIDE))
        | dict.fromkeys((TRAINING, RECRUITMENT), (SEE, WRITE)),
        library=True,
    ),
    Thing(
        "Images et documents, droit de choisir",
        "Le même, que Wagtail note aussi sur le modèle.",
        {SEE: _SEEN},
        dict.fromkeys((*WRITERS, TRAINING, RECRUITMENT), (SEE,)),
    ),
    Thing(
        "Messages de contact",
        "La rédaction répond ou transmet. Rien ne s’efface à la main\u00a0: la durée y pourvoit.",
        _MESSAGES,
        all_acts(_MESSAGES, *WRITERS),
    ),
    Thing(
        "Identité du cabinet",
        "Les faits que toutes les pages reprennent.",
        _FIRM,
        all_acts(_FIRM, *WRITERS),
    ),
    Thing(
        "Déclaration d’accessibilité",
        "Les audits faits et ce qu’ils ont trouvé, que la page publique reprend.",
        _ACCESSIBILITY,
        all_acts(_ACCESSIBILITY, *WRITERS),
    ),
    Thing(
        "Redirections",
        "Elles suivent les pages\u00a0: à qui les déplace.",
        _REDIRECTS,
        all_acts(_REDIRECTS, *WRITERS),
    ),
    Thing(
        "Collections de la bibliothèque",
        "Une collection peut être fermée au public\u00a0: la direction en décide.",
        _COLLECTIONS,
        all_acts(_COLLECTIONS, DIRECTION),
        library=True,
    ),
    Thing(
        "Circuits de relecture",
        "Qui approuve avant publication\u00a0: la direction en décide.",
        _WORKFLOWS,
        all_acts(_WORKFLOWS, DIRECTION),
    ),
)
