"""The desk of the training team: who sees what, what can be done, and how much it costs."""

import io
from datetime import timedelta
from functools import partial
from threading import Thread

from django.urls import NoReverseMatch, reverse
from django.utils import timezone

import pytest
from openpyxl import load_workbook

from courrier.models import OutgoingMessage
from formation.desk.sessions import PANELS
from formation.enums import EnrolmentState, SessionState
from formation.models import (
    CourseTheme,
    Enrolment,
    EnrolmentRequest,
    Session,
    Trainer,
    Venue,
)
from formation.services.enrolment import enrol, enrol_visitor
from formation.services.lifecycle import ENROLMENT_LIFECYCLE
from site_enys.admin import admin_url
from site_enys.states import Actor, Role
from tests.desk import lines_waiting
from tests.factories.formation import (
    CoursePageFactory,
    SessionFactory,
    VenueFactory,
    individual,
    sign_up,
)
from tests.harness.clock import paris
from tests.races import at_once

pytestmark = pytest.mark.django_db

NOW = paris(2027, 1, 15, 10)
STARTS = paris(2027, 3, 1, 9)
MODELS = (CourseTheme, Enrolment, EnrolmentRequest, Session, Trainer, Venue)


@pytest.fixture
def session():
    return SessionFactory(capacity=3)


@pytest.fixture
def enrolment(session):
    return enrol(session, sign_up(), timezone.now()).enrolments.get()


def people_in(count):
    """So many enrolments, each in a session of its own."""
    course = CoursePageFactory()
    for number in range(count):
        session = SessionFactory(course=course, code=f"{course.code}-{number}")
        enrol(session, sign_up(number), timezone.now())


# -- Who ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["formation", "direction"])
@pytest.mark.parametrize("model", MODELS)
def test_the_training_team_and_the_direction_open_every_list(log_in, enrolment, role, model):
    client = log_in(role)

    assert client.get(admin_url(model, "list")).status_code == 200
    assert client.get(admin_url(model, "list") + "?export=xlsx").status_code == 200


@pytest.mark.parametrize("role", ["redaction", "recrutement"])
@pytest.mark.parametrize("model", MODELS)
def test_the_other_roles_see_no_list_and_export_nothing(log_in, enrolment, role, model):
    client = log_in(role)

    for query in ("", "?export=xlsx", "?export=csv", "?q=Moreau"):
        response = client.get(admin_url(model, "list") + query)
        assert response.status_code == 302
        assert response["Location"] == reverse("wagtailadmin_home")


@pytest.mark.parametrize("role", ["redaction", "recrutement"])
def test_the_other_roles_reach_no_record(log_in, enrolment, role):
    client = log_in(role)
    addresses = [
        admin_url(Enrolment, "inspect", enrolment.pk),
        admin_url(Enrolment, "transition", enrolment.pk, "confirm"),
        admin_url(EnrolmentRequest, "inspect", enrolment.request_id),
        admin_url(Session, "inspect", enrolment.session_id),
        admin_url(Session, "edit", enrolment.session_id),
        admin_url(Session, "transition", enrolment.session_id, "cancel"),
    ]

    for address in addresses:
        for response in (client.get(address), client.post(address, {"reason": "Motif."})):
            assert response.status_code in {302, 403, 404}
            assert b"Moreau" not in response.content
    enrolment.refresh_from_db()
    assert enrolment.state == EnrolmentState.REQUESTED


def test_the_menu_is_shown_only_to_those_who_may_use_it(log_in):
    for role, shown in (("formation", True), ("direction", True), ("redaction", False)):
        html = log_in(role).get(reverse("wagtailadmin_home")).content.decode()
        assert (admin_url(Enrolment, "list") in html) is shown, role


@pytest.mark.parametrize("model", MODELS)
def test_no_chooser_shows_the_records(model):
    namespace = f"wagtailsnippetchoosers_formation_{model._meta.model_name}"

    with pytest.raises(NoReverseMatch):
        reverse(f"{namespace}:choose")


def test_nobody_edits_or_deletes_an_enrolment_through_a_form(log_in, enrolment):
    client = log_in("direction")

    for view in ("edit", "delete"):
        response = client.post(admin_url(Enrolment, view, enrolment.pk), {"state": "confirmed"})
        assert response.status_code in {302, 403, 404}
    assert client.get(admin_url(Enrolment, "add")).status_code in {302, 403}
    enrolment.refresh_from_db()
    assert enrolment.state == EnrolmentState.REQUESTED


