"""The screens where staff acts on a session or on somebody in it: who, what, what is refused."""

import io
import re
from datetime import timedelta

from django.contrib.auth.models import Permission
from django.core import mail, signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

import pytest

from courrier.models import OutgoingMessage
from formation import jobs
from formation.desk.gathering import ImportScreen
from formation.enums import EnrolmentState, SessionState
from formation.models import Enrolment, EnrolmentEvent, EnrolmentRequest, Session
from formation.services import upkeep
from formation.services.enrolment import enrol, enrol_visitor
from formation.services.lifecycle import ENROLMENT_LIFECYCLE
from formation.services.sessions import SESSION_LIFECYCLE
from site_enys.admin import admin_url
from site_enys.public_forms import TOKEN
from site_enys.states import Actor, Role, TransitionRefused
from tests.desk import lines_waiting
from tests.factories.formation import (
    CoursePageFactory,
    SessionFactory,
    a_month_from,
    group,
    half_days,
    individual,
    sign_up,
    trainee,
)
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db

S = EnrolmentState
STAFF = Actor(Role.STAFF)
PERSON_SCREENS = ("corriger", "remplacer", "reporter", "note", "lien")
SESSION_SCREENS = ("inscrire", "importer", "dates", "ensemble")
MAILS = re.compile(r"\d courriels partiront|Un courriel partira")
PAUL = {"first_name": "Paul", "last_name": "Roy", "email": "paul@exemple.test", "phone": ""}


@pytest.fixture
def session():
    return SessionFactory(capacity=3)


@pytest.fixture
def enrolment(session):
    return enrol(session, sign_up(), timezone.now()).enrolments.get()


@pytest.fixture
def staff(log_in):
    return log_in("formation")


def address(word, record):
    kind = "enrolment" if isinstance(record, Enrolment) else "session"
    return reverse(f"formation_{kind}_{word}", args=[record.pk])


def written():
    """All that the screens may write."""
    people = Enrolment.objects.order_by("pk").values_list(
        "session", "state", "email", "note", "link_nonce", "wants_accommodation_call"
    )
    sessions = Session.objects.order_by("pk").values_list(
        "state", "seats_taken", "waiting_count", "starts_at", "calendar_sequence"
    )
    counts = [
        model.objects.count() for model in (EnrolmentRequest, EnrolmentEvent, OutgoingMessage)
    ]
    return list(people), list(sessions), counts, EnrolmentRequest.objects.count()


def html(response):
    assert response.status_code == 200
    return response.content.decode()


def said(client, response):
    """What the next page says has been done."""
    assert response.status_code == 302
    return client.get(response["Location"]).content.decode()


# -- Who ----------------------------------------------------------------------------------------


def every_address(enrolment):
    return [
        *(address(word, enrolment) for word in PERSON_SCREENS),
        *(address(word, enrolment.session) for word in SESSION_SCREENS),
        reverse("formation_calls"),
    ]


@pytest.mark.parametrize("role", ["formation", "direction"])
def test_the_training_team_and_the_direction_open_every_screen(log_in, enrolment, role):
    client = log_in(role)
    before = written()

    for url in every_address(enrolment):
        assert client.get(url).status_code == 200, url
    assert written() == before


@pytest.mark.parametrize("role", ["redaction", "recrutement"])
def test_the_other_roles_open_none_and_read_no_name(log_in, enrolment, role):
    client = log_in(role)
    before = written()

    for url in every_address(enrolment):
        for response in (client.get(url), client.post(url, PAUL | {"reason": "Motif."})):
            assert response.status_code == 302, url
            assert response["Location"] == reverse("wagtailadmin_home")
    assert written() == before


def test_who_may_only_read_enrolments_changes_none(client, enrolment):
    user = UserFactory()
    names = ["access_admin", "view_enrolment", "view_session"]
    user.user_permissions.set(Permission.objects.filter(codename__in=names))
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    Enrolment.objects.update(wants_accommodation_call=True)
    before = written()

    calls = reverse("formation_calls")
    assert "Moreau" in html(client.get(calls))
    assert "C’est fait" not in html(client.get(calls))
    for url in every_address(enrolment):
        client.post(url, PAUL | {"qui": enrolment.pk, "acte": "decline", "reason": "Motif."})
    assert written() == before
    cockpit = html(client.get(admin_url(Session, "inspect", enrolment.session_id)))
    assert address("inscrire", enrolment.session) not in cockpit


@pytest.mark.parametrize(
    ("state", "offered"),
    [
        (SessionState.PUBLISHED, True),
        (SessionState.CONFIRMED, True),
        (SessionState.COMPLETED, False),
        (SessionState.CANCELLED, False),
    ],
)
def test_nobody_is_asked_to_enrol_in_a_session_that_is_over(staff, session, state, offered):
    Session.objects.filter(pk=session.pk).update(state=state)

    cockpit = html(staff.get(admin_url(Session, "inspect", session.pk)))

    for name in ("inscrire", "importer"):
        assert (reverse(f"formation_session_{name}", args=[session.pk]) in cockpit) is offered


