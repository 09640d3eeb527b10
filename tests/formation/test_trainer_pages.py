"""The space of a trainer: opened by her link, without prices nor addresses of people."""

import io
import re
from datetime import timedelta

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

import pytest
from icalendar import Calendar
from PIL import Image

from courrier.models import OutgoingMessage
from formation import links
from formation.enums import DocumentKind, SessionState, SurveyKind
from formation.forms.attendance import (
    AssessmentForm,
    CorrectionForm,
    CountersignForm,
    PaperForm,
    TrainerLinkForm,
)
from formation.models import (
    Attendance,
    AttendanceCorrection,
    AttendanceSheet,
    Enrolment,
    IssuedDocument,
    Session,
    Survey,
)
from formation.services.attendance import open_sheet, room_code, sign
from formation.services.trainers import (
    leads,
    remind_of_tomorrow,
    send_desk_to,
    sessions_of,
    trainers_of,
)
from site_enys.links import GRANT_LASTS, revoke
from site_enys.models import PrivateFileAccess
from tests.factories.formation import (
    CoursePageFactory,
    SessionFactory,
    TrainerFactory,
    confirmed,
)
from tests.harness.clock import paris

pytestmark = pytest.mark.django_db

SIGNED_UP = paris(2027, 1, 15, 10)
STARTS = paris(2027, 3, 1, 9)
ENDS = paris(2027, 3, 1, 12, 30)
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _in_the_room(time_machine):
    time_machine.move_to(STARTS, tick=False)


@pytest.fixture
def trainer():
    trainer = TrainerFactory()
    trainer.email = "marc@enys.test"
    trainer.save()
    return trainer


@pytest.fixture
def session(trainer):
    course = CoursePageFactory(trainers=[trainer], title="Conduire une recherche-action")
    return SessionFactory(first=STARTS, state=SessionState.CONFIRMED, course=course, code="RA-3")


@pytest.fixture
def people(session):
    return confirmed(session, 1, 2, now=SIGNED_UP)


@pytest.fixture
def slot(session):
    return session.slots.order_by("starts_at").first()


@pytest.fixture
def desk(client, trainer):
    """A browser in which the trainer has opened her link."""
    client.get(path_of(links.trainer_url(trainer)))
    return client


@pytest.fixture
def url_of(trainer, session, slot):
    """The address of a page about her session, or about its first half-day."""

    def url_of(word="", *, half_day=False):
        return address(trainer, session, word, slot if half_day else None)

    return url_of


def path_of(url):
    return "/" + url.split("/", 3)[3]


def home_of(trainer):
    return reverse("formation_trainer", args=[trainer.public_id])


def address(trainer, session, word="", slot=None):
    page = f"{home_of(trainer)}{session.public_id}/"
    return f"{page}{slot.pk}/{word}" if slot else f"{page}{word}"


def text_of(response):
    return re.sub(r"\s+", " ", response.content.decode()).replace("&nbsp;", " ")


def post(client, url, form, **data):
    now = timezone.now() - timedelta(seconds=30)
    people = {"people": []} if form in {CountersignForm, PaperForm, AssessmentForm} else {}
    return client.post(url, {"form_token": form(now=now, **people).new_token(), **data})


def scan(name="feuille.png"):
    content = io.BytesIO()
    Image.new("RGB", (40, 40), "white").save(content, "PNG")
    return SimpleUploadedFile(name, content.getvalue(), content_type="application/x-anything")


# -- Whose session it is ------------------------------------------------------------------------


def test_a_session_is_hers_when_a_half_day_names_her_or_the_course_when_none_names_anybody(
    trainer, session, slot
):
    other = TrainerFactory(name="Paul Roy")
    assert (list(sessions_of(trainer)), list(sessions_of(other))) == ([session], [])

    slot.trainer = other
    slot.save()

    assert (list(sessions_of(trainer)), list(sessions_of(other))) == ([], [session])
    assert trainers_of(session) == [other]
    second = session.slots.order_by("starts_at")[1]
    assert (leads(other, second), leads(trainer, second)) == (True, False)


def test_two_trainers_of_one_session_answer_each_for_their_half_days(trainer, session):
    other = TrainerFactory(name="Paul Roy")
    first, second, third, _ = session.slots.order_by("starts_at")
    for slot, who in ((first, trainer), (second, other)):
        slot.trainer = who
        slot.save()

    assert [leads(trainer, slot) for slot in (first, second, third)] == [True, False, True]
    assert [leads(other, slot) for slot in (first, second, third)] == [False, True, True]