def test_the_journal_of_wagtail_never_holds_a_name(enrolment):
    assert "Moreau" not in f"{enrolment} {enrolment.request} {enrolment.session}"


# -- What ---------------------------------------------------------------------------------------


def test_a_request_is_confirmed_from_its_screen(log_in, enrolment):
    client = log_in("formation")
    screen = client.get(admin_url(Enrolment, "inspect", enrolment.pk)).content.decode()
    button = admin_url(Enrolment, "transition", enrolment.pk, "accept")
    assert button in screen
    assert enrolment.request.reference in screen
    assert "Demande d’inscription reçue" in screen  # the e-mails that have left

    before = client.get(button).content.decode()
    assert "2 courriels partiront" in before
    assert "Votre demande est acceptée" in before
    assert not OutgoingMessage.objects.filter(kind="formation_accepted").exists()

    response = client.post(button, {"reason": ""})

    enrolment.refresh_from_db()
    event = enrolment.events.last()
    assert response["Location"] == admin_url(Enrolment, "inspect", enrolment.pk)
    assert enrolment.state == EnrolmentState.PENDING_AGREEMENT
    assert (event.user, event.transition) == (client.user, "accept")
    assert OutgoingMessage.objects.filter(kind="formation_accepted").exists()


def test_a_transition_that_is_not_possible_says_why_and_changes_nothing(log_in, enrolment):
    client = log_in("formation")
    response = client.post(admin_url(Enrolment, "transition", enrolment.pk, "offer"))

    assert "n’est pas possible" in response.content.decode()
    assert client.post(admin_url(Enrolment, "transition", enrolment.pk, "vol")).status_code == 404
    enrolment.refresh_from_db()
    assert enrolment.state == EnrolmentState.REQUESTED


def test_the_screen_of_a_session_shows_its_people_and_what_may_be_done(log_in, session):
    seated = [enrol(session, individual(n), timezone.now()).enrolments.get() for n in (1, 2, 3)]
    waits = enrol(session, individual(4), timezone.now()).enrolments.get()
    enrol(session, individual(5), timezone.now())
    ENROLMENT_LIFECYCLE.apply(seated[0], "withdraw", by=Actor(Role.STAFF), now=timezone.now())

    html = log_in("formation").get(admin_url(Session, "inspect", session.pk)).content.decode()

    assert "Moreau 4" in html
    assert "Sur liste d’attente, rang 1" in html
    assert "Aucune place n’est libre." in html
    assert admin_url(Enrolment, "transition", waits.pk, "accept_offer") in html
    assert admin_url(Enrolment, "transition", seated[1].pk, "accept_offer") not in html
    assert admin_url(Enrolment, "inspect", seated[2].pk) in html
    assert admin_url(Session, "transition", session.pk, "cancel") in html


def test_cancelling_from_the_screen_needs_a_reason(log_in, session, enrolment):
    client = log_in("formation")
    address = admin_url(Session, "transition", session.pk, "cancel")

    refused = client.post(address, {"reason": ""})
    client.post(address, {"reason": "Trop peu d’inscrits."})

    enrolment.refresh_from_db()
    assert "motif" in refused.content.decode()
    assert enrolment.state == EnrolmentState.CANCELLED
    assert session.events.get().reason == "Trop peu d’inscrits."


def slot_rows(*slots, initial=0):
    rows = {
        "slots-TOTAL_FORMS": len(slots),
        "slots-INITIAL_FORMS": initial,
        "slots-MIN_NUM_FORMS": 0,
        "slots-MAX_NUM_FORMS": 1000,
    }
    for place, (starts, ends) in enumerate(slots):
        rows |= {
            f"slots-{place}-starts_at": starts,
            f"slots-{place}-ends_at": ends,
            f"slots-{place}-subject": "",
            f"slots-{place}-trainer": "",
            f"slots-{place}-id": "",
            f"slots-{place}-ORDER": place + 1,
            f"slots-{place}-DELETE": "",
        }
    return rows