def test_somebody_unknown_is_not_found(staff):
    for word in PERSON_SCREENS:
        assert staff.get(reverse(f"formation_enrolment_{word}", args=[987654])).status_code == 404
    for word in SESSION_SCREENS:
        assert staff.get(reverse(f"formation_session_{word}", args=[987654])).status_code == 404


# -- One person ---------------------------------------------------------------------------------


def acts(enrolment):
    """What each screen of a person is sent."""
    other = SessionFactory(course=enrolment.session.course)
    return {
        "corriger": PAUL,
        "remplacer": PAUL,
        "reporter": {"session": other.pk},
        "lien": {},
    }


@pytest.mark.parametrize("word", ["corriger", "remplacer", "reporter", "lien"])
def test_the_e_mails_are_read_before_and_nothing_is_written(staff, enrolment, word):
    data = acts(enrolment)[word]
    before = written()

    page = html(staff.post(address(word, enrolment), data | {"preview": ""}))

    assert MAILS.search(page)
    assert 'name="preview"' in page  # and the form is still there to be sent
    assert written() == before


@pytest.mark.parametrize(
    ("word", "event", "reason"),
    [
        ("corriger", "correct", "adresse électronique, nom, prénom"),
        ("remplacer", "substitute", "Au téléphone."),
        ("reporter", "transfer", "Au téléphone."),
        ("lien", "change_link", "Lien de suivi changé. Au téléphone."),
    ],
)
def test_what_is_done_is_in_the_journal_with_who_and_why(staff, enrolment, word, event, reason):
    data = acts(enrolment)[word] | {"reason": "Au téléphone."}

    response = staff.post(address(word, enrolment), data)

    row = enrolment.events.get(transition=event)
    assert response["Location"] == admin_url(Enrolment, "inspect", enrolment.pk)
    assert (row.user, row.role, row.reason) == (staff.user, "staff", reason)


def test_a_second_press_on_the_button_says_that_it_is_done_already(staff, enrolment):
    for word, data in acts(enrolment).items():
        if word in {"remplacer", "reporter"}:
            other = enrol(enrolment.session, sign_up(len(word)), timezone.now()).enrolments.get()
            staff.post(address(word, other), data)
            before = written()

            page = html(staff.post(address(word, other), data))

            assert "n’est pas possible" in page
            assert written() == before


@pytest.mark.parametrize("word", ["corriger", "remplacer"])
@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"email": "pas une adresse"}, "adresse"),
        ({"last_name": ""}, "requis"),
        ({"last_name": "R0y"}, "sans chiffre"),
        ({"last_name": "Ro\x00y"}, "nul"),
        ({"last_name": "Ro\u202ey"}, "invisibles"),
        ({"last_name": "Roy\nBcc"}, "une ligne"),
        ({"first_name": "a" * 81}, "80"),
        ({"phone": "quatre"}, "numéro"),
    ],
)
def test_what_is_typed_wrong_is_said_beside_the_field_and_kept(
    staff, enrolment, word, wrong, sentence
):
    before = written()

    page = html(staff.post(address(word, enrolment), PAUL | wrong | {"reason": "Convenu."}))

    assert sentence in page
    assert "paul@exemple.test" in page or "email" in wrong
    assert written() == before


def test_a_colleague_who_is_in_the_session_already_cannot_come_twice(staff, enrolment):
    data = sign_up(2, last_name="Dubois")
    there = enrol(enrolment.session, data, timezone.now()).enrolments.get()
    data = {"first_name": there.first_name, "last_name": there.last_name, "email": there.email}
    before = written()

    for word in ("corriger", "remplacer"):
        page = html(staff.post(address(word, enrolment), data))
        assert "déjà une inscription en cours" in page
        assert there.email in page
    assert written() == before


def test_nobody_is_moved_to_a_session_of_another_course_or_without_a_seat(staff, enrolment):
    elsewhere, full = SessionFactory(), SessionFactory(course=enrolment.session.course, capacity=1)
    enrol(full, individual(7), timezone.now())
    SessionFactory(course=enrolment.session.course)
    before = written()

    for pk in (elsewhere.pk, full.pk, enrolment.session_id, "1 OR 1", ""):
        html(staff.post(address("reporter", enrolment), {"session": pk}))
    assert written() == before


def test_a_screen_says_at_once_that_it_is_useless(staff, enrolment):
    assert "Aucune autre session" in html(staff.get(address("reporter", enrolment)))
    ENROLMENT_LIFECYCLE.apply(enrolment, "withdraw", by=STAFF, now=timezone.now())
    before = written()

    for word in ("corriger", "remplacer", "reporter", "lien"):
        for response in (
            staff.get(address(word, enrolment)),
            staff.post(address(word, enrolment), PAUL),
        ):
            page = html(response)
            assert "<textarea" not in page
            assert "close" in page or "n’est pas possible" in page
    assert written() == before
    inspect = html(staff.get(admin_url(Enrolment, "inspect", enrolment.pk)))
    assert address("note", enrolment) in inspect
    assert address("corriger", enrolment) not in inspect