@pytest.mark.parametrize(
    ("state", "shown"),
    [("draft", 0), ("published", 1), ("confirmed", 1), ("completed", 1), ("cancelled", 0)],
)
def test_sessions_that_are_not_held_are_not_shown(trainer, session, state, shown):
    Session.objects.update(state=state)

    assert sessions_of(trainer).count() == shown


# -- The link -----------------------------------------------------------------------------------


def test_the_link_leads_to_an_address_without_its_token(client, trainer, session):
    response = client.get(path_of(links.trainer_url(trainer)))
    page = client.get(response["Location"])

    assert (response.status_code, response["Location"]) == (303, home_of(trainer))
    assert response["Referrer-Policy"] == "no-referrer"
    assert "no-store" in page["Cache-Control"]
    assert "Conduire une recherche-action" in text_of(page)


@pytest.mark.parametrize(
    "url",
    [
        lambda trainer: path_of(links.trainer_url(trainer))[:-4] + "AA/",
        lambda trainer: "/formation/animation/lien/n-importe-quoi/",
        lambda trainer: "/formation/animation/agenda/n-importe-quoi.ics",
        home_of,
        lambda trainer: "/formation/animation/00000000-0000-4000-8000-000000000000/",
    ],
)
def test_a_lost_link_shows_one_neutral_page(client, trainer, url):
    response = client.get(url(trainer))

    assert response.status_code == 403
    assert "Ce lien n’est plus valable" in text_of(response)
    assert "Marc Delattre" not in text_of(response)


def test_the_link_of_the_calendar_does_not_open_the_space(client, trainer):
    token = links.TRAINER_CALENDAR.token(trainer)

    assert client.get(f"/formation/animation/lien/{token}/").status_code == 403


def test_the_space_offers_to_follow_the_calendar_and_says_its_address(desk, trainer):
    page = desk.get(home_of(trainer)).text
    address = links.trainer_calendar_url(trainer).partition(":")[2]

    assert f'href="webcal:{address}"' in page
    assert f">http:{address}<" in page or f">https:{address}<" in page


def test_a_revoked_link_closes_the_space_and_the_calendar(desk, trainer):
    calendar = path_of(links.trainer_calendar_url(trainer))
    assert desk.get(calendar).status_code == 200

    revoke(trainer)

    assert desk.get(home_of(trainer)).status_code == 403
    assert desk.get(calendar).status_code == 403


def test_the_space_closes_by_itself(desk, trainer, time_machine):
    time_machine.move_to(STARTS + GRANT_LASTS + MINUTE)

    assert desk.get(home_of(trainer)).status_code == 403


@pytest.mark.parametrize("email", ["MARC@enys.test", "curieux@exemple.test"])
def test_asking_for_the_link_is_answered_the_same_whoever_asks(client, trainer, email):
    url = reverse("formation_trainer_find")

    response = post(client, url, TrainerLinkForm, email=email)

    assert response["Location"] == f"{url}?envoye"
    assert "un courriel vient de partir" in text_of(client.get(response["Location"]))
    sent = OutgoingMessage.objects.filter(kind="formation_trainer_link")
    assert [mail.to for mail in sent] == (["marc@enys.test"] if "enys" in email else [])


def test_no_link_leaves_for_an_empty_address(trainer):
    trainer.email = ""
    trainer.save()

    assert send_desk_to("") == 0


# -- What she sees ------------------------------------------------------------------------------


def test_her_sessions_are_today_to_come_and_past(desk, trainer, session):
    for code, first in (("PLUS-TARD", paris(2027, 5, 3, 9)), ("AVANT", paris(2027, 1, 4, 9))):
        SessionFactory(first=first, course=session.course, code=code, state="confirmed")

    shown = text_of(desk.get(home_of(trainer)))

    parts = re.split(r"<h2[^>]*>", shown)
    found = [re.findall(r"RA-3|PLUS-TARD|AVANT", part) for part in parts[1:4]]
    assert found == [["RA-3"], ["PLUS-TARD"], ["AVANT"]]


def test_the_session_shows_names_and_organisations_and_nothing_else_of_people(
    desk, trainer, session, people
):
    Enrolment.objects.update(phone="06 12 34 56 78", note="Une note de l’équipe")

    shown = text_of(desk.get(address(trainer, session)))

    assert "Aïcha Moreau 1" in shown
    assert "Association Les Deux Rives" in shown
    for hidden in ("stagiaire1@exemple.test", "06 12", "note de l’équipe", "direction@", "€"):
        assert hidden not in shown
    assert "Martine Aubert" not in shown


