"""Interviews: planned, changed, called off, and in the calendar of the person."""

from datetime import UTC, timedelta
from decimal import Decimal

from django.urls import reverse
from django.utils import timezone

import pytest

from courrier.models import Attachment, OutgoingMessage
from recrutement.documents.calendar import interview_calendar
from recrutement.enums import ContractType, InterviewKind, SalaryUnit
from recrutement.exceptions import InterviewClash, InterviewOver, PastDate
from recrutement.models import Application, Interview
from recrutement.services import decisions, interviews
from recrutement.services.closing import close_all, end_offer
from recrutement.services.lifecycle import LIFECYCLE
from site_enys.exceptions import Refused
from site_enys.states import PERSON, TransitionRefused, staff
from tests.calendars import read
from tests.factories.people import UserFactory
from tests.factories.recrutement import ApplicationFactory
from tests.mails import last_mail
from tests.races import at_once

from .scenes import NOW, STAFF, applies, plan

pytestmark = pytest.mark.django_db


def invite(application, **facts):
    return interviews.invite(application, plan(**facts), by=STAFF, now=NOW)


def calendars():
    """(method, entry) of each calendar file, in the order in which they left."""
    found = []
    for attachment in Attachment.objects.order_by("pk"):
        method, (entry,) = read(attachment.content)
        assert f"method={method}" in attachment.content_type
        found.append((method, entry))
    return found


# The rules


def test_the_first_invitation_changes_the_state_and_fills_a_calendar():
    application = applies()

    interview = invite(application)

    assert (application.state, application.first_answer_at) == ("interview", NOW)
    assert application.events.get().reason == (
        "Entretien fixé\u00a0: lundi 1er\u00a0février 2027 à 14\u00a0h\u00a030."
    )
    ((method, entry),) = calendars()
    assert (method, entry["SEQUENCE"], entry["STATUS"]) == ("REQUEST", "0", "CONFIRMED")
    assert entry["UID"] == f"entretien-{interview.public_id}@testserver"
    assert entry["DTSTART"] == "20270201T143000"
    assert entry["DTEND"] == "20270201T151500"
    assert entry["LOCATION"] == entry["URL"] == "https://visio.enys.test/salle-7"
    assert entry["ATTENDEE"] == "mailto:ines@exemple.test"
    assert "suivi" not in "".join(entry.values())


def test_a_further_interview_keeps_the_state():
    application = applies()
    invite(application)

    invite(application, starts_at=plan().starts_at + timedelta(days=7))

    assert application.state == "interview"
    assert [event.transition for event in application.events.all()] == ["invite", "interview_added"]
    assert last_mail("recrutement_entretien").subject.startswith("Un autre entretien")


@pytest.mark.parametrize("state", ["quarantine", "offered", "hired", "rejected", "withdrawn"])
def test_only_who_is_being_studied_is_invited(state):
    with pytest.raises(TransitionRefused):
        invite(applies(state=state))

    assert not Interview.objects.exists()
    assert not OutgoingMessage.objects.exists()


@pytest.mark.parametrize(("minutes", "refused"), [(0, True), (-1, True), (1, False)])
def test_an_interview_is_to_come(minutes, refused):
    application, starts_at = applies(), NOW + timedelta(minutes=minutes)

    if not refused:
        invite(application, starts_at=starts_at)
        return
    with pytest.raises(PastDate) as refusal:
        invite(application, starts_at=starts_at)
    assert refusal.value.field == "starts_at"
    assert not Interview.objects.exists()


@pytest.mark.parametrize(
    ("minutes", "clashes"), [(-61, False), (-60, False), (-59, True), (44, True), (45, False)]
)
def test_two_interviews_of_one_recruiter_at_once_need_a_reason(minutes, clashes):
    """The other one lasts an hour, and this one 45 minutes."""
    first = applies()
    second = applies(reference="C-2026-0043", email="b@exemple.test", offer=first.offer)
    invite(first, starts_at=plan().starts_at + timedelta(minutes=minutes), minutes=60)

    if not clashes:
        invite(second)
        return
    with pytest.raises(InterviewClash, match="C-2026-0042"):
        invite(second)
    second.refresh_from_db()
    assert second.state == "received"
    interviews.invite(second, plan(), by=STAFF, now=NOW, reason="Léa reçoit avec moi.")
    assert second.events.get().forced


def test_whoever_plans_both_is_the_same_person_too():
    by = staff(UserFactory())
    interviews.invite(applies(offer=None), plan(), by=by, now=NOW)
    other = applies(reference="C-2026-0043", email="b@exemple.test", offer=None)

    with pytest.raises(InterviewClash):
        interviews.invite(other, plan(), by=by, now=NOW)
    interviews.invite(other, plan(), by=staff(UserFactory()), now=NOW)