MORNING = ("2027-03-01 09:00", "2027-03-01 12:30")
AFTERNOON = ("2027-03-01 13:30", "2027-03-01 17:00")


def form_data(course, *slots, **changes):
    return {
        "course": course.pk,
        "code": "RA-2027-03",
        "delivery_mode": "onsite",
        "venue": VenueFactory().pk,
        "remote_details": "",
        "capacity": 12,
        "min_participants": 4,
        "decision_on": "",
        "accepts_waiting_list": "on",
        "enrol_opens_at": "",
        "enrol_closes_at": "",
        "visibility": "public",
        "price_override": "",
        **slot_rows(*slots),
        **changes,
    }


def test_staff_creates_a_session_with_its_half_days_then_announces_it(log_in):
    client = log_in("formation")
    course = CoursePageFactory()

    created = client.post(admin_url(Session, "add"), form_data(course, MORNING, AFTERNOON))
    session = Session.objects.get()
    client.post(admin_url(Session, "transition", session.pk, "publish"))

    session.refresh_from_db()
    assert created.status_code == 302
    assert (session.starts_at, session.ends_at) == (STARTS, paris(2027, 3, 1, 17))
    assert session.slots.count() == 2
    assert session.state == SessionState.PUBLISHED


@pytest.mark.parametrize(
    ("slots", "changes", "sentence"),
    [
        ([MORNING], {"code": "ra 2027"}, "capitales, chiffres et tirets"),
        ([MORNING], {"capacity": 0}, ""),
        ([MORNING], {"min_participants": 13}, "effectif minimal"),
        ([MORNING[::-1]], {}, "finit après son début"),
        ([("0001-01-01 09:00", "0001-01-01 12:30")], {}, "Vérifiez l’année"),
        ([("0207-03-01 09:00", "0207-03-01 12:30")], {}, "Vérifiez l’année"),
        ([("9999-12-31 09:00", "9999-12-31 23:30")], {}, "Vérifiez l’année"),
        ([(MORNING[0], "2027-03-02 12:30")], {}, "le même jour"),
        ([MORNING, ("2027-03-01 12:00", "2027-03-01 14:00")], {}, "se chevauchent"),
        (
            [MORNING],
            {"enrol_opens_at": "2027-02-01 09:00", "enrol_closes_at": "2027-01-01 09:00"},
            "après leur ouverture",
        ),
    ],
)
def test_a_wrong_session_is_refused_in_french(log_in, slots, changes, sentence):
    course = CoursePageFactory()
    response = log_in("formation").post(
        admin_url(Session, "add"), form_data(course, *slots, **changes)
    )

    assert response.status_code == 200
    assert sentence in response.content.decode()
    assert Session.objects.count() == 0


@pytest.mark.parametrize(
    ("slots", "changes", "sentence"),
    [
        ([MORNING], {"capacity": 1, "min_participants": 1}, "au moins autant de places"),
        ([MORNING], {"venue": ""}, "Indiquez le lieu"),
        ([], {}, "au moins une demi-journée"),
    ],
)
def test_an_announced_session_keeps_what_it_promised(log_in, slots, changes, sentence):
    session = SessionFactory(first=STARTS, capacity=3)
    for number in (1, 2):
        enrol(session, individual(number), NOW)
    deleted = {
        f"slots-{4 + place}-{name}": value
        for place, slot in enumerate(session.slots.all())
        for name, value in {
            "starts_at": "2027-03-05 09:00",
            "ends_at": "2027-03-05 10:00",
            "subject": "",
            "trainer": "",
            "id": slot.pk,
            "ORDER": place,
            "DELETE": "on",
        }.items()
    }
    data = form_data(session.course, *slots, code=session.code, **changes)
    data |= deleted | {"slots-TOTAL_FORMS": 8, "slots-INITIAL_FORMS": 0}
    for place in range(4):
        data.setdefault(f"slots-{place}-DELETE", "on")
        data.setdefault(f"slots-{place}-id", "")

    response = log_in("formation").post(admin_url(Session, "edit", session.pk), data)

    assert response.status_code == 200
    assert sentence in response.content.decode()
    session.refresh_from_db()
    assert (session.capacity, session.seats_taken) == (3, 2)


