"""Every state, every transition, every role."""

import itertools
from datetime import timedelta

from django.utils import timezone

import pytest

from courrier.models import OutgoingMessage
from recrutement.enums import ENDED, ONGOING, ApplicationState, OfferStatus
from recrutement.models import PoolConsent
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
    "invite": (("received", "reviewing"), "interview", set()),
    "propose": (("reviewing", "interview"), "offered", set()),
    "hire": (("offered",), "hired", {"recrutement_recrutee"}),
    "reject": (ONGOING, "rejected", set()),
    "withdraw": (ONGOING, "withdrawn", {"recrutement_retrait"}),
    "close": (ONGOING, "closed", {"recrutement_sans_suite"}),
    "reopen": (("rejected", "withdrawn", "closed"), "reviewing", set()),
}
FOR_THE_PERSON = {"withdraw"}
# A service calls them with more than a reason, and writes their e-mail.
OWN_SCREEN = {"invite", "propose", "reject"}
ANSWERS = {"invite", "propose", "hire", "reject", "close"}


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
            assert (name in offered) == (allowed and name not in OWN_SCREEN)
            assert (LIFECYCLE.refusal(application, name, by, now) is None) == allowed

            if not allowed:
                with pytest.raises(TransitionRefused):
                    LIFECYCLE.apply(application, name, by=by, now=now, reason="motif", forced=True)
                application.refresh_from_db()
                assert application.state == state
                assert not application.events.exists()
                continue
            LIFECYCLE.apply(application, name, by=by, now=now, reason="motif", forced=True)
            assert (application.state, application.state_changed_at) == (target, now)
            assert application.decided_at == (now if target in ENDED else None)
            assert application.first_answer_at == (now if name in ANSWERS else None)
            event = application.events.get()
            assert (event.transition, event.from_state, event.to_state) == (name, state, target)
            sent = OutgoingMessage.objects.about(application).values_list("kind", flat=True)
            assert set(sent) == kinds


def test_taking_up_again_needs_a_reason():
    application = ApplicationFactory(state="rejected")

    with pytest.raises(TransitionRefused, match="motif"):
        LIFECYCLE.apply(application, "reopen", by=STAFF, now=timezone.now(), reason="  ")


@pytest.mark.parametrize("name", ["withdraw", "hire"])
def test_the_reason_stays_inside(name):
    application = ApplicationFactory(state="offered")

    LIFECYCLE.apply(application, name, by=STAFF, now=timezone.now(), reason="Trop cher.")

    message = OutgoingMessage.objects.get()
    assert "Trop cher" not in message.text + message.html + message.subject


def test_what_is_about_to_be_erased_is_not_taken_up_again():
    now = timezone.now()
    decided = {"state": "rejected", "reject_reason": "autre"}
    late = ApplicationFactory(**decided, state_changed_at=now - timedelta(days=93))
    in_time = ApplicationFactory(**decided, state_changed_at=now - timedelta(days=91))

    with pytest.raises(TransitionRefused, match="doit être effacée"):
        LIFECYCLE.apply(late, "reopen", by=STAFF, now=now, reason="motif")
    LIFECYCLE.apply(in_time, "reopen", by=STAFF, now=now, reason="motif")

    assert (in_time.decided_at, in_time.reject_reason) == (None, "")
    assert in_time.answer_by == in_days(in_time.offer.answer_by_days)


@pytest.mark.parametrize(("days_left", "possible"), [(0, True), (-1, False)])
def test_somebody_in_the_pool_may_be_taken_up_again(days_left, possible):
    now = timezone.now()
    application = ApplicationFactory(state="closed", state_changed_at=now - timedelta(days=300))
    PoolConsent.objects.create(
        application=application,
        given_at=now - timedelta(days=300),
        text_version="1",
        expires_on=in_days(days_left),
    )

    assert (LIFECYCLE.refusal(application, "reopen", STAFF, now) is None) == possible


def test_nobody_is_hired_beyond_the_posts_without_a_reason():
    offer = OfferFactory(positions=1)
    ApplicationFactory(offer=offer, state="hired")
    second, now = ApplicationFactory(offer=offer, state="offered"), timezone.now()

    with pytest.raises(TransitionRefused, match="1\u00a0poste, et autant"):
        LIFECYCLE.apply(second, "hire", by=STAFF, now=now)
    LIFECYCLE.apply(second, "hire", by=STAFF, now=now, reason="Un second poste.", forced=True)

    assert second.state == "hired"
    assert second.events.get().forced


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
    now = timezone.now()
    unread, read = ApplicationFactory(), ApplicationFactory(first_read_at=now - timedelta(days=2))

    for application in (unread, read):
        LIFECYCLE.apply(application, name, by=STAFF, now=now, reason="motif")

    assert unread.first_read_at == now
    assert read.first_read_at == now - timedelta(days=2)
