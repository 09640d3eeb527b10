"""A list of trainees in a file: what can be read, what is wrong in it, and all of it or none."""

import io
import zipfile
from datetime import timedelta

import pytest
from openpyxl import Workbook

from courrier.models import OutgoingMessage
from formation.desk.forms import LineForm
from formation.enums import BuyerType
from formation.exceptions import AlreadyEnrolled, SessionClosed, SessionFull
from formation.models import Enrolment, EnrolmentEvent, EnrolmentRequest
from formation.services import roster, spreadsheet
from formation.services.enrolment import enrol
from formation.services.roster import check_lines, enrol_roster, read_roster
from formation.services.spreadsheet import UnreadableTable
from site_enys.states import Actor, Role
from tests.factories.formation import SessionFactory, individual, sign_up
from tests.factories.people import UserFactory
from tests.harness.clock import paris

pytestmark = pytest.mark.django_db

NOW = paris(2027, 1, 15, 10)
STARTS = paris(2027, 3, 1, 9)
STAFF = Actor(Role.STAFF)
SIRET = "73282932000074"
EMPLOYER = {
    "organisation": "Association Les Deux Rives",
    "contact_name": "Martine Aubert",
    "contact_email": "direction@deux-rives.test",
}
TITLES = "prénom;nom;courriel"


def person(number, **more):
    values = {
        "first_name": "Aïcha",
        "last_name": f"Moreau {'abcdefghijklmnopqrstuvwxyz'[number]}",
        "email": f"stagiaire{number}@exemple.test",
    }
    return values | more


def lines_of(*people):
    """Lines as they are read, beginning under the titles."""
    return [roster.Line(number, dict(values)) for number, values in enumerate(people, start=2)]


def read(text, encoding="utf-8"):
    return [line.values for line in read_roster(text.encode(encoding))]


def workbook(*rows, active=0, sheets=1):
    book = Workbook()
    for _ in range(sheets - 1):
        book.create_sheet()
    for row in rows:
        book.worksheets[0].append(row)
    book.active = active
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def checked(session, *people):
    """The faults of each line."""
    lines = lines_of(*people)
    number = check_lines(session, lines, LineForm().fields)
    assert number == sum(bool(line.faults) for line in lines)
    return [line.faults for line in lines]


def enrolled(session, *people, now=NOW, reason=""):
    lines = lines_of(*people)
    assert check_lines(session, lines, LineForm().fields) == 0, [line.faults for line in lines]
    return enrol_roster(session, lines, by=STAFF, now=now, reason=reason)


# -- Reading ------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_csv_is_read_whatever_its_encoding_its_separator_and_its_ends_of_line(
    encoding, separator, end
):
    rows = [["Prénom", "Nom", "Courriel"], ["Élodie", "Çelik", "elodie@exemple.test"]]
    text = end.join(separator.join(row) for row in rows)

    [line] = read(text, encoding)

    assert line == {
        "first_name": "Élodie",
        "last_name": "Çelik",
        "email": "elodie@exemple.test",
        "phone": "",
    }


def test_a_line_break_between_quotes_is_one_cell_and_the_numbers_are_those_of_the_spreadsheet():
    text = f'{TITLES};organisme\n\n;;;\nAïcha;Moreau;a@exemple.test;"Les\nDeux ; Rives"\n'

    [line] = read_roster(text.encode())

    assert (line.number, line.values["organisation"]) == (4, "Les Deux ; Rives")


def test_a_first_line_left_blank_hides_neither_the_titles_nor_the_separator():
    assert read("\n\nprénom,nom,courriel\nAïcha,Moreau,a@exemple.test")[0]["last_name"] == "Moreau"


@pytest.mark.parametrize(
    "titles",
    [
        "PRENOM;NOM;E-MAIL",
        "Prénoms;Nom de famille;Adresse électronique",
        "Prénom du stagiaire;Nom du stagiaire;Adresse e-mail",
        " prénom : ; nom * ;Mél.",
        "first name;last name;email",
    ],
)
def test_columns_have_the_names_that_people_give_them(titles):
    assert read(f"{titles}\nAïcha;Moreau;a@exemple.test")[0]["email"] == "a@exemple.test"


