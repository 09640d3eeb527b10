"""Who came to the sessions that have lived, what happened, and what was said."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from formation.enums import ComplainantKind, Funder

Said = Mapping[str, int | str]


@dataclass(frozen=True)
class Person:
    first_name: str
    last_name: str
    email: str
    #: Asked to be called about an accommodation.
    to_call: bool = False


@dataclass(frozen=True)
class Buyer:
    """An employer and whom it sends; without an organisation, somebody who pays alone."""

    people: tuple[Person, ...]
    organisation: str = ""
    contact: str = ""
    address: str = ""
    funder: str = ""
    funder_name: str = ""


@dataclass(frozen=True)
class Life:
    buyers: tuple[Buyer, ...]
    #: Address of the person and rank of the half-day, from 0.
    late: tuple[str, int]
    absent: tuple[str, int]
    #: Why the absence became excused; only for a session that is over.
    excuse: str = ""
    #: Who has reached the objectives in part.
    partly: frozenset[str] = frozenset()
    needs: Mapping[str, Said] = field(default_factory=dict)
    #: In the order of the enrolments; whoever comes after says nothing.
    hot: tuple[Said, ...] = ()
    trainer: Said = field(default_factory=dict)
    companies: tuple[Said, ...] = ()


@dataclass(frozen=True)
class Told:
    """A complaint: how many days ago, about which course, and what we did of it."""

    days: int
    said: Mapping[str, str]
    course: str = ""
    answer: str = ""
    cause: str = ""
    #: Title, description, who does it, result.
    action: tuple[str, str, str, str] = ("", "", "", "")


def _hot(*marks: int, comment: str = "") -> Said:
    keys = ("satisfaction", "objectifs", "contenu", "animation", "rythme", "accueil")
    said: dict[str, int | str] = dict(zip(keys, marks, strict=True))
    return said | {"comment": comment} if comment else said


def _need(post: str, experience: int, hope: str, situation: str = "") -> Said:
    return {
        "fonction": post,
        "experience": experience,
        "prerequis": "yes",
        "attentes": hope,
        "situation": situation,
    }


_AICHA = Person("Aïcha", "Moreau", "aicha.moreau@exemple.example")
_BENOIT = Person("Benoît", "Lemaire", "benoit.lemaire@exemple.example")
_CHLOE = Person("Chloé", "Fontaine", "chloe.fontaine@exemple.example")
_FARID = Person("Farid", "Haddad", "farid.haddad@exemple.example", to_call=True)
_ISABELLE = Person("Isabelle", "Roy", "isabelle.roy@exemple.example")
_MAELYS = Person("Maëlys", "Guérin", "maelys.guerin@exemple.example")

_RESEARCH = Life(
    buyers=(
        Buyer(
            (_AICHA, _BENOIT, _CHLOE),
            "Association Les Deux Rives",
            "Martine Aubert",
            "direction@deux-rives.example",
            Funder.OPCO,
            "OPCO de démonstration",
        ),
        Buyer(
            (_FARID,),
            "CCAS de Valbonne-sur-Lys",
            "Olivier Prat",
            "formation@ccas-valbonne.example",
            Funder.EMPLOYER,
        ),
        Buyer((_ISABELLE,)),
        Buyer((_MAELYS,)),
    ),
    late=(_BENOIT.email, 1),
    absent=(_FARID.email, 3),
    excuse="Convoqué à une audience pour une personne suivie\u00a0: le CCAS nous l’a écrit.",
    partly=frozenset({_FARID.email}),
    needs={
        _AICHA.email: _need(
            "Cheffe de service",
            2,
            "Savoir lancer une recherche sans que l’équipe y voie un contrôle de plus.",
            "Des départs qui se répètent dans une unité de vie, et chacun a son explication.",
        ),
        _BENOIT.email: _need(
            "Éducateur spécialisé", 1, "Comprendre ce que l’on peut attendre de ses observations."
        ),
        _CHLOE.email: _need(
            "Éducatrice de jeunes enfants",
            1,
            "Apprendre à écrire ce que je vois, pas ce que j’en pense.",
        ),
        _FARID.email: _need(
            "Chargé d’études",
            3,
            "Associer des habitants à l’analyse des besoins, du début à la fin.",
            "Nos réunions publiques n’attirent que ceux qui parlent déjà.",
        ),
        _ISABELLE.email: _need(
            "Formatrice indépendante", 3, "Une méthode que je puisse transmettre à mon tour."
        ),
        _MAELYS.email: _need(
            "Assistante de service social", 2, "Un cadre pour un projet que je porte seule."
        ),
    },
    hot=(
        _hot(
            4,
            4,
            4,
            4,
            3,
            4,
            comment="Je repars avec une charte que mon équipe a envie de signer. Une journée de "
            "plus, deux mois après, aurait permis de se relire.",
        ),
        _hot(
            3,
            3,
            4,
            4,
            3,
            3,
            comment="J’ai raté le début de l’après-midi et le groupe m’a remis dans le bain. Les "
            "exemples parlent de notre métier.",
        ),
        _hot(4, 4, 4, 4, 4, 4, comment="On a cherché pour de vrai, sur un cas du groupe."),
        _hot(
            2,
            3,
            3,
            3,
            2,
            2,
            comment="Le fond est solide, mais la salle résonnait et j’ai décroché pendant les "
            "sous-groupes. Deux jours, c’est court.",
        ),
        _hot(4, 4, 3, 4, 4, 4),
    ),
    trainer={
        "satisfaction": 4,
        "objectifs": 3,
        "groupe": 4,
        "moyens": 3,
        "adaptations": "J’ai raccourci l’apport du matin pour laisser le groupe écrire sa charte.",
        "difficultes": "La salle résonne\u00a0: à deux sous-groupes, on ne s’entend plus.",
        "comment": "Prévoir une seconde pièce pour les travaux en petits groupes.",
    },
    companies=(
        {
            "satisfaction": 4,
            "besoin": 4,
            "effets": 3,
            "organisation": 4,
            "encore": "yes",
            "comment": "L’équipe tient son carnet de recherche depuis trois semaines.",
        },
    ),
)

_KARIMA = Person("Karima", "Benslimane", "karima.benslimane@exemple.example")
_LAURENT = Person("Laurent", "Dubois", "laurent.dubois@exemple.example")
_ODILE = Person("Odile", "Chevalier", "odile.chevalier@exemple.example")
_QUENTIN = Person("Quentin", "Barbier", "quentin.barbier@exemple.example")
_YASMINE = Person("Yasmine", "Cohen", "yasmine.cohen@exemple.example")

_WRITING = Life(
    buyers=(
        Buyer(
            (_KARIMA, _LAURENT, _ODILE, _QUENTIN),
            "EHPAD Le Clos fleuri",
            "Hélène Simon",
            "rh@clos-fleuri.example",
            Funder.EMPLOYER,
        ),
        Buyer((_YASMINE,)),
    ),
    late=(_QUENTIN.email, 0),
    absent=("", 0),
    needs={
        _KARIMA.email: _need(
            "Infirmière coordinatrice", 3, "Des transmissions que l’équipe de nuit comprenne."
        ),
        _LAURENT.email: _need("Aide-soignant", 1, "Oser écrire, et écrire moins long."),
        _ODILE.email: _need(
            "Psychologue",
            4,
            "Des écrits que les familles puissent lire sans être blessées.",
            "Une synthèse que la personne concernée a demandé à lire.",
        ),
        _YASMINE.email: _need(
            "Monitrice éducatrice", 2, "Séparer ce que j’ai vu de ce que j’en conclus."
        ),
    },
)

LIVES: Mapping[str, Life] = {"RECHACTION": _RESEARCH, "ECRITS": _WRITING}

COMPLAINTS = (
    Told(
        days=35,
        course="RECHACTION",
        said={
            "author_kind": ComplainantKind.COMPANY,
            "author_name": "Olivier Prat",
            "author_email": "formation@ccas-valbonne.example",
            "author_phone": "",
            "subject": "Une salle où l’on ne s’entend pas",
            "text": "Notre agent porte un appareil auditif, il vous l’avait dit. La salle résonne "
            "et les travaux en sous-groupes s’y faisaient tous ensemble\u00a0: il a décroché une "
            "partie de la seconde journée.",
        },
        answer="Monsieur,\n\nVous avez raison\u00a0: la boucle magnétique servait aux apports, "
        "et rien n’était prévu pour les sous-groupes. Le formateur l’avait noté lui aussi. Nous "
        "louons désormais une seconde pièce, et nous avons proposé à votre agent une heure de "
        "reprise, par téléphone ou sur place, à son choix.\n\nAvec nos excuses,\nNadia Benali",
        cause="La visite de la salle ne regardait pas le travail en sous-groupes.",
        action=(
            "Une seconde pièce pour les sous-groupes",
            "Réserver deux pièces à la Maison des associations, et visiter les salles à l’oreille.",
            "Nadia Benali",
            "Seconde pièce réservée pour les sessions de Lyon, avec la référente handicap.",
        ),
    ),
    Told(
        days=4,
        said={
            "author_kind": ComplainantKind.TRAINEE,
            "author_name": "Théo Masson",
            "author_email": "theo.masson@exemple.example",
            "author_phone": "06 00 00 00 00",
            "subject": "Une réponse que j’attends encore",
            "text": "J’ai demandé il y a quinze jours si ma VAE pouvait être prise en compte dans "
            "les prérequis. On m’a dit que l’on me rappellerait, et depuis, rien.",
        },
    ),
)
