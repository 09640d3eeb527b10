"""The texts of the demonstration offers."""

from typing import Any

from recrutement.enums import (
    CollectiveAgreement,
    ContractType,
    CoverLetter,
    RemotePolicy,
    SalaryUnit,
    WorkTime,
)

INDEX: dict[str, Any] = {
    "title": "Recrutement",
    "show_in_menus": True,
    "introduction": "Nous cherchons des personnes qui aiment le terrain autant que l’écriture, et "
    "qui savent dire à une équipe ce qu’elle n’a pas envie d’entendre, avec respect.",
    "process": [
        (
            "step",
            {
                "title": "Votre candidature est lue",
                "text": "Par une personne de l’équipe, en entier. Vous recevez un numéro tout de "
                "suite et une réponse à la date annoncée, quelle qu’elle soit.",
            },
        ),
        (
            "step",
            {
                "title": "Un premier échange",
                "text": "Une demi-heure par téléphone ou en visioconférence\u00a0: ce que vous "
                "cherchez, ce que nous faisons, ce que vous voulez savoir du salaire et des "
                "déplacements.",
            },
        ),
        (
            "step",
            {
                "title": "Une mise en situation",
                "text": "Nous lisons ensemble un cas réel rendu anonyme, pendant une heure. Rien à "
                "préparer chez soi, rien que nous réutiliserions.",
            },
        ),
        (
            "step",
            {
                "title": "Une réponse motivée",
                "text": "Sous une semaine après le dernier entretien. Si c’est non, nous vous "
                "disons pourquoi dès que vous le demandez.",
            },
        ),
    ],
}

HOUSE = (
    "<p>ENYS Conseil accompagne des associations, des collectivités et des organismes de formation "
    "dans la conception, la conduite et l’évaluation de leur action sociale et médico-sociale.</p>"
)

WELCOME = "Les horaires, le poste et l’entretien s’adaptent\u00a0: dites-nous ce qui vous convient."
STEPS = "<p>Un échange par téléphone, puis un entretien avec deux personnes de l’équipe.</p>"

