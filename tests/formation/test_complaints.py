"""A complaint: from the form to our answer, the delay that is measured, what is done next."""

import io
import re
from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone

import pytest
from openpyxl import load_workbook

from courrier.models import OutgoingMessage
from formation.enums import ComplaintChannel, ComplaintState
from formation.forms.complaint import ComplaintForm
from formation.models import Complaint, ComplaintEvent, ImprovementAction
from formation.notice import complaint_notice
from formation.services import complaints
from formation.services.complaints import COMPLAINT_LIFECYCLE, Arrival
from rgpd.models import NoticeVersion
from rgpd.services.purge import purge
from site_enys.admin import admin_url
from site_enys.public_forms import HONEYPOT
from site_enys.states import Actor, Role, TransitionRefused
from tests.desk import lines_waiting
from tests.factories.formation import COMPLAINT, SessionFactory, a_complaint
from tests.harness.clock import paris
from tests.races import at_once

pytestmark = pytest.mark.django_db

NOW = paris(2027, 3, 1, 10)
DAY = timedelta(days=1)
STAFF = Actor(Role.STAFF)
FORM = "/formation/reclamation/"
S = ComplaintState


def answers(**changes):
    token = ComplaintForm(now=timezone.now() - timedelta(seconds=30)).new_token()
    return COMPLAINT | {"about_session": "", "form_token": token} | changes


def text_of(response):
    return re.sub(r"\s+", " ", response.content.decode()).replace("&nbsp;", " ")


def answered(complaint, at):
    complaints.answer(complaint, "Nous corrigeons.", root_cause="", by=STAFF, now=at)


# -- The form -----------------------------------------------------------------------------------


def test_a_complaint_is_in_the_register_with_its_reference_and_both_e_mails(client):
    response = client.post(FORM, answers(), follow=True)

    complaint = Complaint.objects.get()
    year = timezone.localdate().year
    assert complaint.reference == f"R-{year}-0001"
    assert (complaint.state, complaint.channel) == (S.RECEIVED, ComplaintChannel.FORM)
    assert complaint.acknowledged_at == complaint.received_at
    assert complaint.notice_version == complaint_notice().version
    assert complaint.notice_shown_at
    assert NoticeVersion.objects.get(key="reclamation").version == complaint.notice_version
    assert complaint.events.get().transition == "receive"
    assert complaint.reference in text_of(response)
    kinds = OutgoingMessage.objects.values_list("kind", "to", "reply_to")
    assert {kind for kind, _, _ in kinds} == {
        "formation_complaint_received",
        "formation_complaint_staff",
    }
    assert COMPLAINT["author_name"] not in text_of(response)


def test_a_double_click_makes_one_complaint(client):
    data = answers()

    first, second = client.post(FORM, data), client.post(FORM, data)

    assert first.status_code == 303
    assert first["Location"] == second["Location"]
    assert Complaint.objects.count() == 1


@pytest.mark.parametrize("typed", ["ra-2027-9", "RA-2027-9 "])
def test_a_known_code_ties_the_complaint_to_its_session(client, typed):
    session = SessionFactory(code="RA-2027-9")

    client.post(FORM, answers(about_session=typed))

    complaint = Complaint.objects.get()
    assert (complaint.session, complaint.text) == (session, COMPLAINT["text"])


def test_a_session_in_words_is_kept_with_the_text(client):
    client.post(FORM, answers(about_session="La formation de mars"))

    complaint = Complaint.objects.get()
    assert complaint.session is None
    assert complaint.text == (
        f"Session indiquée\u00a0: La formation de mars\n\n{COMPLAINT['text']}"
    )


def test_the_longest_words_fit_in_the_column(client):
    data = answers(about_session="s" * 160, text="é" * 3500)

    assert client.post(FORM, data).status_code == 303


