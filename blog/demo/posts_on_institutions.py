"""Articles about institutions: evaluation, participation, contracts, home help."""

from home.demo import build as b

EVALUATION = [
    b.text(
        """
<p>Depuis 2022, les établissements et services sociaux et médico-sociaux sont évalués sur un
référentiel national établi par la Haute Autorité de santé (HAS). Tous les cinq ans, un organisme
extérieur vient observer, écouter, coter. Beaucoup d’équipes l’attendent comme un examen. On peut
s’y préparer autrement.</p>
<h2>Trois regards sur le même travail</h2>
<ul>
<li><b>L’accompagné traceur</b> suit le parcours d’une personne qui a donné son accord : ce qu’elle
en dit, ce que l’équipe en dit, ce que le dossier en garde.</li>
<li><b>Le traceur ciblé</b> part d’une pratique, par exemple le circuit du médicament, et remonte du
geste à la procédure.</li>
<li><b>L’audit système</b> va dans l’autre sens : de l’intention de la direction à ce que chacun en
connaît.</li>
</ul>
<p>Les critères impératifs, qui touchent aux droits, à la sécurité et à la maltraitance, appellent
une réponse immédiate s’ils ne sont pas satisfaits. Les autres dessinent un chemin.</p>
"""
    ),
    b.quote(
        "Le jour où nous avons cessé de chercher la bonne réponse, nous avons commencé à raconter "
        "ce que nous faisions.",
        "Une équipe de foyer d’accueil médicalisé",
    ),
    b.text(
        """
<h2>Six mois avant : ce qui compte</h2>
<ol>
<li>Choisir dix critères où l’on se sait fragile, et renoncer à tout revoir.</li>
<li>Mener une auto-évaluation en petits groupes, avec des personnes accompagnées et des
proches.</li>
<li>Relever des preuves qui existent déjà, plutôt que d’en fabriquer.</li>
<li>Inscrire trois actions, pas trente, au plan d’amélioration, avec un nom et une date.</li>
</ol>
<h2>Après le rapport</h2>
<p>La cotation passe, le rapport reste. Lu en équipe, il devient un bon point de départ pour
réviser le projet d’établissement ou préparer une négociation. Rangé dans une armoire, il aura coûté
cher. Nous conseillons une réunion de lecture dans le mois : chaque service y choisit ce qu’il
garde, ce qu’il conteste et ce qu’il change.</p>
<p>Évaluer, c’est dire ce qui a de la valeur. Il serait dommage de laisser cette conversation aux
seuls évaluateurs.</p>
"""
    ),
]

PARTICIPATION = [
    b.text(
        """
<p>Le conseil de la vie sociale se réunit trois fois par an. À l’ordre du jour : les menus, la
sortie de printemps, le tarif de la buanderie. Les représentants des personnes accueillies sont là,
polis, silencieux. La loi est respectée. La participation, elle, n’a pas commencé.</p>
<h2>Donner un avis ou peser sur une décision</h2>
<p>Participer suppose qu’une décision soit encore ouverte. Consulter après coup apprend aux
personnes que leur parole ne change rien, et elles cessent vite de venir. Une question à se poser
avant chaque réunion : qu’est-ce qui peut vraiment bouger ce soir ?</p>
<h2>Des conditions très concrètes</h2>
<ul>
<li>Un ordre du jour court, transmis à l’avance, en français facile à lire et à comprendre.</li>
<li>Un temps de préparation entre représentants, sans professionnel de l’établissement.</li>
<li>Des horaires compatibles avec la fatigue, les soins et le dernier autobus.</li>
<li>Une réponse écrite à chaque demande, y compris quand c’est non, avec la raison.</li>
</ul>
"""
    ),
    b.quote(
        "La première fois, j’ai demandé une clé pour ma chambre. On m’a répondu par un règlement. "
        "La deuxième fois, j’ai demandé qui pouvait changer le règlement.",
        "Un habitant de résidence sociale",
    ),
    b.text(
        """
<h2>Au-delà des instances</h2>
<p>Les formes les plus vivantes se trouvent souvent ailleurs : des personnes accompagnées qui
forment les nouveaux salariés, un comité qui relit les documents d’accueil, des pairs aidants
associés aux admissions. Elles demandent un cadre, une indemnisation, et que l’institution accepte
d’être surprise.</p>
<h2>Commencer petit</h2>
<p>Un service peut s’engager sur une seule décision par trimestre, prise à voix égales. Au bout d’un
an, quatre choses auront changé, et tout le monde saura lesquelles. Il sera alors temps de parler de
démarche participative. L’expérience montre que l’ordre inverse marche mal.</p>
"""
    ),
]