def test_columns_that_we_do_not_know_are_left_and_a_short_line_lacks_its_end():
    [line] = read("ville;courriel;nom;prénom\nLyon;a@exemple.test;Moreau")

    assert line == {"email": "a@exemple.test", "last_name": "Moreau", "phone": ""}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("prénom;courriel\nAïcha;a@exemple.test", "Il manque\u00a0: nom."),
        ("ville\nLyon", "Il manque\u00a0: prénom, nom, courriel."),
        (f"{TITLES};mail\na;b;c@exemple.test;d@exemple.test", "Colonne en double\u00a0: courriel."),
        (TITLES, "n’a que sa ligne de titres"),
        (f"{TITLES}\n;;\n  ;\t;", "n’a que sa ligne de titres"),
        ("", "est vide"),
        ("\n ; \n", "est vide"),
        (f'{TITLES}\n"Aïcha;Moreau;a@exemple.test\nPaul;Roy;p@exemple.test', "guillemets"),
        (f"{TITLES}\n{'a' * 200_000};b;c", "guillemets"),
        (f"{TITLES}\nAï\x00cha;b;c", "n’est pas un tableau"),
    ],
)
def test_a_csv_that_cannot_be_understood_says_why(text, sentence):
    with pytest.raises(UnreadableTable) as refusal:
        read(text)

    assert sentence in str(refusal.value)


def encrypted_part():
    """An archive whose only part says that it is under a password."""
    content = bytearray(zip_of({"[Content_Types].xml": "<a/>"}))
    for signature, flag in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(signature) + flag] |= 1
    return bytes(content)


def zip_of(parts):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return content.getvalue()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"%PDF-1.7\n\x81\x8d\x00\x01", "n’est pas un tableau"),
        (b"\x89PNG\r\n\x1a\n\x00", "n’est pas un tableau"),
        (bytes(range(1, 256)), "n’est pas un tableau"),
        (b"\xff\xfe\x00", "n’est pas un tableau"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 500, "mot de passe"),
        (b"PK\x03\x04" + b"nothing that follows", "abîmé"),
        (workbook(["prénom"])[:-300], "abîmé"),
        (zip_of({"mot.txt": "Bonjour"}), "classeur"),
        (zip_of({"[Content_Types].xml": "<a>&b;"}), "classeur"),
        (encrypted_part(), "classeur"),
        (zip_of({"xl/sharedStrings.xml": "0" * 20_000_001}), "trop lourd"),
        (workbook(), "est vide"),
    ],
    ids=[
        "pdf",
        "png",
        "bytes",
        "half-a-letter",
        "old-excel-or-password",
        "no-archive",
        "cut",
        "another-archive",
        "wrong-xml",
        "password",
        "bomb",
        "blank",
    ],
)
def test_what_is_no_table_is_refused_whatever_it_is_called(content, sentence):
    with pytest.raises(UnreadableTable, match=sentence):
        read_roster(content)


def test_a_workbook_is_read_with_the_numbers_that_the_spreadsheet_made_of_figures():
    content = workbook(
        ["Prénom", "Nom", "Courriel", "Téléphone", "SIRET", "Organisme"],
        [None, None, "  "],
        ["Aïcha", "Moreau", "a@exemple.test", 612345678, float(SIRET), "Les  Deux\nRives"],
        ["Paul", "Roy", "p@exemple.test", 33612345678, None, True],
    )

    first, second = read_roster(content)

    assert (first.number, second.number) == (3, 4)
    assert first.values["phone"] == "0612345678"
    assert (first.values["siret"], first.values["organisation"]) == (SIRET, "Les Deux Rives")
    assert second.values["phone"] == "+33612345678"


def test_of_a_workbook_the_first_sheet_is_read_whichever_is_in_front():
    content = workbook(TITLES.split(";"), ["A", "B", "c@exemple.test"], sheets=2, active=1)

    assert len(read_roster(content)) == 1


def test_a_formula_counts_for_the_value_that_was_saved_with_it_and_never_runs():
    """This one was never calculated: it has none."""
    [line] = read_roster(workbook(TITLES.split(";"), ["Aïcha", "=1+1", "a@exemple.test"]))

    assert line.values["last_name"] == ""


def test_the_announced_size_of_a_sheet_is_not_believed():
    content = workbook(TITLES.split(";"), *(["A", "B", f"{n}@exemple.test"] for n in range(5)))
    parts = zipfile.ZipFile(io.BytesIO(content))
    lying = {
        name: parts.read(name).replace(b'ref="A1:C6"', b'ref="A1:A1"') for name in parts.namelist()
    }

    assert len(read_roster(zip_of(lying))) == 5


