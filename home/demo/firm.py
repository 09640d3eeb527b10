"""Texts about the firm: « À propos », « Les valeurs », « L’ingénieur social », « Références »."""

from wagtail.models import Page

from home.models import CustomImage

from . import build as b

ABOUT_INTRODUCTION = (
    "ENYS Conseil réunit des ingénieurs sociaux et des professionnels de terrain. Nous aidons "
    "celles et ceux qui accompagnent des personnes vulnérables à penser leur action, à la "
    "conduire et à en rendre compte."
)


def about(image: CustomImage, engineer_page: Page) -> list[b.Block]:
    return [
        b.text(
            """
<h2>Un cabinet né du terrain</h2>
<p>Avant d’être consultants, nous avons été éducateurs, chefs de service, responsables de services
à la personne, formateurs. Nous savons ce qu’est une équipe qui tient un planning avec deux
absents, un projet personnalisé réécrit le soir, un conseil de la vie sociale où personne n’ose
parler. Cette expérience ne nous donne pas raison ; elle nous apprend à écouter avant d’écrire.</p>
<p>Nos interventions portent sur les établissements et services sociaux et médico-sociaux :
protection de l’enfance, handicap, grand âge, insertion, hébergement. Nous accompagnons aussi les
services à la personne, dont les questions de qualité, de recrutement et d’encadrement ressemblent
de plus en plus à celles du médico-social.</p>
"""
        ),
        b.picture(image, "Une organisation tient d’abord par les liens entre les personnes."),
        b.text(
            """
<h2>Ce que nous appelons ingénierie sociale</h2>
<p>L’expression désigne un métier : concevoir, piloter et évaluer l’action sociale. Elle suppose
de connaître les politiques publiques et leurs financements, de savoir enquêter, d’animer un
collectif, de tenir un budget et un calendrier, puis d’écrire ce qui a été fait de manière
vérifiable. Le diplôme d’État d’ingénierie sociale (DEIS) en est la qualification de référence.</p>
<h3>Trois exigences</h3>
<ul>
<li><b>Partir d’une question</b> plutôt que d’une réponse déjà achetée.</li>
<li><b>Faire avec</b> les professionnels et les personnes accompagnées, jamais à leur place.</li>
<li><b>Laisser derrière nous</b> des outils que l’équipe sait reprendre seule.</li>
</ul>
"""
        ),
        b.figures(
            "charte d’intervention du cabinet, 2026",
            ("2", "consultants au moins par mission, pour croiser les regards"),
            ("1", "note de cadrage signée avant toute facture"),
            ("3 mois", "après la fin, une visite pour voir ce qui a tenu"),
        ),
        b.team(
            "L’équipe (noms inventés pour la démonstration)",
            (
                "Camille Exemple",
                "Consultante, ancienne cheffe de service en protection de l’enfance",
                (
                    "Elle a dirigé une équipe éducative pendant neuf ans. Elle anime les "
                    "diagnostics et les projets d’établissement."
                ),
            ),
            (
                "Sacha Modèle",
                "Formateur en ingénierie sociale",
                (
                    "Éducateur de rue, puis chercheur. Il tient les ateliers où l’on apprend à "
                    "enquêter avec ceux que la question concerne."
                ),
            ),
            (
                "Noa Fictive",
                "Évaluatrice",
                (
                    "Infirmière de formation, elle relit chaque rapport à voix haute avant "
                    "qu’il ne parte."
                ),
            ),
            (
                "Alix Inventé",
                "Responsable du recrutement",
                "Il cherche des cadres qui restent, et accompagne leurs six premiers mois.",
            ),
        ),
        b.opened_page(
            engineer_page,
            "L’ingénieur social",
            "Ni développeur, ni manipulateur : un métier que l’on connaît mal.",
        ),
    ]


VALUES_INTRODUCTION = (
    "Une valeur affichée ne coûte rien. Celle qui compte se reconnaît à ce qu’elle oblige à faire, "
    "et parfois à refuser."
)


