"""The whole life of a session: from two sign-ups to the yearly report, through pages and admin.

One clock is moved for everybody, the server and the timed work; only the outbox is read in rows.
"""

import io
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from django.core.management import call_command
from django.utils import timezone

import pytest
import time_machine
from openpyxl import load_workbook
from playwright.sync_api import Browser, Page, expect

from courrier.models import OutgoingMessage
from formation.enums import EnrolmentState, SessionState
from formation.models import Enrolment, EnrolmentRequest, Session, TimeSlot
from formation.services.scheduling import is_working_day
from site_enys.admin import admin_url
from tests.e2e.conftest import PHONE, watched_page
from tests.e2e.found import sign_up_address
from tests.e2e.gestures import field, fill_in, press, scrolls_sideways
from tests.factories.formation import (
    CoursePageFactory,
    SessionFactory,
    TrainerFactory,
    hot_answers,
    known_firm,
)
from tests.pdfs import accessibility_faults, text_of

CONTACT, ALONE = "paul@le-phare.test", "nora@exemple.test"
TRAINER = "marc@enys.test"
#: By their address, in the order of the form.
EMPLOYEES = {
    "awa@le-phare.test": ("Awa", "Diop"),
    "luc@le-phare.test": ("Luc", "Morel"),
    "ines@le-phare.test": ("Inès", "Faure"),
}
NAMES = {**EMPLOYEES, ALONE: ("Nora", "Petit")}
LEAVES_AT_NOON = "ines@le-phare.test"
#: What the archive holds, numbers apart: how many of each.
WHOLE_FILE = {
    "LISEZ-MOI.txt": 1,
    "session.xlsx": 1,
    "documents/conv-v2.pdf": 1,
    "documents/contrat-v2.pdf": 1,
    "documents/anciennes-versions/conv.pdf": 1,
    "documents/anciennes-versions/contrat.pdf": 1,
    "documents/prog.pdf": 1,
    "documents/cvoc.pdf": 4,
    "documents/emarg.pdf": 2,
    "documents/cert.pdf": 4,
    "documents/att.pdf": 4,
}

Travel = Callable[[datetime], None]


@pytest.fixture
def travel() -> Iterator[Travel]:
    """`travel(instant)`: it is then, for the server too, and the timed work has been done."""
    with time_machine.travel(timezone.now()) as clock:

        def go(instant: datetime) -> None:
            clock.move_to(instant)
            call_command("tick", stdout=io.StringIO())

        yield go


@pytest.fixture
def session() -> Session:
    """One day in more than a month: long enough for the person alone to change her mind."""
    known_firm()
    day = timezone.localtime() + timedelta(days=40)
    while not is_working_day(day.date()) or day.weekday() >= 5:
        day += timedelta(days=1)
    morning = day.replace(hour=9, minute=0, second=0, microsecond=0)
    trainer = TrainerFactory(name="Lise Aubin", email=TRAINER)
    slots = [
        TimeSlot(starts_at=at, ends_at=at + timedelta(hours=3.5), subject=about, trainer=trainer)
        for at, about in ((morning, "Préparer"), (morning + timedelta(hours=4.5), "Animer"))
    ]
    course = CoursePageFactory(title="Animer une réunion difficile", trainers=[trainer])
    return SessionFactory(course=course, code="VIE-1", slots=slots)


@pytest.fixture
def phone(browser: Browser, live_server) -> Iterator[Callable[[], Page]]:
    """Each call is another phone, which knows nobody yet."""
    opened = []

    def another() -> Page:
        context = watched_page(browser, live_server.url, viewport=PHONE)
        opened.append(context)
        return context.__enter__()

    yield another
    for context in opened:
        context.__exit__(None, None, None)