def test_the_journal_says_that_a_note_changed_and_not_what_it_says(staff, enrolment):
    note = "Vient avec un collègue.\nRappeler lundi."

    for _ in range(2):
        staff.post(address("note", enrolment), {"note": note, "reason": "Secret."})

    enrolment.refresh_from_db()
    event = enrolment.events.get(transition="note")
    assert enrolment.note.splitlines() == note.splitlines()
    assert (event.user, event.reason) == (staff.user, "Note de l’équipe modifiée.")


def test_a_note_too_long_is_refused_and_kept(staff, enrolment):
    page = html(staff.post(address("note", enrolment), {"note": "z" * 2001}))

    assert "z" * 2001 in page
    assert Enrolment.objects.get().note == ""


@pytest.mark.parametrize("buyer", [sign_up, individual])
def test_a_new_link_closes_those_that_were_sent(staff, session, buyer):
    enrolment = enrol(session, buyer(), timezone.now()).enrolments.get()
    link = re.compile(r"/formation/suivi/lien/\S+")
    [former] = link.findall(OutgoingMessage.objects.get(to=enrolment.email).text)

    staff.post(address("lien", enrolment), {"reason": ""})

    [new] = link.findall(OutgoingMessage.objects.get(kind="formation_link").text)
    visitor = type(staff)()
    assert visitor.get(former).status_code == 403
    assert visitor.get(new).status_code == 303


def test_who_has_left_is_sent_no_new_link(enrolment):
    ENROLMENT_LIFECYCLE.apply(enrolment, "withdraw", by=STAFF, now=timezone.now())
    before = written()

    with pytest.raises(TransitionRefused, match="close"):
        upkeep.change_link(enrolment, by=STAFF, now=timezone.now())

    assert written() == before


# -- Enrolling by hand --------------------------------------------------------------------------


def typed(client, session, kind="entreprise", **changes):
    """What the form of this kind is sent, with its token."""
    url = f"{address('inscrire', session)}?pour={kind}"
    token = re.search(rf'name="{TOKEN}" value="([^"]+)"', html(client.get(url)))[1]
    if kind == "particulier":
        return url, {TOKEN: token, **PAUL, "reason": "", **changes}
    data = {
        TOKEN: token,
        "organisation": "Association Les Deux Rives",
        "contact_name": "Martine Aubert",
        "contact_email": "direction@deux-rives.test",
        "people": "1",
        "first_name_1": "Paul",
        "last_name_1": "Roy",
        "email_1": "paul@exemple.test",
        "reason": "",
    }
    return url, data | changes


@pytest.mark.parametrize("kind", ["entreprise", "particulier"])
def test_somebody_is_enrolled_by_hand_once(staff, session, kind):
    url, data = typed(staff, session, kind, reason="Au téléphone.")

    page = html(staff.post(url, data | {"preview": ""}))
    assert MAILS.search(page)
    assert not Enrolment.objects.exists()

    assert "1\u00a0place comptée" in said(staff, staff.post(url, data))
    event = EnrolmentEvent.objects.get()
    assert (event.user, event.reason, event.forced) == (staff.user, "Au téléphone.", False)
    assert not OutgoingMessage.objects.filter(to="equipe@enys.test").exists()  # the team knows

    assert "déjà une inscription en cours" in html(staff.post(url, data))
    assert Enrolment.objects.count() == 1


def test_the_form_speaks_to_the_team_and_not_to_the_person(staff, session):
    url, _ = typed(staff, session)
    page = html(staff.get(url))

    assert "Nom du contact" in page
    assert "Votre" not in page
    assert "Contactez-moi" not in html(staff.get(typed(staff, session, "particulier")[0]))
    assert not re.search(r'autocomplete="(name|email|organization|given-name)"', page)


def test_the_form_offers_again_the_employers_of_the_session_and_of_no_other(staff, enrolment):
    elsewhere = enrol(
        SessionFactory(), sign_up(2, organisation="Ailleurs", siret="1"), timezone.now()
    )
    url = f"{address('inscrire', enrolment.session)}?pour=entreprise&comme="

    page = html(staff.get(url + enrolment.request.reference))
    assert 'value="direction@deux-rives.test"' in page
    assert "Ailleurs" not in html(staff.get(url + elsewhere.reference))
    assert 'value="direction@deux-rives.test"' not in html(staff.get(url + "F-0000-9999"))


def test_more_people_are_asked_for_without_losing_what_is_typed(staff, session):
    url, data = typed(staff, session)

    page = html(staff.post(url, data | {"ajouter": "2", "reason": "Convenu."}))

    assert 'name="last_name_3"' in page
    assert 'value="paul@exemple.test"' in page
    assert "Convenu." in page
    assert "Votre" not in page
    assert not Enrolment.objects.exists()


def test_everybody_who_was_added_is_enrolled(staff, session):
    url, data = typed(staff, session)
    page = html(staff.post(url, data | {"ajouter": "1"}))
    people = re.search(r'name="people" value="(\d+)"', page)[1]
    second = {"first_name_2": "Léa", "last_name_2": "Diallo", "email_2": "lea@exemple.test"}

    staff.post(url, data | second | {"people": people})

    assert sorted(Enrolment.objects.values_list("last_name", flat=True)) == ["Diallo", "Roy"]