def values() -> list[b.Block]:
    return [
        b.text(
            """
<h2>La relation d’abord</h2>
<p>Dans nos métiers, la relation n’est pas un supplément d’âme : c’est l’outil de travail. Un
protocole, un logiciel, un tableau de bord sont utiles s’ils rendent du temps à la rencontre. Nous
jugeons nos propres propositions à cette aune.</p>
<h2>La lucidité sans le fatalisme</h2>
<p>Nous disons ce que nous voyons, y compris ce qui dérange la commande. Mais un constat qui ne
débouche sur rien n’est qu’une plainte bien rédigée : chaque difficulté nommée est accompagnée de
ce qui pourrait changer, par qui, et à quel prix.</p>
<h2>La complexité assumée</h2>
<p>Une situation sociale a toujours plusieurs causes, et agir sur l’une déplace les autres. Nous
empruntons à la pensée complexe l’habitude de relier ce que les organigrammes séparent, et celle
de nous méfier des solutions qui tiennent sur une seule diapositive.</p>
"""
        ),
        b.quote(
            "On reconnaît un bon diagnostic à ce que l’équipe s’y retrouve, même quand il ne lui "
            "fait pas plaisir.",
            "Règle de relecture du cabinet",
        ),
        b.text(
            """
<h2>Ce que nous refusons</h2>
<ul>
<li>Évaluer un établissement que nous avons préparé à cette évaluation.</li>
<li>Rendre un rapport que les personnes interrogées ne pourront pas lire.</li>
<li>Servir de caution à une décision déjà prise.</li>
</ul>
"""
        ),
    ]


ENGINEER_INTRODUCTION = (
    "Ni développeur informatique, ni manipulateur : l’ingénieur social conçoit, pilote et évalue "
    "des réponses à des questions sociales. C’est un métier, avec ses méthodes et son diplôme."
)


def engineer() -> list[b.Block]:
    return [
        b.text(
            """
<h2>Un métier plus qu’une fonction</h2>
<p>On peut occuper une fonction sans y avoir été formé. Un métier demande davantage : des
connaissances, une technique, une qualification reconnue et le temps qu’il faut pour que
l’expérience les mette à l’épreuve. L’ingénieur social réunit ces quatre conditions autour d’un
objet, la réponse collective aux vulnérabilités.</p>
<h2>Le DEIS, un diplôme discret</h2>
<p>Le diplôme d’État d’ingénierie sociale, de niveau 7, forme à la production de connaissances, à
la conception et à la conduite d’actions, à la communication et aux ressources humaines. Sa marque
de fabrique est la recherche-action : on enquête pour comprendre, on agit pour vérifier, et l’on
recommence avec ceux que la question concerne.</p>
<h2>Ce qu’il sait faire</h2>
<ul>
<li>Transformer une inquiétude diffuse en question que l’on peut instruire.</li>
<li>Lire une politique publique, son financement et ce qu’elle laisse dans l’ombre.</li>
<li>Construire avec une équipe un projet qu’elle pourra tenir.</li>
<li>Mesurer des effets sans réduire les personnes à des indicateurs.</li>
<li>Former, transmettre, et s’effacer.</li>
</ul>
"""
        ),
        b.quote("Comprendre pour agir, agir pour comprendre.", "Principe de la recherche-action"),
    ]


REFERENCES_INTRODUCTION = (
    "Quelques missions, décrites par leur nature : nous ne nommons un client qu’avec son accord "
    "écrit. Sur demande, plusieurs acceptent de témoigner de vive voix."
)


def references() -> list[b.Block]:
    return [
        b.sector(
            "Protection de l’enfance",
            (
                "Une association gestionnaire de trois maisons d’enfants",
                "Hauts-de-France",
                "Réécriture du projet d’établissement avec les équipes et les adolescents",
                "2025",
            ),
            (
                "Un service d’action éducative en milieu ouvert",
                "Île-de-France",
                "Diagnostic des délais de prise en charge et plan d’action",
                "2024",
            ),
        ),
        b.sector(
            "Handicap",
            (
                "Un institut médico-éducatif",
                "Normandie",
                "Préparation de l’évaluation de la qualité, de l’autoévaluation au suivi",
                "2025",
            ),
            (
                "Un groupement de services d’accompagnement",
                "Grand Est",
                "Étude des besoins de répit des aidants sur un territoire rural",
                "2023",
            ),
        ),
        b.sector(
            "Grand âge et services à la personne",
            (
                "Un service autonomie à domicile",
                "Centre-Val de Loire",
                "Rapprochement de l’aide et du soin : organisation, métiers, dialogue social",
                "2025",
            ),
            (
                "Une fédération de services à la personne",
                "National",
                "Référentiel d’encadrement de proximité et formation des responsables de secteur",
                "2024",
            ),
        ),
        b.sector(
            "Collectivités et insertion",
            (
                "Un centre communal d’action sociale",
                "Occitanie",
                "Analyse des besoins sociaux, ateliers d’habitants compris",
                "2024",
            ),
            (
                "Un conseil départemental",
                "Bourgogne-Franche-Comté",
                "Évaluation d’un dispositif d’accompagnement global",
                "2023",
            ),
        ),
        b.quote(
            "Le rapport a été discuté par l’équipe pendant six mois. C’est le plus bel usage que "
            "nous connaissions d’un rapport.",
            "Retour d’un directeur, lors de la visite des trois mois",
        ),
    ]