def test_a_telephone_is_enough_and_then_no_e_mail_goes_to_the_person(client):
    data = answers(author_email="", author_phone="04 00 00 00 00")

    page = client.post(FORM, data, follow=True)

    assert Complaint.objects.get().acknowledged_at is None
    assert OutgoingMessage.objects.get().kind == "formation_complaint_staff"
    assert "notez votre référence" in text_of(page)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"author_email": "", "author_phone": ""}, "Indiquez une adresse ou un téléphone"),
        ({"author_kind": ""}, "Dites à quel titre vous nous écrivez."),
        ({"author_kind": "pirate"}, "Sélectionnez un choix valide"),
        ({"author_name": "<b>"}, "Un nom s’écrit sans chiffre ni adresse."),
        ({"author_email": "pas une adresse"}, "adresse"),
        ({"subject": "a\nb"}, "Ce texte doit tenir sur une ligne."),
        ({"text": "a\x00b"}, "form-errors"),
        ({"text": "a\u202eb"}, "caractères invisibles"),
        ({"text": "x" * 10_000}, "form-errors"),
        ({"text": "\u200b"}, "aucun signe visible"),
    ],
)
def test_a_mistake_is_said_beside_its_field_and_nothing_is_lost(client, changes, sentence):
    response = client.post(FORM, answers(**changes))

    assert response.status_code == 422
    assert sentence in text_of(response)
    assert "La salle était fermée" in text_of(response) or "text" in changes
    assert not Complaint.objects.exists()


def test_what_looks_like_a_robot_is_set_aside_without_an_e_mail(client):
    response = client.post(FORM, answers(**{HONEYPOT: "x"}), follow=True)

    complaint = Complaint.objects.get()
    assert (complaint.state, complaint.acknowledged_at) == (S.SET_ASIDE, None)
    assert complaint.reference in text_of(response)
    assert not OutgoingMessage.objects.exists()


def test_the_form_is_reached_from_the_catalogue_and_the_course_and_knows_the_session(client):
    session = SessionFactory(code="RA-2027-9")

    for page in ("/formation/", session.course.url):
        assert f'href="{FORM}"' in client.get(page).content.decode()
    assert 'value="RA-2027-9"' in text_of(client.get(f"{FORM}?session=RA-2027-9"))
    assert client.get(f"{FORM}?session=%00%22%3E").status_code == 200


def test_the_page_takes_few_queries(client, count_queries):
    client.get(FORM)

    assert count_queries(lambda: client.get(FORM)) <= 15


# -- States -------------------------------------------------------------------------------------

ALLOWED = {
    ("recover", S.SET_ASIDE): S.RECEIVED,
    ("discard", S.SET_ASIDE): S.DISCARDED,
    ("acknowledge", S.RECEIVED): S.ACKNOWLEDGED,
    ("answer", S.RECEIVED): S.ANSWERED,
    ("answer", S.ACKNOWLEDGED): S.ANSWERED,
    ("close", S.ANSWERED): S.CLOSED,
    ("reopen", S.ANSWERED): S.ACKNOWLEDGED,
    ("reopen", S.CLOSED): S.ACKNOWLEDGED,
}


@pytest.mark.parametrize("state", S.values)
@pytest.mark.parametrize("role", list(Role))
def test_the_whole_matrix(state, role):
    complaint = a_complaint(NOW)
    for row in COMPLAINT_LIFECYCLE.transitions:
        Complaint.objects.filter(pk=complaint.pk).update(state=state, answered_at=NOW)
        complaint.refresh_from_db()
        expected = ALLOWED.get((row.name, state)) if role == Role.STAFF else None
        try:
            COMPLAINT_LIFECYCLE.apply(complaint, row.name, by=Actor(role), now=NOW, reason="M.")
        except TransitionRefused:
            assert (expected, complaint.state) == (None, state), row.name
        else:
            assert complaint.state == expected, row.name


def test_our_answer_leaves_and_stays_with_its_cause():
    complaint = a_complaint(NOW)

    complaints.answer(
        complaint, "Nous corrigeons.", root_cause="Un oubli.", by=STAFF, now=NOW + DAY
    )

    mail = OutgoingMessage.objects.get(kind="formation_complaint_answered")
    assert (complaint.state, complaint.answered_at) == (S.ANSWERED, NOW + DAY)
    assert (complaint.answer, complaint.root_cause) == ("Nous corrigeons.", "Un oubli.")
    assert mail.to == COMPLAINT["author_email"]
    assert "Nous corrigeons." in mail.text
    assert "Un oubli." not in mail.text