def test_a_full_session_is_said_before_and_puts_on_the_list(staff):
    session = SessionFactory(capacity=1)
    enrol(session, individual(1), timezone.now())
    url, data = typed(staff, session)

    assert "attend, au rang 1" in html(staff.get(url))
    done = said(staff, staff.post(url, data))

    assert "0\u00a0place comptée, 1\u00a0personne sur la liste d’attente" in done
    assert Enrolment.objects.get(email="paul@exemple.test").state == S.WAITLISTED


def test_no_reason_makes_a_seat_where_none_is_left(staff):
    session = SessionFactory(capacity=1, accepts_waiting_list=False)
    enrol(session, individual(1), timezone.now())
    url, data = typed(staff, session, reason="Il le faut.")
    before = written()

    assert "complète" in html(staff.post(url, data))
    assert written() == before


@pytest.mark.parametrize(
    ("fields", "kind", "sentence"),
    [
        ({"enrol_closes_at": "past"}, "entreprise", "sont closes"),
        ({"enrol_opens_at": "future"}, "entreprise", "pas encore ouvertes"),
        ({"first": "soon"}, "particulier", "délai de rétractation"),
    ],
)
def test_a_written_reason_passes_over_the_calendar(staff, fields, kind, sentence):
    now = timezone.now()
    instants = {
        "past": now - timedelta(days=1),
        "future": now + timedelta(days=1),
        "soon": a_month_from(now) - timedelta(days=25),
    }
    session = SessionFactory(**{name: instants[word] for name, word in fields.items()})
    url, data = typed(staff, session, kind)

    page = html(staff.get(url))
    assert sentence in page
    assert "passer outre" in page
    for blank in ("", "  "):
        refused = html(staff.post(url, data | {"reason": blank}))
        assert "Écrivez pourquoi\u00a0: le motif manque." in refused
        assert "paul@exemple.test" in refused
    assert MAILS.search(html(staff.post(url, data | {"preview": ""})))
    assert not Enrolment.objects.exists()

    staff.post(url, data | {"reason": "Convenu avec elle."})

    event = EnrolmentEvent.objects.get()
    assert (event.forced, event.reason, event.user) == (True, "Convenu avec elle.", staff.user)


@pytest.mark.parametrize("state", ["draft", "cancelled", "postponed", "completed"])
def test_nobody_enters_a_session_that_is_not_held(staff, session, state):
    url, data = typed(staff, session, reason="Il le faut.")
    Session.objects.update(state=state)
    before = written()

    for word in ("inscrire", "importer"):
        assert "<form method" not in html(staff.get(address(word, session)))
    assert "<form method" not in html(staff.post(url, data))
    assert written() == before


def test_a_form_left_open_too_long_is_sent_again_with_what_was_typed(staff, session):
    url, data = typed(staff, session)

    page = html(staff.post(url, data | {TOKEN: "un autre"}))

    assert "ouvert trop longtemps" in page
    assert "paul@exemple.test" in page


# -- A list -------------------------------------------------------------------------------------

TITLES = "prénom;nom;courriel;organisme;courriel du contact\n"
RIVES = ";Les Deux Rives;direction@deux-rives.test\n"
SECRET = re.compile(r'name="people" value="([^"]+)"')


def sends(client, session, text, **data):
    upload = SimpleUploadedFile("liste.csv", text.encode())
    return client.post(address("importer", session), {"file": upload} | data)


def read_list(client, session, *emails, end=RIVES):
    lines = [f"Aïcha;{chr(65 + n)};{email}{end}" for n, email in enumerate(emails)]
    page = html(sends(client, session, TITLES + "".join(lines)))
    found = SECRET.search(page)
    return page, found and found[1]


def test_a_list_is_shown_with_what_would_become_of_it_then_enrolled(staff, session):
    enrol(session, individual(1), timezone.now())
    enrol(session, individual(2), timezone.now())
    before = written()
    page, people = read_list(staff, session, "a@x.test", "b@x.test", "c@x.test")

    assert "1\u00a0place comptée, 2\u00a0personnes sur la liste d’attente" in page
    assert "courriels partiront" in page
    assert written() == before

    response = staff.post(address("importer", session), {"people": people, "reason": "Leur liste."})

    assert "1\u00a0demande\u00a0: 1\u00a0place comptée, 2" in said(staff, response)
    events = EnrolmentEvent.objects.filter(user=staff.user, reason="Leur liste.")
    assert events.count() == 3


def test_the_employer_of_the_list_is_typed_once(staff, session):
    text = "prénom;nom;courriel\nA;B;a@x.test\n"
    employer = {"organisation": "Les Deux Rives", "contact_email": "direction@deux-rives.test"}

    refused = html(sends(staff, session, text, organisation="Les Deux Rives"))
    people = SECRET.search(html(sends(staff, session, text, **employer)))[1]
    staff.post(address("importer", session), {"people": people})

    assert "À indiquer aussi" in refused
    assert 'value="Les Deux Rives"' in refused
    assert EnrolmentRequest.objects.get().contact_email == "direction@deux-rives.test"