def test_a_session_from_the_sign_ups_to_the_yearly_report(
    session: Session, page: Page, phone: Callable[[], Page], sign_in, travel: Travel
) -> None:
    morning, afternoon = session.slots.order_by("starts_at")
    a_company_signs_up(page, session)
    somebody_signs_up_alone(page, session)
    the_team_accepts_everybody(sign_in("formation"), session)
    the_team_sends_what_is_to_sign(sign_in("formation"))
    both_sign(page)
    the_clock_confirms_whoever_is_alone(travel)
    the_session_is_kept(sign_in("formation"), session)
    convocations_leave(travel, session)

    phones = {address: phone() for address in NAMES}
    trainer = phone()
    a_half_day(travel, morning, trainer, phones, absent=())
    a_half_day(travel, afternoon, trainer, phones, absent=(LEAVES_AT_NOON,))
    the_trainer_assesses(trainer)
    travel(afternoon.ends_at + timedelta(hours=2))
    the_session_is_closed(sign_in("formation"), session)
    travel(timezone.now() + timedelta(minutes=10))
    everybody_reads_their_documents(page, phones)

    travel(timezone.now() + timedelta(days=1))
    the_figure_reaches_the_page(page, phones, session)
    desk = sign_in("formation")
    the_file_of_the_session_is_whole(desk, session)
    the_yearly_report_counts_it(desk, session)
    nothing_was_written_twice()


# What each step is


def a_company_signs_up(page: Page, session: Session) -> None:
    page.goto(sign_up_address(session))
    fill_in(
        page,
        {
            "Entreprise ou organisme": "Association Le Phare",
            "Votre nom": "Paul Girard",
            "Votre adresse électronique": CONTACT,
        },
    )
    press(page, "Ajouter une personne")
    press(page, "Ajouter une personne")
    for number, (address, (first, last)) in enumerate(EMPLOYEES.items(), start=1):
        person = page.get_by_role("group", name=f"Personne {number}")
        field(person, "Prénom du ou de la stagiaire").fill(first)
        field(person, "Nom du ou de la stagiaire").fill(last)
        field(person, "Adresse électronique du ou de la stagiaire").fill(address)
    press(page, "Envoyer ma demande d’inscription")
    expect(page.get_by_text("3 places sont comptées")).to_be_visible()


def somebody_signs_up_alone(page: Page, session: Session) -> None:
    page.goto(sign_up_address(session))
    page.get_by_role("link", name="Particulier").click()
    first, last = NAMES[ALONE]
    fill_in(page, {"Prénom": first, "Nom": last, "Adresse électronique": ALONE})
    press(page, "Envoyer ma demande d’inscription")
    expect(page.get_by_text("Une place est comptée")).to_be_visible()


def the_team_accepts_everybody(desk: Page, session: Session) -> None:
    desk.goto(admin_url(Session, "inspect", session.pk))
    for first, last in NAMES.values():
        desk.get_by_label(f"Choisir {first} {last}").check()
    desk.get_by_label("Pour les personnes cochées").select_option("accept")
    press(desk, "Voir ce qui se passera")
    press(desk, "Accepter la demande et préparer la convention ou le contrat")
    expect(desk.get_by_text("4 inscriptions")).to_be_visible()
    assert set(states().values()) == {EnrolmentState.PENDING_AGREEMENT}


def the_team_sends_what_is_to_sign(desk: Page) -> None:
    desk.goto("/admin/")
    for address in (CONTACT, ALONE):
        desk.goto("/admin/formation/conventions/a-envoyer/")
        desk.get_by_role("link", name=reference(address)).click()
        desk.get_by_role("link", name="Préparer et envoyer à signer").click()
        desk.get_by_role("button", name="Envoyer à signer").click()
        expect(desk.get_by_text(re.compile("à signer, envoyé à"))).to_be_visible()


def both_sign(page: Page) -> None:
    for address, name in ((CONTACT, "Paul Girard"), (ALONE, "Nora Petit")):
        page.goto(link_in(mail(address, "formation_agreement")))
        content = page.request.get(
            page.get_by_role("link", name=re.compile("Lire le document")).get_attribute("href")
        ).body()
        assert accessibility_faults(content) == []
        page.get_by_label(re.compile("J’ai lu et j’accepte")).check()
        fill_in(page, {"Votre prénom et votre nom": name})
        press(page, "Recevoir le code")
        text = mail(address, "formation_agreement_code").text
        code = re.search(r"^\d{3}\xa0\d{3}$", text, re.MULTILINE)[0]
        fill_in(page, {"Code reçu par courriel": code})
        press(page, "Signer")
        expect(page.get_by_role("status")).to_contain_text("signé")
    assert states() == dict.fromkeys(EMPLOYEES, EnrolmentState.CONFIRMED) | {
        ALONE: EnrolmentState.WITHDRAWAL_PERIOD
    }


