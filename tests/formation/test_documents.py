"""Every delivered document: what it says, what it lacks, and that nobody writes its markup."""

from datetime import timedelta

from wagtail.models import Site

import pytest

from formation.documents.held import Held
from formation.enums import Assessment, DocumentKind, EnrolmentState, Presence, SignedBy
from formation.exceptions import DocumentIncomplete, DocumentNotDue
from formation.models import (
    Attendance,
    AttendanceSheet,
    CatalogueIndexPage,
    CoursePage,
    Enrolment,
    Session,
    TimeSlot,
    Trainer,
    Venue,
)
from formation.services import paperwork
from formation.services.stored_files import read
from home.models import OrganisationSettings
from site_enys.states import SYSTEM
from tests.factories.formation import (
    CoursePageFactory,
    SessionFactory,
    TrainerFactory,
    individual,
    known_firm,
)
from tests.factories.paperwork import AFTER, BEFORE, confirmed, session_to_hold, taught
from tests.harness.clock import paris
from tests.pdfs import accessibility_faults, text_of

pytestmark = pytest.mark.django_db

K = DocumentKind
KINDS = list(paperwork.PAPERS)
FINAL = set(paperwork.FINAL)
HOSTILE = [
    'Zoë "la Grande" O’Brien \\ // /* */',
    "<b>Aïcha</b> #strong[x] $x$ *gras* _italique_ @cible `code`",
    "محمد \u202egauche\u202c 🙂 אבי 李小龙 한국",
    "👩‍👩‍👧 Ó\u0301 🇫🇷 \u200b\u00ad\ufeff",
    "N" * 200,
]


def ready(kind, **course):
    """A session in which one document of this kind may be delivered."""
    session = session_to_hold(course=CoursePageFactory(**course))
    (taught if kind in FINAL else confirmed)(session)
    return session


def subject(kind, session):
    return paperwork.PAPERS[kind].subjects(paperwork.held(session))[0]


def delivered(kind, session):
    now = AFTER if kind in FINAL else BEFORE
    return paperwork.deliver(kind, subject(kind, session), by=SYSTEM, now=now)


def words_of(document):
    text = text_of(read(document))
    return text.replace("\u00a0", " ").replace("\u202f", " ")


SAID = {
    K.PROGRAMME: (
        "Programme de formation",
        "Négocier une commande",
        "Du 1er au 2 mars 2027",
        "28 rue des Tilleuls",
        "lundi 1er mars, 9 h – 12 h 30 Module 1, Marc Delattre",
        "14 heures",
        "480 € HT (576 € TTC)",
        "Inès Corbel, handicap@enys.test",
        "docteur en sociologie",
    ),
    K.CONVOCATION: (
        "Aïcha Moreau 1, Association Les Deux Rives",
        "du 1er au 2 mars 2027",
        "mardi 2 mars, 13 h 30 – 17 h",
        "28 rue des Tilleuls",
        "Carnet de recherche.",
        "Nadia Benali, 04 00 00 00 00, formation@enys.test",
        "Inès Corbel, handicap@enys.test",
        "Règlement intérieur",
        "Article 2",
        "Être à l’heure",
        "Dire : oralement",
        "Affiché en salle.",
    ),
    K.ATTENDANCE_SHEET: (
        "Lundi 1er mars 2027, 9 h – 12 h 30",
        "Module 1",
        "3,5 heures",
        "Aïcha Moreau 1",
        "Association Les Deux Rives",
        "Signature du formateur : Marc Delattre",
    ),
    K.CERTIFICATE: (
        "Claire Vasseur, gérante",
        "Aïcha Moreau 1",
        "Association Les Deux Rives",
        "action de formation",
        "du 1er au 2 mars 2027",
        "14 heures",
        "pendant six ans",
    ),
    K.ATTESTATION: (
        "Aïcha Moreau 1",
        "Négocier une commande",
        "14 heures",
        "Les objectifs de la formation sont atteints.",
        "Note de cadrage.",
        "Marc Delattre, docteur en sociologie",
    ),
}


@pytest.mark.parametrize("kind", KINDS)
def test_each_document_says_all_that_it_must_and_can_be_heard(kind):
    document = delivered(kind, ready(kind))

    words = words_of(document)
    assert accessibility_faults(read(document)) == []
    for said in (*SAID[kind], document.number, "ENYS Conseil", "Cet enregistrement ne vaut pas"):
        assert said in words, said


