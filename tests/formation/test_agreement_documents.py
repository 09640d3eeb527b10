"""What a quote, a convention and a contract say: all that the law wants."""

from dataclasses import replace
from decimal import Decimal

from django.core.files.storage import storages

import pytest

from formation.documents.agreement import Signatory
from formation.enums import DeliveryMode, Funder, PriceUnit, VatRegime
from formation.exceptions import DocumentIncomplete
from formation.models import IssuedDocument
from formation.services import agreements, quotes
from formation.services.issue import print_project
from home.models import OrganisationSettings
from tests.factories.formation import (
    CoursePageFactory,
    SessionFactory,
    accepted,
    group,
    individual,
    known_firm,
)
from tests.harness.clock import paris
from tests.pdfs import accessibility_faults, text_of

NOW = paris(2027, 1, 15, 10)
STARTS = paris(2027, 3, 1, 9)
HOSTILE = [
    'Zoë "la Grande" O’Brien',
    "<b>Aïcha</b> #strong[x] $x$ *gras* _italique_ @cible \\ // /* */ {{ nom }}",
    "محمد 🙂 אבי 李小龙 한국 👩‍👩‍👧 Ó\u0301",
    "N" * 160,
    "a\u202eb\u2066c",
]

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def company(module_rows):
    course = CoursePageFactory(title="Conduire une recherche-action", slug="convention-ra")
    return accepted(
        group(1, 2, siret="73282932000074", order_reference="BC-12"),
        NOW,
        SessionFactory(course=course, first=STARTS),
    )


@pytest.fixture(scope="module")
def alone(module_rows):
    return accepted(individual(5), NOW, SessionFactory(first=STARTS))


@pytest.fixture(scope="module")
def firm(module_rows):
    firm = known_firm()
    firm.training_region = "Auvergne-Rhône-Alpes"
    return firm


def draft(request, firm):
    return agreements.draft_of(request, firm, agreements.signatory_of(request))


def drafts(company, alone, firm):
    return {
        "agreement": draft(company, firm),
        "contract": draft(alone, firm),
        "quote": quotes.quote_of(company, firm, NOW),
    }


def read(draft):
    return text_of(print_project(draft))


def holds(text, *words):
    """Whether each is in the text, wherever a line ends or a word is cut."""
    plain = "".join(text.replace("-", "").split())
    return [word for word in words if "".join(word.replace("-", "").split()) not in plain]


def test_the_convention_says_all_that_the_code_wants(company, firm):
    """Articles L6353-1 and D6353-1, R6351-6 for the declaration."""
    text = read(draft(company, firm))

    assert not holds(
        text,
        "Convention de formation professionnelle",
        "Articles L6353-1 et D6353-1",
        "Conduire une recherche-action",
        "Négocier une commande",
        "action de formation",
        "14 heures",
        "du 1er au 2 mars 2027",
        "lundi 1er mars, 9 h – 12 h 30",
        "28 rue des Tilleuls",
        "Mises en situation.",
        "Carnet de recherche.",
        "Note de cadrage.",
        "émargement à chaque demi-journée",
        "certificat de réalisation",
        "Aïcha Moreau 1",
        "Aïcha Moreau 2",
        "SIRET 73282932000074",
        "représenté par Martine Aubert",
        "960 €",
        "192 €",
        "1 152 €",
        "TVA au taux de 20 %",
        "payable à 30 jours",
        "votre commande BC-12",
        "Report, annulation, abandon",
        "article L6354-1",
        "84 69 12345 67, auprès du préfet de région Auvergne-Rhône-Alpes",
        "ne vaut pas agrément de l’État",
        "Annexe 1 : le programme",
        "S’accorder",
        "Annexe 2 : Règlement intérieur",
    )


def test_the_contract_says_all_that_is_wanted_on_pain_of_nullity(alone, firm):
    """Articles L6353-3 to L6353-7; L221-18 of the consumer code for the fourteen days."""
    text = read(draft(alone, firm))

    assert not holds(
        text,
        "Contrat de formation professionnelle",
        "Objet et nature",
        "14 heures",
        "groupe de 12 au plus",
        "Connaissances préalables",
        "Aucun.",
        "Mises en situation.",
        "Carnet de recherche.",
        "Note de cadrage.",
        "Marc Delattre, docteur en sociologie",
        "dix jours à compter de la signature (article L6353-5",
        "quatorze quand le contrat est conclu à distance (article L221-18",
        "16 jours après la signature",
        "Aucune somme n’est demandée avant la fin de ce délai",
        "la première somme ne dépasse pas 30 %",
        "172,80 €",
        "201,60 €",
        "Arrêt anticipé et abandon",
        "L6353-7",
        "Annexe 2 : le formulaire de rétractation",
        "Je vous notifie par la présente ma rétractation",
        "Annexe 3 : Règlement intérieur",
    )


