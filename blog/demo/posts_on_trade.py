"""Articles about the trade: what it is, how one inquires, how one keeps one's distance."""

from home.demo import build as b

ENGINEER = [
    b.text(
        """
<p>Dans les réunions où l’on se présente, le titre d’ingénieur social fait souvent sourire. On
attend un plan, des calculs, peut-être un casque de chantier. Le mot dit pourtant assez bien le
travail : prendre une situation confuse, en dégager une question, puis construire avec d’autres un
dispositif qui tienne une fois que l’on est reparti.</p>
<h2>Une journée ordinaire</h2>
<p>Le matin, un entretien avec la directrice d’un foyer d’hébergement qui « n’arrive plus à
recruter ». L’après-midi, la lecture des plannings, des fiches d’événements indésirables et des
trois derniers comptes rendus du conseil de la vie sociale. En fin de journée, une heure dans la
salle de pause. C’est là que l’on apprend que les remplacements se décident par messages, le
dimanche soir, et que personne n’ose plus dire non.</p>
<p>La commande parlait d’attractivité. La question, elle, est devenue : comment une équipe
reprend-elle la main sur son temps ?</p>
<h2>Quatre gestes du métier</h2>
<ul>
<li><b>Reformuler</b> la demande, en séparant ce qui gêne de ce qui le produit.</li>
<li><b>Enquêter</b>, avec des chiffres et des récits, auprès de tous ceux que la question
touche.</li>
<li><b>Concevoir</b> plusieurs scénarios, avec leur coût et ce à quoi chacun oblige.</li>
<li><b>Évaluer</b> dès le premier mois, pour corriger tant que cela coûte peu.</li>
</ul>
"""
    ),
    b.quote(
        "Vous ne nous avez pas donné de solution, vous nous avez rendu notre problème. "
        "Il était plus petit que nous ne le pensions.",
        "Une cheffe de service, bilan de mission",
    ),
    b.text(
        """
<h2>Un diplôme peu connu</h2>
<p>Le diplôme d’État d’ingénierie sociale (DEIS) se prépare après plusieurs années d’exercice. Il
forme à la recherche appliquée, à la conduite de projets complexes et à la lecture des politiques
publiques. Ceux qui le portent ne remplacent ni les cadres ni les équipes : ils leur donnent le
temps et la méthode que le quotidien leur prend.</p>
<p>C’est aussi un métier de retrait. Une mission réussie se reconnaît à ce que l’on n’a plus besoin
de nous : les outils sont repris, les réunions se tiennent sans animateur, et la question suivante
est déjà posée par l’équipe elle-même.</p>
"""
    ),
]

ACTION_RESEARCH = [
    b.text(
        """
<p>« Nous voulons une recherche-action » : la demande revient souvent, et recouvre des attentes
contraires. Pour les uns, il s’agit d’être accompagnés dans un changement. Pour les autres, de
produire un savoir qui fasse autorité. La méthode tient justement à ce que l’on ne choisit pas.</p>
<h2>Chercher et agir dans le même mouvement</h2>
<p>Le principe, posé par Kurt Lewin au milieu du siècle dernier, est simple : on comprend mieux une
situation en essayant de la transformer. Les professionnels ne sont pas l’objet de l’étude, ils en
sont les auteurs. Le chercheur apporte le cadre, la rigueur et un regard étranger ; le terrain
apporte les hypothèses, l’épreuve et la décision.</p>
<h2>Les étapes d’une démarche qui tient</h2>
<ol>
<li>Un groupe d’une dizaine de personnes, mêlant métiers, hiérarchie et personnes accompagnées.</li>
<li>Une question commune, écrite, assez étroite pour être travaillée en un an.</li>
<li>Un recueil de faits par le groupe lui-même : journaux de bord, entretiens croisés, relevés.</li>
<li>Une action limitée, avec une date de fin et des indices d’échec acceptés d’avance.</li>
<li>Une analyse partagée, puis un nouvel essai ou un abandon argumenté.</li>
</ol>
"""
    ),
    b.quote(
        "Le plus difficile a été d’accepter que notre première hypothèse était fausse. "
        "Le plus utile aussi.",
        "Un éducateur, groupe de recherche d’un service de milieu ouvert",
    ),
    b.text(
        """
<h2>Trois malentendus à lever</h2>
<p><b>Ce n’est pas une formation déguisée.</b> Si la réponse est connue d’avance, mieux vaut
former : c’est plus honnête et moins long.</p>
<p><b>Ce n’est pas une étude de plus.</b> Un rapport que personne n’a écrit sera lu par ceux qui
l’ont payé, et par eux seuls.</p>
<p><b>Ce n’est pas une affaire de consensus.</b> Le désaccord est un matériau. Encore faut-il un
cadre pour le déposer sans que chacun y laisse sa place.</p>
<h2>Ce qu’il en reste</h2>
<p>Une équipe qui a mené une recherche-action garde des habitudes : noter avant de conclure,
vérifier auprès des intéressés, écrire à plusieurs. C’est peu de chose en apparence. Dans un secteur
que l’on somme de prouver sa valeur, c’est ce qui permet de parler de son travail avec ses propres
mots.</p>
"""
    ),
]

