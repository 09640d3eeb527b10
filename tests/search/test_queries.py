"""What people type, and the page that they expect: one table, the same on both databases."""

from django.utils import timezone

from wagtail.models import Page, Site

import pytest

from home.models import ServicePage
from search.services.follow import read_marked
from search.services.query import Match, search
from tests.factories.blog import AuthorFactory, PostPageFactory, site_root
from tests.factories.formation import (
    CoursePageFactory,
    SessionFactory,
    TrainerFactory,
    VenueFactory,
)
from tests.factories.recrutement import OfferFactory

pytestmark = pytest.mark.django_db

POSTS = {
    "Que fait une infirmière en EHPAD ?": "Le soin, la toilette, la parole.",
    "Devenir moniteur éducateur": "Un métier du quotidien.",
    "L’accompagnant éducatif et social à domicile": "Les gestes et la relation.",
    "Le maître de maison, pilier discret": "La cuisine, le linge, les repas.",
    "Signer un CPOM sans trembler": "Cinq ans devant soi.",
    "Les établissements médico-sociaux face au recrutement": "Des postes vacants.",
    "Auxiliaires de vie : rendre visite": "Le service au domicile des personnes âgées.",
    "Le Conseil de la vie sociale à l’écoute": "Des représentants élus.",
    "La VAE, un chemin exigeant": "Un livret, un jury.",
    "Travaux d’un groupe d’étude": "Nos conclusions de l’année.",
    "Protéger l’enfance, une équipe de MECS": "Une maison, douze enfants.",
    "Concevoir un projet de service": "Des étapes, un calendrier.",
    "Au cœur de l’œuvre éducative": "Un centenaire.",
    "Une journée à Saint-Étienne": "Le réseau stéphanois.",
    "Négocier les 35 h dans l’aide à domicile": "Un accord de branche.",
    "Le responsable d’unité d’intervention sociale": "Entre équipe et direction.",
}
PAGES = {"Conseil": "Nous conseillons les directions.", "Évaluations": "Évaluer autrement."}
OFFERS = {
    "Éducateur·rice spécialisé·e (H/F)": {"city": "Grenoble", "postcode": "38000"},
    "Chargé·e de mission évaluation": {},
    "Chef·fe de service": {"contract_type": "cdd", "contract_months": 6},
    "Assistant(e) de service social": {},
    "Développeur/se web (H/F)": {"city": "Rennes", "postcode": "35000"},
    "Directeur.rice d’établissement (H/F)": {},
    "Cadre socio-éducatif (H/F)": {},
    "Conseiller·ère en économie sociale familiale": {},
}
COURSES = {
    "Préparer le DEIS": "DEIS2027",
    "Conduire une recherche-action": "RECH1",
    "Formation de formateurs": "FDF",
    "Bientraitance au quotidien": "BIEN",
}


@pytest.fixture(scope="module")
def pages(module_rows):
    author = AuthorFactory(name="Maëlle Kergoat", slug="maelle-kergoat")
    for title, text in POSTS.items():
        PostPageFactory(title=title, body=[("paragraph", f"<p>{text}</p>")], author=author)
    for title, text in PAGES.items():
        page = ServicePage(title=title, introduction=text, body=[("paragraph", f"<p>{text}</p>")])
        site_root().add_child(instance=page)
    for title, facts in OFFERS.items():
        OfferFactory(title=title, **facts)
    trainer = TrainerFactory(name="Ousmane Traoré")
    for title, code in COURSES.items():
        course = CoursePageFactory(title=title, code=code, trainers=[trainer])
    SessionFactory(course=course, venue=VenueFactory(city="Besançon"))
    read_marked(1)  # the clock does, for the city of a session