@pytest.mark.django_db(transaction=True)
def test_who_signs_up_while_the_capacity_is_lowered_gets_what_the_new_one_allows(
    log_in, monkeypatch
):
    session = SessionFactory(first=STARTS, capacity=9, min_participants=1)
    data = form_data(session.course, AFTERNOON, code=session.code, capacity=2, min_participants=1)
    signing_up = [lambda n=n: enrol(session, individual(n), NOW) for n in range(3)]
    crowd = Thread(target=at_once, args=signing_up)

    def once_checked(*args, **kwargs):
        crowd.start()
        crowd.join(0.5)

    monkeypatch.setattr(Session, "validate_constraints", once_checked)
    response = log_in("formation").post(admin_url(Session, "edit", session.pk), data)
    crowd.join()

    assert response.status_code == 302
    session.refresh_from_db()
    assert (session.capacity, session.seats_taken, session.waiting_count) == (2, 2, 1)


def kept_slots(session, **first):
    """What the form sends for the half-days that exist, the first one changed."""
    rows = {"slots-TOTAL_FORMS": 4, "slots-INITIAL_FORMS": 4}
    for place, slot in enumerate(session.slots.all()):
        values = {
            "starts_at": f"{timezone.localtime(slot.starts_at):%Y-%m-%d %H:%M}",
            "ends_at": f"{timezone.localtime(slot.ends_at):%Y-%m-%d %H:%M}",
            "subject": "",
            "trainer": "",
            "id": slot.pk,
            "ORDER": place + 1,
            "DELETE": "",
        }
        values |= first if place == 0 else {}
        rows |= {f"slots-{place}-{name}": value for name, value in values.items()}
    return rows


@pytest.mark.parametrize(
    ("state", "people", "change", "saved"),
    [
        (SessionState.PUBLISHED, 1, {"starts_at": "2027-03-01 08:30"}, False),
        (SessionState.CONFIRMED, 1, {"DELETE": "on"}, False),
        (SessionState.PUBLISHED, 1, {"subject": "La commande"}, True),
        (SessionState.PUBLISHED, 0, {"starts_at": "2027-03-01 08:30"}, True),
        (SessionState.POSTPONED, 1, {"starts_at": "2027-03-01 08:30"}, False),
        (SessionState.POSTPONED, 0, {"starts_at": "2027-03-01 08:30"}, True),
    ],
)
def test_dates_that_people_hold_move_only_by_the_act_that_tells_them(
    log_in, state, people, change, saved
):
    session = SessionFactory(first=STARTS, capacity=3)
    for number in range(people):
        enrol(session, individual(number), NOW)
    Session.objects.filter(pk=session.pk).update(state=state)
    data = form_data(session.course, code=session.code, capacity=3, min_participants=1)

    response = log_in("formation").post(
        admin_url(Session, "edit", session.pk), data | kept_slots(session, **change)
    )

    assert response.status_code == (302 if saved else 200)
    assert ("chacun sera prévenu" in response.content.decode()) is not saved


def test_who_signed_up_since_the_form_was_opened_counts_too(db):
    session = SessionFactory(first=STARTS, capacity=3)
    opened = Session.objects.get(pk=session.pk)
    enrol(session, individual(), NOW)
    data = form_data(session.course, code=session.code, capacity=3, min_participants=1)

    form = PANELS.bind_to_model(Session).get_form_class()(
        data | kept_slots(session, starts_at="2027-03-01 08:30"), instance=opened
    )

    assert not form.is_valid()
    assert "chacun sera prévenu" in str(form.errors)


def test_a_session_with_people_is_never_deleted(log_in, enrolment):
    log_in("direction").post(admin_url(Session, "delete", enrolment.session_id))

    assert Session.objects.count() == 1


# -- Lists --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", 3),
        ("?state=waitlisted", 0),
        ("?state=requested", 3),
        ("?request__buyer_type=individual", 1),
        ("?q=stagiaire2", 1),
        ("?q=moreau+aicha", 3),
        ("?q=deux+rives", 2),
        ("?q=%00%22%27", 0),
    ],
)
def test_enrolments_are_filtered_and_searched(log_in, session, query, found):
    enrol(session, sign_up(1), timezone.now())
    enrol(session, sign_up(2), timezone.now())
    enrol(session, individual(3), timezone.now())

    response = log_in("formation").get(admin_url(Enrolment, "list") + query)

    assert len(response.context["object_list"]) == found