def test_a_list_with_mistakes_enrols_nobody_and_says_each_of_them(staff, session):
    enrol(session, individual(1), timezone.now())
    before = written()

    page, people = read_list(staff, session, "a@x.test", "faux", "stagiaire1@exemple.test")

    assert people is None
    assert "2\u00a0lignes à corriger" in page
    assert "courriel\u00a0:" in page
    assert "déjà une inscription" in page
    assert written() == before


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "est vide"),
        (b"%PDF-1.7\x00", "n’est pas un tableau"),
        (b"ville\nLyon", "Il manque"),
        (b"x" * 1_000_001, "dépasse 1"),
    ],
)
def test_a_file_that_is_no_list_is_said_beside_the_field(staff, session, content, sentence):
    upload = io.BytesIO(content)
    upload.name = "liste.xlsx"

    page = html(staff.post(address("importer", session), {"file": upload, "organisation": ""}))

    assert sentence in page


def test_no_file_at_all_is_said_too(staff, session):
    assert "Choisissez un fichier." in html(staff.post(address("importer", session), {}))


def test_a_list_that_was_forged_or_read_for_another_session_or_too_long_ago_is_refused(
    staff, session
):
    _, people = read_list(staff, session, "a@x.test")
    forged = [
        people[:-3] + "abc",
        "",
        "é",
        signing.dumps([session.pk, []], salt="autre"),
        signing.dumps([SessionFactory().pk, [[2, PAUL]]], salt=ImportScreen.SALT),
        old_list(session),
    ]
    before = written()

    for value in forged:
        page = html(staff.post(address("importer", session), {"people": value}))
        assert "n’est plus valable" in page
        assert 'type="file"' in page
    assert written() == before


def old_list(session):
    """Signed an hour and a second ago."""
    signer = signing.TimestampSigner(salt=ImportScreen.SALT)
    signer.timestamp = lambda: signing.b62_encode(int(timezone.now().timestamp()) - 3601)
    return signer.sign_object([session.pk, [[2, PAUL]]], compress=True)


def test_the_same_list_sent_twice_enrols_once(staff, session):
    _, people = read_list(staff, session, "a@x.test", "b@x.test")
    staff.post(address("importer", session), {"people": people})
    before = written()

    page = html(staff.post(address("importer", session), {"people": people}))

    assert page.count("déjà une inscription en cours pour cette session") >= 2
    assert written() == before


def test_a_list_enters_a_closed_session_with_a_reason(staff):
    session = SessionFactory(enrol_closes_at=timezone.now() - timedelta(hours=1))
    page, people = read_list(staff, session, "a@x.test")
    assert "sont closes" in page
    assert "courriels partiront" in page

    refused = html(staff.post(address("importer", session), {"people": people, "reason": " "}))
    assert "Écrivez pourquoi\u00a0: le motif manque." in refused
    assert not Enrolment.objects.exists()
    staff.post(
        address("importer", session), {"people": SECRET.search(refused)[1], "reason": "Oui."}
    )

    assert EnrolmentEvent.objects.get().forced


def test_a_list_that_no_reason_lets_in_is_not_proposed(staff):
    session = SessionFactory(capacity=1, accepts_waiting_list=False)
    page, people = read_list(staff, session, "a@x.test", "b@x.test")

    assert people is None
    assert "1 places en tout" in page


# -- Other dates --------------------------------------------------------------------------------


def slots_of(session, days=0, **changes):
    """The half-days as the form sends them, moved by so many days."""
    slots = list(session.slots.order_by("starts_at"))
    data = {
        "slots-TOTAL_FORMS": len(slots) + 2,
        "slots-INITIAL_FORMS": len(slots),
        "slots-MIN_NUM_FORMS": 0,
        "slots-MAX_NUM_FORMS": 60,
        "reason": "Salle fermée.",
    }
    for place, slot in enumerate(slots):
        for name in ("starts_at", "ends_at"):
            moved = timezone.localtime(getattr(slot, name)) + timedelta(days=days)
            data[f"slots-{place}-{name}"] = f"{moved:%Y-%m-%d %H:%M}"
        data[f"slots-{place}-id"] = slot.pk
    for place in range(len(slots), len(slots) + 2):
        data |= {f"slots-{place}-{name}": "" for name in ("starts_at", "ends_at", "id", "subject")}
    return data | {f"slots-{name}": value for name, value in changes.items()}


def test_new_dates_are_read_before_then_told_with_who_and_why(staff, enrolment):
    session, url = enrolment.session, address("dates", enrolment.session)
    data, before = slots_of(session, days=7), written()

    assert "2 courriels partiront" in html(staff.post(url, data | {"preview": ""}))
    assert written() == before
    staff.post(url, data)

    event = session.events.get()
    after = Session.objects.get()
    assert (event.user, event.reason) == (staff.user, "Salle fermée.")
    assert after.starts_at - session.starts_at in {timedelta(days=7), timedelta(days=7, hours=1)}
    assert OutgoingMessage.objects.filter(kind="formation_rescheduled").count() == 1
    again = html(staff.post(url, slots_of(after)))
    assert "Ce sont les dates actuelles" in again


