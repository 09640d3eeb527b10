"""What an erasure takes, what it leaves and says, and what it never touches."""

from dataclasses import replace

from django.db import models
from django.utils import timezone

import pytest

from courrier.models import OutgoingMessage, reference_of
from home.models import ContactMessage
from recrutement.models import Application, PoolConsent
from rgpd.enums import RequestKind, RequestState
from rgpd.models import PersonalAccess, RightsRequest
from rgpd.register import REGISTER, Person
from rgpd.services.erasure import BROKEN, LINKED, erase, foreseen, in_order
from rgpd.services.held import Held
from site_enys.exceptions import Refused
from site_enys.states import PERSON
from tests.factories.courrier import OutgoingMessageFactory
from tests.factories.home import ContactMessageFactory
from tests.mails import last_mail
from tests.rgpd.registered import messages, registered

pytestmark = pytest.mark.django_db
ZOE = Person("zoe@exemple.test")
NOW = timezone.now()
CONTACT = "Messages de contact"
LAW = "Le code de commerce nous le fait garder dix ans (article L123-22)."


@pytest.fixture
def message():
    return ContactMessageFactory(email=ZOE.email)


def erased():
    return erase(ZOE, by=PERSON, now=NOW)


def kept(done):
    """What stays, without the proof of the requests."""
    return [one for one in done.kept if one[0] != REGISTER[RightsRequest].processing]


def test_her_rows_go_and_those_of_others_stay(message):
    other = ContactMessageFactory(email="max@exemple.test")

    done = erased()

    assert (CONTACT, 1) in done.erased
    assert kept(done) == []
    assert list(ContactMessage.objects.all()) == [other]


def test_what_the_law_keeps_stays_and_says_why(message):
    gone = ContactMessageFactory(email=ZOE.email)
    law = messages(kept_by_law=lambda row, now: LAW if row.pk == message.pk else "")
    with registered(law):
        done = erased()

    assert done.erased == [(CONTACT, 1)]
    assert kept(done) == [(CONTACT, str(message), LAW)]
    assert list(ContactMessage.objects.all()) == [message]
    assert gone.pk != message.pk


def test_what_is_foreseen_is_what_is_done(message):
    ContactMessageFactory(email=ZOE.email)
    with registered(messages(kept_by_law=lambda row, now: LAW if row.pk == message.pk else "")):
        before = foreseen(ZOE, NOW)
        assert ContactMessage.objects.count() == 2
        done = erased()

    assert before.erased == done.erased
    assert kept(before) == kept(done)


def test_a_refusal_of_the_app_stays_with_its_sentence(message):
    def refuse(row, person, now):
        raise Refused("Une formation est en cours.")

    with registered(messages(erase_on_request=refuse)):
        done = erased()

    assert kept(done) == [(CONTACT, str(message), "Une formation est en cours.")]
    assert ContactMessage.objects.exists()


def test_the_app_may_do_more_than_the_purge(message):
    seen = []
    entry = messages(erase_on_request=lambda row, person, now: seen.append((row, person, now)))
    with registered(entry):
        done = erased()

    assert seen == [(message, ZOE, NOW)]
    assert done.erased == [(CONTACT, 1)]


def test_half_an_erasure_is_undone_and_the_others_go_on(message, caplog):
    ContactMessageFactory(email=ZOE.email)

    def half(row):
        ContactMessage.objects.filter(pk=row.pk).update(name="")
        if row.pk == message.pk:
            raise RuntimeError(row.email)
        row.delete()

    with registered(messages(erase=half)):
        done = erased()

    assert kept(done) == [(CONTACT, str(message), BROKEN)]
    assert ContactMessage.objects.get().name
    assert f"ContactMessage n° {message.pk}" in caplog.text
    assert ZOE.email not in caplog.text


def test_what_another_row_needs_stays(message):
    def protected(row):
        raise models.ProtectedError("", set())

    with registered(messages(erase=protected)):
        assert kept(erased()) == [(CONTACT, str(message), LINKED)]


def test_the_messages_about_a_row_go_with_it(message):
    about = OutgoingMessageFactory(about=reference_of(message), to="equipe@exemple.test")
    other = OutgoingMessageFactory(about="home.contactmessage:0", to="equipe@exemple.test")

    erased()

    assert not OutgoingMessage.objects.filter(pk=about.pk).exists()
    assert OutgoingMessage.objects.filter(pk=other.pk).exists()