@pytest.mark.parametrize("text", ["", "   \n"])
def test_an_empty_answer_is_refused(text):
    complaint = a_complaint(NOW)

    with pytest.raises(TransitionRefused, match="la réponse"):
        complaints.answer(complaint, text, root_cause="", by=STAFF, now=NOW)

    assert Complaint.objects.get().state == S.RECEIVED


def test_a_refused_answer_leaves_the_former_one():
    complaint = a_complaint(NOW)
    answered(complaint, NOW + DAY)

    with pytest.raises(TransitionRefused):
        complaints.answer(complaint, "Autre.", root_cause="", by=STAFF, now=NOW + 2 * DAY)

    assert Complaint.objects.get().answer == "Nous corrigeons."
    assert OutgoingMessage.objects.filter(kind="formation_complaint_answered").count() == 1


def test_somebody_without_an_address_is_answered_without_an_e_mail():
    complaint = a_complaint(NOW, author_email="", author_phone="04 00 00 00 00")

    answered(complaint, NOW + DAY)

    assert complaint.state == S.ANSWERED
    assert not OutgoingMessage.objects.filter(kind="formation_complaint_answered").exists()


def test_what_was_held_back_leaves_once_a_person_has_looked():
    complaint = a_complaint(NOW, arrival=Arrival(quarantined=True))

    COMPLAINT_LIFECYCLE.apply(complaint, "recover", by=STAFF, now=NOW + DAY)

    assert complaint.acknowledged_at == NOW + DAY
    assert OutgoingMessage.objects.count() == 2


def test_reopening_wants_a_reason_and_makes_the_delay_run_again():
    complaint = a_complaint(NOW)
    answered(complaint, NOW + DAY)

    with pytest.raises(TransitionRefused, match="motif"):
        COMPLAINT_LIFECYCLE.apply(complaint, "reopen", by=STAFF, now=NOW + 3 * DAY)
    COMPLAINT_LIFECYCLE.apply(complaint, "reopen", by=STAFF, now=NOW + 3 * DAY, reason="Encore.")

    assert complaint.answered_at is None
    assert complaints.delay_days(complaint, NOW + 5 * DAY) == 5


@pytest.mark.django_db(transaction=True)
def test_two_answers_at_once_send_one():
    complaint = a_complaint(NOW)

    outcomes = at_once(
        *[
            lambda n=n: answered(Complaint.objects.get(pk=complaint.pk), NOW + n * DAY)
            for n in (1, 2)
        ]
    )

    assert sorted(type(outcome) for outcome in outcomes if outcome) == [TransitionRefused]
    assert OutgoingMessage.objects.filter(kind="formation_complaint_answered").count() == 1
    assert ComplaintEvent.objects.filter(transition="answer").count() == 1


# -- Delays -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("days", "late"), [(0, False), (30, False), (31, True)])
def test_a_complaint_is_late_from_the_thirty_first_day(days, late):
    complaint = a_complaint(NOW)

    assert complaints.is_late(complaint, NOW + days * DAY) is late
    assert complaints.late(NOW + days * DAY) == ([complaint] if late else [])


def test_what_is_answered_is_never_late():
    complaint = a_complaint(NOW)
    answered(complaint, NOW + 50 * DAY)

    assert not complaints.is_late(complaint, NOW + 90 * DAY)
    assert complaints.delay_days(complaint, NOW + 90 * DAY) == 50


@pytest.mark.parametrize(
    ("delays", "median"),
    [((), None), ((4, 4), None), ((2, 9, 30), 9), ((1, 2, 5, 6), 4), ((0, 0, 0), 0)],
)
def test_the_measured_delay_is_the_median_of_three_answers_at_least(delays, median):
    for days in delays:
        answered(a_complaint(NOW), NOW + days * DAY)

    assert complaints.median_delay(NOW + 60 * DAY) == median


