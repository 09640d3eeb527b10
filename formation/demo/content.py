"""The texts of the demonstration catalogue. Only its neighbours read them."""

from datetime import date
from typing import Any

THEMES = (
    ("diplomes", "Préparer un diplôme d’encadrement"),
    ("recherche", "Recherche et enquête"),
    ("evaluation", "Évaluation et qualité"),
    ("projet", "Projet d’établissement et de territoire"),
    ("pratiques", "Pratiques et postures professionnelles"),
)

TRAINERS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    (
        "sylvie",
        "Sylvie Yonli",
        {
            "qualifications": "consultante en ingénierie sociale, titulaire du DEIS, ancienne "
            "responsable de service",
            "email": "sylvie.yonli@exemple.example",
        },
    ),
    (
        "marc",
        "Marc Delattre",
        {
            "qualifications": "docteur en sociologie, vingt ans d’enquêtes sur l’action sociale "
            "locale",
            "email": "marc.delattre@exemple.example",
            "subcontractor": True,
            # Eleven figures that no prefecture can have given.
            "declaration_number": "00 00 00000 01",
        },
    ),
    (
        "ines",
        "Inès Corbel",
        {
            "qualifications": "psychologue clinicienne, formée à l’analyse institutionnelle et au "
            "travail de groupe",
            "email": "ines.corbel@exemple.example",
        },
    ),
    (
        "paul",
        "Paul Garnier",
        {
            "qualifications": "ancien directeur d’EHPAD, évaluateur d’établissements sociaux et "
            "médico-sociaux",
            "email": "paul.garnier@exemple.example",
        },
    ),
)

VENUES = (
    (
        "lyon",
        "Maison des associations",
        "Lyon",
        "28 rue des Tilleuls\n69007 Lyon",
        "Métro à 300 m. Salle de plain-pied, boucle magnétique, stationnement réservé.",
    ),
    (
        "paris",
        "Espace Belleville",
        "Paris",
        "14 passage des Ateliers\n75020 Paris",
        "Métro à 5 minutes. Ascenseur et sanitaires accessibles.",
    ),
    (
        "nantes",
        "Le Grand Pavois",
        "Nantes",
        "3 quai des Charpentiers\n44200 Nantes",
        "Tramway devant l’entrée. Rez-de-chaussée, chien-guide accepté.",
    ),
)

CATALOGUE: dict[str, Any] = {
    "title": "Formation",
    "introduction": (
        "Des formations courtes, pensées avec des équipes du social et du médico-social : "
        "on y vient avec ses situations de travail, on en repart avec de quoi agir."
    ),
    "contact_name": "Nadia Benali, chargée de formation",
    "contact_phone": "04 00 00 00 00",
    "contact_email": "formation@enys.example",
    "disability_contact": "Inès Corbel, handicap@enys.example, 04 00 00 00 01",
    "accessibility_statement": (
        "Nos salles sont accessibles en fauteuil. Rythme, supports, interprétation, évaluation : "
        "chaque aménagement se prépare avec vous, avant la session. Cochez « Contactez-moi » "
        "dans la demande d’inscription, ou joignez directement notre référente handicap."
    ),
}

#: The pages that the catalogue names; what the conditions of sale take from the settings and the
#: rules is drawn, and this is what the firm adds.
LEGAL_PAGES = (
    (
        "terms",
        "conditions-generales-de-vente",
        "Conditions générales de vente",
        "Ce à quoi nous nous engageons, et ce que nous vous demandons.",
        (
            "<h2>Repas et déplacements</h2><p>Les repas, les déplacements et l’hébergement ne sont "
            "pas compris dans le prix, sauf mention contraire sur la page de la formation.</p>"
        ),
    ),
    (
        "rules",
        "reglement-interieur",
        "Règlement intérieur",
        "Les règles communes de nos salles de formation.",
        (
            "<h2>Santé et sécurité</h2><p>Chacun respecte les consignes d’évacuation affichées et "
            "celles du lieu qui nous accueille. Tout accident est signalé aussitôt.</p>"
            "<h2>Présence</h2><p>La présence est attestée par demi-journée. Les retards et les "
            "absences sont signalés à l’employeur qui finance la formation.</p>"
            "<h2>Confidentialité et respect</h2><p>Les situations évoquées restent dans le groupe "
            "et sont rendues anonymes. Aucune parole discriminante n’est acceptée.</p>"
            "<h2>Sanctions</h2><p>Un manquement peut conduire à un avertissement ou à une "
            "exclusion, après que la personne a été entendue.</p>"
        ),
    ),
)