def test_each_list_costs_the_same_with_one_row_and_with_thirty(log_in, count_queries):
    client = log_in("formation")
    lists = [admin_url(model, "list") for model in (Enrolment, EnrolmentRequest, Session)]
    addresses = [*lists, *(f"{address}?export=xlsx" for address in lists)]

    def read(address):
        return client.get(address).getvalue()

    def costs():
        return {address: count_queries(partial(read, address)) for address in addresses}

    people_in(1)
    for address in addresses:
        read(address)
    with_one = costs()
    people_in(30)

    assert costs() == with_one


def test_the_export_is_in_local_time_and_computes_nothing(log_in, session):
    now = paris(2027, 7, 1, 9, 30)  # summer: two hours from UTC
    Session.objects.filter(pk=session.pk).update(
        starts_at=paris(2027, 9, 1, 9), ends_at=paris(2027, 9, 1, 17)
    )
    enrol(session, sign_up(1, organisation='=HYPERLINK("https://achetez.example")'), now)
    client = log_in("formation")

    book = load_workbook(
        io.BytesIO(client.get(admin_url(Enrolment, "list") + "?export=xlsx").getvalue())
    )
    csv = client.get(admin_url(Enrolment, "list") + "?export=csv").getvalue().decode("utf-8-sig")

    headings, row = (list(cells) for cells in book.active.iter_rows())
    values = {head.value: cell for head, cell in zip(headings, row, strict=True)}
    assert values["Reçue le"].value == now.replace(tzinfo=None)
    assert values["État"].value == "Demande reçue"
    assert values["Acheteur"].value == "Entreprise"
    assert values["Organisme"].data_type == "s"
    assert "01/07/2027 09:30" in csv
    assert "'=HYPERLINK" in csv


# -- The desk -----------------------------------------------------------------------------------


def lines(rf, user, now):
    request = rf.get("/admin/")
    request.user = user
    return {line.sentence.split("\u00a0", 1)[1]: line for line in lines_waiting(request, now)}


def test_the_desk_says_what_waits_today(log_in, rf):
    user = log_in("formation").user
    soon = NOW + timedelta(hours=20)  # so near, the site offers nothing by itself
    session = SessionFactory(first=soon, capacity=2, min_participants=1)
    leaves = enrol(session, sign_up(1), NOW).enrolments.get()
    stays = enrol(session, sign_up(2), NOW).enrolments.get()
    ENROLMENT_LIFECYCLE.apply(
        stays, "confirm_directly", by=Actor(Role.STAFF), now=NOW, reason="Commande reçue."
    )
    enrol(session, sign_up(6), NOW)
    ENROLMENT_LIFECYCLE.apply(leaves, "withdraw", by=Actor(Role.STAFF), now=NOW)
    other = SessionFactory(first=STARTS, capacity=9, min_participants=4)
    Session.objects.filter(pk=other.pk).update(decision_on=NOW.date() + timedelta(days=10))
    enrol(other, individual(3), NOW)
    enrol_visitor(other, individual(4), NOW, suspect=True)
    accepted = enrol(other, individual(5), NOW).enrolments.get()
    ENROLMENT_LIFECYCLE.apply(accepted, "accept", by=Actor(Role.STAFF), now=NOW)

    desk = lines(rf, user, NOW)

    assert {line.count for line in desk.values()} == {1}
    assert len(desk) == 6
    assert desk["convention ou contrat à envoyer"].since == NOW
    assert desk["session à moins de dix jours, pas encore maintenue"].urgent
    assert desk["demande d’inscription à étudier"].since == NOW
    assert desk["session où une place libre attend quelqu’un"].urgent
    assert desk.keys().isdisjoint(lines(rf, log_in("redaction").user, NOW))


@pytest.mark.parametrize(("days", "shown"), [(10, True), (11, False)])
def test_a_session_under_its_minimum_is_shown_ten_days_before_the_decision(log_in, rf, days, shown):
    SessionFactory(first=STARTS, min_participants=4, decision_on=NOW.date() + timedelta(days=days))

    desk = lines(rf, log_in("formation").user, NOW)

    assert any("effectif minimal" in sentence for sentence in desk) is shown
