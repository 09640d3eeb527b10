"""Texts about what the firm does: « Conseil », « Stratégie », « Évaluations »."""

from home.models import CustomImage

from . import build as b

ADVICE_INTRODUCTION = (
    "Diagnostic, projet d’établissement, conduite du changement : nous intervenons quand une "
    "équipe sait que quelque chose doit bouger et cherche comment s’y prendre."
)


def advice(image: CustomImage) -> list[b.Block]:
    return [
        b.text(
            """
<h2>Quand nous appelle-t-on ?</h2>
<p>Une fusion d’associations, un renouvellement d’autorisation, un service qui ne recrute plus, un
projet d’établissement que personne ne relit, une transformation de l’offre demandée par le
financeur. Les occasions diffèrent ; la première question est toujours la même : qui a besoin de
quoi, et qui le dit ?</p>
<h3>Diagnostic et étude de besoins</h3>
<p>Nous croisons les données publiques, les dossiers, les observations et la parole des personnes.
Le diagnostic distingue ce qui est établi, ce qui est probable et ce que nous ignorons encore.</p>
<h3>Projet d’établissement ou de service</h3>
<p>Le projet fixe pour cinq ans des objectifs de coordination, de coopération et de qualité. Nous
l’écrivons avec des groupes où siègent des professionnels de tous les métiers, des personnes
accompagnées et des familles, puis nous le relisons à voix haute : ce qui ne se dit pas simplement
n’est pas encore pensé.</p>
<h3>Conduite du changement</h3>
<p>Une organisation ne change pas parce qu’on lui présente un nouvel organigramme. Nous travaillons
les étapes, les pertes, les métiers qui bougent, et le dialogue social qui les accompagne.</p>
"""
        ),
        b.picture(image, "Croiser les regards, puis relier."),
        b.table(
            "Ce que prend une mission",
            ("Mission", "Durée", "Sur place"),
            ("Diagnostic court", "quatre à cinq jours", "deux jours"),
            ("Étude de besoins", "trois mois", "huit jours"),
            ("Projet d’établissement", "une année", "quinze jours, en ateliers"),
        ),
        b.steps(
            "Comment se déroule une mission",
            (
                "Entendre la demande",
                (
                    "Un premier échange, sur place si possible, avec la direction puis avec "
                    "l’équipe. Il n’est pas facturé."
                ),
            ),
            (
                "Cadrer par écrit",
                (
                    "Une note de quelques pages : la question, la méthode, le calendrier, ce que "
                    "nous rendrons, le prix. Elle engage les deux parties."
                ),
            ),
            (
                "Enquêter ensemble",
                (
                    "Entretiens, observations, groupes de travail, lecture des documents. Un "
                    "comité de suivi se réunit à mi-parcours."
                ),
            ),
            (
                "Restituer à tous",
                (
                    "Le rapport est présenté à celles et ceux qui y ont contribué, avant d’être "
                    "définitif. Leurs désaccords y figurent."
                ),
            ),
            (
                "Revenir",
                "Trois mois plus tard, une demi-journée pour voir ce qui tient et ce qui coince.",
            ),
        ),
        b.mission(
            "Réécrire un projet que plus personne ne lisait",
            client="Une association gestionnaire de trois maisons d’enfants",
            place="Hauts-de-France",
            years="2025",
            request=(
                "Le projet d’établissement avait onze ans. Il fallait le refaire avant la visite "
                "d’évaluation, sans y passer l’hiver."
            ),
            work=(
                "Neuf ateliers où siégeaient éducateurs, maîtresses de maison, adolescents et "
                "parents. Chaque chapitre a été lu à voix haute par qui ne l’avait pas écrit."
            ),
            outcome="Le conseil de la vie sociale en relit un chapitre à chaque séance.",
        ),
        b.said_by(
            "Le rapport disait ce que l’équipe savait sans oser l’écrire. Nous l’avons discuté "
            "six mois, et c’est devenu notre projet.",
            "Dominique Exemple",
            "directrice",
            "témoignage inventé pour la démonstration",
        ),
        b.faq(
            "Questions fréquentes",
            (
                "Combien de temps dure une mission ?",
                (
                    "De quelques jours pour un appui ponctuel à une année pour un projet "
                    "d’établissement. La note de cadrage donne le nombre de jours et leur "
                    "calendrier."
                ),
            ),
            (
                "Travaillez-vous avec de petites structures ?",
                (
                    "Oui. Un diagnostic court, mené en quatre ou cinq jours, suffit souvent à "
                    "dégager une priorité. Plusieurs structures peuvent aussi se grouper."
                ),
            ),
            (
                "Qui a accès à ce que disent les professionnels ?",
                (
                    "Les deux consultants de la mission, et eux seuls. Les propos sont restitués "
                    "sans que l’on puisse reconnaître leur auteur, ou avec son accord."
                ),
            ),
        ),
    ]