@pytest.mark.parametrize("kind", KINDS)
def test_each_document_can_be_drawn_from_the_least_that_it_needs(kind):
    session = ready(kind)
    OrganisationSettings.objects.update(head_office="", email="", training_number="")
    CoursePage.objects.filter(pk=session.course_id).update(
        introduction="", prerequisites="", resources="", assessment_methods="", audience=""
    )
    Trainer.objects.update(qualifications="")
    CatalogueIndexPage.objects.update(accessibility_statement="", contact_name="")
    Enrolment.objects.update(state=Enrolment.objects.get().state)
    request = Enrolment.objects.get().request
    request.buyer_type, request.organisation = "individual", ""
    request.save()

    document = delivered(kind, session)

    assert accessibility_faults(read(document)) == []


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("typed", HOSTILE)
def test_what_people_type_is_printed_and_never_read_as_markup(kind, typed):
    session = ready(kind)
    Enrolment.objects.update(first_name=typed[:80], last_name=typed[80:160] or typed[:80])
    Trainer.objects.update(name=typed[:120], qualifications=typed)
    TimeSlot.objects.update(subject=typed[:160])
    Venue.objects.update(name=typed[:120], address=f"{typed}\n{typed}", access=typed)
    CoursePage.objects.filter(pk=session.course_id).update(title=typed, prerequisites=typed)
    CatalogueIndexPage.objects.update(disability_contact=typed)
    Enrolment.objects.get().request.__class__.objects.update(organisation=typed[:160])
    session = Session.objects.select_related("course", "venue").get(pk=session.pk)

    document = delivered(kind, session)

    assert accessibility_faults(read(document)) == []
    if typed.isascii():
        printed = words_of(document).replace(" ", "").replace("-", "")
        assert typed[:80].replace(" ", "") in printed


def lacks(kind, session):
    with pytest.raises(DocumentIncomplete) as refused:
        delivered(kind, session)
    return refused.value.missing


def test_the_programme_names_who_teaches_the_session_and_its_own_price():
    session = session_to_hold(price_override=300)
    TimeSlot.objects.update(trainer=TrainerFactory(name="Inès Corbel", qualifications="juriste"))

    words = words_of(delivered(K.PROGRAMME, session))

    assert "Inès Corbel, juriste" in words
    assert "Marc Delattre" not in words
    assert "300 € HT" in words
    assert "480 € HT" not in words


FIRM = "la raison sociale (Réglages, Identité du cabinet)"
SIGNATORY = "qui représente le cabinet (Réglages, Identité du cabinet)"


def test_what_a_programme_lacks_is_all_named():
    OrganisationSettings.objects.all().delete()
    course = CoursePageFactory(live=False, objectives=[], programme=[], trainers=[])
    session = SessionFactory(course=course, first=paris(2027, 3, 1, 9))
    session.slots.all().delete()

    assert lacks(K.PROGRAMME, session) == [
        FIRM,
        "les objectifs de la formation",
        "le programme de la formation",
        "les demi-journées de la session",
        "les formateurs",
    ]


def test_what_a_convocation_lacks_is_all_named():
    session = session_to_hold(delivery_mode="blended")
    confirmed(session)
    session.slots.all().delete()
    Session.objects.update(venue=None, state="confirmed", delivery_mode="online")
    CatalogueIndexPage.objects.update(
        contact_phone="", contact_email="", disability_contact="", internal_rules_page=None
    )
    OrganisationSettings.objects.all().delete()

    assert lacks(K.CONVOCATION, Session.objects.get()) == [
        FIRM,
        "les demi-journées de la session",
        "l’outil et l’équipement à distance",
        "la personne à contacter (page du catalogue)",
        "le référent handicap (page du catalogue)",
        "le règlement intérieur (page du catalogue)",
    ]


@pytest.mark.parametrize("change", [{"live": False}, {"body": "[]", "introduction": ""}])
def test_rules_that_are_offline_or_empty_are_missing(change):
    session = ready(K.CONVOCATION)
    page = CatalogueIndexPage.objects.get().internal_rules_page.specific
    type(page).objects.filter(pk=page.pk).update(**change)

    assert lacks(K.CONVOCATION, session) == ["le règlement intérieur (page du catalogue)"]


def test_what_a_sheet_lacks_is_all_named():
    session = SessionFactory(first=paris(2027, 3, 1, 9))
    OrganisationSettings.objects.all().delete()

    assert lacks(K.ATTENDANCE_SHEET, session) == [
        FIRM,
        "le contenu de la demi-journée",
        "le formateur de la demi-journée",
        "au moins une inscription confirmée",
    ]


def test_what_the_final_documents_lack_is_all_named():
    session = session_to_hold()
    taught(session, assessment="", half_days=0)
    OrganisationSettings.objects.all().delete()
    hours = "les heures suivies, que donne l’émargement"
    result = "le résultat de l’évaluation des acquis"

    assert lacks(K.CERTIFICATE, session) == [hours, FIRM, SIGNATORY]
    assert lacks(K.ATTESTATION, session) == [hours, result, FIRM, SIGNATORY]