OFFERS: dict[str, dict[str, Any]] = {
    "consultant-ingenierie-sociale": {
        "title": "Consultant·e en ingénierie sociale",
        "introduction": "Accompagner des établissements dans leur projet, de la première réunion "
        "d’équipe au document que chacun pourra défendre.",
        "contract_type": ContractType.CDI,
        "hours_per_week": 35,
        "asap": True,
        "city": "Lyon",
        "postcode": "69007",
        "region": "Auvergne-Rhône-Alpes",
        "remote_policy": RemotePolicy.HYBRID,
        "remote_days": 2,
        "salary_min": 34000,
        "salary_max": 41000,
        "salary_unit": SalaryUnit.YEAR,
        "salary_extra": "Tickets restaurant, frais de déplacement remboursés sur facture.",
        "collective_agreement": CollectiveAgreement.SYNTEC,
        "employer_intro": HOUSE,
        "missions": "<ul><li>Conduire des diagnostics partagés avec les équipes, les personnes "
        "accompagnées et leurs proches.</li><li>Animer l’écriture de projets d’établissement et de "
        "service.</li><li>Préparer les structures à leur évaluation et tenir avec elles le plan "
        "d’amélioration.</li><li>Rédiger des rapports que l’on a envie de lire.</li></ul>",
        "profile": "<p>Un diplôme de niveau 6 ou 7 en travail social, en sociologie ou en "
        "ingénierie sociale (DEIS, CAFERUIS, master), ou une expérience qui y équivaut. Trois ans "
        "auprès d’établissements, dans quelque fonction que ce soit. Le goût d’écouter avant de "
        "conclure.</p>",
        "process": "<p>Un échange par téléphone, une mise en situation d’une heure, un entretien "
        "avec deux personnes de l’équipe. Trois semaines en tout.</p>",
        "accommodation": WELCOME,
        "qualification_level": 7,
        "rome_code": "K1802",
        "tags": ["DEIS", "projet d’établissement"],
        "diplomas": ["deis", "caferuis"],
        "questions": (
            (
                "Quel projet d’établissement avez-vous aidé à écrire, et à quelle place\u00a0?",
                "long",
            ),
            ("Pouvez-vous vous déplacer deux jours par semaine en région\u00a0?", "oui-non"),
        ),
        "criteria": ("Pratique du terrain", "Écriture", "Animation d’un groupe"),
        "reviewed": True,
        "published_for": 12,
        "closes_in": 45,
    },
    "charge-evaluation": {
        "title": "Chargé·e d’évaluation",
        "introduction": "Un an pour conduire des évaluations de services d’aide à domicile et de "
        "protection de l’enfance, en remplacement d’une collègue.",
        "contract_type": ContractType.CDD,
        "contract_months": 12,
        "starts_in": 40,
        "city": "Nantes",
        "postcode": "44000",
        "region": "Pays de la Loire",
        "remote_policy": RemotePolicy.HYBRID,
        "remote_days": 1,
        "salary_min": 2450,
        "salary_max": 2800,
        "salary_unit": SalaryUnit.MONTH,
        "collective_agreement": CollectiveAgreement.SYNTEC,
        "employer_intro": HOUSE,
        "missions": "<ul><li>Préparer les visites\u00a0: lecture des documents, choix des "
        "personnes à rencontrer, grilles d’entretien.</li><li>Mener les entretiens avec les "
        "personnes accompagnées, les professionnels et la direction.</li><li>Restituer sur place, "
        "puis écrire le rapport à deux.</li></ul>",
        "profile": "<p>Une première expérience de l’évaluation, de la qualité ou de la recherche "
        "en travail social. Une écriture précise. Le permis n’est pas nécessaire\u00a0: nous nous "
        "déplaçons en train.</p>",
        "process": "<p>Un échange par téléphone puis un entretien sur place. Réponse dans les dix "
        "jours qui suivent la date limite.</p>",
        "accommodation": WELCOME,
        "qualification_level": 6,
        "rome_code": "K1801",
        "answer_by_days": 14,
        "tags": ["évaluation", "protection de l’enfance"],
        "reviewed": True,
        "blind_review": True,
        "published_for": 26,
        "closes_in": 4,
    },
    "formateur-deis": {
        "title": "Formateur·rice DEIS",
        "introduction": "Six journées par promotion pour faire aimer la méthodologie de recherche "
        "à des cadres du social qui n’en ont pas l’habitude.",
        "contract_type": ContractType.CDDU,
        "work_time": WorkTime.PART,
        "hours_per_week": 7,
        "positions": 2,
        "starts_in": 90,
        "city": "Paris",
        "postcode": "75011",
        "region": "Île-de-France",
        "salary_min": 42,
        "salary_max": 52,
        "salary_unit": SalaryUnit.HOUR,
        "salary_extra": "Les heures de préparation et de correction sont payées à part.",
        "missions": "<ul><li>Préparer et animer les journées de méthodologie.</li><li>Guider "
        "quatre mémoires, de la question de départ à la soutenance.</li><li>Tenir le lien avec les "
        "sites qualifiants.</li></ul>",
        "profile": "<p>Titulaire du DEIS ou d’un doctorat, avec une pratique de l’accompagnement "
        "de mémoires. Un métier exercé à côté est le bienvenu.</p>",
        "process": "<p>Un entretien avec la responsable pédagogique et un ancien stagiaire.</p>",
        "accommodation": WELCOME,
        "collective_agreement": CollectiveAgreement.OTHER,
        "qualification_level": 7,
        "cover_letter": CoverLetter.REQUIRED,
        "tags": ["DEIS", "formation"],
        "published_for": 5,
        "closes_in": 30,
    },
    "charge-etudes-a-distance": {
        "title": "Chargé·e d’études sociales, à distance",
        "introduction": "Huit mois d’enquête sur le recours aux droits dans quatre départements "
        "ruraux, depuis l’endroit où vous vivez.",
        "contract_type": ContractType.CDD,
        "contract_months": 8,
        "work_time": WorkTime.PART,
        "hours_per_week": 28,
        "starts_in": 60,
        "remote_policy": RemotePolicy.REMOTE,
        "salary_min": 2050,
        "salary_max": 2300,
        "salary_unit": SalaryUnit.MONTH,
        "salary_extra": "Matériel fourni, indemnité de télétravail.",
        "collective_agreement": CollectiveAgreement.SYNTEC,
        "employer_intro": HOUSE,
        "missions": "<ul><li>Conduire une quarantaine d’entretiens par téléphone ou en "
        "visioconférence.</li><li>Coder et analyser les entretiens à deux.</li><li>Écrire la note "
        "de synthèse et la présenter aux départements.</li></ul>",
        "profile": "<p>Un master en sciences sociales ou une formation en travail social complétée "
        "par une pratique de l’enquête. De l’aisance au téléphone avec des personnes que "
        "l’administration décourage.</p>",
        "process": STEPS,
        "accommodation": WELCOME,
        "qualification_level": 6,
        "tags": ["recherche-action", "accès aux droits"],
        "on_behalf_of": "une caisse de protection sociale",
        "hide_employer": True,
        "published_for": 9,
        "closes_in": 21,
    },
    "chef-de-projet-territoire": {
        "title": "Chef·fe de projet territoire (H/F)",
        "introduction": "Faire travailler ensemble une communauté de communes, un hôpital de "
        "proximité et douze associations autour des aidants.",
        "contract_type": ContractType.CDI,
        "starts_in": 15,
        "city": "Aurillac",
        "postcode": "15000",
        "region": "Auvergne-Rhône-Alpes",
        "salary_min": 36000,
        "salary_max": 42000,
        "salary_unit": SalaryUnit.YEAR,
        "on_behalf_of": "une communauté de communes du Cantal",
        "missions": "<ul><li>Animer le comité des partenaires.</li><li>Monter et suivre les "
        "financements.</li><li>Rendre compte chaque trimestre aux élus et aux aidants eux-mêmes."
        "</li></ul>",
        "profile": "<p>Une expérience de coordination entre institutions. La connaissance du "
        "milieu rural se gagne sur place\u00a0: elle n’est pas demandée.</p>",
        "process": STEPS,
        "accommodation": WELCOME,
        "collective_agreement": CollectiveAgreement.OTHER,
        "qualification_level": 6,
        "rome_code": "K1802",
        "tags": ["territoire", "aidants"],
        "ends": "filled",
        "published_for": 60,
        "closes_in": 10,
    },
    "assistant-coordination-pedagogique": {
        "title": "Assistant·e de coordination pédagogique",
        "introduction": "Tenir le fil entre les stagiaires, les formateurs et les "
        "employeurs\u00a0: convocations, émargements, bilans.",
        "contract_type": ContractType.CDI,
        "hours_per_week": 35,
        "asap": True,
        "city": "Lyon",
        "postcode": "69007",
        "region": "Auvergne-Rhône-Alpes",
        "salary_min": 1980,
        "salary_max": 2200,
        "salary_unit": SalaryUnit.MONTH,
        "collective_agreement": CollectiveAgreement.SYNTEC,
        "employer_intro": HOUSE,
        "missions": "<ul><li>Préparer les sessions et accueillir les groupes.</li><li>Tenir les "
        "dossiers que le référentiel Qualiopi demande.</li><li>Répondre aux questions des "
        "stagiaires et de leurs employeurs.</li></ul>",
        "profile": "<p>Une expérience de l’assistanat ou de l’accueil. De la rigueur, et assez "
        "d’humour pour les jours d’imprimante en panne.</p>",
        "process": STEPS,
        "accommodation": WELCOME,
        "qualification_level": 4,
        "tags": ["formation"],
        "published_for": 50,
        "closes_in": -10,
    },
    "mediateur-familial": {
        "title": "Médiateur·rice familial·e",
        "introduction": "Ouvrir une permanence dans deux maisons des familles, avec les équipes "
        "qui y travaillent déjà.",
        "contract_type": ContractType.CDI,
        "work_time": WorkTime.PART,
        "hours_per_week": 21,
        "asap": True,
        "city": "Valence",
        "postcode": "26000",
        "region": "Auvergne-Rhône-Alpes",
        "salary_min": 1500,
        "salary_max": 1700,
        "salary_unit": SalaryUnit.MONTH,
        "collective_agreement": CollectiveAgreement.ALISFA,
        "employer_intro": HOUSE,
        "missions": "<ul><li>Recevoir les familles.</li><li>Former les équipes.</li></ul>",
        "profile": "<p>Le diplôme d’État de médiation familiale.</p>",
        "process": STEPS,
        "accommodation": WELCOME,
        "qualification_level": 6,
        "diplomas": ["demf"],
        "tags": ["famille"],
        "published_for": 20,
        "closes_in": 40,
        "ends": "suspended",
    },
    "charge-mission-habitat": {
        "title": "Chargé·e de mission habitat inclusif",
        "introduction": "Six mois auprès de porteurs de projets d’habitat partagé.",
        "contract_type": ContractType.CDD,
        "contract_months": 6,
        "city": "Grenoble",
        "postcode": "38000",
        "region": "Auvergne-Rhône-Alpes",
        "salary_min": 2300,
        "salary_max": 2500,
        "salary_unit": SalaryUnit.MONTH,
        "collective_agreement": CollectiveAgreement.SYNTEC,
        "employer_intro": HOUSE,
        "missions": "<ul><li>Écrire avec chaque groupe son projet de vie partagée.</li></ul>",
        "profile": "<p>Une expérience de l’accompagnement de projets collectifs.</p>",
        "process": STEPS,
        "accommodation": WELCOME,
        "tags": ["habitat"],
        "published_for": 290,
        "closes_in": -220,
    },
}