@pytest.mark.parametrize("number", [roster.MOST_LINES, roster.MOST_LINES + 1])
@pytest.mark.parametrize("make", ["csv", "xlsx"])
def test_a_list_holds_so_many_lines_and_not_one_more(number, make):
    people = [["A", "B", f"{n}@exemple.test"] for n in range(number)]
    rows = [TITLES.split(";"), *people]
    content = (
        workbook(*rows) if make == "xlsx" else "\n\n".join(";".join(row) for row in rows).encode()
    )

    if number == roster.MOST_LINES:
        assert len(read_roster(content)) == number
    else:
        with pytest.raises(UnreadableTable, match="plus de 100 lignes"):
            read_roster(content)


def test_a_file_has_so_many_bytes_and_not_one_more():
    head = f"{TITLES}\nAïcha;Moreau;a@exemple.test".encode()
    blank = b"\n" * (spreadsheet.LARGEST_FILE - len(head))

    assert len(read_roster(head + blank)) == 1
    with pytest.raises(UnreadableTable, match="dépasse 1"):
        read_roster(head + blank + b"\n")


def test_an_employer_given_for_the_list_stands_for_the_lines_that_name_none():
    text = f"{TITLES};organisme;contact\nA;B;a@x.test;;\nC;D;c@x.test;Ailleurs;\nE;F;e@x.test;;Lui"

    lines = read_roster(text.encode(), EMPLOYER)

    assert [line.values.get("organisation") for line in lines] == [
        "Association Les Deux Rives",
        "Ailleurs",
        "",
    ]
    assert lines[0].values["contact_email"] == "direction@deux-rives.test"


# -- Checking -----------------------------------------------------------------------------------


@pytest.fixture
def session():
    return SessionFactory(first=STARTS, capacity=3)


def test_every_wrong_line_is_listed_with_all_that_is_wrong_in_it(session):
    faults = checked(
        session,
        person(1),
        person(2, email="pas une adresse", first_name=""),
        person(3, **EMPLOYER, siret="73282932000075"),
        person(4, last_name="M0reau", phone="zéro six"),
        person(5, first_name="Aï\u202echa"),
        person(6, **EMPLOYER | {"organisation": "https://exemple.test"}),
        person(7, last_name="a" * 81),
    )

    assert faults[0] == []
    assert [fault.partition("\u00a0:")[0] for fault in faults[1]] == ["prénom", "courriel"]
    assert "SIRET n’existe pas" in faults[2][0]
    assert [fault.partition("\u00a0:")[0] for fault in faults[3]] == ["nom", "téléphone"]
    assert "invisibles" in faults[4][0]
    assert "organisme\u00a0:" in faults[5][0]
    assert "nom\u00a0:" in faults[6][0]


def test_a_siret_is_cleaned_and_needs_its_organisation(session):
    lines = lines_of(person(1, **EMPLOYER, siret="732 829 320 00074"))
    check_lines(session, lines, LineForm().fields)

    assert lines[0].values["siret"] == SIRET
    assert "organisme\u00a0:" in checked(session, person(1, siret=SIRET))[0][0]


def test_an_employer_needs_a_contact_so_that_no_trainee_is_answered_for_the_others(session):
    no_contact = EMPLOYER | {"contact_email": ""}

    assert "courriel du contact\u00a0:" in checked(session, person(1, **no_contact))[0][0]
    assert "organisme\u00a0:" in checked(session, person(1, contact_email="x@x.test"))[0][0]


@pytest.mark.parametrize(
    ("first", "second", "twice"),
    [
        ({}, {"first_name": "Paul"}, True),  # who pays alone is an address
        ({}, {"email": "AUTRE@exemple.test"}, False),
        (EMPLOYER, EMPLOYER | {"first_name": "Paul"}, False),  # an office has one for several
        (EMPLOYER, EMPLOYER | {"first_name": "aicha"}, True),
        (EMPLOYER, {"first_name": "Paul"}, True),
        ({}, EMPLOYER | {"first_name": "Paul"}, True),
    ],
)
def test_nobody_is_twice_in_the_list_nor_in_the_session(session, first, second, twice):
    one, other = person(1) | first, person(1) | {"email": "Stagiaire1@Exemple.test"} | second

    _, faults = checked(session, one, other)
    assert faults == (["Cette personne est déjà à la ligne 2."] if twice else [])

    enrolled(session, one)
    [faults] = checked(session, other)
    assert (faults != []) is twice
    assert not faults or "déjà une inscription" in faults[0]


def test_who_left_the_session_may_come_back_by_a_list(session):
    enrolled(session, person(1))
    Enrolment.objects.update(state="withdrawn")

    assert checked(session, person(1)) == [[]]


def test_a_list_is_checked_with_one_query_whatever_its_length(session, count_queries):
    people = [person(number) for number in range(20)]

    assert count_queries(lambda: checked(session, *people)) == 1
    assert count_queries(lambda: checked(session, people[0])) == 1