def the_clock_confirms_whoever_is_alone(travel: Travel) -> None:
    last_day = Enrolment.objects.get(email=ALONE).withdrawal_ends_on
    noon = timezone.localtime().replace(hour=12)
    travel(noon + (last_day - noon.date()))
    assert states()[ALONE] == EnrolmentState.WITHDRAWAL_PERIOD

    travel(timezone.now() + timedelta(days=1))

    assert states()[ALONE] == EnrolmentState.CONFIRMED
    assert mail(ALONE, "formation_confirmed")


def the_session_is_kept(desk: Page, session: Session) -> None:
    desk.goto(admin_url(Session, "inspect", session.pk))
    desk.get_by_role("link", name="Maintenir").click()
    desk.get_by_role("main").get_by_role("button", name=re.compile("Maintenir")).click()
    session.refresh_from_db()
    assert session.state == SessionState.CONFIRMED


def convocations_leave(travel: Travel, session: Session) -> None:
    travel(session.starts_at - timedelta(days=9))

    for address, (first, last) in NAMES.items():
        pieces = mail(address, "formation_convocation").attachments.order_by("pk")
        [convocation] = [bytes(one.content) for one in pieces if one.name.endswith(".pdf")]
        assert accessibility_faults(convocation) == []
        assert f"{first} {last}" in text_of(convocation)

    travel(session.starts_at - timedelta(hours=15))
    assert mail(TRAINER, "formation_trainer_eve")
    assert all(mail(address, "formation_reminder") for address in NAMES)


def a_half_day(
    travel: Travel,
    slot: TimeSlot,
    trainer: Page,
    phones: dict[str, Page],
    *,
    absent: tuple[str, ...],
) -> None:
    travel(slot.starts_at - timedelta(minutes=5))
    trainer.goto(link_in(mail(TRAINER, "formation_trainer_eve")))
    trainer.locator("#en-cours ~ ul").get_by_role("link").first.click()
    press(trainer, "Afficher le code dans la salle")
    for address, signs in phones.items():
        if address in absent:
            continue
        signs.goto(link_in(mail(address, "formation_convocation")))
        signs.get_by_role("link", name="Signer ma présence").click()
        field(signs, "Code affiché dans la salle").fill(trainer.locator(".room__code").inner_text())
        press(signs, "Je signe")
        expect(signs.get_by_role("status")).to_contain_text("Votre signature est enregistrée")
        assert not scrolls_sideways(signs)
    trainer.reload()
    expect(trainer.get_by_text(f"{4 - len(absent)} émargements sur 4")).to_be_visible()

    travel(slot.ends_at)
    trainer.get_by_role("link", name="Revenir à la session").click()
    trainer.get_by_role("link", name="Contresigner").click()
    for address in absent:
        group = trainer.get_by_role("group", name=" ".join(NAMES[address]))
        group.get_by_label("Présence").select_option("Absence")
    press(trainer, "Contresigner au nom")
    expect(trainer.get_by_role("status")).to_contain_text("La demi-journée est contresignée")


def the_trainer_assesses(trainer: Page) -> None:
    trainer.get_by_role("link", name="Évaluer les acquis").click()
    for first, last in NAMES.values():
        trainer.get_by_label(f"{first} {last}").select_option(index=1)
    press(trainer, "Enregistrer")
    expect(trainer.get_by_role("status")).to_contain_text("Les acquis sont enregistrés")


def the_session_is_closed(desk: Page, session: Session) -> None:
    desk.goto(admin_url(Session, "inspect", session.pk))
    desk.get_by_role("link", name="Marquer terminée").click()
    press(desk, "Marquer terminée")
    assert states() == dict.fromkeys(NAMES, EnrolmentState.ATTENDED) | {
        LEAVES_AT_NOON: EnrolmentState.PARTLY_ATTENDED
    }


def everybody_reads_their_documents(page: Page, phones: dict[str, Page]) -> None:
    page.goto(link_in(mail(CONTACT, "formation_company_documents")))
    for first, last in EMPLOYEES.values():
        for kind in ("Certificat de réalisation", "Attestation de fin de formation"):
            read(page, f"{kind}, {first} {last} (PDF)", f"{first} {last}")
    expect(page.get_by_text("Nora")).to_have_count(0)

    leaves = phones[LEAVES_AT_NOON]
    leaves.goto(link_in(mail(LEAVES_AT_NOON, "formation_documents_ready")))
    assert "3,5 heures" in read(leaves, "Certificat de réalisation, Inès Faure (PDF)", "Inès Faure")
    expect(leaves.get_by_text("Awa")).to_have_count(0)
    assert not scrolls_sideways(leaves)