STRATEGY_INTRODUCTION = (
    "Choisir, c’est renoncer à quelque chose en sachant pourquoi. Nous aidons les gouvernances à "
    "lire leur territoire, à négocier et à fixer un cap que les équipes comprennent."
)


def strategy(image: CustomImage) -> list[b.Block]:
    return [
        b.text(
            """
<h2>Projet associatif et gouvernance</h2>
<p>Le projet associatif dit pourquoi l’organisation existe. Quand il se réduit à une page de
principes, les arbitrages se font ailleurs, au fil des budgets. Nous animons sa réécriture avec les
administrateurs, les cadres et des personnes concernées, et nous clarifions au passage qui décide
de quoi.</p>
<h2>Contrat pluriannuel d’objectifs et de moyens</h2>
<p>Le CPOM lie pour cinq ans la structure et ses autorités de tarification. Sa préparation est un
moment rare : on y met à plat l’activité, les coûts, les besoins du territoire. Nous préparons le
diagnostic partagé, les fiches-actions et leurs indicateurs, et nous restons disponibles pendant la
négociation.</p>
<h2>Réponse à un appel à projets</h2>
<p>Nous aidons à décider s’il faut répondre, ce qui évite des nuits blanches inutiles, puis à
écrire un dossier exact, où chaque promesse a un responsable et un budget.</p>
"""
        ),
        b.picture(image, "Un territoire se lit comme un réseau : ce qui relie, ce qui manque."),
        b.callout(
            "Veille et prospective",
            "<p>Chaque étude comprend une lecture des évolutions attendues du territoire : "
            "démographie, offre existante, politiques annoncées, métiers en tension. Nous disons "
            "ce qui est chiffré et ce qui n’est qu’une hypothèse.</p>",
        ),
    ]


EVALUATIONS_INTRODUCTION = (
    "Évaluer, c’est donner de la valeur à ce qui se fait, donc aussi voir ce qui manque. Nous "
    "préparons les équipes à l’évaluation de la qualité et nous évaluons projets et dispositifs."
)


def evaluations() -> list[b.Block]:
    return [
        b.text(
            """
<h2>L’évaluation de la qualité des établissements et services</h2>
<p>Depuis la loi du 2 janvier 2002, les établissements et services sociaux et médico-sociaux
évaluent la qualité de ce qu’ils proposent. Le référentiel national de la Haute Autorité de santé
en fixe aujourd’hui les critères, autour de la personne accompagnée, des professionnels et de
l’organisation. L’évaluation elle-même revient à un organisme accrédité, et son calendrier à
l’autorité qui a délivré l’autorisation.</p>
<h3>Ce que nous faisons</h3>
<ul>
<li>L’autoévaluation, conduite avec les équipes et le conseil de la vie sociale.</li>
<li>L’entraînement aux trois méthodes : accompagné traceur, traceur ciblé, audit système.</li>
<li>Le plan d’amélioration, avec des priorités tenables.</li>
<li>Le suivi, pour que l’évaluation ne soit pas un examen que l’on oublie le lendemain.</li>
</ul>
"""
        ),
        b.callout(
            "Une règle d’indépendance",
            "<p>Qui prépare n’évalue pas. Nous ne conduisons jamais l’évaluation d’une structure "
            "que nous avons accompagnée, et nous vous dirons à qui vous adresser.</p>",
            tone="warning",
        ),
        b.steps(
            "Préparer sans épuiser l’équipe",
            (
                "Un état des lieux",
                (
                    "Deux jours de lecture et de rencontres pour situer la structure, critère par "
                    "critère, sans rien imprimer en triple exemplaire."
                ),
            ),
            (
                "Des ateliers courts",
                (
                    "Deux heures, un thème, des situations réelles. On part de ce que vit une "
                    "personne accompagnée et l’on remonte vers l’organisation."
                ),
            ),
            (
                "Une répétition",
                "Une journée dans les conditions de l’évaluation, suivie d’un retour franc.",
            ),
            (
                "Un plan qui tient sur deux pages",
                "Peu d’actions, un responsable et une date pour chacune.",
            ),
        ),
        b.text(
            """
<h2>Évaluer un projet, un dispositif, une politique</h2>
<p>Au-delà de l’obligation, nous évaluons des expérimentations, des dispositifs territoriaux et des
actions de prévention. Pertinence, cohérence, efficacité, effets attendus et inattendus : le
référentiel est construit avec les parties prenantes avant toute collecte, et il est public.</p>
<h3>La recherche-action</h3>
<p>Quand personne ne sait encore ce qui marche, mieux vaut chercher en agissant. Praticiens,
personnes concernées et chercheurs formulent ensemble la question, essaient, observent, discutent
et recommencent. C’est plus lent qu’un audit ; cela dure davantage.</p>
"""
        ),
    ]
