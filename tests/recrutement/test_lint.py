"""The linter of offers: what it sees, and what it leaves alone."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest

from recrutement.lint import SMIC_HOURLY, Said, blocking, warnings
from recrutement.lint.findings import LONGEST_EXCERPT, TEXTS, text_of
from recrutement.lint.pay import hourly

TODAY = date(2026, 5, 20)
COMPLETE = {
    "title": "Chargé·e d’études",
    "slug": "charge-etudes",
    "closing_date": date(2026, 6, 30),
    "contract_type": "cdi",
    "contract_months": None,
    "work_time": "plein",
    "hours_per_week": None,
    "remote_policy": "sur-site",
    "city": "Lyon",
    "postcode": "69007",
    "salary_min": Decimal(30000),
    "salary_max": Decimal(36000),
    "salary_unit": "an",
    "salary_extra": "",
    "collective_agreement": "syntec",
    "introduction": "Une enquête.",
    "employer_intro": "",
    "missions": "<p>Enquêter.</p>",
    "profile": "<p>Aimer le terrain.</p>",
    "process": "<p>Un entretien.</p>",
    "accommodation": "Les horaires s’adaptent.",
    "answer_by_days": 30,
    "on_behalf_of": "",
    "hide_employer": False,
    "questions": [],
}


ALARMS = [
    ("Une équipe jeune et dynamique", "age"),
    ("Nous recherchons un jeune diplômé", "age"),
    ("Jeunes diplômés bienvenus", "age"),
    ("Profil senior", "age"),
    ("Consultant senior en évaluation", "age"),
    ("Consultante sénior", "age"),
    ("Vous êtes jeune et motivé", "age"),
    ("Digital native", "age"),
    ("Vous avez moins de 35 ans", "age"),
    ("Âgé de 25 à 40 ans", "age"),
    ("Entre 25 et 35 ans", "age"),
    ("45 ans maximum", "age"),
    ("Hôtesses d’accueil", "sexe"),
    ("Femme de ménage", "sexe"),
    ("Un secrétaire (elle)", "sexe"),
    ("Poste réservé aux femmes", "sexe"),
    ("Nous recherchons une femme pour cet emploi", "sexe"),
    ("Français langue maternelle", "origine"),
    ("De nationalité française", "origine"),
    ("Anglophone natif exigé", "origine"),
    ("Bonne présentation exigée", "apparence"),
    ("PRÉSENTATION SOIGNÉE", "apparence"),
    ("CV avec photo", "apparence"),
    ("Situation familiale stable", "famille"),
    ("Célibataire de préférence", "famille"),
    ("Libre de toute contrainte familiale", "famille"),
    ("Excellente condition physique", "sante"),
    ("Véhiculé", "vehicule"),
    ("Être véhiculé.", "vehicule"),
    ("Personne véhiculée indispensable", "vehicule"),
    ("Véhicule personnel indispensable", "vehicule"),
    ("Résider à Lyon", "residence"),
    ("Vous habitez dans le quartier", "residence"),
    ("Domicilié en Seine-Saint-Denis", "residence"),
    ("Catholique pratiquant", "convictions"),
    ("De confession protestante", "convictions"),
    ("Non syndiqué", "convictions"),
    ("Soft skills et team building", "langue"),
    ("Le reporting mensuel", "langue"),
]
MONEY = [
    ("Frais de dossier : 50 euros", "frais"),
    ("Joindre un chèque de 20 € à votre candidature", "frais"),
    ("Appelez le 0 892 12 34 56", "numero-surtaxe"),
    ("Tél. 08 99 12 34 56", "numero-surtaxe"),
    ("+33 892 123 456", "numero-surtaxe"),
    ("Appelez le 3615", "numero-surtaxe"),
    ("Composez le 36 15", "numero-surtaxe"),
]
#: What this trade writes every day about the people whom it serves.
QUIET = [
    "Accompagner de jeunes majeurs sortant de l’aide sociale à l’enfance",
    "Animer des ateliers pour un jeune public",
    "Un foyer de jeunes travailleurs accueille des personnes de 16 à 25 ans",
    "Auprès de personnes âgées de 60 à 95 ans",
    "Des jeunes de 16 à 21 ans",
    "Enfants de moins de 18 ans",
    "L’habitat des seniors",
    "Une résidence seniors",
    "Évaluer des dispositifs pour les seniors",
    "Formation des seniors",
    "Accompagner des femmes enceintes",
    "Écouter les femmes victimes de violences",
    "Plus de 20 ans d’expérience",
    "L’association existe depuis plus de 30 ans",
    "Nos postes sont ouverts à toutes et tous, sans distinction d’orientation sexuelle",
    "Sans distinction d’âge ni de situation familiale",
    "Lutte contre les discriminations liées à la nationalité française ou étrangère",
    "Un véhicule de service est fourni",
    "Déplacements en train ou avec le véhicule de service",
    "Le permis n’est pas nécessaire",
    "Accompagner des familles en situation familiale difficile",
    "Le Secours catholique, employeur",
    "Gérer les frais d’inscription des stagiaires",
    "Les frais de déplacement sont remboursés",
    "Aucun frais de dossier",
    "Appelez le 3919",
    "Une équipe de 3500 personnes",
    "3 000 euros brut, appelez le 04 78 00 00 00",
    "Budget de 3500 euros",
    "Maître ou maîtresse de maison",
    "Chef de projet handicap et santé mentale",
    "Construire un plaidoyer (advocacy)",
    "Le benchmark (comparaison avec d’autres)",
    "Rechercher des financements pour des hommes sans abri",
    "Présentation des résultats aux élus",
    "Habiter la ville : étude sur le logement",
    "Compte bancaire des usagers",
    "Mesure judiciaire d’aide à la gestion du budget familial",
    "Vous rejoignez une junior-entreprise",
    "Accueillir des mères de famille isolées",
    "Parcours de santé des personnes sans domicile",
    "L’accès aux droits des personnes de nationalité étrangère",
    "Nous cherchons une personne qui aime le terrain",
    "Protection judiciaire de la jeunesse",
    "Prévention auprès des jeunes professionnels",
    "Vous habitez où vous voulez",
    "Le salaire est fixé selon la convention collective",
]
NEVER_ASKED = [
    ("Quel est votre numéro de sécurité sociale ?", "nir"),
    ("Avez-vous un casier judiciaire vierge ?", "casier"),
    ("Quel est votre salaire actuel ?", "paie-passee"),
    ("Quelle était votre dernière rémunération ?", "paie-passee"),
    ("Quelle est votre rémunération actuelle ?", "paie-passee"),
    ("Combien gagnez-vous ?", "paie-passee"),
    ("Quelle est votre date de naissance ?", "age"),
    ("Quel est votre âge ?", "age"),
    ("Quel âge avez-vous ?", "age"),
    ("Êtes-vous enceinte ?", "grossesse"),
    ("Avez-vous un projet de grossesse ?", "grossesse"),
    ("Quelle est votre situation familiale ?", "famille"),
    ("Avez-vous des enfants ?", "famille"),
    ("Êtes-vous marié ?", "famille"),
    ("Quelle est votre nationalité ?", "nationalite"),
    ("Avez-vous une RQTH ?", "sante"),
    ("Êtes-vous reconnu travailleur handicapé ?", "sante"),
    ("Avez-vous des problèmes de santé ?", "sante"),
    ("Quelles sont vos opinions politiques ?", "opinions"),
    ("Êtes-vous syndiquée ?", "syndicat"),
    ("Quelle est votre religion ?", "religion"),
    ("Pouvez-vous joindre une photo ?", "photo"),
    ("Quelle est votre orientation sexuelle ?", "orientation"),
    ("Joindre un RIB", "banque"),
]
RATHER_NOT = [
    "Où habitez-vous ?",
    "Avez-vous un véhicule ?",
    "Quelles sont vos prétentions ?",
    "Quels sont vos loisirs ?",
    "Pourquoi avez-vous quitté votre poste ?",
]
MAY_BE_ASKED = [
    "Avez-vous travaillé auprès de personnes handicapées ?",
    "Quelle expérience avez-vous de la protection de l’enfance ?",
    "Quel est votre niveau d’anglais, B2 ou C1 ?",
    "Combien d’enfants accompagniez-vous ?",
    "Avez-vous conduit une évaluation en santé mentale ?",
    "Quand seriez-vous disponible ?",
    "Que savez-vous du dialogue syndical ?",
    "Décrivez un dispositif de retour à l’emploi de personnes sortant de prison",
    "Avez-vous animé un groupe de femmes enceintes ?",
    "Avez-vous une expérience du droit d’asile ?",
    "Quel diplôme avez-vous ?",
]


def faults(**changes):
    """The findings that forbid a first publication, by field."""
    said = Said(None, COMPLETE | changes)
    return {found.field: found for found in blocking(said, TODAY, first_time=True)}


def codes(**changes):
    return [found.code for found in warnings(Said(None, COMPLETE | changes))]


def question(label, kind="court", choices=""):
    lines = [line for line in choices.splitlines() if line.strip()]
    return SimpleNamespace(label=label, kind=kind, choices=choices, listed_choices=lines)


def test_a_complete_offer_has_no_fault_and_no_warning():
    assert faults() == {}
    assert codes() == []


# -- What forbids publication -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": "Chargé d’études"}, "title"),
        ({"title": "Chargé·e d’" + "é" * 80}, "title"),
        ({"contract_type": ""}, "contract_type"),
        ({"contract_type": "cdd"}, "contract_months"),
        ({"contract_type": "stage"}, "contract_months"),
        ({"city": ""}, "city"),
        ({"postcode": ""}, "postcode"),
        ({"salary_min": None}, "salary_min"),
        ({"salary_max": None}, "salary_max"),
        ({"salary_min": Decimal(40000)}, "salary_max"),
        ({"salary_unit": ""}, "salary_unit"),
        ({"closing_date": None}, "closing_date"),
        ({"closing_date": TODAY}, "closing_date"),
        ({"closing_date": date(2026, 8, 19)}, "closing_date"),
        ({"hide_employer": True}, "on_behalf_of"),
        ({"slug": "spontanee"}, "slug"),
    ],
)
def test_what_is_missing_is_said_beside_its_field_with_its_text(changes, field):
    found = faults(**changes)

    assert list(found) == [field]
    assert found[field].sentence.endswith(".")
    assert found[field].article


@pytest.mark.parametrize(
    "changes",
    [
        {"remote_policy": "a-distance", "city": "", "postcode": ""},
        {"contract_type": "cdd", "contract_months": 6},
        {"closing_date": date(2026, 5, 21)},
        {"closing_date": date(2026, 8, 18)},
        {"hide_employer": True, "on_behalf_of": "Les Tilleuls"},
    ],
)
def test_what_is_enough(changes):
    assert faults(**changes) == {}


def test_it_depends_is_no_salary():
    found = faults(salary_min=None, salary_max=None, salary_extra="Salaire selon profil")

    assert "« Selon profil » ne suffit pas." in found["salary_min"].sentence


@pytest.mark.parametrize(("text", "code"), MONEY)
@pytest.mark.parametrize("field", ["introduction", "process", "salary_extra"])
def test_nothing_is_asked_of_whoever_applies(text, code, field):
    found = faults(**{field: text})

    assert found[field].code == code
    assert found[field].article == "Code du travail, art. L5331-1"


# -- Words --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("text", "code"), ALARMS)
def test_a_forbidden_criterion_is_seen(text, code):
    assert codes(profile=text)[0] == code


@pytest.mark.parametrize("text", QUIET)
def test_the_people_who_are_served_give_no_alarm(text):
    assert codes(profile=text) == []
    assert faults(profile=text) == {}


@pytest.mark.parametrize("field", TEXTS)
def test_every_text_is_read(field):
    found = warnings(Said(None, COMPLETE | {field: "Chargé·e, bonne présentation"}))

    assert [(one.code, one.field) for one in found] == [("apparence", field)]


@pytest.mark.parametrize(
    "text",
    [
        "BONNE PRÉSENTATION",
        "bonne pre\u0301sentation",
        "<ul><li>Bonne <b>présentation</b></li></ul>",
        "bonne\n présentation",
    ],
)
def test_capitals_accents_markup_and_lines_hide_nothing(text):
    assert codes(missions=text) == ["apparence"]


def test_the_excerpt_holds_the_words_and_what_stands_around():
    text = f"{'mot ' * 50}Le cœur du poste : bonne présentation exigée, et du goût{' mot' * 50}"

    (found,) = warnings(Said(None, COMPLETE | {"profile": text}))

    assert found.excerpt.startswith("… ")
    assert "du poste : bonne présentation exigée, et du goût" in found.excerpt
    assert found.excerpt.endswith(" …")
    assert len(found.excerpt) <= LONGEST_EXCERPT


@pytest.mark.parametrize("text", ["", "x" * 10_000, "🙂\u202e\x00", "œ" * 300, " \n "])
def test_any_text_can_be_read(text):
    folded = text_of("profile", text)

    assert len(folded.places) == len(folded.folded)
    codes(profile=f"{text} bonne présentation {text}")


def test_the_same_words_are_told_once():
    twice = codes(missions="Bonne présentation", profile="Bonne présentation")

    assert twice == ["apparence"]


@pytest.mark.parametrize("text", ["reporting", "Le team building", "soft skills"])
def test_a_foreign_term_must_be_explained(text):
    assert codes(missions=text) == ["langue"]
    assert codes(missions=f"{text} (c’est expliqué)") == []


def test_the_name_that_is_kept_quiet_is_not_in_the_text():
    hidden = {"hide_employer": True, "on_behalf_of": "Les Tilleuls"}

    assert codes(**hidden, missions="<p>À la maison des TILLEULS.</p>") == []
    assert codes(**hidden, missions="<p>Rejoignez les tilleuls !</p>") == ["nom-tu"]


# -- Pay and advice -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("amount", "unit", "hours", "by_hour"),
    [
        ("12.02", "heure", None, "12.02"),
        ("84.14", "jour", None, "12.02"),
        ("1823.07", "mois", None, "12.02"),
        ("21876.40", "an", None, "12.02"),
        ("1041.76", "mois", "20", "12.02"),
        ("12500.80", "an", "20", "12.02"),
        ("1823.07", "mois", "39", "12.02"),
    ],
)
def test_pay_is_compared_by_the_hour(amount, unit, hours, by_hour):
    found = hourly(Decimal(amount), unit, Decimal(hours) if hours else None)

    assert round(found, 2) == Decimal(by_hour)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"salary_unit": "heure", "salary_min": Decimal("12.01")}, True),
        ({"salary_unit": "heure", "salary_min": SMIC_HOURLY}, False),
        ({"salary_unit": "mois", "salary_min": Decimal(1823)}, True),
        ({"salary_unit": "mois", "salary_min": Decimal(1824)}, False),
        ({"salary_unit": "mois", "salary_min": Decimal(1050), "hours_per_week": 20}, False),
        ({"salary_unit": "mois", "salary_min": Decimal(1000), "work_time": "partiel"}, False),
        ({"salary_unit": "mois", "salary_min": Decimal(600), "contract_type": "stage"}, False),
    ],
)
def test_pay_below_the_minimum_is_told(changes, told):
    if "hours_per_week" in changes:
        changes = changes | {"hours_per_week": Decimal(20)}

    assert ("smic" in codes(**changes)) is told


@pytest.mark.parametrize(
    "text", ["Salaire selon profil", "rémunération attractive", "Selon votre expérience."]
)
def test_a_range_that_depends_on_the_person_says_nothing_more(text):
    assert codes(salary_extra=text) == ["salaire-flou"]


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("collective_agreement", "", "convention"),
        ("process", "<p></p>", "deroulement"),
        ("accommodation", " ", "amenagements"),
        ("answer_by_days", None, "reponse"),
    ],
)
def test_what_a_good_offer_tells(field, value, code):
    assert codes(**{field: value}) == [code]


# -- Questions ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("label", "code"), NEVER_ASKED)
def test_what_may_never_be_asked_is_refused(label, code):
    found = faults(questions=[question("Quand ?"), question(label)])["questions"]

    assert found.code == f"question-{code}"
    assert found.sentence.startswith("Question 2")
    assert found.article


@pytest.mark.parametrize("label", RATHER_NOT)
def test_what_is_rather_not_asked_is_told(label):
    assert faults(questions=[question(label)]) == {}
    assert len(codes(questions=[question(label)])) == 1


@pytest.mark.parametrize("label", MAY_BE_ASKED)
def test_what_the_post_is_about_may_be_asked(label):
    assert faults(questions=[question(label)]) == {}
    assert codes(questions=[question(label)]) == []


def test_the_choices_are_read_too():
    asked = question("Votre situation ?", "choix", "marié\nsituation familiale")

    assert "question-famille" in {found.code for found in faults(questions=[asked]).values()}


@pytest.mark.parametrize(("choices", "refused"), [("", 1), ("lundi\n \n", 1), ("a\nb", 0)])
def test_a_list_offers_two_choices(choices, refused):
    assert len(faults(questions=[question("Quel jour ?", "choix", choices)])) == refused


def test_more_than_three_questions_are_too_many():
    assert "questions" in faults(questions=[question("Quand ?")] * 4)
    assert faults(questions=[question("Quand ?")] * 3) == {}