ACTOR = [
    b.text(
        """
<p>Les établissements et services sociaux et médico-sociaux n’ont jamais autant écrit : projets,
rapports d’activité, plans d’amélioration, réponses à appels à projets. Beaucoup de professionnels
ont pourtant le sentiment que leur métier se raconte ailleurs, dans une langue qui n’est pas la
leur. L’ingénierie sociale peut les aider à redevenir acteurs de ce récit.</p>
<h2>De l’exécutant à l’auteur</h2>
<p>Être acteur, ce n’est pas être consulté à la fin. C’est prendre part au moment où la question se
pose. Dans un service d’accompagnement à la vie sociale, les éducateurs devaient « améliorer la
traçabilité ». En remontant à l’origine de la demande, ils ont découvert que deux financeurs
réclamaient la même information sous deux formes. Une seule fiche, négociée avec les deux, a rendu
une demi-journée par semaine à l’équipe.</p>
<h2>Ce que l’ingénierie apporte</h2>
<ul>
<li>Un <b>diagnostic</b> qui croise les données, les textes et l’expérience des personnes.</li>
<li>Une <b>conception</b> qui part des contraintes réelles : horaires, locaux, budgets,
distances.</li>
<li>Un <b>développement</b> par étapes, où chaque essai a un responsable et un terme.</li>
<li>Une <b>évaluation</b> qui sert d’abord à ceux qui agissent.</li>
</ul>
"""
    ),
    b.quote(
        "On nous demandait de rendre compte. Nous avons commencé par nous rendre compte.",
        "Une monitrice-éducatrice, atelier d’écriture",
    ),
    b.text(
        """
<h2>Une compétence à partager</h2>
<p>Il n’est pas nécessaire d’être consultant pour faire de l’ingénierie sociale. Une conseillère en
économie sociale et familiale qui monte une épicerie solidaire, un chef de service qui réorganise
les astreintes avec son équipe, une assistante de service social qui mesure le non-recours sur son
secteur en font déjà. Il leur manque souvent trois choses : du temps reconnu, une méthode, et
quelqu’un avec qui penser.</p>
<p>C’est ce que nous essayons d’offrir, par le conseil comme par la formation. L’expertise ne vaut
que si elle circule.</p>
"""
    ),
]

PRACTICE = [
    b.text(
        """
<p>Un vendredi sur quatre, deux heures, une salle un peu à l’écart. On y parle d’une situation qui
pèse, et l’on en ressort sans plan d’action. Vue de loin, l’analyse des pratiques ressemble à du
temps perdu. Les équipes qui en ont été privées savent ce qu’elle évite.</p>
<h2>À quoi elle sert</h2>
<p>Accompagner, c’est être touché. Une colère, un attachement, une lassitude disent quelque chose de
la personne accompagnée, du cadre et de soi. Tant que rien ne permet de les démêler, ils passent
dans les actes : un mot sec, une sanction de trop, un rendez-vous oublié. Le groupe d’analyse offre
un lieu où regarder ces mouvements avant qu’ils ne décident à notre place.</p>
<h2>Ce qui la fait tenir</h2>
<ul>
<li>Un intervenant extérieur, qui n’évalue personne et ne rend pas compte à la direction.</li>
<li>Un groupe stable, volontaire autant que possible, sans lien hiérarchique direct.</li>
<li>Une règle de confidentialité dite à haute voix, et rappelée à chaque arrivée.</li>
<li>Une régularité protégée dans le planning, y compris les semaines difficiles.</li>
</ul>
"""
    ),
    b.quote(
        "Je suis venue avec un résident impossible. Je suis repartie avec une question sur moi. "
        "Le lendemain, il était un peu moins impossible.",
        "Une aide-soignante, maison d’accueil",
    ),
    b.text(
        """
<h2>Ce qu’elle n’est pas</h2>
<p>Elle n’est ni une réunion de service, ni une thérapie, ni une formation. Elle ne règle pas un
conflit d’organisation, et il est parfois juste de le dire : lorsque la plainte porte chaque mois
sur les effectifs, c’est à la direction qu’il faut s’adresser, et l’intervenant doit aider le groupe
à formuler cette adresse.</p>
<h2>Comment savoir si elle est utile</h2>
<p>Les indices sont modestes et parlants : les nouveaux y prennent la parole, les situations
reviennent transformées, les professionnels s’appellent entre deux séances. Au bout d’un an, un
bilan à trois voix, groupe, intervenant et direction, suffit pour décider de continuer, de changer
ou d’arrêter.</p>
"""
    ),
]
