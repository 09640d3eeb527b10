"""Every state, every transition, every role."""

import itertools

from django.utils import timezone

import pytest

from courrier.models import OutgoingMessage
from recrutement.enums import ENDED, ONGOING, ApplicationState, OfferStatus
from recrutement.services.lifecycle import LIFECYCLE
from site_enys.states import PERSON, SYSTEM, Actor, Role, TransitionRefused
from site_enys.templatetags.typography import long_date
from tests.factories.recrutement import ApplicationFactory, OfferFactory, in_days

pytestmark = pytest.mark.django_db

STAFF = Actor(Role.STAFF)
# From, to and e-mail of each transition, as the design of the desk says them.
TABLE = {
    "accept": (("quarantine",), "received", {"recrutement_accuse", "recrutement_nouvelle"}),
    "discard": (("quarantine",), "closed", set()),
    "start_review": (("received",), "reviewing", set()),
    "invite": (("received", "reviewing"), "interview", {"recrutement_entretien"}),
    "propose": (("reviewing", "interview"), "offered", {"recrutement_proposition"}),
    "hire": (("offered",), "hired", {"recrutement_recrutee"}),
    "reject": (ONGOING, "rejected", {"recrutement_refus"}),
    "withdraw": (ONGOING, "withdrawn", {"recrutement_retrait"}),
    "close": (ONGOING, "closed", {"recrutement_sans_suite"}),
    "reopen": (("rejected", "withdrawn", "closed"), "reviewing", set()),
}
FOR_THE_PERSON = {"withdraw"}


def test_the_table_has_these_transitions_and_no_other():
    assert set(LIFECYCLE.by_name) == set(TABLE)


@pytest.mark.parametrize("name", TABLE)
def test_each_transition_from_each_state_for_each_role(name, subtests):
    sources, target, kinds = TABLE[name]
    offer = OfferFactory(status=OfferStatus.CANCELLED)
    for state, by in itertools.product(ApplicationState.values, (STAFF, PERSON, SYSTEM)):
        application = ApplicationFactory(offer=offer, state=state)
        now = timezone.now()
        allowed = state in sources and (by is STAFF or (by is PERSON and name in FOR_THE_PERSON))
        with subtests.test(state=state, by=by.role.value):
            offered = {row.name for row in LIFECYCLE.possible(application, by, now)}
            assert (name in offered) == allowed

            if not allowed:
                with pytest.raises(TransitionRefused):
                    LIFECYCLE.apply(application, name, by=by, now=now, reason="motif")
                application.refresh_from_db()
                assert application.state == state
                assert not application.events.exists()
                continue
            LIFECYCLE.apply(application, name, by=by, now=now, reason="motif")
            assert (application.state, application.state_changed_at) == (target, now)
            assert application.decided_at == (now if target in ENDED else None)
            event = application.events.get()
            assert (event.transition, event.from_state, event.to_state) == (name, state, target)
            sent = OutgoingMessage.objects.about(application).values_list("kind", flat=True)
            assert set(sent) == kinds


@pytest.mark.parametrize("name", ["reject", "reopen"])
def test_a_reason_is_needed(name):
    state = "received" if name == "reject" else "rejected"
    application = ApplicationFactory(state=state)

    with pytest.raises(TransitionRefused, match="motif"):
        LIFECYCLE.apply(application, name, by=STAFF, now=timezone.now(), reason="  ")


def test_the_reason_stays_inside():
    application = ApplicationFactory()

    LIFECYCLE.apply(application, "reject", by=STAFF, now=timezone.now(), reason="Trop cher.")

    message = OutgoingMessage.objects.get()
    assert "Trop cher" not in message.text + message.html + message.subject


@pytest.mark.parametrize("status", ["open", "suspended"])
def test_an_application_is_not_closed_while_its_offer_lives(status):
    application = ApplicationFactory(offer=OfferFactory(status=status))

    with pytest.raises(TransitionRefused, match="ni pourvue ni annulée"):
        LIFECYCLE.apply(application, "close", by=STAFF, now=timezone.now())


def test_a_spontaneous_application_is_not_closed_with_an_offer():
    application = ApplicationFactory(offer=None)

    assert "close" not in {
        row.name for row in LIFECYCLE.possible(application, STAFF, timezone.now())
    }


@pytest.mark.parametrize(("name", "state"), [("accept", "quarantine"), ("reopen", "rejected")])
def test_a_person_never_has_two_ongoing_applications(name, state):
    twin = ApplicationFactory(email="a@exemple.test")
    application = ApplicationFactory(email="a@exemple.test", offer=twin.offer, state=state)

    with pytest.raises(TransitionRefused, match=twin.reference):
        LIFECYCLE.apply(application, name, by=STAFF, now=timezone.now(), reason="motif")


def test_the_promise_runs_from_the_moment_an_application_is_let_in():
    application = ApplicationFactory(state="quarantine", answer_by=in_days(-3))

    LIFECYCLE.apply(application, "accept", by=STAFF, now=timezone.now())

    assert application.answer_by == in_days(application.offer.answer_by_days)
    acknowledgement = OutgoingMessage.objects.get(kind="recrutement_accuse")
    assert long_date(application.answer_by) in acknowledgement.text


@pytest.mark.parametrize("name", ["start_review", "invite", "reject"])
def test_the_first_reading_is_noted_once(name):
    application, now = ApplicationFactory(), timezone.now()

    LIFECYCLE.apply(application, name, by=STAFF, now=now, reason="motif")

    assert application.first_read_at == now