FIRST = """
infirmier = Que fait une infirmière en EHPAD ?
infirmiere ehpad = Que fait une infirmière en EHPAD ?
maison de retraite = Que fait une infirmière en EHPAD ?
établissement d’hébergement pour personnes âgées dépendantes = Que fait une infirmière en EHPAD ?
ME = Devenir moniteur éducateur
monitrice éducatrice = Devenir moniteur éducateur
moniteur-éducateur = Devenir moniteur éducateur
moniteurs educateurs = Devenir moniteur éducateur
AES = L’accompagnant éducatif et social à domicile
accompagnante éducative et sociale = L’accompagnant éducatif et social à domicile
accompagnant·e éducatif·ve = L’accompagnant éducatif et social à domicile
maîtresse de maison = Le maître de maison, pilier discret
maitresses de maison = Le maître de maison, pilier discret
cpom = Signer un CPOM sans trembler
contrat pluriannuel d'objectifs et de moyens = Signer un CPOM sans trembler
médico-social = Les établissements médico-sociaux face au recrutement
medico social = Les établissements médico-sociaux face au recrutement
médicosocial = Les établissements médico-sociaux face au recrutement
medicosociaux = Les établissements médico-sociaux face au recrutement
recruter dans le médico-social = Les établissements médico-sociaux face au recrutement
auxiliaire de vie = Auxiliaires de vie : rendre visite
CVS = Le Conseil de la vie sociale à l’écoute
conseils de la vie sociale = Le Conseil de la vie sociale à l’écoute
validation des acquis de l’expérience = La VAE, un chemin exigeant
vae = La VAE, un chemin exigeant
travail d'un groupe = Travaux d’un groupe d’étude
mecs = Protéger l’enfance, une équipe de MECS
maison d'enfants à caractère social = Protéger l’enfance, une équipe de MECS
protection de l'enfance = Protéger l’enfance, une équipe de MECS
conception de projet = Concevoir un projet de service
concevoir un projet = Concevoir un projet de service
oeuvre = Au cœur de l’œuvre éducative
œuvres = Au cœur de l’œuvre éducative
au coeur de = Au cœur de l’œuvre éducative
saint etienne = Une journée à Saint-Étienne
Saint-Étienne = Une journée à Saint-Étienne
saint etiene = Une journée à Saint-Étienne
SAINT ETIENNE = Une journée à Saint-Étienne
35h = Négocier les 35 h dans l’aide à domicile
35 h = Négocier les 35 h dans l’aide à domicile
SAP = Négocier les 35 h dans l’aide à domicile
services à la personne = Négocier les 35 h dans l’aide à domicile
CAFERUIS = Le responsable d’unité d’intervention sociale
caferuis = Le responsable d’unité d’intervention sociale
conseil = Conseil
conseils = Conseil
evaluation = Évaluations
Évaluer = Évaluations
l'évaluation = Évaluations
jusqu’à l’évaluation = Évaluations
« évaluation » = Évaluations
“évaluations” = Évaluations
ES = Éducateur·rice spécialisé·e (H/F)
éduc spé = Éducateur·rice spécialisé·e (H/F)
educ spe = Éducateur·rice spécialisé·e (H/F)
éducatrice spécialisée = Éducateur·rice spécialisé·e (H/F)
educateur specialise = Éducateur·rice spécialisé·e (H/F)
éducateur(trice) spécialisé(e) H/F = Éducateur·rice spécialisé·e (H/F)
Grenoble = Éducateur·rice spécialisé·e (H/F)
chargé de mission = Chargé·e de mission évaluation
chargée de mission = Chargé·e de mission évaluation
charge(e) de mission = Chargé·e de mission évaluation
chargé/e de mission = Chargé·e de mission évaluation
chargé.e de mission = Chargé·e de mission évaluation
chargé-e de mission = Chargé·e de mission évaluation
chargés de mission = Chargé·e de mission évaluation
chargées de missions = Chargé·e de mission évaluation
mission d’évaluation = Chargé·e de mission évaluation
cheffe de service = Chef·fe de service
chef de service = Chef·fe de service
cheffes de services = Chef·fe de service
CDD = Chef·fe de service
contrat à durée déterminée = Chef·fe de service
ASS = Assistant(e) de service social
assistante sociale = Assistant(e) de service social
assistant de service social = Assistant(e) de service social
développeuse = Développeur/se web (H/F)
developpeur web = Développeur/se web (H/F)
Rennes = Développeur/se web (H/F)
directrice = Directeur.rice d’établissement (H/F)
directeur d'établissement = Directeur.rice d’établissement (H/F)
cadre socioéducatif = Cadre socio-éducatif (H/F)
cadres socio éducatifs = Cadre socio-éducatif (H/F)
CESF = Conseiller·ère en économie sociale familiale
conseillère ESF économie = Conseiller·ère en économie sociale familiale
conseillere en economie sociale et familiale = Conseiller·ère en économie sociale familiale
DEIS = Préparer le DEIS
diplôme d’État d’ingénierie sociale = Préparer le DEIS
diplome d'etat ingenierie sociale = Préparer le DEIS
DEIS2027 = Préparer le DEIS
recherche action = Conduire une recherche-action
recherches-actions = Conduire une recherche-action
formatrice = Formation de formateurs
formateurs = Formation de formateurs
formation formateur = Formation de formateurs
bientraitance = Bientraitance au quotidien
bien-traitance = Bientraitance au quotidien
bien traitance = Bientraitance au quotidien
Besançon = Bientraitance au quotidien
besancon = Bientraitance au quotidien
Maëlle Kergoat infirmière = Que fait une infirmière en EHPAD ?
ousmane traore deis = Préparer le DEIS
comment devenir moniteur éducateur ? = Devenir moniteur éducateur
"""
NEAR = """
infirmeire = Que fait une infirmière en EHPAD ?
monitteur éducateur = Devenir moniteur éducateur
recrutment médico-social = Les établissements médico-sociaux face au recrutement
auxilaire de vie = Auxiliaires de vie : rendre visite
educateur specialisse = Éducateur·rice spécialisé·e (H/F)
chragé de mission = Chargé·e de mission évaluation
devlopeur web = Développeur/se web (H/F)
rechercheaction = Conduire une recherche-action
bientraitence = Bientraitance au quotidien
formateru = Formation de formateurs
dircteur = Directeur.rice d’établissement (H/F)
asistante sociale = Assistant(e) de service social
"""