def test_half_days_are_added_and_removed(staff, session):
    last = session.slots.order_by("starts_at").last()
    day = timezone.localtime(last.starts_at) + timedelta(days=1)
    added = {"4-starts_at": f"{day:%Y-%m-%d} 09:00", "4-ends_at": f"{day:%Y-%m-%d} 12:30"}

    staff.post(address("dates", session), slots_of(session, **added, **{"0-DELETE": "on"}))

    session.refresh_from_db()
    assert (session.slots.count(), timezone.localdate(session.ends_at)) == (4, day.date())


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"0-starts_at": ""}, "requis"),
        ({"0-starts_at": "demain"}, "valide"),
        ({"0-starts_at": "0207-03-01 09:00", "0-ends_at": "0207-03-01 10:00"}, "Vérifiez l’année"),
        ({"0-ends_at": "2001-01-01 10:00"}, "finit"),
        ({"4-subject": "Sans heure"}, "requis"),
        ({"4-starts_at": "2027-03-01 09:00"}, "requis"),
        ({"1-starts_at": "same", "1-ends_at": "same"}, "se chevauchent"),
        ({"0-id": "987654"}, "changée entre-temps"),
        ({"TOTAL_FORMS": "beaucoup"}, "ManagementForm"),
        ({f"{place}-DELETE": "on" for place in range(4)}, "au moins une demi-journée"),
    ],
)
def test_dates_that_cannot_be_are_refused_and_kept_as_typed(staff, enrolment, changes, sentence):
    session = enrolment.session
    data = slots_of(session, days=7, **changes)
    for name in ("starts_at", "ends_at"):
        if changes.get(f"1-{name}") == "same":
            data[f"slots-1-{name}"] = data[f"slots-0-{name}"]
    before = written()

    page = html(staff.post(address("dates", session), data))

    assert sentence in page
    assert "Salle fermée." in page
    assert written() == before


def test_a_session_is_not_moved_to_the_past_nor_without_a_reason(staff, enrolment):
    session, before = enrolment.session, written()

    assert "passées" in html(staff.post(address("dates", session), slots_of(session, days=-400)))
    data = slots_of(session, days=7) | {"reason": " "}
    assert "Écrivez pourquoi\u00a0: le motif manque." in html(
        staff.post(address("dates", session), data)
    )
    assert written() == before


def test_the_half_days_of_another_session_stay_there(staff, session):
    other = SessionFactory()
    theirs = other.slots.first()

    staff.post(address("dates", session), slots_of(session, days=7, **{"0-id": theirs.pk}))

    hours = theirs.hours
    theirs.refresh_from_db()
    assert (theirs.session_id, theirs.hours) == (other.pk, hours)
    assert (session.slots.count(), other.slots.count()) == (4, 4)


@pytest.mark.parametrize("state", ["draft", "cancelled", "completed"])
def test_dates_of_a_session_that_announces_none_are_not_changed_here(staff, session, state):
    Session.objects.update(state=state)

    assert "n’est pas possible" in html(staff.get(address("dates", session)))
    assert "n’est pas possible" in html(
        staff.post(address("dates", session), slots_of(session, days=7))
    )


def test_a_postponed_session_finds_new_dates(staff, session):
    SESSION_LIFECYCLE.apply(session, "postpone", by=STAFF, now=timezone.now(), reason="Doute.")

    staff.post(address("dates", session), slots_of(session, days=30))

    session.refresh_from_db()
    assert session.state == SessionState.PUBLISHED


def test_who_only_follows_enrolments_does_not_change_dates(client, session):
    user = UserFactory()
    names = ["access_admin", "change_enrolment", "view_enrolment", "view_session"]
    user.user_permissions.set(Permission.objects.filter(codename__in=names))
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")

    assert client.get(address("inscrire", session)).status_code == 200
    assert client.get(address("dates", session)).status_code == 302


# -- Several at once ----------------------------------------------------------------------------


def people_of(session, *numbers):
    request = enrol(session, group(*numbers), timezone.now())
    return list(request.enrolments.order_by("pk"))


def test_several_people_are_shown_then_moved_together(staff, session):
    first, second = people_of(session, 1, 2)
    url = address("ensemble", session)
    data = {"acte": "accept", "qui": [first.pk, second.pk]}
    before = written()

    page = html(staff.get(url, data))
    assert "3 courriels partiront" in page
    assert page.count("(demande reçue)") == 2
    assert written() == before
    done = said(staff, staff.post(url, data | {"reason": "Convention prête."}))

    assert "2\u00a0inscriptions" in done
    events = EnrolmentEvent.objects.filter(transition="accept")
    assert {(event.user, event.reason) for event in events} == {(staff.user, "Convention prête.")}
    assert len(events) == 2
    again = written()
    assert "Laissées de côté" in html(staff.post(url, data))
    assert written() == again


def test_those_for_whom_it_is_not_possible_are_left_with_the_reason(staff, session):
    first, second = people_of(session, 1, 2)
    ENROLMENT_LIFECYCLE.apply(first, "accept", by=STAFF, now=timezone.now())
    data = {"acte": "accept", "qui": [first.pk, second.pk]}

    page = html(staff.get(address("ensemble", session), data))
    done = said(staff, staff.post(address("ensemble", session), data))

    assert "n’est pas possible" in page
    assert "1\u00a0inscription, 1\u00a0laissée de côté" in done