def test_a_wish_for_an_accommodation_is_a_hint_without_a_name(desk, trainer, session, people):
    assert "aménagement" not in text_of(desk.get(address(trainer, session)))
    Enrolment.objects.filter(pk=people[0].pk).update(wants_accommodation_call=True)

    shown = text_of(desk.get(address(trainer, session)))

    assert "Au moins une personne souhaite parler d’un aménagement" in shown
    assert "Inès Corbel" in shown


def test_needs_are_read_by_name_and_marks_without_names(desk, trainer, session, people):
    for kind, answers, rating, comment in (
        (SurveyKind.NEEDS, {"attentes": "Oser l’enquête"}, None, ""),
        (SurveyKind.HOT, {"satisfaction": 3}, 3, "Très concret <b>"),
        (SurveyKind.COMPANY, {}, 1, "Secret de l’employeur"),
    ):
        Survey.objects.create(
            kind=kind,
            session=session,
            respondent=f"enrolment:{people[0].pk}",
            enrolment=people[0],
            sent_at=STARTS,
            answered_at=STARTS,
            answers=answers,
            rating=rating,
            comment=comment,
        )

    shown = text_of(desk.get(address(trainer, session)))

    needs, marks = shown.split("Ce qu’elles disent de la formation")
    assert "Oser l’enquête" in needs
    assert "Aïcha Moreau 1" in needs.split("Ce que les personnes attendent")[1]
    assert "<strong>3,0</strong> en moyenne" in marks
    assert "Très concret &lt;b&gt;" in marks
    assert "Aïcha" not in marks
    assert "Secret" not in shown


def test_the_session_of_a_colleague_is_none_for_her(desk, trainer):
    course = CoursePageFactory(trainers=[TrainerFactory(name="Paul Roy")])
    other = SessionFactory(first=STARTS, course=course)
    confirmed(other, 1, now=SIGNED_UP)
    slot = other.slots.first()

    for word in ("", "acquis/"):
        assert desk.get(address(trainer, other, word)).status_code == 404
    for word in ("salle/", "contreseing/", "papier/", "feuille.pdf"):
        assert desk.get(address(trainer, other, word, slot)).status_code == 404


def test_her_own_browser_does_not_open_the_space_of_a_colleague(desk, session):
    other = TrainerFactory(name="Paul Roy")
    session.course.trainers.add(other)
    session.course.save()

    assert desk.get(address(other, session)).status_code == 403


def test_the_pages_cost_the_same_for_one_person_and_for_thirty(
    desk, trainer, session, slot, count_queries
):
    Session.objects.update(capacity=60)
    confirmed(session, 1, now=SIGNED_UP)
    urls = [
        address(trainer, session),
        address(trainer, session, "acquis/"),
        address(trainer, session, "contreseing/", slot),
        address(trainer, session, "papier/", slot),
    ]
    one = [count_queries(lambda url=url: desk.get(url)) for url in urls]
    confirmed(session, *range(2, 32), now=SIGNED_UP)

    assert [count_queries(lambda url=url: desk.get(url)) for url in urls] == one
    assert max(one) <= 22


def test_her_calendar_follows_her_half_days_called_off_or_not(client, trainer, session):
    other = TrainerFactory(name="Paul Roy")
    first, second, *_ = session.slots.order_by("starts_at")
    first.trainer, second.trainer = trainer, other
    first.save()
    second.save()
    gone = SessionFactory(
        first=paris(2027, 6, 1, 9), course=session.course, state=SessionState.CANCELLED
    )
    SessionFactory(first=paris(2027, 7, 1, 9), course=session.course, state=SessionState.DRAFT)

    response = client.get(path_of(links.trainer_calendar_url(trainer)))

    events = Calendar.from_ical(response.content).walk("VEVENT")
    statuses = [str(event["STATUS"]) for event in events]
    assert statuses == ["CONFIRMED"] * 3 + ["CANCELLED"] * gone.slots.count()
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert b"ATTENDEE" not in response.content


# -- What she does ------------------------------------------------------------------------------