def test_an_interview_that_is_called_off_leaves_its_time_free():
    first = applies()
    interviews.call_off(invite(first), words="", by=STAFF, now=NOW)

    invite(applies(reference="C-2026-0043", email="b@exemple.test", offer=first.offer))

    assert Interview.objects.count() == 2


@pytest.mark.parametrize("reason", ["", "Un motif."])
def test_a_double_click_plans_one_interview(reason):
    application = applies()
    invite(application)

    with pytest.raises(InterviewClash):
        interviews.invite(application, plan(), by=STAFF, now=NOW, reason=reason)

    assert Interview.objects.count() == 1


def test_a_change_follows_in_the_calendar_of_the_person():
    application = applies()
    interview = invite(application)
    later = plan().starts_at + timedelta(days=1)

    interviews.change(interview, plan(starts_at=later, place="Salle 2"), by=STAFF, now=NOW)

    assert (interview.sequence, interview.starts_at) == (1, later)
    (_, before), (method, entry) = calendars()
    assert method == "REQUEST"
    assert entry["UID"] == before["UID"]
    assert (entry["SEQUENCE"], entry["DTSTART"]) == ("1", "20270202T143000")
    assert application.events.last().transition == "interview_changed"


def test_a_change_that_changes_nothing_sends_nothing():
    interview = invite(applies())

    with pytest.raises(Refused, match="Rien n’a changé"):
        interviews.change(interview, plan(), by=STAFF, now=NOW)

    assert OutgoingMessage.objects.count() == 1


def test_calling_off_takes_it_out_of_the_calendar_and_the_application_goes_on():
    application = applies()
    interview = invite(application)

    interviews.call_off(interview, words="Désolés.", by=STAFF, now=NOW, reason="Grève.")

    application.refresh_from_db()
    assert application.state == "interview"
    assert application.events.last().reason.endswith("Grève.")
    method, entry = calendars()[-1]
    assert (method, entry["SEQUENCE"], entry["STATUS"]) == ("CANCEL", "1", "CANCELLED")
    mail = last_mail("recrutement_entretien_annule")
    assert "Désolés." in mail.text
    assert "Grève" not in mail.text


def test_what_is_past_or_called_off_does_not_change():
    interview = invite(applies())
    after = interview.starts_at

    with pytest.raises(InterviewOver):
        interviews.change(interview, plan(starts_at=after + timedelta(days=1)), by=STAFF, now=after)
    interviews.call_off(interview, words="", by=STAFF, now=NOW)
    with pytest.raises(InterviewOver):
        interviews.call_off(interview, words="", by=STAFF, now=NOW)

    assert OutgoingMessage.objects.filter(kind="recrutement_entretien_annule").count() == 1


def refusal(application, now):
    decisions.reject(application, "autre", "Non.", by=STAFF, now=now)


def withdrawal(application, now):
    LIFECYCLE.apply(application, "withdraw", by=PERSON, now=now)


def closing(application, now):
    end_offer(application.offer, "cancelled", by=STAFF, now=now)
    close_all(application.offer, by=STAFF, now=now)


def hiring(application, now):
    terms = decisions.Terms(ContractType.CDI, Decimal(40000), SalaryUnit.YEAR)
    decisions.propose(application, terms, by=STAFF, now=now)
    LIFECYCLE.apply(application, "hire", by=STAFF, now=now)


@pytest.mark.parametrize("end", [refusal, withdrawal, closing, hiring])
def test_a_decision_calls_off_what_was_to_come_in_its_own_e_mail(end):
    application = applies()
    past = invite(application, starts_at=NOW + timedelta(hours=1))
    to_come = invite(application, starts_at=NOW + timedelta(days=9))
    now = NOW + timedelta(days=1)
    OutgoingMessage.objects.all().delete()

    end(application, now)

    past.refresh_from_db()
    to_come.refresh_from_db()
    assert (past.cancelled_at, to_come.cancelled_at) == (None, now)
    ((method, entry),) = calendars()
    assert (method, entry["SEQUENCE"]) == ("CANCEL", "1")
    assert str(to_come.public_id) in entry["UID"]
    assert "n’aura donc pas lieu" in OutgoingMessage.objects.order_by("pk").last().text


def test_a_published_entry_invites_nobody():
    interview = invite(applies(), kind=InterviewKind.ON_SITE, place="12, quai des Étroits, Lyon")

    method, (entry,) = read(interview_calendar(interview, "PUBLISH", NOW))

    assert method == "PUBLISH"
    assert "ATTENDEE" not in entry
    assert "URL" not in entry
    assert entry["LOCATION"] == "12\\, quai des Étroits\\, Lyon"
    assert entry["DTSTAMP"] == NOW.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def test_hostile_words_break_no_calendar():
    interview = invite(
        applies(first_name="Inès\u202e", last_name='"; RSVP=TRUE'),
        place="Salle\u202e 7 🙂",
        details="a\r\nATTENDEE:mailto:b@exemple.test\r\n" + "é" * 1900,
    )

    _, (entry,) = read(interview_calendar(interview, "REQUEST", NOW))

    assert entry["ATTENDEE"].endswith("ines@exemple.test")