def test_a_session_at_a_distance_says_how_to_be_there_and_needs_no_place():
    session = session_to_hold(
        delivery_mode="online", venue=None, remote_details="Une webcam et un casque."
    )
    confirmed(session)

    words = words_of(delivered(K.CONVOCATION, session))

    assert "Une webcam et un casque." in words
    assert "28 rue des Tilleuls" not in words


def test_the_hours_are_those_of_attendance_and_the_planned_ones_stand_beside_when_they_are_more():
    session = session_to_hold(cofinanced=True)
    taught(session, half_days=3, assessment=Assessment.PARTLY)

    certificate = words_of(delivered(K.CERTIFICATE, session))
    attestation = words_of(delivered(K.ATTESTATION, session))

    assert "10,5 heures, sur 14 heures prévues" in certificate
    assert "pendant dix ans" in certificate
    assert "10,5 heures, sur 14 heures prévues" in attestation
    assert "sont atteints en partie" in attestation


def test_the_sheet_says_what_is_signed_and_leaves_a_box_for_the_others():
    session = session_to_hold()
    [late], [excused], [unsigned] = (confirmed(session, individual(number)) for number in (1, 2, 3))
    slot = session.slots.order_by("starts_at").first()
    for enrolment, presence, minutes in (
        (late, Presence.LATE, 180),
        (excused, Presence.EXCUSED, 0),
    ):
        Attendance.objects.create(
            enrolment=enrolment,
            slot=slot,
            presence=presence,
            minutes=minutes,
            signed_by=SignedBy.CODE,
            signed_at=slot.starts_at + timedelta(minutes=30),
        )
    AttendanceSheet.objects.create(
        slot=slot, countersigned_at=slot.ends_at, countersigned_name="Marc Delattre"
    )

    words = words_of(delivered(K.ATTENDANCE_SHEET, session))

    assert "Signé avec le code de la salle le 1er mars 2027 à 9 h 30" in words
    assert "En retard : 180 minutes suivies" in words
    assert "Absence excusée" in words
    assert unsigned.full_name in words
    assert "Contresigné par Marc Delattre le 1er mars 2027 à 12 h 30" in words


def test_a_sheet_of_forty_people_goes_on_over_pages_that_can_be_heard():
    session = session_to_hold(capacity=40)
    for number in range(40):
        confirmed(session, individual(number))

    document = delivered(K.ATTENDANCE_SHEET, session)

    assert accessibility_faults(read(document)) == []
    assert words_of(document).count("Moreau") == 40


@pytest.mark.parametrize("kind", KINDS)
def test_a_project_says_that_it_is_one_and_leaves_nothing(kind, settings):
    session = ready(kind)
    among = paperwork.held(session)

    content = paperwork.project(kind, subject(kind, session), among)

    assert accessibility_faults(content) == []
    assert "Projet" in text_of(content)
    assert "Vérifier ce document" not in text_of(content)
    assert not session.documents.exists()
    assert not settings.PRIVATE_ROOT.exists() or not any(settings.PRIVATE_ROOT.rglob("documents"))


@pytest.mark.parametrize(
    ("kind", "state"),
    [
        (K.CONVOCATION, EnrolmentState.REQUESTED),
        (K.CONVOCATION, EnrolmentState.WITHDRAWN),
        (K.CERTIFICATE, EnrolmentState.CONFIRMED),
        (K.CERTIFICATE, EnrolmentState.NO_SHOW),
        (K.ATTESTATION, EnrolmentState.CONFIRMED),
    ],
)
def test_a_document_is_not_delivered_to_somebody_it_does_not_speak_of(kind, state):
    session = ready(kind)
    enrolment = Enrolment.objects.get()
    Enrolment.objects.update(state=state)

    with pytest.raises(DocumentNotDue):
        paperwork.deliver(kind, enrolment, by=SYSTEM, now=AFTER)

    assert not session.documents.exists()


@pytest.mark.parametrize("kind", [K.PROGRAMME, K.CONVOCATION, K.ATTENDANCE_SHEET])
@pytest.mark.parametrize("state", ["cancelled", "postponed", "draft"])
def test_nothing_is_delivered_for_a_session_that_is_not_held(kind, state):
    session = ready(kind)
    about = subject(kind, session)
    Session.objects.update(state=state)

    with pytest.raises(DocumentNotDue):
        paperwork.deliver(kind, about, by=SYSTEM, now=BEFORE)


def test_the_rules_are_read_once_for_everybody_in_a_session(count_queries):
    known_firm()
    organisation = OrganisationSettings.for_site(Site.objects.get(is_default_site=True))
    session = ready(K.CONVOCATION)
    among = Held(session, organisation)
    [enrolment] = among.people
    paperwork.PAPERS[K.CONVOCATION].draft(enrolment, among)

    again = count_queries(lambda: paperwork.PAPERS[K.CONVOCATION].draft(enrolment, among))

    assert again == 0