def test_people_of_another_session_and_what_is_no_number_are_ignored(staff, session):
    people_of(session, 1)
    stranger = enrol(SessionFactory(), individual(9), timezone.now()).enrolments.get()
    data = {"acte": "decline", "qui": [stranger.pk, "1; --", "９", "9" * 40], "reason": "Non."}
    before = written()

    for response in (
        staff.get(address("ensemble", session), data),
        staff.post(address("ensemble", session), data),
    ):
        page = html(response)
        assert "Cochez au moins une inscription" in page
        assert stranger.last_name not in page
    assert written() == before


@pytest.mark.parametrize("act", ["", "vol", "transfer", "substitute"])
def test_an_act_that_is_no_button_does_nothing(staff, enrolment, act):
    data = {"acte": act, "qui": [enrolment.pk], "reason": "Motif."}
    before = written()

    assert "Choisissez une action" in html(staff.post(address("ensemble", enrolment.session), data))
    assert written() == before


def test_an_act_of_the_site_is_not_for_staff(staff, enrolment):
    data = {"acte": "cancel", "qui": [enrolment.pk], "reason": "Motif."}

    assert "ne vous est pas ouverte" in html(
        staff.post(address("ensemble", enrolment.session), data)
    )


def test_a_needed_reason_is_asked_for_beside_its_field_and_nobody_has_moved(staff, session):
    first, second = people_of(session, 1, 2)
    before = written()

    page = html(
        staff.post(
            address("ensemble", session),
            {"acte": "decline", "qui": [first.pk, second.pk], "reason": " "},
        )
    )

    assert 'id="reason-error"' in page
    assert page.count("(demande reçue)") == 2
    assert "3 courriels partiront" in page
    assert written() == before


# -- The offer out of turn, and the screen of a transition ---------------------------------------


@pytest.fixture
def waits_behind_a_group():
    """Of a group of two, who waits for two seats while one is free."""
    session, now = SessionFactory(capacity=2), timezone.now()
    enrol(session, individual(1), now)
    leaves = enrol(session, individual(2), now).enrolments.get()
    blocked = people_of(session, 3, 4)
    ENROLMENT_LIFECYCLE.apply(leaves, "withdraw", by=STAFF, now=now)
    return blocked[0]


def test_a_seat_is_offered_out_of_turn_with_a_reason(staff, waits_behind_a_group):
    enrolment = waits_behind_a_group
    url = admin_url(Enrolment, "transition", enrolment.pk, "offer")
    before = written()

    page = html(staff.get(url))
    assert "Ce n’est pas son tour" in page
    assert f"{enrolment.full_name}, {enrolment.session.code}" in page
    assert "L’état actuel est «&nbsp;Sur liste d’attente" in page  # not what was rehearsed
    assert "courriel" in page
    refused = html(staff.post(url, {"reason": ""}))
    assert 'id="reason-error"' in refused
    assert written() == before

    staff.post(url, {"reason": "Vu au téléphone."})

    event = enrolment.events.get(transition="offer")
    assert (event.forced, event.user) == (True, staff.user)
    assert "contre l’usage" in html(staff.get(admin_url(Enrolment, "inspect", enrolment.pk)))


def test_several_are_offered_out_of_turn_the_same_way(staff, waits_behind_a_group):
    session = waits_behind_a_group.session
    data = {"acte": "offer", "qui": [waits_behind_a_group.pk]}

    page = html(staff.get(address("ensemble", session), data))
    assert "Ce n’est pas son tour" in page
    assert "(sur liste d’attente)" in page
    assert 'id="reason-error"' in html(staff.post(address("ensemble", session), data))
    staff.post(address("ensemble", session), data | {"reason": "Vu au téléphone."})

    assert EnrolmentEvent.objects.get(transition="offer").forced


def test_a_transition_that_is_impossible_shows_no_button(staff, enrolment):
    page = html(staff.get(admin_url(Enrolment, "transition", enrolment.pk, "offer")))

    assert "n’est pas possible" in page
    assert "<textarea" not in page


# -- Those who ask to be called -----------------------------------------------------------------


def test_who_asks_to_be_called_is_told_to_the_contact_without_a_word_on_health(session):
    enrol(session, individual(wants_accommodation_call=True), timezone.now())

    message = OutgoingMessage.objects.get(kind="formation_call")
    everything = f"{message.subject} {message.text} {message.html}".lower()
    assert message.to == "handicap@enys.test"
    assert "Aïcha Moreau 1" in message.text
    assert EnrolmentRequest.objects.get().reference in message.subject
    for word in ("handicap", "santé", "aménagement", "stagiaire1@", session.code.lower()):
        assert word not in everything.replace("/formation/amenagements/", "")
    team = OutgoingMessage.objects.get(kind="formation_staff_request")
    assert "aménagement" not in team.text + team.html


@pytest.mark.parametrize(
    ("named", "to"),
    [
        ("Inès Corbel, 04 00 00 00 01", "equipe@enys.test"),
        ("Inès Corbel (ines@enys.test).", "ines@enys.test"),
        ("Écrire à ines@enys.test.", "ines@enys.test"),
    ],
)
def test_without_an_address_of_the_contact_the_team_is_told(named, to):
    session = SessionFactory(course=CoursePageFactory(disability_contact=named))

    enrol(session, individual(wants_accommodation_call=True), timezone.now())

    assert OutgoingMessage.objects.get(kind="formation_call").to == to