REMOTE = "Visioconférence dans le navigateur ; un ordinateur, une caméra et un micro."
FUNDING = (
    "Plan de développement des compétences de l’employeur, ou financement personnel échelonné. "
    "Nous préparons les pièces de votre dossier."
)
ACCESS = (
    "Après un échange téléphonique sur vos attentes et vos prérequis. La demande se fait en "
    "ligne ; nous répondons sous trois jours ouvrés."
)

COURSES: tuple[dict[str, Any], ...] = (
    {
        "slug": "memoire-deis",
        "code": "DEIS",
        "level": "expertise",
        "formacodes": "14256, 15010",
        "entry_level": "17",
        "title": "DEIS : construire et conduire le mémoire",
        "theme": "diplomes",
        "trainers": ("sylvie", "marc"),
        "introduction": (
            "Passer d’une intuition de terrain à une question de recherche, d’une masse "
            "d’entretiens à une démonstration : un appui méthodologique pour les candidats "
            "au diplôme d’État d’ingénierie sociale."
        ),
        "objectives": (
            "Formuler une question de recherche à partir d’une préoccupation professionnelle",
            "Choisir et justifier une méthode d’enquête",
            "Analyser un corpus d’entretiens et d’observations",
            "Défendre des préconisations devant un jury",
        ),
        "prerequisites": "Être inscrit en formation DEIS ou en démarche de VAE pour ce diplôme.",
        "audience": "Cadres, formateurs et chargés de mission de l’action sociale.",
        "modules": (
            (
                "Problématiser",
                7,
                ("Du constat à la question", "Lire pour chercher", "Écrire deux hypothèses"),
            ),
            (
                "Enquêter",
                7,
                ("Grille d’entretien", "Journal de terrain", "Éthique et anonymat"),
            ),
            (
                "Démontrer",
                7,
                ("Coder un corpus", "Bâtir un plan", "Passer de l’analyse aux préconisations"),
            ),
        ),
        "teaching_methods": (
            "Atelier d’écriture, lecture croisée entre pairs, apports courts. Chaque participant "
            "travaille sur son propre mémoire."
        ),
        "resources": "Dossier de lectures, grilles d’analyse, espace partagé pour les écrits.",
        "assessment_methods": (
            "Positionnement écrit à l’entrée ; à la sortie, présentation orale de dix minutes "
            "devant le groupe, avec une grille d’auto-évaluation."
        ),
        "hours": 21,
        "days": 3,
        "price": 690,
        "delay": 21,
        "first_session_on": date(2025, 1, 13),
    },
    {
        "slug": "caferuis-projet-de-service",
        "code": "CAFERUIS",
        "level": "approfondissement",
        "formacodes": "32032, 32035",
        "entry_level": "16",
        "title": "CAFERUIS : bâtir son projet de service",
        "theme": "diplomes",
        "trainers": ("sylvie",),
        "introduction": (
            "Le projet de service est l’épreuve où se lit la posture de cadre. Trois jours pour "
            "diagnostiquer, décider, chiffrer, et tenir sa position."
        ),
        "objectives": (
            "Établir le diagnostic d’un service avec ses parties prenantes",
            "Rédiger un projet d’action daté, chiffré et évaluable",
            "Argumenter ses choix de management face à des contradicteurs",
        ),
        "prerequisites": "Être engagé dans un parcours CAFERUIS.",
        "audience": "Futurs responsables d’unité d’intervention sociale.",
        "modules": (
            ("Diagnostiquer", 7, ("Lire une organisation", "Écouter les usagers et l’équipe")),
            ("Projeter", 7, ("Du besoin à l’objectif", "Moyens, calendrier, budget")),
            ("Soutenir", 7, ("Simulation de jury", "Retour filmé et plan de progrès")),
        ),
        "teaching_methods": "Études de cas, simulations de jury filmées, tutorat entre pairs.",
        "resources": "Trame de projet, budget type commenté, banque de questions de jury.",
        "assessment_methods": "Jury blanc devant deux professionnels, compte rendu écrit remis.",
        "hours": 21,
        "days": 3,
        "price": 720,
        "delay": 21,
        "first_session_on": date(2025, 2, 3),
    },
    {
        "slug": "recherche-action",
        "code": "RECHACTION",
        "level": "approfondissement",
        "formacodes": "14277",
        "entry_level": "1",
        "title": "Conduire une recherche-action avec une équipe",
        "theme": "recherche",
        "trainers": ("marc",),
        "introduction": (
            "Chercher avec celles et ceux qui agissent : une démarche pour comprendre une "
            "difficulté persistante et la transformer, sans attendre le rapport final."
        ),
        "objectives": (
            "Négocier une commande de recherche-action avec une institution",
            "Animer un groupe de chercheurs praticiens",
            "Alterner des cycles d’action, d’observation et d’analyse",
            "Restituer des résultats utiles à chacun des publics concernés",
        ),
        "prerequisites": "Aucun.",
        "audience": "Travailleurs sociaux, cadres, chargés d’étude, bénévoles référents.",
        "modules": (
            ("S’accorder", 7, ("Commande et demande", "Charte de coopération")),
            ("Chercher ensemble", 7, ("Observer à plusieurs", "Écrire à plusieurs mains")),
        ),
        "teaching_methods": "Mise en situation continue sur un cas apporté par le groupe.",
        "resources": "Carnet de recherche, exemples de chartes, bibliographie commentée.",
        "assessment_methods": "Rédaction d’une note de cadrage, discutée avec le formateur.",
        "hours": 14,
        "days": 2,
        "price": 480,
        "delay": 14,
        "first_session_on": date(2025, 3, 10),
    },
    {
        "slug": "evaluation-has",
        "code": "EVALHAS",
        "level": "approfondissement",
        "formacodes": "14284, 44047",
        "entry_level": "1",
        "title": "Préparer l’évaluation HAS de son établissement",
        "theme": "evaluation",
        "trainers": ("paul",),
        "introduction": (
            "Faire du référentiel national un outil de travail plutôt qu’une échéance subie : "
            "auto-évaluation, preuves, entretiens, plan d’amélioration."
        ),
        "objectives": (
            "Distinguer accompagné traceur, traceur ciblé et audit système",
            "Organiser une auto-évaluation qui associe les personnes accompagnées",
            "Constituer un dossier de preuves vérifiable",
            "Construire un plan d’amélioration priorisé",
        ),
        "prerequisites": "Travailler dans un établissement ou un service relevant du CASF.",
        "audience": "Directions, cadres, référents qualité des ESSMS.",
        "modules": (
            ("Comprendre", 3.5, ("Chapitres et critères impératifs", "Calendrier et acteurs")),
            ("S’évaluer", 7, ("Jouer un accompagné traceur", "Chercher la preuve")),
            ("Améliorer", 3.5, ("Hiérarchiser les écarts", "Suivre les actions")),
        ),
        "teaching_methods": "Jeux de rôle d’évaluateurs, travail sur documents réels.",
        "resources": "Tableur d’auto-évaluation, fiches de critères, exemples de preuves.",
        "assessment_methods": "Étude de cas individuelle corrigée, puis plan d’action personnel.",
        "hours": 14,
        "days": 2,
        "price": 620,
        "delay": 14,
        "first_session_on": date(2025, 1, 20),
    },
    {
        "slug": "projet-d-etablissement",
        "code": "PROJET",
        "level": "approfondissement",
        "formacodes": "32035, 44047",
        "entry_level": "1",
        "title": "Écrire ou réécrire le projet d’établissement",
        "theme": "projet",
        "trainers": ("sylvie", "paul"),
        "introduction": (
            "Un projet d’établissement qui serve : court, partagé, évaluable. On apprend à le "
            "piloter sans y perdre l’équipe, et à faire une place réelle au conseil de la vie "
            "sociale."
        ),
        "objectives": (
            "Piloter la démarche d’élaboration et son calendrier",
            "Associer salariés, personnes accompagnées et partenaires",
            "Rédiger des orientations assorties d’indicateurs",
        ),
        "prerequisites": "Aucun.",
        "audience": "Directions, cadres intermédiaires, membres de comités de pilotage.",
        "modules": (
            ("Piloter", 7, ("Comité, méthode, communication", "Ce que demande la loi de 2002")),
            ("Écrire", 7, ("Du valeureux au vérifiable", "Fiches actions et indicateurs")),
        ),
        "teaching_methods": "Ateliers d’écriture à partir des projets existants des participants.",
        "resources": "Plan type annoté, calendrier de pilotage, grille de relecture.",
        "assessment_methods": "Relecture croisée d’un chapitre réécrit pendant la formation.",
        "hours": 14,
        "days": 2,
        "price": 590,
        "delay": 14,
        "first_session_on": date(2025, 4, 7),
    },
    {
        "slug": "ecrits-professionnels",
        "code": "ECRITS",
        "level": "initiation",
        "formacodes": "15011, 15010",
        "entry_level": "1",
        "title": "Les écrits professionnels : décrire, analyser, transmettre",
        "theme": "pratiques",
        "trainers": ("ines",),
        "introduction": (
            "Un écrit engage celui qui signe et celui dont on parle. Deux jours pour écrire juste, "
            "court et respectueux, en sachant que la personne concernée lira."
        ),
        "objectives": (
            "Distinguer le fait, l’hypothèse et le jugement",
            "Structurer une note, un rapport, une transmission",
            "Rédiger un écrit lisible par la personne dont il parle",
        ),
        "prerequisites": "Savoir rédiger un texte simple en français.",
        "audience": "Tous professionnels de l’accompagnement.",
        "modules": (
            ("Observer et décrire", 7, ("Faits et ressentis", "Le mot juste")),
            ("Analyser et transmettre", 7, ("Du constat à la proposition", "Secret et partage")),
        ),
        "teaching_methods": "Réécriture de textes anonymes apportés par les participants.",
        "resources": "Mémento, textes à réécrire, cadre légal commenté.",
        "assessment_methods": "Un écrit avant, un écrit après, comparés avec une même grille.",
        "hours": 14,
        "days": 2,
        "price": 420,
        "delay": 10,
        "first_session_on": date(2024, 9, 16),
    },
    {
        "slug": "analyse-de-pratiques",
        "code": "ANALYSE",
        "level": "expertise",
        "formacodes": "14286",
        "entry_level": "15",
        "title": "Animer l’analyse des pratiques",
        "theme": "pratiques",
        "trainers": ("ines",),
        "introduction": (
            "Tenir un cadre, entendre ce qui se rejoue, ne pas répondre trop vite : apprendre à "
            "animer un groupe d’analyse par l’expérience du groupe lui-même."
        ),
        "objectives": (
            "Poser et garder le cadre d’un groupe d’analyse",
            "Conduire une séance selon une méthode en étapes",
            "Repérer les effets de groupe et y répondre",
        ),
        "prerequisites": "Avoir participé à un groupe d’analyse des pratiques.",
        "audience": "Psychologues, cadres, formateurs, coordinateurs.",
        "modules": (
            ("Le cadre", 7, ("Contrat, règles, places", "La demande de l’institution")),
            ("La séance", 7, ("Exposer, questionner, élaborer", "Le rôle de l’animateur")),
            ("Le groupe", 7, ("Silence, conflit, séduction", "Se faire superviser")),
        ),
        "teaching_methods": "Le groupe est son propre terrain : chacun anime, chacun expose.",
        "resources": "Fiches de méthodes, carnet de bord, lectures.",
        "assessment_methods": "Animation d’une séance, suivie d’un retour écrit du formateur.",
        "hours": 21,
        "days": 3,
        "price": 780,
        "delay": 30,
        "first_session_on": date(2025, 5, 12),
    },
    {
        "slug": "diagnostic-de-territoire",
        "code": "TERRITOIRE",
        "level": "approfondissement",
        "formacodes": "12523",
        "entry_level": "1",
        "title": "Mener un diagnostic social de territoire",
        "theme": "projet",
        "trainers": ("marc", "sylvie"),
        "introduction": (
            "Croiser les chiffres, les marches et les paroles pour comprendre un quartier ou un "
            "canton, puis faire du diagnostic un début d’action plutôt qu’un rapport."
        ),
        "objectives": (
            "Choisir les données publiques utiles et en connaître les limites",
            "Conduire des entretiens et des marches exploratoires avec des habitants",
            "Présenter un diagnostic partagé qui aide à décider",
        ),
        "prerequisites": "Aucun.",
        "audience": "Agents des CCAS, des départements, des centres sociaux, élus.",
        "mode": "blended",
        "remote_support": (
            "Une heure de prise en main avant le début ; assistance par téléphone et par "
            "messagerie aux heures de bureau, réponse dans la demi-journée."
        ),
        "remote_work": (
            "Lecture de données (deux heures) et enquête en autonomie sur son territoire "
            "(cinq heures), entre les deux regroupements."
        ),
        "remote_assessments": "Dépôt d’une fiche de lecture et d’un carnet d’enquête, annotés.",
        "modules": (
            ("Cadrer", 7, ("Territoire vécu, territoire administratif", "Sources publiques")),
            ("Enquêter à distance", 7, ("Données", "Entretiens sur son territoire")),
            ("Partager", 7, ("Cartes et récits", "Réunion de restitution")),
        ),
        "teaching_methods": "Enquête réelle sur le territoire de chacun, entre deux regroupements.",
        "resources": "Atlas de sources, guide d’entretien, outil de cartographie libre.",
        "assessment_methods": "Présentation du diagnostic devant le groupe.",
        "hours": 21,
        "days": 3,
        "price": 690,
        "delay": 21,
        "first_session_on": date(2025, 6, 2),
    },
    {
        "slug": "bientraitance",
        "code": "BIENTRAITANCE",
        "level": "initiation",
        "formacodes": "44054",
        "entry_level": "1",
        "title": "Bientraitance : du principe aux gestes",
        "theme": "pratiques",
        "trainers": ("ines", "paul"),
        "introduction": (
            "Repérer les petites violences ordinaires, les nommer sans accuser, changer une "
            "habitude à la fois : une journée en équipe, au plus près du quotidien."
        ),
        "objectives": (
            "Repérer dans son quotidien ce qui peut faire violence",
            "Alerter selon la procédure de son établissement",
            "Décider en équipe d’un changement précis et le suivre",
        ),
        "prerequisites": "Aucun.",
        "audience": "Équipes entières d’établissements et de services, tous métiers.",
        "modules": (
            ("Voir", 3.5, ("Situations filmées", "Ce que dit la loi")),
            ("Agir", 3.5, ("Un engagement par équipe", "Suivre et ajuster")),
        ),
        "teaching_methods": "Situations filmées, théâtre-forum, travail par équipe.",
        "resources": "Films courts, affiche d’engagement, guide d’alerte.",
        "assessment_methods": "Engagement écrit de l’équipe, repris à trois mois.",
        "hours": 7,
        "days": 1,
        "price": 1450,
        "unit": "group",
        "price_note": "Dans vos murs, jusqu’à douze personnes ; frais de déplacement en sus.",
        "delay": 15,
        "first_session_on": date(2024, 10, 14),
    },
    {
        "slug": "note-d-aide-a-la-decision",
        "code": "NOTE",
        "faf_funding": True,
        "level": "initiation",
        "formacodes": "15010",
        "entry_level": "1",
        "title": "Rédiger une note d’aide à la décision",
        "theme": "projet",
        "trainers": ("sylvie",),
        "introduction": (
            "Deux pages pour éclairer un choix : dire ce que l’on sait, ce que l’on ignore, et ce "
            "que l’on propose. Formation à distance, en demi-journées."
        ),
        "objectives": (
            "Cerner la décision attendue et son destinataire",
            "Comparer des scénarios avec leurs coûts et leurs risques",
            "Rédiger une note de deux pages sans jargon",
        ),
        "prerequisites": "Disposer d’un ordinateur, d’une caméra et d’une connexion stable.",
        "audience": "Cadres, chargés de mission, conseillers techniques.",
        "mode": "online",
        "remote_support": (
            "Essai technique individuel la semaine précédente ; assistance par téléphone pendant "
            "toutes les séances."
        ),
        "remote_work": "Quatre classes à distance de trois heures trente, deux heures de lecture.",
        "remote_assessments": "Note rédigée entre les séances, annotée par la formatrice.",
        "modules": (
            ("Comprendre la commande", 3.5, ("Le destinataire", "Le calendrier")),
            ("Documenter", 3.5, ("Trier les sources", "Dire l’incertitude")),
            ("Comparer", 3.5, ("Scénarios", "Critères de choix")),
            ("Écrire", 3.5, ("Plan inversé", "Relecture à voix haute")),
        ),
        "teaching_methods": "Classe à distance en petit groupe, écriture en direct.",
        "resources": "Modèles de notes, grille de relecture, enregistrements des apports.",
        "assessment_methods": "Note finale évaluée selon la grille donnée au départ.",
        "hours": 14,
        "days": 2,
        "price": 450,
        "delay": 10,
        "first_session_on": date(2027, 1, 18),
    },
)