def test_the_quote_says_what_it_costs_and_until_when(company, firm):
    text = read(quotes.quote_of(company, firm, NOW))

    assert not holds(
        text, "Devis", "1 152 €", "valable jusqu’au 14 février 2027", "Bon pour accord"
    )
    assert quotes.stands_until(company.session, paris(2027, 2, 20)) == STARTS.date()


@pytest.mark.parametrize(
    ("regime", "words"),
    [
        (VatRegime.EXEMPT, "Exonération de TVA, article 261-4-4° a du code général des impôts"),
        (VatRegime.FRANCHISE, "TVA non applicable, article 293 B du code général des impôts"),
        (VatRegime.STANDARD, "TVA au taux de 20 %"),
    ],
)
def test_each_document_names_the_tax_rule(company, firm, regime, words):
    company.session.course.vat_regime = regime

    for made in (draft(company, firm), quotes.quote_of(company, firm, NOW)):
        assert not holds(read(made), words)
    company.session.course.vat_regime = VatRegime.STANDARD


def test_teaching_at_a_distance_says_what_article_d6313_3_1_wants(firm):
    course = CoursePageFactory(
        delivery_mode=DeliveryMode.BLENDED,
        remote_support="Une formatrice répond en deux heures.",
        remote_work="Trois exercices, deux heures en tout.",
        remote_assessments="Un oral à distance.",
    )
    session = SessionFactory(
        course=course,
        first=STARTS,
        delivery_mode=DeliveryMode.BLENDED,
        remote_details="Un navigateur récent.",
    )

    text = read(draft(accepted(individual(1), NOW, session), firm))

    assert not holds(
        text, course.remote_support, course.remote_work, course.remote_assessments, "navigateur"
    )


def test_the_funder_and_who_is_billed_are_named(firm):
    request = accepted(
        group(1, funder=Funder.OPCO, funder_name="OPCO Santé", billing_name="Le Siège"),
        NOW,
        SessionFactory(first=STARTS),
    )

    assert not holds(read(draft(request, firm)), "OPCO Santé", "à l’attention de Le Siège")


def test_a_document_names_all_that_is_missing_and_where_to_type_it(company):
    company.session.course.price_excl_tax = None

    with pytest.raises(DocumentIncomplete) as refused:
        draft(company, OrganisationSettings())
    company.session.course.price_excl_tax = Decimal(480)

    assert refused.value.missing == [
        "la raison sociale (Réglages, Identité du cabinet)",
        "le siège social (Réglages, Identité du cabinet)",
        "qui représente le cabinet (Réglages, Identité du cabinet)",
        "le numéro de déclaration d’activité (Réglages, Identité du cabinet)",
        "le tarif (page de la formation, ou tarif propre à la session)",
    ]


def test_a_contract_without_prerequisites_or_titles_is_not_drawn(firm):
    course = CoursePageFactory(prerequisites="", resources="", trainers=[], live=False)
    request = accepted(individual(1), NOW, SessionFactory(course=course, first=STARTS))

    with pytest.raises(DocumentIncomplete) as refused:
        agreements.draft_of(request, firm, Signatory("", ""))

    assert refused.value.missing == [
        "les prérequis (page de la formation)",
        "les moyens et supports (page de la formation)",
        "les formateurs et leurs titres (page de la formation ou session)",
        "le nom du signataire",
        "l’adresse du signataire",
    ]


@pytest.mark.parametrize("kind", ["agreement", "contract", "quote"])
def test_each_document_is_accessible(company, alone, firm, kind):
    assert accessibility_faults(print_project(drafts(company, alone, firm)[kind])) == []


@pytest.mark.parametrize("kind", ["agreement", "contract", "quote"])
@pytest.mark.parametrize("name", HOSTILE)
def test_any_text_is_printed_as_it_was_typed(company, alone, firm, kind, name):
    made = drafts(company, alone, firm)[kind]
    hostile = hostile_copy(dict(made.data), name)

    content = print_project(replace(made, data=hostile))

    assert accessibility_faults(content) == []
    if name.isascii() and " " not in name:
        assert not holds(text_of(content), name)


def hostile_copy(value, name):
    """The same data, with this text wherever people type one."""
    if isinstance(value, dict):
        kept = {"kind", "level"}
        return {
            key: item if key in kept else hostile_copy(item, name) for key, item in value.items()
        }
    if isinstance(value, (list, tuple)):
        return [hostile_copy(item, name) for item in value]
    return name if isinstance(value, str) and value else value


def test_a_project_leaves_nothing_behind(company, firm):
    before = IssuedDocument.objects.count()

    text = read(draft(company, firm))

    assert IssuedDocument.objects.count() == before
    assert "PROJET" in text
    assert "ce document n’est pas délivré" in text
    assert not storages["private"].exists("documents")


def test_a_course_sold_by_the_day_says_so(firm):
    course = CoursePageFactory(price_unit=PriceUnit.DAY, price_excl_tax=Decimal(1200))
    request = accepted(group(1, 2, 3), NOW, SessionFactory(course=course, first=STARTS))

    text = read(draft(request, firm))

    assert not holds(text, "par jour, pour le groupe", "2 400 €", "2 880 €")