def test_only_the_answers_of_the_last_year_are_measured():
    for _ in range(3):
        answered(a_complaint(NOW), NOW + DAY)

    assert complaints.median_delay(NOW + 365 * DAY) == 1
    assert complaints.median_delay(NOW + 366 * DAY) is None
    assert complaints.median_delay(NOW) is None


def test_the_page_says_the_delay_announced_and_the_one_measured(client):
    before = text_of(client.get(FORM))
    now = timezone.now()
    for _ in range(3):
        answered(a_complaint(now - 9 * DAY), now - 5 * DAY)

    after = text_of(client.get(FORM))

    assert "<strong>30 jours</strong>" in before
    assert "la moitié des réclamations" not in before
    assert "la moitié des réclamations ont reçu leur réponse en 4 jours ou moins" in after


# -- Retention ----------------------------------------------------------------------------------


@pytest.mark.parametrize("state", [S.SET_ASIDE, S.DISCARDED])
def test_what_a_robot_sent_goes_after_six_months(state):
    complaint = a_complaint(NOW, arrival=Arrival(quarantined=True))
    Complaint.objects.filter(pk=complaint.pk).update(state=state)

    purge(NOW + 182 * DAY, apply=True)
    kept = Complaint.objects.exists()
    purge(NOW + 184 * DAY, apply=True)

    assert kept
    assert not Complaint.objects.exists()


# -- The desk -----------------------------------------------------------------------------------


def inspect(complaint):
    return admin_url(Complaint, "inspect", complaint.pk)


@pytest.mark.parametrize("role", ["formation", "direction"])
def test_the_training_team_and_the_direction_read_filter_and_export(log_in, role):
    complaint = a_complaint(timezone.now(), subject="Salle fermée")
    client = log_in(role)

    listed = client.get(admin_url(Complaint, "list") + "?q=salle").content.decode()
    opened = text_of(client.get(inspect(complaint)))
    book = load_workbook(
        io.BytesIO(
            b"".join(client.get(admin_url(Complaint, "list") + "?export=xlsx").streaming_content)
        )
    )

    assert complaint.reference in listed
    assert "Répondre" in opened
    assert "Prendre en charge" in opened
    assert book.active.cell(2, 1).value == complaint.reference


@pytest.mark.parametrize("role", ["redaction", "recrutement"])
def test_the_other_roles_reach_nothing(log_in, role):
    complaint = a_complaint(timezone.now())
    client = log_in(role)

    for url in (
        admin_url(Complaint, "list"),
        inspect(complaint),
        reverse("formation_complaint_add"),
        reverse("formation_complaint_answer", args=[complaint.pk]),
        admin_url(ImprovementAction, "list"),
    ):
        assert client.get(url)["Location"] == reverse("wagtailadmin_home"), url


def test_an_answer_is_read_before_it_is_sent(log_in):
    complaint = a_complaint(timezone.now())
    client = log_in("formation")
    url = reverse("formation_complaint_answer", args=[complaint.pk])
    data = {"answer": "Nous corrigeons.", "root_cause": "Un oubli."}

    preview = text_of(client.post(url, data | {"preview": "on"}))
    complaint.refresh_from_db()
    unsent = complaint.state
    client.post(url, data)

    complaint.refresh_from_db()
    assert "Un courriel partira" in preview
    assert "Voici notre réponse." in preview
    assert (unsent, complaint.state) == (S.RECEIVED, S.ANSWERED)
    assert "n’est pas possible" in text_of(client.get(url))


def test_what_came_by_telephone_is_written_down_on_its_day(log_in):
    client = log_in("formation")
    day = timezone.localdate() - 3 * DAY
    data = COMPLAINT | {"about_session": "", "channel": "phone", "received_on": day.isoformat()}

    response = client.post(reverse("formation_complaint_add"), data)

    complaint = Complaint.objects.get()
    assert response["Location"] == inspect(complaint)
    assert timezone.localdate(complaint.received_at) == day
    assert complaint.channel == ComplaintChannel.PHONE
    assert complaint.events.get().user == client.user