def test_the_contact_is_told_once_for_each_who_asks_and_for_nobody_else(session):
    people = (trainee(1, wants_accommodation_call=True), trainee(2))
    enrol(session, sign_up(trainees=people), timezone.now())
    double = individual(3, wants_accommodation_call=True)
    suspect = enrol_visitor(session, double, timezone.now(), suspect=True).enrolments.get()
    assert OutgoingMessage.objects.filter(kind="formation_call").count() == 1

    ENROLMENT_LIFECYCLE.apply(suspect, "recover", by=STAFF, now=timezone.now())

    assert OutgoingMessage.objects.filter(kind="formation_call").count() == 2


def desk_line(client, now=None):
    request = type("Request", (), {"user": client.user})()
    lines = lines_waiting(request, now or timezone.now())
    return [line for line in lines if "à contacter pour un aménagement" in line.sentence]


def test_the_desk_leads_to_the_list_until_the_call_is_made(staff, session):
    enrolment = enrol(
        session, individual(wants_accommodation_call=True, phone="0612345678"), timezone.now()
    ).enrolments.get()
    url = reverse("formation_calls")
    [line] = desk_line(staff)
    assert (line.sentence, line.url) == ("1\u00a0personne à contacter pour un aménagement", url)
    page = html(staff.get(url))
    for expected in ("Moreau 1", "0612345678", enrolment.email, escape(session.course.title)):
        assert expected in page

    assert "n’est plus à contacter" in said(staff, staff.post(url, {"qui": enrolment.pk}))
    staff.post(url, {"qui": enrolment.pk})

    event = enrolment.events.get(transition="call")
    assert (event.user, event.reason) == (staff.user, "Personne contactée.")
    assert desk_line(staff) == []
    assert "Personne n’attend d’appel" in html(staff.get(url))


@pytest.mark.parametrize("typed_pk", ["", "987654", "x", "9" * 30])
def test_a_call_to_nobody_is_not_found(staff, typed_pk):
    assert staff.post(reverse("formation_calls"), {"qui": typed_pk}).status_code == 404


def test_nobody_is_called_who_left_or_whose_session_is_over(staff, session):
    enrolment = enrol(
        session, individual(wants_accommodation_call=True), timezone.now()
    ).enrolments.get()
    session.refresh_from_db()

    assert len(desk_line(staff, session.ends_at - timedelta(seconds=1))) == 1
    assert desk_line(staff, session.ends_at) == []
    jobs.forget_accommodation_requests(session.ends_at + timedelta(days=31))
    enrolment.refresh_from_db()
    assert not enrolment.wants_accommodation_call
    Enrolment.objects.update(wants_accommodation_call=True, state=S.WITHDRAWN)
    assert desk_line(staff) == []


# -- How much it costs --------------------------------------------------------------------------


def crowd(count):
    """A session of so many people with a seat, and as many who wait."""
    session = SessionFactory(capacity=count)
    for number in range(count):
        enrol(session, sign_up(number), timezone.now())
        enrol(session, individual(100 + number, wants_accommodation_call=True), timezone.now())
    return session


def test_the_screens_of_a_session_cost_the_same_for_one_and_thirty(staff, count_queries):
    one, thirty = crowd(1), crowd(30)

    def cost(session, word):
        url = address(word, session) if word else admin_url(Session, "inspect", session.pk)
        return count_queries(lambda: html(staff.get(url)))

    for word in ("", "inscrire", "importer", "dates"):
        staff.get(admin_url(Session, "inspect", one.pk))
        assert cost(one, word) == cost(thirty, word), word
    assert mail.outbox == []


def test_the_list_of_calls_costs_the_same_for_one_and_thirty(staff, count_queries):
    url = reverse("formation_calls")
    crowd(1)
    staff.get(url)
    one = count_queries(lambda: html(staff.get(url)))
    crowd(29)

    assert count_queries(lambda: html(staff.get(url))) == one
    assert Enrolment.objects.filter(wants_accommodation_call=True).count() == 30


def test_half_days_cost_the_same_for_one_day_and_for_ten(staff, count_queries):
    first = a_month_from(timezone.now())
    short = SessionFactory(slots=half_days(first, days=1))
    long = SessionFactory(slots=half_days(first + timedelta(days=30), days=10))
    staff.get(address("dates", short))

    costs = {
        count_queries(lambda session=session: html(staff.get(address("dates", session))))
        for session in (short, long)
    }
    assert len(costs) == 1


def test_what_takes_something_away_has_a_red_button(staff, session):
    page = html(staff.get(admin_url(Session, "inspect", session.pk)))
    asked = html(staff.get(admin_url(Session, "transition", session.pk, "cancel")))
    harmless = html(staff.get(admin_url(Session, "transition", session.pk, "confirm")))

    assert page.count("button-secondary no") == 1
    assert '<button class="button no" type="submit">Annuler la session' in asked
    assert '<button class="button" type="submit">Maintenir la session' in harmless