def pairs(table):
    return [tuple(line.split(" = ")) for line in table.strip().splitlines()]


def answer(query, **more):
    return search(query, Site.objects.get(), timezone.now(), **more)


def first_titles(found, count=3):
    titles = dict(Page.objects.values_list("pk", "title"))
    return [titles[row.entry] for row in found.rows[:count]]


def test_the_page_that_is_looked_for_comes_first(pages):
    missed = {
        query: first_titles(answer(query))
        for query, title in pairs(FIRST)
        if first_titles(answer(query), 1) != [title]
    }

    assert missed == {}


def test_a_misspelt_query_leads_to_the_page_and_says_what_it_read(pages):
    missed = {
        query: (first_titles(answer(query)), answer(query).match, answer(query).near)
        for query, title in pairs(NEAR)
        if first_titles(answer(query), 1) != [title] or answer(query).match != Match.NEAR
    }

    assert missed == {}


def test_to_train_and_a_training_meet_but_a_trainer_is_somebody_else(pages):
    assert first_titles(answer("former")) == first_titles(answer("formation"))
    assert first_titles(answer("formateur"), 1) == ["Formation de formateurs"]
    assert len(answer("formateur").rows) < len(answer("formation").rows)


@pytest.mark.parametrize("query", ["tu es là", "comment me former"])
def test_small_words_are_not_acronyms(pages, query):
    assert "Devenir moniteur éducateur" not in first_titles(answer(query), 1)
    assert "Éducateur·rice spécialisé·e (H/F)" not in first_titles(answer(query), 1)


def test_the_order_is_a_whole_one(pages):
    once, again = answer("éducatif social service"), answer("éducatif social service")

    assert once.rows == again.rows
    assert len({row.entry for row in once.rows}) == len(once.rows)