CONTRACT = [
    b.text(
        """
<p>Cinq ans d’objectifs et de moyens en quelques dizaines de pages : le contrat pluriannuel
d’objectifs et de moyens (CPOM) engage une association, son département et son agence régionale de
santé. On le prépare trop souvent comme un budget. C’est d’abord une histoire à raconter.</p>
<h2>Partir du territoire</h2>
<p>Les financeurs connaissent vos comptes. Ils connaissent moins les personnes qui n’arrivent pas
jusqu’à vous. Un diagnostic partagé, appuyé sur les listes d’attente, les refus d’admission et les
ruptures de parcours, déplace la discussion : on ne parle plus de places, mais de réponses.</p>
<h2>Choisir peu d’objectifs, et s’y tenir</h2>
<ol>
<li>Trois à cinq objectifs que tout salarié peut citer.</li>
<li>Pour chacun, une situation de départ datée et vérifiable.</li>
<li>Un indicateur qui parle de l’effet pour les personnes, un autre qui parle du travail
fourni.</li>
<li>Les moyens nécessaires, et ce qui ne sera pas fait si on ne les obtient pas.</li>
</ol>
"""
    ),
    b.quote(
        "Nous avons gagné la négociation le jour où les cheffes de service ont présenté "
        "elles-mêmes "
        "les fiches d’objectifs.",
        "Le directeur général d’une association gestionnaire",
    ),
    b.text(
        """
<h2>Faire vivre le contrat</h2>
<p>Le dialogue de gestion annuel est une échéance, pas une formalité. Tenir à jour un tableau de
bord d’une page, revu chaque trimestre avec les responsables, évite de reconstituer en catastrophe
quatre ans d’activité. Il permet aussi de dire tôt qu’un objectif n’a plus de sens : mieux vaut un
avenant argumenté qu’un indicateur rempli par habitude.</p>
<h2>Et les équipes ?</h2>
<p>Un contrat que les professionnels découvrent par la note de service restera un document de siège.
Une demi-journée de présentation par service suffit à faire le lien entre l’objectif 3 et le tour de
garde du jeudi. C’est là que le pluriannuel devient quotidien.</p>
"""
    ),
]

HOME_HELP = [
    b.text(
        """
<p>Elles arrivent à huit heures, repartent à huit heures trente, et passent le reste de la matinée
sur la route. Les intervenantes à domicile voient ce que personne d’autre ne voit : le courrier non
ouvert, le réfrigérateur vide, le fils qui ne vient plus. Dans les services à la personne, la
qualité se joue là, entre deux portes.</p>
<h2>Un métier de relation, compté en minutes</h2>
<p>Le plan d’aide prévoit un geste et une durée. La situation, elle, demande d’abord d’observer :
a-t-elle dormi, a-t-il mal, faut-il prévenir quelqu’un ? Cette attention n’apparaît sur aucune
facture. Un service qui veut la préserver doit lui donner une place dans l’organisation.</p>
<h2>Ce que font les services qui tiennent</h2>
<ul>
<li>Des <b>secteurs</b> courts, avec des équipes de quatre à six personnes qui se connaissent.</li>
<li>Un <b>temps d’équipe</b> hebdomadaire payé, même de trente minutes.</li>
<li>Une <b>fiche d’alerte</b> d’une page, et l’assurance que quelqu’un la lit le jour même.</li>
<li>Un <b>tutorat</b> pendant les premières semaines, assuré par une collègue formée pour cela.</li>
</ul>
"""
    ),
    b.quote(
        "On me demandait si j’avais fait les vitres. Personne ne me demandait comment allait "
        "Madame L.",
        "Une auxiliaire de vie, entretien de départ",
    ),
    b.text(
        """
<h2>Recruter, c’est d’abord garder</h2>
<p>Les annonces se ressemblent toutes. Ce qui se raconte entre professionnelles diffère : la
régularité du planning, la réponse au téléphone quand cela va mal, le kilomètre payé ou non. Nous
avons vu un service diviser ses départs par deux en un an sans autre dépense que celle d’une
responsable de secteur supplémentaire, chargée de moins de monde.</p>
<h2>Un chantier pour l’encadrement</h2>
<p>Le responsable de secteur passe ses journées à boucher des trous. Le former à animer une équipe,
lui donner des outils simples de planification et un pair avec qui parler change plus sûrement la
qualité qu’un classeur de procédures.</p>
"""
    ),
]
