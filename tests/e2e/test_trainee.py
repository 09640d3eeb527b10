"""A trainee signs up for a session."""

from collections.abc import Callable

from django.utils import timezone

from playwright.sync_api import Page, expect

from formation.enums import Availability
from formation.models import Enrolment, Session
from formation.services.enrolment import enrol
from tests.e2e.found import last_seat, session_now, sign_up_address
from tests.e2e.gestures import field, fill_in, press
from tests.factories.formation import sign_up

HERSELF = {
    "Prénom": "Awa",
    "Nom": "N’Diaye-Lefèvre",
    "Adresse électronique": "awa@exemple.test",
    "Téléphone": "06 12 34 56 78",
}
BY_HER_EMPLOYER = {
    "Entreprise ou organisme": "Association Le Phare",
    "Votre nom": "Paul Girard",
    "Votre adresse électronique": "paul@le-phare.test",
    "Prénom du ou de la stagiaire": "Awa",
    "Nom du ou de la stagiaire": "N’Diaye-Lefèvre",
    "Adresse électronique du ou de la stagiaire": "awa@exemple.test",
}
SEND = "Envoyer ma demande d’inscription"


def test_from_the_catalogue_to_the_row_that_staff_sees(
    visitor: Page, sign_in: Callable[[str], Page]
) -> None:
    session = session_now(Availability.OPEN)
    visitor.goto("/")
    visitor.keyboard.press("Escape")
    menu = visitor.get_by_role("navigation", name="Menu principal")
    menu.get_by_role("link", name="Formation", exact=True).click()
    visitor.get_by_role("link", name=session.course.title, exact=True).first.click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text(session.course.title)
    visitor.get_by_role("link", name=f"S’inscrire à la session {session.code}").first.click()
    visitor.get_by_role("link", name="Particulier").click()
    fill_in(visitor, HERSELF)
    press(visitor, SEND)

    expect(visitor.get_by_role("heading", level=1)).to_have_text("Votre demande est reçue")
    expect(visitor.get_by_text("Une place est comptée")).to_be_visible()
    reference = Enrolment.objects.get(email="awa@exemple.test").request.reference
    expect(visitor.get_by_role("status")).to_contain_text(reference)
    visitor.reload()
    expect(visitor.get_by_role("status")).to_contain_text(reference)

    staff = sign_in("formation")
    staff.goto("/admin/")
    press(staff, "Formation")
    staff.get_by_role("link", name="Inscriptions", exact=True).click()
    row = staff.get_by_role("row").filter(has_text=reference)
    expect(row).to_contain_text("Demande reçue")
    expect(row).to_contain_text("N’Diaye-Lefèvre")
    row.get_by_role("link").first.click()
    expect(staff.get_by_role("main")).to_contain_text("awa@exemple.test")
    press(staff, "Formation")
    staff.get_by_role("link", name="Sessions", exact=True).click()
    row = staff.get_by_role("row").filter(has_text=session.code)
    expect(row).to_contain_text(f"{session.seats_taken + 1} sur {session.capacity}")

    director = sign_in("direction")
    director.goto("/admin/")
    director.get_by_role("link", name="Courriels", exact=True).click()
    row = director.get_by_role("row").filter(has_text="awa@exemple.test")
    expect(row).to_contain_text("Demande d’inscription reçue")


def test_an_employer_who_clicks_twice_makes_one_enrolment(visitor: Page) -> None:
    session = session_now(Availability.OPEN)
    visitor.goto(sign_up_address(session))
    fill_in(visitor, BY_HER_EMPLOYER)
    visitor.get_by_role("button", name=SEND).dblclick()

    expect(visitor.get_by_role("heading", level=1)).to_have_text("Votre demande est reçue")
    assert Enrolment.objects.filter(email="awa@exemple.test").count() == 1
    assert Session.objects.get(pk=session.pk).seats_taken == session.seats_taken + 1


def test_a_mistake_is_said_beside_its_field_and_nothing_typed_is_lost(visitor: Page) -> None:
    visitor.goto(sign_up_address(session_now(Availability.OPEN)))
    fill_in(visitor, BY_HER_EMPLOYER | {"SIRET": "123"})
    press(visitor, SEND)

    summary = visitor.get_by_role("alert")
    expect(summary.get_by_role("listitem")).to_have_count(1)
    summary.get_by_role("link", name="SIRET").click()
    expect(field(visitor, "SIRET")).to_be_focused()
    for label, answer in BY_HER_EMPLOYER.items():
        expect(field(visitor, label)).to_have_value(answer)


def test_a_full_session_puts_her_on_the_waiting_list_and_says_so(visitor: Page) -> None:
    session = session_now(Availability.FULL_WAITLIST)
    visitor.goto(session.course.url)
    visitor.get_by_role(
        "link", name=f"Rejoindre la liste d’attente à la session {session.code}"
    ).first.click()
    expect(visitor.get_by_role("main")).to_contain_text("Cette session est complète.")
    visitor.get_by_role("link", name="Particulier").click()
    fill_in(visitor, HERSELF)
    press(visitor, "Rejoindre la liste d’attente")

    rank = session.waiting_count + 1
    expect(visitor.get_by_text(f"liste d’attente, au rang {rank}")).to_be_visible()
    assert Session.objects.get(pk=session.pk).seats_taken == session.seats_taken


def test_the_last_seat_taken_while_she_writes_becomes_a_rank(visitor: Page) -> None:
    session = last_seat()
    visitor.goto(sign_up_address(session))
    fill_in(visitor, BY_HER_EMPLOYER)
    enrol(session, sign_up(1), timezone.now())
    press(visitor, SEND)

    expect(visitor.get_by_text("liste d’attente, au rang 1")).to_be_visible()


def test_without_waiting_list_she_is_told_and_what_she_typed_stays(visitor: Page) -> None:
    session = last_seat()
    Session.objects.filter(pk=session.pk).update(accepts_waiting_list=False)
    visitor.goto(sign_up_address(session))
    fill_in(visitor, BY_HER_EMPLOYER)
    enrol(session, sign_up(1), timezone.now())
    press(visitor, SEND)

    expect(visitor.get_by_role("alert")).to_contain_text("complète")
    expect(field(visitor, "Entreprise ou organisme")).to_have_value("Association Le Phare")
    assert not Enrolment.objects.filter(email="awa@exemple.test").exists()