def test_a_button_opens_the_sheet_and_reading_the_room_changes_nothing(
    desk, trainer, session, slot, people
):
    room = address(trainer, session, "salle/", slot)
    assert desk.get(room)["Location"] == address(trainer, session)
    assert not AttendanceSheet.objects.exists()
    assert desk.get(address(trainer, session, "ouvrir/", slot)).status_code == 405

    answer = desk.post(address(trainer, session, "ouvrir/", slot))

    assert answer["Location"] == room
    sheet = AttendanceSheet.objects.get()
    shown = text_of(desk.get(room))
    code = room_code(sheet, STARTS)
    assert f"{code[:3]} {code[3:]}" in shown
    assert '<meta http-equiv="refresh" content="60">' in shown
    assert "0 émargement sur 2" in shown
    assert "<svg" in shown
    assert sheet.secret not in shown


def test_the_sheet_of_another_moment_is_not_opened(desk, trainer, session, slot, time_machine):
    time_machine.move_to(STARTS - timedelta(hours=1))
    desk.get(path_of(links.trainer_url(trainer)))

    answer = desk.post(address(trainer, session, "ouvrir/", slot))

    assert "Aucune demi-journée n’est à signer" in text_of(answer)
    assert not AttendanceSheet.objects.exists()


def test_she_countersigns_once_the_half_day_is_over(desk, slot, people, url_of, time_machine):
    sign(people[0], room_code(open_sheet(slot, STARTS), STARTS), STARTS)
    url = url_of("contreseing/", half_day=True)
    assert "à partir du dernier quart d’heure" in text_of(desk.get(url))
    time_machine.move_to(ENDS)
    shown = text_of(desk.get(url))
    assert "<strong>Aïcha Moreau 1</strong>" in shown
    assert f"presence_{people[1].pk}" in shown
    assert f"presence_{people[0].pk}" not in shown

    nothing_said = post(desk, url, CountersignForm)
    partly = {f"presence_{people[1].pk}": "late"}
    no_minutes = post(desk, url, CountersignForm, **partly)
    answer = post(desk, url, CountersignForm, **partly | {f"minutes_{people[1].pk}": "45"})

    assert f'href="#id_presence_{people[1].pk}"' in text_of(nothing_said)
    assert "indiquez combien de minutes" in text_of(no_minutes)
    assert '<option value="late" selected>' in text_of(no_minutes)
    assert answer["Location"] == url_of() + "?fait=contreseing"
    assert "La demi-journée est contresignée" in text_of(desk.get(answer["Location"]))
    assert Attendance.objects.get(enrolment=people[1]).minutes == 45
    assert "Cette demi-journée est contresignée" in text_of(desk.get(url))


def test_each_mistake_of_a_sheet_names_its_person(people):
    form = CountersignForm({"form_token": ""}, people=people)

    form.is_valid()

    told = [label for label, _field in form.mistakes]
    assert told == [f"{one.full_name}, Présence" for one in people]


@pytest.mark.parametrize("minutes", ["\x00", "-3", "1e9", "99999999999999", "quarante", "🙂"])
def test_hostile_minutes_are_refused_beside_the_field(desk, people, url_of, minutes, time_machine):
    time_machine.move_to(ENDS)
    url = url_of("contreseing/", half_day=True)
    key = people[0].pk
    said = {f"presence_{key}": "late", f"minutes_{key}": minutes}
    said |= {f"presence_{people[1].pk}": "absent"}

    response = post(desk, url, CountersignForm, **said)

    assert response.status_code == 200
    assert not Attendance.objects.exists()


def test_she_corrects_with_a_reason(desk, slot, people, url_of, time_machine):
    sign(people[0], room_code(open_sheet(slot, STARTS), STARTS), STARTS)
    time_machine.move_to(ENDS)
    url = url_of(f"corriger/{people[0].public_id}/", half_day=True)
    assert "La feuille dit : présent, 210 min" in text_of(desk.get(url))

    without = post(desk, url, CorrectionForm, presence="absent")
    done = post(desk, url, CorrectionForm, presence="late", minutes="60", reason="Partie tôt.")

    assert 'href="#id_reason"' in text_of(without)
    assert done["Location"].endswith("?fait=correction")
    kept = AttendanceCorrection.objects.get()
    assert (kept.old_minutes, kept.role, kept.reason) == (210, "person", "Partie tôt.")