PEOPLE = (
    ("Aïcha", "Moreau"), ("Benoît", "Lemaire"), ("Chloé", "Fontaine"), ("David", "N’Guessan"),
    ("Élodie", "Perrin"), ("Farid", "Haddad"), ("Gaëlle", "Le Goff"), ("Hugo", "Marchand"),
    ("Isabelle", "Roy"), ("Julien", "Colin"), ("Karima", "Benslimane"), ("Laurent", "Dubois"),
    ("Maëlys", "Guérin"), ("Nicolas", "Faure"), ("Odile", "Chevalier"), ("Pierre", "Vidal"),
    ("Quentin", "Barbier"), ("Rachida", "Ouali"), ("Sophie", "Renaud"), ("Théo", "Masson"),
    ("Ulysse", "Picard"), ("Valérie", "Lopez"), ("William", "Traoré"), ("Yasmine", "Cohen"),
)  # fmt: skip
COMPANIES = (
    ("Association Les Deux Rives", "Martine Aubert", "direction@deux-rives.example"),
    ("CCAS de Valbonne-sur-Lys", "Olivier Prat", "formation@ccas-valbonne.example"),
    ("EHPAD Le Clos fleuri", "Hélène Simon", "rh@clos-fleuri.example"),
)

#: Days since the request, code of the course if one was named, answers, what the team did.
TAILORED_REQUESTS: tuple[tuple[int, str, dict[str, Any], tuple[tuple[str, str], ...]], ...] = (
    (
        1,
        "BIENTRAITANCE",
        {
            "organisation": "EHPAD Le Clos fleuri",
            "siret": "",
            "contact_name": "Rachid Ouali",
            "contact_email": "r.ouali@exemple.example",
            "contact_phone": "02 40 00 00 00",
            "headcount": 24,
            "period": "au printemps, en deux groupes",
            "place": "Rezé, dans nos locaux",
            "need": "Aides-soignantes, agents de service et équipe de nuit. Après deux départs, "
            "nous voulons remettre à plat la façon dont on parle des résidents, et repartir de "
            "situations vécues. La salle tient douze personnes.",
        },
        (),
    ),
    (
        16,
        "ECRITS",
        {
            "organisation": "Association Les Deux Rives",
            "siret": "73282932000074",
            "contact_name": "Martine Aubert",
            "contact_email": "direction@deux-rives.example",
            "contact_phone": "04 00 00 00 00",
            "headcount": 11,
            "period": "avant notre évaluation de juin",
            "place": "Lyon",
            "need": "Nos écrits au juge sont longs et se ressemblent. Nous cherchons deux jours, "
            "à un mois d’intervalle, avec nos propres dossiers rendus anonymes.",
        },
        (
            ("take", "Appelée : deux jours à un mois d’écart, dossiers fournis par l’équipe."),
            ("quote", "Proposition de deux journées envoyée par courriel."),
        ),
    ),
    (
        40,
        "",
        {
            "organisation": "Communauté de communes du Val d’Orge",
            "siret": "",
            "contact_name": "Élodie Perrin",
            "contact_email": "e.perrin@exemple.example",
            "contact_phone": "",
            "headcount": 8,
            "period": "une journée à l’automne",
            "place": "à distance",
            "need": "Élus et agents du CCAS préparent leur analyse des besoins sociaux, et n’ont "
            "jamais mené d’enquête.",
        },
        (
            ("take", ""),
            ("close", "Le budget est reporté à l’an prochain ; ils nous rappelleront."),
        ),
    ),
)