# -- Enrolling ----------------------------------------------------------------------------------


def test_lines_of_one_employer_make_one_request_and_who_pays_alone_one_each():
    session = SessionFactory(first=STARTS, capacity=9)
    other_contact = EMPLOYER | {"contact_email": "antenne@deux-rives.test", "contact_name": ""}
    sloppy = EMPLOYER | {"organisation": "association les deux rives"}
    plant = EMPLOYER | {"siret": SIRET}

    result = enrolled(
        session,
        person(1, **EMPLOYER),
        person(2),
        person(3, **other_contact),
        person(4),
        person(5, **sloppy),
        person(6, **plant),
    )

    assert [
        (one.buyer_type, one.contact_email, one.contact_name, one.siret, one.enrolments.count())
        for one in result.requests
    ] == [
        (BuyerType.COMPANY, "direction@deux-rives.test", "Martine Aubert", "", 2),
        (BuyerType.INDIVIDUAL, "", "", "", 1),
        (BuyerType.COMPANY, "antenne@deux-rives.test", "Association Les Deux Rives", "", 1),
        (BuyerType.INDIVIDUAL, "", "", "", 1),
        (BuyerType.COMPANY, "direction@deux-rives.test", "Martine Aubert", SIRET, 1),
    ]
    assert result.numbers == (6, 0)


def test_a_full_session_puts_the_last_ones_on_the_waiting_list_in_order(session):
    employees = (person(number, **EMPLOYER) for number in (2, 3, 4))

    result = enrolled(session, person(0), person(1), *employees)

    session.refresh_from_db()
    assert result.numbers == (session.seats_taken, session.waiting_count) == (3, 2)
    waiting = Enrolment.objects.waiting().values_list("email", flat=True)
    assert list(waiting) == ["stagiaire3@exemple.test", "stagiaire4@exemple.test"]


def test_each_event_says_who_enrolled_and_why(session):
    user = UserFactory(role="formation")

    enrol_roster(session, lines_of(person(1)), by=Actor(Role.STAFF, user), now=NOW, reason="Reçu.")

    event = EnrolmentEvent.objects.get()
    assert (event.user, event.reason, event.forced) == (user, "Reçu.", False)


def nothing_written(session):
    session.refresh_from_db()
    rows = (EnrolmentRequest, Enrolment, EnrolmentEvent, OutgoingMessage)
    return (session.seats_taken, session.waiting_count) == (0, 0) and not any(
        model.objects.exists() for model in rows
    )


def test_one_line_too_many_leaves_them_all_out():
    session = SessionFactory(first=STARTS, capacity=2, accepts_waiting_list=False)

    with pytest.raises(SessionFull):
        enrolled(session, person(1), person(2), person(3))

    assert nothing_written(session)


def test_a_list_enters_a_closed_session_with_a_reason_only(session):
    now = STARTS - timedelta(hours=1)

    with pytest.raises(SessionClosed):
        enrolled(SessionFactory(first=STARTS, enrol_closes_at=now), person(1, **EMPLOYER), now=now)
    assert nothing_written(session)
    closed = SessionFactory(first=STARTS, enrol_closes_at=now)
    enrolled(closed, person(1, **EMPLOYER), now=now, reason="Convenu.")

    assert EnrolmentEvent.objects.get().forced


def test_the_same_list_again_enrols_nobody_twice(session):
    enrolled(session, person(1, **EMPLOYER), person(2))
    before = Enrolment.objects.count(), OutgoingMessage.objects.count()

    with pytest.raises(AlreadyEnrolled):
        enrol_roster(session, lines_of(person(3), person(2)), by=STAFF, now=NOW)

    assert (Enrolment.objects.count(), OutgoingMessage.objects.count()) == before


def test_somebody_enrolled_since_the_list_was_read_stops_it_all(session):
    lines = lines_of(person(1), person(2))
    assert check_lines(session, lines, LineForm().fields) == 0
    enrol(session, individual(2), NOW)

    with pytest.raises(AlreadyEnrolled):
        enrol_roster(session, lines, by=STAFF, now=NOW)

    assert Enrolment.objects.get().email == "stagiaire2@exemple.test"
    assert "déjà une inscription" in checked(session, person(1), person(2))[1][0]


def test_an_employer_who_enrolled_people_before_may_send_a_list_of_others(session):
    enrol(session, sign_up(1), NOW)

    assert checked(session, person(5, **EMPLOYER)) == [[]]