@pytest.mark.django_db(transaction=True)
def test_two_colleagues_at_once_plan_one_interview():
    application = applies()

    def one():
        copy = Application.objects.get(pk=application.pk)
        return interviews.invite(copy, plan(), by=STAFF, now=NOW)

    outcomes = at_once(one, one)

    assert sum(isinstance(outcome, Interview) for outcome in outcomes) == 1
    assert Interview.objects.count() == 1
    assert OutgoingMessage.objects.count() == 1


# The screens


def url_of(application, interview=None, name="invite"):
    keys = [application.pk, interview.pk] if interview else [application.pk]
    return reverse(f"recrutement_{name}", args=keys)


def in_a_week() -> str:
    return f"{timezone.localtime() + timedelta(days=7):%Y-%m-%d} 14:30"


def typed(**facts):
    own = {
        "kind": "visio",
        "starts_at": in_a_week(),
        "minutes": "45",
        "place": "https://visio.enys.test/salle-7",
        "details": "Vous verrez Thomas Roy. Ni test, ni mise en situation.",
    }
    return own | facts


def test_the_screen_shows_the_invitation_then_sends_it(log_in):
    client, application = log_in("recrutement"), ApplicationFactory()

    page = client.post(url_of(application), typed(preview=""))
    assert not Interview.objects.exists()
    sent = client.post(url_of(application), typed())

    (mail,) = page.context["mails"]
    assert "Ni test, ni mise en situation." in mail.text
    assert sent.status_code == 302
    interview = Interview.objects.get()
    assert interview.created_by == client.user
    assert timezone.localtime(interview.starts_at).hour == 14


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"starts_at": "2020-01-01 10:00"}, "Cette date est passée"),
        ({"starts_at": "demain"}, "date"),
        ({"minutes": "9"}, "supérieure ou égale à 10"),
        ({"minutes": "481"}, "inférieure ou égale à 480"),
        ({"place": ""}, "Champ requis"),
        ({"place": "a\u0000b"}, "caract"),
        ({"details": ""}, "Champ requis"),
        ({"details": "x" * 2001}, "2000"),
        ({"kind": "fax"}, "choix"),
    ],
)
def test_what_lacks_is_said_beside_its_field_and_nothing_is_lost(log_in, facts, sentence):
    application = ApplicationFactory()

    page = log_in("recrutement").post(url_of(application), typed(**facts))

    text = page.content.decode()
    assert page.status_code == 200
    assert sentence in text
    assert not Interview.objects.exists()
    assert typed(**facts)["minutes"] in text


def test_a_clash_is_told_and_set_aside_by_a_reason(log_in):
    client = log_in("recrutement")
    first = ApplicationFactory()
    second = ApplicationFactory(offer=first.offer)
    client.post(url_of(first), typed())

    told = client.post(url_of(second), typed())
    sent = client.post(url_of(second), typed(reason="Léa reçoit."))

    assert "Un autre entretien a lieu à ce moment-là" in told.content.decode()
    assert sent.status_code == 302
    assert Interview.objects.count() == 2


def test_changing_and_calling_off_on_the_screens(log_in):
    client = log_in("recrutement")
    application = ApplicationFactory()
    client.post(url_of(application), typed())
    interview = Interview.objects.get()
    change = url_of(application, interview, "change_interview")
    cancel = url_of(application, interview, "cancel_interview")

    page = client.get(change)
    same = client.post(change, typed())
    changed = client.post(change, typed(minutes="60"))
    cancelled = client.post(cancel, {"words": "Désolés."})

    assert page.context["form"]["place"].value() == "https://visio.enys.test/salle-7"
    assert "Rien n’a changé" in same.content.decode()
    assert changed.status_code == cancelled.status_code == 302
    interview.refresh_from_db()
    assert (interview.minutes, interview.sequence) == (60, 2)
    assert "passé ou annulé" in client.get(change).content.decode()


def test_the_interview_of_somebody_else_is_not_found(log_in):
    client = log_in("recrutement")
    invite(applies(offer=None))
    interview, other = Interview.objects.get(), ApplicationFactory()

    for name in ("change_interview", "cancel_interview"):
        assert client.get(url_of(other, interview, name)).status_code == 404
        assert client.post(url_of(other, interview, name), typed()).status_code == 404


def test_interviews_to_come_are_on_the_record(log_in):
    application = ApplicationFactory()
    client = log_in("recrutement")
    client.post(url_of(application), typed())
    inspect = reverse("wagtailsnippets_recrutement_application:inspect", args=[application.pk])

    text = client.get(inspect).content.decode()

    assert "Entretiens à venir" in text
    assert url_of(application, Interview.objects.get(), "cancel_interview") in text
    assert "Fixer un autre entretien" in text