def test_the_messages_of_a_row_that_others_share_stay(message):
    about = OutgoingMessageFactory(about=reference_of(message), to="entreprise@exemple.test")
    anonymise = lambda row: ContactMessage.objects.filter(pk=row.pk).update(name="", email="")  # noqa: E731
    with registered(messages(erase=anonymise)):
        done = erased()

    assert done.erased == [(CONTACT, 1)]
    assert OutgoingMessage.objects.filter(pk=about.pk).exists()


def test_a_message_that_proves_something_outlives_the_row_it_is_about(message):
    proof = OutgoingMessageFactory(about=reference_of(message), to=ZOE.email)
    keep = replace(REGISTER[OutgoingMessage], kept_by_law=lambda row, now: LAW)
    with registered(messages(), keep):
        done = erased()

    assert (CONTACT, 1) in done.erased
    assert kept(done) == [("Courriels envoyés par le site", str(proof), LAW)]
    assert OutgoingMessage.objects.filter(pk=proof.pk).exists()


# -- The request --------------------------------------------------------------------------------


def test_the_request_is_closed_when_all_went(message):
    erased()

    request = RightsRequest.objects.get()
    assert (request.kind, request.state) == (RequestKind.ERASURE, RequestState.ANSWERED)
    assert request.email == ZOE.email
    assert [event.transition for event in request.events.all()] == ["receive", "answer"]


def test_the_request_stays_open_with_what_stays(message):
    with registered(messages(kept_by_law=lambda row, now: LAW)):
        erased()

    request = RightsRequest.objects.get()
    assert request.state == RequestState.WAITING
    assert f"{CONTACT}, {message}\u00a0: {LAW}" in request.text


def test_a_request_whose_list_is_very_long_fits_in_its_column(message):
    ContactMessageFactory.create_batch(5, email=ZOE.email)
    with registered(messages(kept_by_law=lambda row, now: LAW * 30)):
        erased()

    assert len(RightsRequest.objects.get().text) == 5000


def test_an_interruption_leaves_an_open_request_and_running_again_ends_it(message):
    ContactMessageFactory(email=ZOE.email)
    done = []

    def once_then_stop(row):
        if done:
            raise KeyboardInterrupt
        done.append(row.delete())

    with registered(messages(erase=once_then_stop)), pytest.raises(KeyboardInterrupt):
        erased()

    assert ContactMessage.objects.count() == 1
    assert RightsRequest.objects.get().state == RequestState.WAITING
    assert (CONTACT, 1) in erased().erased
    assert RightsRequest.objects.get().state == RequestState.ANSWERED


def test_her_former_requests_are_the_proof_that_stays(message):
    erased()

    assert [one[1] for one in erased().kept] == [
        "Demande " + one.reference for one in RightsRequest.objects.order_by("answer_by", "pk")
    ]


# -- What is written to her ---------------------------------------------------------------------


def test_she_is_told_both_lists(message):
    ContactMessageFactory(email=ZOE.email)
    with registered(messages(kept_by_law=lambda row, now: LAW if row.pk == message.pk else "")):
        erased()

    mail = last_mail("rgpd_erased")
    assert mail.to == ZOE.email
    text = mail.text.replace("\xa0", " ")
    assert f"- {CONTACT} : 1 fiche" in text
    assert f"- {CONTACT} ({message}) : {LAW}" in text
    assert "reste ouverte" in mail.text


def test_whoever_has_nothing_is_told_so():
    done = erased()

    assert done.erased == []
    assert "Rien n’a pu être effacé." in last_mail("rgpd_erased").text


# -- The order ----------------------------------------------------------------------------------


def test_what_hangs_on_other_rows_goes_first():
    pool, application = (Held(REGISTER[model], []) for model in (PoolConsent, Application))

    assert in_order([application, pool]) == [pool, application]
    assert in_order([pool, application]) == [pool, application]


def test_the_whole_register_has_an_order():
    everything = [Held(entry, []) for entry in REGISTER.values()]

    ordered = in_order(everything)

    assert sorted(map(id, ordered)) == sorted(map(id, everything))
    places = {held.entry.model: place for place, held in enumerate(ordered)}
    late = [
        (model.__name__, field.related_model.__name__)
        for model in REGISTER
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey)
        and field.related_model in places
        and places[model] > places[field.related_model]
    ]
    assert late == []


def test_an_access_goes_too(message):
    PersonalAccess.objects.create(email=ZOE.email, asked_at=NOW)

    erased()

    assert not PersonalAccess.objects.exists()