def test_a_paper_sheet_is_attached(desk, people, url_of, time_machine):
    time_machine.move_to(ENDS)
    url = url_of("papier/", half_day=True)
    said = {f"presence_{people[0].pk}": "present", f"presence_{people[1].pk}": "excused"}

    without = post(desk, url, PaperForm, **said)
    fake = post(desk, url, PaperForm, scan=SimpleUploadedFile("a.pdf", b"rien"), **said)
    done = post(desk, url, PaperForm, scan=scan(), **said)

    assert 'href="#id_scan"' in text_of(without)
    assert "ni un PDF, ni une image" in text_of(fake)
    assert done["Location"].endswith("?fait=papier")
    assert sorted(Attendance.objects.values_list("presence", flat=True)) == ["excused", "present"]


def test_what_was_learnt_is_said_of_each_person_at_the_end(
    desk, trainer, session, people, time_machine
):
    url = address(trainer, session, "acquis/")
    found = {f"acquis_{people[0].pk}": "acquired", f"acquis_{people[1].pk}": "partly"}
    too_early = post(desk, url, AssessmentForm, **found)
    assert "n’a pas encore eu lieu" in text_of(too_early)
    time_machine.move_to(session.ends_at)
    desk.get(path_of(links.trainer_url(trainer)))

    post(desk, url, AssessmentForm, **found)
    again = post(desk, url, AssessmentForm, **found)

    assert again.status_code == 303
    assert list(Enrolment.objects.order_by("pk").values_list("assessment", flat=True)) == [
        "acquired",
        "partly",
    ]
    events = people[0].events.filter(transition="assess")
    assert [(event.role, event.reason) for event in events] == [
        ("person", "Acquis\u00a0: Objectifs atteints.")
    ]
    shown = text_of(desk.get(address(trainer, session)))
    assert "Acquis : objectifs atteints" in shown


def test_the_sheet_that_was_issued_is_downloaded_and_the_reading_is_noted(
    desk, trainer, session, slot, people
):
    url = address(trainer, session, "feuille.pdf", slot)
    assert desk.get(url).status_code == 404
    issued_sheet(slot)

    response = desk.get(url)

    assert b"".join(response.streaming_content).startswith(b"%PDF-")
    access = PrivateFileAccess.objects.get()
    assert access.user is None
    assert f"formateur n°\u00a0{trainer.pk}" in access.subject
    assert "Feuille d’émargement (PDF)" in text_of(desk.get(address(trainer, session)))
    response.close()


def issued_sheet(slot):
    document = IssuedDocument(
        kind=DocumentKind.ATTENDANCE_SHEET,
        number="EMARG-2027-0001",
        subject=f"slot:{slot.pk}",
        session=slot.session,
        slot=slot,
        template="",
        template_version="",
        sha256="",
        issued_at=STARTS,
    )
    document.file.save("f.pdf", ContentFile(b"%PDF-1.7"), save=True)
    return document


# -- What is written to her ---------------------------------------------------------------------


def mails(kind):
    return sorted(OutgoingMessage.objects.filter(kind=kind).values_list("to", flat=True))


def test_she_is_told_the_day_before_once(trainer, session, time_machine):
    eve = paris(2027, 2, 28, 8)

    def at(instant):
        time_machine.move_to(instant, tick=False)
        return remind_of_tomorrow(instant)

    assert at(paris(2027, 2, 27, 12)) == 0
    assert at(eve - MINUTE) == 0
    assert at(eve) == 1
    assert at(eve + timedelta(hours=5)) == 0
    assert at(paris(2027, 3, 1, 8)) == 0
    assert mails("formation_trainer_eve") == ["marc@enys.test"]


def test_of_two_days_only_the_eve_of_her_first_one_is_told(trainer, session, time_machine):
    other = TrainerFactory(name="Paul Roy", email="paul@enys.test")
    slots = list(session.slots.order_by("starts_at"))
    for slot, who in zip(slots, (trainer, trainer, other, other), strict=True):
        slot.trainer = who
        slot.save()

    for day in (28, 29):
        instant = paris(2027, 2, 28, 9) + timedelta(days=day - 28)
        time_machine.move_to(instant, tick=False)
        remind_of_tomorrow(instant)

    assert mails("formation_trainer_eve") == ["marc@enys.test", "paul@enys.test"]


@pytest.mark.parametrize("state", ["published", "cancelled", "postponed", "draft", "completed"])
def test_nothing_is_told_of_a_session_that_is_not_kept(trainer, session, state):
    Session.objects.update(state=state)

    assert remind_of_tomorrow(paris(2027, 2, 28, 9)) == 0


def test_a_trainer_without_an_address_is_not_written_to(trainer, session):
    trainer.email = ""
    trainer.save()

    assert remind_of_tomorrow(paris(2027, 2, 28, 9)) == 0