def test_a_day_to_come_is_refused_and_nothing_is_lost(log_in):
    tomorrow = timezone.localdate() + DAY
    data = COMPLAINT | {
        "about_session": "",
        "channel": "phone",
        "received_on": tomorrow.isoformat(),
    }

    response = log_in("formation").post(reverse("formation_complaint_add"), data)

    assert "Ce jour n’est pas encore passé." in text_of(response)
    assert COMPLAINT["subject"] in text_of(response)


def test_an_action_begins_from_its_complaint_and_stays_beside_it(log_in):
    complaint = a_complaint(timezone.now(), session=SessionFactory(code="RA-2027-9"))
    client = log_in("formation")
    add = f"{admin_url(ImprovementAction, 'add')}?complaint={complaint.pk}"

    form = client.get(add).content.decode()
    ImprovementAction.objects.create(
        title="Vérifier la salle la veille", complaint=complaint, responsible="Inès"
    )

    assert f'<option value="{complaint.pk}" selected>' in form
    assert "Vérifier la salle la veille" in text_of(client.get(inspect(complaint)))
    assert client.get(f"{admin_url(ImprovementAction, 'add')}?complaint=x").status_code == 200


def test_an_action_is_written_changed_and_deleted(log_in):
    client = log_in("formation")
    data = {
        "title": "Vérifier la salle",
        "description": "",
        "complaint": "",
        "session": "",
        "responsible": "Inès",
        "due_on": "2027-03-01",
        "done_on": "",
        "result": "",
    }

    client.post(admin_url(ImprovementAction, "add"), data)
    action = ImprovementAction.objects.get()
    client.post(admin_url(ImprovementAction, "edit", action.pk), data | {"done_on": "2027-03-02"})
    action.refresh_from_db()

    assert action.done_on == date(2027, 3, 2)
    assert client.get(admin_url(ImprovementAction, "list")).status_code == 200
    client.post(admin_url(ImprovementAction, "delete", action.pk))
    assert not ImprovementAction.objects.exists()


def test_the_export_computes_nothing(log_in):
    a_complaint(timezone.now(), subject="=1+1")
    url = admin_url(Complaint, "list")

    text = b"".join(log_in("formation").get(url + "?export=csv").streaming_content).decode()

    assert "'=1+1" in text


def test_the_desk_says_what_waits_and_what_is_late(log_in, rf):
    now = timezone.now()
    a_complaint(now)
    a_complaint(now - 40 * DAY)
    a_complaint(now, arrival=Arrival(quarantined=True))
    today = timezone.localdate()
    for due_on, done_on in ((today - DAY, None), (today - DAY, today), (today, None)):
        ImprovementAction.objects.create(title="A", responsible="I", due_on=due_on, done_on=done_on)
    request = rf.get("/admin/")
    request.user = log_in("formation").user

    said = {
        line.sentence.replace("\u00a0", " "): line.urgent for line in lines_waiting(request, now)
    }

    assert said == {
        "2 réclamations sans réponse": False,
        "1 réclamation sans réponse depuis plus de 30 jours": True,
        "1 réclamation mise de côté à vérifier (robot\u202f?)": False,
        "1 action d’amélioration dont l’échéance est passée": False,
    }


def test_list_and_export_cost_the_same_with_one_row_and_with_thirty(log_in, count_queries):
    client = log_in("formation")
    session = SessionFactory()

    def costs():
        url = admin_url(Complaint, "list")
        return [
            count_queries(lambda: client.get(url)),
            count_queries(lambda: b"".join(client.get(url + "?export=xlsx").streaming_content)),
        ]

    a_complaint(timezone.now(), session=session)
    costs()
    one = costs()
    for _ in range(29):
        complaint = a_complaint(timezone.now(), session=session)
        ImprovementAction.objects.create(title="A", responsible="I", complaint=complaint)

    assert costs() == one
