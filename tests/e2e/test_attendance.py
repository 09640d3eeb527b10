"""A day of training: the code on the wall, a phone, the trainer, the team, the end."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone

import pytest
import time_machine
from playwright.sync_api import Browser, Page, expect

from formation import links
from formation.enums import EnrolmentState, SessionState
from formation.models import Attendance, AttendanceSheet, Enrolment, Session, TimeSlot, Trainer
from tests.e2e.conftest import PHONE, watched_page
from tests.e2e.gestures import axe_finds, field, press, scrolls_sideways
from tests.factories.formation import SessionFactory, confirmed

HOUR = timedelta(hours=1)


def path_of(url: str) -> str:
    return "/" + url.split("/", 3)[3]


@pytest.fixture(autouse=True)
def _late_morning() -> Iterator[None]:
    """Near midnight the half-day below would have begun the day before, and not be today's."""
    with time_machine.travel(timezone.localtime().replace(hour=11, minute=0)):
        yield


@pytest.fixture
def session() -> Session:
    """One half-day, whose last quarter of an hour has begun a minute ago."""
    course = Session.objects.filter(state=SessionState.PUBLISHED).first().course
    now = timezone.now().replace(microsecond=0)
    slot = TimeSlot(starts_at=now - 3 * HOUR, ends_at=now + timedelta(minutes=14))
    session = SessionFactory(
        course=course, code="EMARGE-1", state=SessionState.CONFIRMED, slots=[slot]
    )
    confirmed(session, 1, 2, now=now - timedelta(days=30))
    return session


@pytest.fixture
def trainer(session: Session) -> Trainer:
    return session.course.trainers.first()


@pytest.fixture(params=[True, False], ids=["avec JavaScript", "sans JavaScript"])
def phone(request: pytest.FixtureRequest, browser: Browser, live_server) -> Iterator[Page]:
    """The phone of a trainee, twice."""
    options = {"viewport": PHONE, "java_script_enabled": request.param}
    with watched_page(browser, live_server.url, **options) as page:
        yield page


def faults(page: Page) -> list[str]:
    # The screen of the room comes back by itself, as its code does: nothing is typed there.
    return axe_finds(page, but=("meta-refresh",))


def show_the_code(page: Page, trainer: Trainer) -> str:
    page.goto(path_of(links.trainer_url(trainer)))
    page.locator("#en-cours ~ ul").get_by_role("link").first.click()
    page.get_by_role("button", name="Afficher le code dans la salle").click()
    return page.locator(".room__code").inner_text()


def test_a_half_day_is_signed_countersigned_corrected_and_closed(
    session: Session, trainer: Trainer, page: Page, phone: Page, sign_in
) -> None:
    first, second = Enrolment.objects.filter(session=session).order_by("pk")

    code = show_the_code(page, trainer)
    expect(page.locator(".room__qr svg")).to_be_visible()
    phone.goto(path_of(links.enrolment_url(first)))
    phone.get_by_role("link", name="Signer ma présence").click()
    field(phone, "Code affiché dans la salle").fill(code)
    press(phone, "Je signe")
    expect(phone.get_by_role("status")).to_contain_text("Votre signature est enregistrée")
    assert not scrolls_sideways(phone)
    line = Attendance.objects.get(slot__session=session)
    assert (line.enrolment, line.presence, line.minutes in {13, 14}) == (first, "late", True)

    page.reload()
    expect(page.get_by_text("1 émargement sur 2")).to_be_visible()
    page.get_by_role("link", name="Revenir à la session").click()
    page.get_by_role("link", name="Contresigner").click()
    group = page.get_by_role("group", name=second.full_name)
    group.get_by_label("Présence").select_option("Absence")
    press(page, "Contresigner au nom")
    expect(page.get_by_role("status")).to_contain_text("La demi-journée est contresignée")
    assert AttendanceSheet.objects.get(slot__session=session).countersigned_name == trainer.name

    TimeSlot.objects.filter(session=session).update(
        starts_at=timezone.now() - 5 * HOUR, ends_at=timezone.now() - HOUR
    )
    Session.objects.filter(pk=session.pk).update(ends_at=timezone.now() - HOUR)
    desk = sign_in("formation")
    desk.goto(f"/admin/formation/sessions/{session.pk}/emargement/")
    desk.get_by_role("link", name=f"Corriger ({second.full_name}").click()
    desk.get_by_label("Présence").select_option("Présence toute la demi-journée")
    desk.get_by_label("Motif").fill("Elle était là : le formateur s’est trompé de ligne.")
    press(desk, "Enregistrer la correction")
    expect(desk.get_by_text("le formateur s’est trompé de ligne")).to_be_visible()

    desk.get_by_role("link", name="Revenir à la session").click()
    desk.get_by_role("link", name="Marquer terminée").click()
    press(desk, "Marquer terminée")
    session.refresh_from_db()
    assert session.state == SessionState.COMPLETED
    states = Enrolment.objects.filter(session=session).values_list("state", flat=True)
    assert set(states) == {EnrolmentState.ATTENDED}


def test_the_qr_code_of_the_room_leads_a_phone_to_the_page_with_the_code(
    session: Session, trainer: Trainer, page: Page, phone: Page
) -> None:
    enrolment = Enrolment.objects.filter(session=session).first()
    code = show_the_code(page, trainer).replace(" ", "")
    address = path_of(links.room_url(session.slots.get(), code))

    phone.goto(address)
    expect(phone.get_by_text("Chaque personne signe depuis son lien personnel")).to_be_visible()
    phone.goto(path_of(links.enrolment_url(enrolment)))
    phone.goto(address)
    expect(field(phone, "Code affiché dans la salle")).to_have_value(code)
    assert not Attendance.objects.filter(slot__session=session).exists()
    press(phone, "Je signe")

    expect(phone.get_by_role("status")).to_contain_text("Votre signature est enregistrée")


def test_axe_finds_nothing_on_the_pages_of_attendance(
    session: Session, trainer: Trainer, page: Page
) -> None:
    enrolment = Enrolment.objects.filter(session=session).first()
    show_the_code(page, trainer)
    found = faults(page)
    page.get_by_role("link", name="Revenir à la session").click()
    found += faults(page)
    for act in ("Contresigner", "Saisir une feuille papier", "Évaluer les acquis"):
        page.get_by_role("link", name=act).first.click()
        found += faults(page)
        page.go_back()
    page.get_by_role("link", name="Toutes mes sessions").click()
    found += faults(page)
    page.goto("/formation/animation/")
    found += faults(page)
    page.goto(path_of(links.enrolment_url(enrolment)))
    page.get_by_role("link", name="Signer ma présence").click()
    found += faults(page)

    assert found == []
