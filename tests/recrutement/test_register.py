"""What the register says of recruitment: who is found, what she reads, what an erasure leaves."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction

import pytest

from courrier.models import OutgoingMessage
from recrutement import emails
from recrutement.consent import consent_version
from recrutement.enums import ENDED
from recrutement.exceptions import HeldForADispute
from recrutement.models import (
    AccommodationRequest,
    AnonymizedApplication,
    Application,
    ApplicationEvent,
    Interview,
    PoolConsent,
)
from recrutement.services import hold, pool
from rgpd.register import FOLLOWERS, REGISTER, Person
from site_enys.models import PrivateFileAccess
from site_enys.states import Actor, Role
from tests.countdowns import goes_on_its_day, taken_by_the_purge
from tests.factories.people import UserFactory
from tests.factories.recrutement import ApplicationFactory, DocumentFactory
from tests.harness.clock import paris
from tests.markers import files_that_say, planted, texts_in, traces

pytestmark = pytest.mark.django_db

NOW = paris(2027, 1, 15, 10)
INES = Person("ines@exemple.test")
MODELS = (Application, AccommodationRequest, PoolConsent)


def applied(**facts) -> Application:
    own = {"email": INES.email, "offer": None, "submitted_at": NOW}
    return ApplicationFactory(**own | facts)


def known(**facts) -> Application:
    """An application with a row of every nature around it."""
    colleague = UserFactory(role="recrutement", first_name="Thomas", last_name="Secret")
    application = applied(state="interview", **facts)
    DocumentFactory(application=application)
    application.answers.create(position=1, question="Pourquoi ?", answer="Pour apprendre.")
    application.notes.create(author=colleague, at=NOW, text="Claire au téléphone.")
    application.ratings.create(reviewer=colleague, criterion="Écoute", score=3, at=NOW)
    application.reveals.create(user=colleague, at=NOW, reason="Pour l’appeler")
    Interview.objects.create(
        application=application, kind="visio", starts_at=NOW, place="Un lien", created_at=NOW
    )
    AccommodationRequest.objects.create(application=application, text="Une pause", at=NOW)
    pool.give(application, pool.Wishes(skills="Enquêtes", places="Lyon"), now=NOW)
    PrivateFileAccess.objects.create(user=colleague, subject=f"CV {application.reference}")
    with transaction.atomic():
        emails.link_again(application)
    return application


def rows_of(application: Application) -> list:
    """The application and all that hangs on it."""
    followers = [
        row
        for model, leader in FOLLOWERS.items()
        if leader is Application
        for row in model._base_manager.filter(
            **{"subject" if model is ApplicationEvent else "application": application}
        )
    ]
    return [
        application,
        *followers,
        application.accommodation_request,
        application.pool_consent,
    ]


def marked(application: Application, word: str) -> dict[str, str]:
    """Every free text about this person, marked: {« Application.message »: its mark}."""
    return {
        f"{type(row).__name__}.{name}": mark
        for row in rows_of(application)
        for name, mark in planted(row, word, but=("email", "reference")).items()
    }


def told_to(person: Person) -> str:
    """All that the register says to her, in one text."""
    return texts_in(
        [
            REGISTER[model].export(row, person)
            for model in MODELS
            for row in REGISTER[model].find(person)
        ]
    )


def erase_all_of(person: Person) -> None:
    found = [(REGISTER[model], list(REGISTER[model].find(person))) for model in MODELS]
    for entry, rows in found:
        for row in rows:
            entry.erase_on_request(row, person, NOW)


# -- Finding ------------------------------------------------------------------------------------


def test_a_person_is_found_by_her_address_however_she_types_it():
    hers, other = applied(), applied(email="autre@exemple.test")
    applied(synthetic=True, state="rejected")

    found = REGISTER[Application].find(Person("  INES@Exemple.test "))

    assert list(found) == [hers]
    assert other not in found


def test_two_people_with_one_mailbox_keep_each_their_own_application():
    hers = applied(first_name="Inès")
    theirs = applied(first_name="Paul", state="rejected")
    entry = REGISTER[Application]

    entry.correct(hers, {"first_name": "Agnès"}, NOW)

    said = [entry.export(row, INES)["Prénom"] for row in entry.find(INES)]
    assert sorted(said) == ["Agnès", "Paul"]
    theirs.refresh_from_db()
    assert theirs.first_name == "Paul"


def test_what_is_set_aside_is_said_to_be_received_and_nothing_more():
    application = applied(state="quarantine")

    said = REGISTER[Application].export(REGISTER[Application].find(INES).get(), INES)

    assert said["État"] == "Reçue"
    assert "vérifier" not in texts_in(said).lower()
    assert REGISTER[Application].countdown_of(application).day == date(2027, 2, 14)


# -- What is said -------------------------------------------------------------------------------


def test_each_text_about_her_is_said_to_her_unless_the_register_says_why_not():
    marks = marked(known(), "canari")
    marked(known(email="autre@exemple.test"), "merle")

    said = told_to(INES)

    left_out = REGISTER[Application].not_exported
    for name, mark in marks.items():
        plain = name.removeprefix("Application.")
        assert (mark in said) == (plain not in left_out), name
    assert len(marks) >= 20
    assert "merle" not in said


def test_no_colleague_is_named_and_no_key_is_given():
    application = known()

    said = told_to(INES)

    assert "Secret" not in said
    assert "Recrutement" in said
    assert application.link_nonce.hex not in said.replace("-", "")


def test_her_files_are_handed_over_whole():
    document = DocumentFactory(application=applied())
    DocumentFactory(application=applied(email="autre@exemple.test"))
    entry = REGISTER[Application]

    [file] = [file for row in entry.find(INES) for file in entry.files(row, INES)]

    with file.open() as content, document.file.open() as stored:
        assert content.read() == stored.read()
    assert file.name == document.download_name


def test_thirty_rows_around_an_application_are_read_with_the_queries_of_one(count_queries):
    application = known()

    one = count_queries(lambda: told_to(INES))
    for rank in range(2, 30):
        colleague = UserFactory(role="evaluation")
        application.answers.create(position=rank, question="?", answer="!")
        application.notes.create(author=colleague, at=NOW, text="Vu.")
        application.ratings.create(reviewer=colleague, criterion="Clarté", score=2, at=NOW)

    assert count_queries(lambda: told_to(INES)) == one


# -- Until when ---------------------------------------------------------------------------------


@pytest.mark.parametrize("state", [*ENDED, "quarantine"])
def test_an_application_goes_on_the_day_that_is_told(state):
    application = applied(state=state)

    assert goes_on_its_day(application, in_days=True)


def test_one_that_the_pool_or_a_dispute_keeps_goes_on_the_day_that_is_told():
    kept = applied(state="rejected")
    pool.give(kept, pool.Wishes(), now=NOW)
    disputed = applied(state="rejected", held_at=NOW, hold_reason="Litige")

    days = [REGISTER[Application].countdown_of(row) for row in (kept, disputed)]

    assert [day.because for day in days] == ["vivier", "gardée pour un litige"]
    assert all(goes_on_its_day(row, in_days=True) for row in (kept, disputed))


def test_what_she_needs_goes_with_her_application():
    asked = AccommodationRequest.objects.create(
        application=applied(state="rejected"), text="Une pause", at=NOW
    )

    assert goes_on_its_day(asked, in_days=True)


@pytest.mark.parametrize("withdrawn", [None, NOW + timedelta(days=3)])
def test_a_consent_goes_on_the_day_that_is_told(withdrawn):
    consent = pool.give(applied(), pool.Wishes(), now=NOW)
    consent.withdrawn_at = withdrawn
    consent.save()

    assert goes_on_its_day(consent, in_days=True)


def test_the_consent_of_somebody_hired_goes_at_once():
    consent = pool.give(applied(), pool.Wishes(), now=NOW)
    Application.objects.update(state="hired", decided_at=NOW)
    consent = PoolConsent.objects.select_related("application").get()

    assert REGISTER[PoolConsent].countdown_of(consent).day == NOW.date()
    assert taken_by_the_purge(consent, NOW)


def test_while_it_goes_on_no_day_is_told():
    sentence = REGISTER[Application].countdown_of(applied()).sentence

    assert sentence == "Gardé tant que le recrutement est en cours"


# -- Erasing ------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_an_erasure_leaves_nothing_of_her_anywhere_and_all_of_the_others():
    others = marked(known(email="autre@exemple.test"), "merle")
    marked(known(), "canari")

    erase_all_of(INES)

    assert traces("canari", INES.email) == []
    assert set(traces("merle")) == {f"recrutement.{name}" for name in others}
    assert len(files_that_say("%PDF")) == 1
    assert AnonymizedApplication.objects.get().state == "withdrawn"


def test_an_erasure_writes_to_the_team_and_leaves_the_person_to_the_caller():
    applied(state="interview")
    applied(state="rejected")

    erase_all_of(INES)

    assert [row.kind for row in OutgoingMessage.objects.all()] == ["recrutement_efface_equipe"]


def test_a_dispute_keeps_the_application_and_not_what_lies_beside_it():
    application = known()
    hold.hold(application, "Litige", by=Actor(Role.STAFF), now=NOW)
    application.refresh_from_db()

    why = REGISTER[Application].kept_by_law(application, NOW)
    for model in (AccommodationRequest, PoolConsent):
        for row in REGISTER[model].find(INES):
            assert REGISTER[model].kept_by_law(row, NOW) == ""
            REGISTER[model].erase_on_request(row, INES, NOW)

    assert "article 17.3.e" in why
    assert "15\u00a0janvier 2032" in why
    with pytest.raises(HeldForADispute):
        REGISTER[Application].erase_on_request(application, INES, NOW)
    assert Application.objects.filter(pk=application.pk).exists()
    assert not AccommodationRequest.objects.exists()
    assert not PoolConsent.objects.exists()
    assert application.events.filter(transition="pool_withdraw").exists()


def test_nothing_keeps_an_ordinary_application():
    assert REGISTER[Application].kept_by_law(applied(state="rejected"), NOW) == ""


def test_erasing_a_consent_twice_or_after_its_application_is_the_same_as_once():
    consent = pool.give(applied(), pool.Wishes(), now=NOW)

    pool.forget(consent, now=NOW)
    pool.forget(consent, now=NOW)
    Application.objects.all().delete()
    pool.forget(consent, now=NOW)

    assert not PoolConsent.objects.exists()


# -- Correcting ---------------------------------------------------------------------------------


def test_a_correction_is_noted_without_what_stood_before_and_once():
    application = applied(first_name="Inés", phone="01")
    correct = REGISTER[Application].correct
    values = {"first_name": "Inès", "phone": "06 11 22 33 44", "email": "pirate@exemple.test"}

    correct(application, values, NOW)
    correct(application, values, NOW)

    application.refresh_from_db()
    assert (application.first_name, application.phone) == ("Inès", "06 11 22 33 44")
    assert application.email == INES.email
    event = application.events.get()
    assert (event.transition, event.role, event.at) == ("correct", "person", NOW)
    assert "Inés" not in event.reason


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("first_name", ""),
        ("first_name", "é" * 81),
        ("last_name", "<script>"),
        ("last_name", "https://a.test"),
        ("phone", "appelez-moi"),
        ("phone", "06\n07"),
    ],
)
def test_a_correction_that_the_form_would_refuse_changes_nothing(name, value):
    application = applied()
    before = getattr(application, name)

    with pytest.raises(ValidationError) as refused:
        REGISTER[Application].correct(application, {name: value}, NOW)

    application.refresh_from_db()
    assert list(refused.value.message_dict) == [name]
    assert getattr(application, name) == before
    assert not application.events.exists()


# -- Consents -----------------------------------------------------------------------------------


def test_the_pool_is_left_from_there_too_and_twice_is_once(time_machine):
    time_machine.move_to(NOW, tick=False)
    consent = pool.give(applied(), pool.Wishes(), now=NOW)
    [accord] = REGISTER[PoolConsent].consents
    assert accord.given(consent) == NOW
    assert accord.version(consent) == consent_version()

    accord.withdraw(consent, NOW)
    accord.withdraw(consent, NOW)

    consent.refresh_from_db()
    assert accord.given(consent) is None
    assert [event.transition for event in consent.application.events.all()] == [
        "pool_give",
        "pool_withdraw",
    ]


def test_a_renewed_consent_counts_from_its_renewal_and_one_that_ran_out_counts_no_more(
    time_machine,
):
    time_machine.move_to(NOW, tick=False)
    application = applied()
    consent = pool.give(application, pool.Wishes(), now=NOW)
    [accord] = REGISTER[PoolConsent].consents
    later = NOW + timedelta(days=30)

    renewed = pool.renew(application, now=later)

    assert accord.given(renewed) == later
    time_machine.move_to(NOW + timedelta(days=3000))
    assert accord.given(consent) is None


def test_withdrawing_what_she_needs_erases_it():
    application = known()
    [accord] = REGISTER[AccommodationRequest].consents

    accord.withdraw(application.accommodation_request, NOW)
    accord.withdraw(application.accommodation_request, NOW)

    assert not AccommodationRequest.objects.exists()
    assert Application.objects.filter(pk=application.pk).exists()
