"""Who may do what, as data: each app declares its things in its own `roles.py`.

The migrations write the rights, and a test compares the database with these tables, so that a
right that nobody wanted cannot stay. `manage.py roles_table` prints `docs/roles.md` from them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from .groups import DIRECTION, DPO, EVERY_GROUP


class Act(StrEnum):
    """What somebody does to something, in the words of the table."""

    SEE = "voir"
    WRITE = "modifier"
    DECIDE = "décider"
    EXPORT = "exporter"
    DOWNLOAD = "télécharger"
    DELETE = "effacer"


SEE, WRITE, DECIDE, EXPORT, DOWNLOAD, DELETE = Act


@dataclass(frozen=True)
class Thing:
    """Something that the team acts upon: the permissions each act needs, and whose it is.

    The permissions are those of a model (« app.codename »), unless the thing is a `section`: they
    are then given on the pages of this model, for all that is below. In the `library`, they are
    given on the root collection. `roles` names the acts of each group; `why` says the reason.
    """

    name: str
    why: str
    needs: Mapping[Act, tuple[str, ...]]
    roles: Mapping[str, tuple[Act, ...]]
    section: str = ""
    library: bool = False

    def permissions_of(self, group: str) -> set[str]:
        """The permissions that the acts of this group need, and no other."""
        return {name for act in self.roles.get(group, ()) for name in self.needs[act]}


#: App label → what it declares, in the order of the table.
THINGS: dict[str, tuple[Thing, ...]] = {}


def declare(app_label: str, *things: Thing) -> None:
    """Put the things of an app in the table."""
    THINGS[app_label] = things


def every_thing() -> list[Thing]:
    """All that the apps have declared."""
    return [thing for things in THINGS.values() for thing in things]


def records(label: str, **acts: str) -> dict[Act, tuple[str, ...]]:
    """`records("blog.comment", see="view", decide="change")`: what each act needs on a model.

    Several actions are separated by spaces. Whoever sees a list exports it: `see` gives both,
    unless `export=""` says that the list has no export.
    """
    app_label, model = label.split(".")
    if "see" in acts:
        acts.setdefault("export", acts["see"])
    return {
        Act[name.upper()]: tuple(f"{app_label}.{action}_{model}" for action in actions.split())
        for name, actions in acts.items()
        if actions
    }


def section_needs() -> dict[Act, tuple[str, ...]]:
    """What each act needs on the pages of a section given to a team."""
    return {
        WRITE: ("wagtailcore.add_page", "wagtailcore.change_page"),
        DECIDE: ("wagtailcore.publish_page", "wagtailcore.lock_page", "wagtailcore.unlock_page"),
    }


def all_acts(needs: Mapping[Act, tuple[str, ...]], *groups: str) -> dict[str, tuple[Act, ...]]:
    """Each group does all that can be done."""
    return dict.fromkeys(groups, tuple(needs))


#: Those whose rights are not rows of the database, and what they reach.
OTHERS = {
    "Superutilisateur": "tout ce que les écrans offrent\u00a0; ce qu’aucun écran n’offre lui est "
    "refusé comme aux autres.",
    "Compte sans rôle": "la sécurité de son propre compte (mot de passe, second facteur, "
    "sessions)\u00a0; l’administration renvoie à la connexion.",
    "Anonyme": "les pages publiées et les formulaires publics\u00a0; l’administration renvoie à "
    "la connexion.",
    "Formateur ou formatrice, par lien": "son agenda, ses sessions et leurs feuilles "
    "d’émargement\u00a0; rien de l’administration.",
    "Stagiaire ou responsable, par lien": "sa demande ou son inscription, ses documents, ses "
    "émargements, sa convention, ses questionnaires.",
    "Candidat ou candidate, par lien": "sa candidature, ses pièces, l’export de ses données, son "
    "retrait.",
}

_ACCOUNTS = records("site_enys.user", see="view", write="add change", delete="delete")
_PRIVATE_FILES = records("site_enys.privatefileaccess", see="view")
_JOBS = records("site_enys.jobrun", see="view")
_SIGN_INS = records("axes.accesslog", see="view")
_DOOR = records("site_enys.signinsettings", write="change")
_FORMS = records("site_enys.formprotection", write="change")

declare(
    "site_enys",
    Thing(
        "Administration",
        "Chaque rôle y entre\u00a0; l’accueil ne montre que ce qui le concerne.",
        {SEE: ("wagtailadmin.access_admin",)},
        dict.fromkeys(EVERY_GROUP, (SEE,)),
    ),
    Thing(
        "Comptes de l’équipe",
        "Qui ouvre un compte décide de ce que les autres voient\u00a0: la direction seule.",
        _ACCOUNTS,
        all_acts(_ACCOUNTS, DIRECTION),
    ),
    Thing(
        "Journal des connexions",
        "Quel compte est entré, quand et d’où\u00a0: à qui ouvre et ferme les comptes.",
        _SIGN_INS,
        all_acts(_SIGN_INS, DIRECTION),
    ),
    Thing(
        "Second facteur exigé",
        "De quels rôles le site exige un second facteur.",
        _DOOR,
        all_acts(_DOOR, DIRECTION),
    ),
    Thing(
        "Protection des formulaires",
        "Un calcul demandé au navigateur, à allumer pendant une attaque.",
        _FORMS,
        all_acts(_FORMS, DIRECTION),
    ),
    Thing(
        "Journal des pièces consultées",
        "Qui a ouvert quelle pièce, sans le nom de la personne concernée\u00a0: la preuve que "
        "vérifie le référent.",
        _PRIVATE_FILES,
        all_acts(_PRIVATE_FILES, DIRECTION, DPO),
    ),
    Thing(
        "Tâches programmées",
        "Ce que le site fait de lui-même, pour voir qu’il le fait.",
        _JOBS,
        all_acts(_JOBS, DIRECTION),
    ),
)