def the_figure_reaches_the_page(page: Page, phones: dict[str, Page], session: Session) -> None:
    for address, answers in phones.items():
        answers.goto(link_in(mail(address, "formation_survey")))
        for question in answers.get_by_role("group").all():
            if question.get_by_role("radio").count():
                question.get_by_role("radio").last.check()
        press(answers, "Envoyer mes réponses")
        expect(answers.get_by_role("status")).to_contain_text("Vos réponses sont enregistrées")
    page.goto(session.course.url)
    expect(page.get_by_text("moins de cinq réponses")).to_be_visible()

    hot_answers(session, 1, at=timezone.now())
    page.reload()
    expect(page.get_by_text("80 % de participants satisfaits")).to_be_visible()


def the_file_of_the_session_is_whole(desk: Page, session: Session) -> None:
    desk.goto(admin_url(Session, "inspect", session.pk))
    desk.get_by_role("link", name="Preuves et dossier").click()
    for evidence in ("Conventions et contrats signés", "Assiduité suivie", "Acquis évalués"):
        expect(desk.get_by_role("row").filter(has_text=evidence)).to_contain_text("Réuni")
    with desk.expect_download() as download:
        desk.get_by_role("link", name="Télécharger le dossier (ZIP)").click()
    with zipfile.ZipFile(download.value.path()) as archive:
        files = [name.removeprefix("VIE-1/") for name in archive.namelist()]
        pieces = [re.sub(r"-\d{4}-\d{4}", "", name) for name in files]
        assert Counter(pieces) == WHOLE_FILE
        people = load_workbook(io.BytesIO(archive.read("VIE-1/session.xlsx")))["Personnes"]
    minutes = {row[2]: row[-1] for row in people.iter_rows(min_row=2, values_only=True)}
    assert minutes == {"Diop": 420, "Faure": 210, "Morel": 420, "Petit": 420}


def the_yearly_report_counts_it(desk: Page, session: Session) -> None:
    for line, counted in (
        ("C-1", "1 440 €"),
        ("C-9", "480 €"),
        ("F-1a", "3,5 heures"),
        ("F-1d", "7 heures"),
    ):
        desk.goto(f"/admin/formation/bpf/?annee={session.first_day.year}")
        row = desk.get_by_role("row").filter(has=desk.get_by_role("cell", name=line, exact=True))
        row.get_by_role("link").click()
        of_session = desk.get_by_role("row").filter(has_text=session.code)
        expect(of_session.filter(has_text=counted).first).to_be_visible()


def nothing_was_written_twice() -> None:
    ours = OutgoingMessage.objects.filter(to__in=[*NAMES, CONTACT, TRAINER])
    sent = Counter(ours.values_list("to", "kind"))
    several = {"formation_survey", "formation_survey_reminder"}
    assert [one for one, times in sent.items() if times > 1 and one[1] not in several] == []


# What is read


def states() -> dict[str, str]:
    return dict(Enrolment.objects.filter(email__in=NAMES).values_list("email", "state"))


def reference(address: str) -> str:
    of_company = {} if address == ALONE else {"contact_email": CONTACT}
    people = {"enrolments__email": ALONE} if address == ALONE else {}
    return EnrolmentRequest.objects.get(**of_company, **people).reference


def mail(address: str, kind: str) -> OutgoingMessage:
    """The last message of this kind that the address was sent."""
    return OutgoingMessage.objects.filter(to=address, kind=kind).latest("pk")


def link_in(message: OutgoingMessage) -> str:
    address = re.search(r"https?://\S+/lien/\S+", message.text)[0]
    return "/" + address.split("/", 3)[3]


def read(page: Page, name: str, words: str) -> str:
    """The text of the document behind this link, which is accessible and says these words."""
    link = page.get_by_role("link", name=name, exact=True)
    content = page.request.get(link.get_attribute("href")).body()
    assert accessibility_faults(content) == []
    text = text_of(content)
    assert words in text
    return text
