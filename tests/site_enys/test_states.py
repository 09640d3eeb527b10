"""One table says what may happen, one function does it, whole or not at all."""

from datetime import timedelta
from threading import Barrier

from django.db import models, transaction

import pytest

from courrier.models import OutgoingMessage
from site_enys.exceptions import Refused
from site_enys.states import (
    PERSON,
    SYSTEM,
    Lifecycle,
    Role,
    TransitionRefused,
    staff,
)
from tests.factories.people import UserFactory
from tests.harness.clock import paris
from tests.races import at_once
from tests.site_enys.folders import LIFE, Folder, FolderEvent, Sealed

NOW = paris(2027, 3, 8, 10)


pytestmark = pytest.mark.usefixtures("folders")


@pytest.fixture
def member():
    return staff(UserFactory())


def names(folder, by):
    return [row.name for row in LIFE.possible(folder, by, NOW)]


def refused(folder, name, by, **kwargs):
    before = Folder.objects.filter(pk=folder.pk).values().first()
    with pytest.raises(Refused) as caught:
        LIFE.apply(folder, name, by=by, now=NOW, **kwargs)
    assert Folder.objects.filter(pk=folder.pk).values().first() == before
    assert not FolderEvent.objects.exists()
    assert not OutgoingMessage.objects.exists()
    return str(caught.value)


def test_a_transition_writes_the_state_the_instant_the_event_and_the_message(member):
    folder = Folder.objects.create()

    event = LIFE.apply(folder, "close", by=member, now=NOW, reason="  Terminé.  ")

    assert (folder.state, folder.state_changed_at) == ("closed", NOW)
    assert list(folder.events.all()) == [event]
    assert (event.from_state, event.to_state, event.at) == ("open", "closed", NOW)
    assert (event.role, event.user, event.reason) == ("staff", member.user, "Terminé.")
    assert OutgoingMessage.objects.count() == 1


def test_the_effect_belongs_to_the_change(member):
    folder = Folder.objects.create()

    LIFE.apply(folder, "keep", by=member, now=NOW)

    assert (folder.state, folder.turns) == ("kept", 1)


@pytest.mark.parametrize("state", Folder.State.values)
@pytest.mark.parametrize("role", list(Role))
def test_what_is_offered_works_and_what_is_not_is_refused(member, state, role):
    by = {Role.STAFF: member, Role.PERSON: PERSON, Role.SYSTEM: SYSTEM}[role]
    offered = set(names(Folder(state=state), by)) - {"stumble", "burn"}
    for row in LIFE.transitions[:4]:
        folder = Folder.objects.create(state=state)
        if row.name in offered:
            LIFE.apply(folder, row.name, by=by, now=NOW, reason="Parce que.")
            assert folder.state == row.target
        else:
            with pytest.raises(TransitionRefused):
                LIFE.apply(folder, row.name, by=by, now=NOW, reason="Parce que.")


def test_the_offers_follow_the_state_the_role_and_the_guard(member):
    assert names(Folder(), member) == ["keep", "close", "stumble", "burn"]
    assert names(Folder(), PERSON) == ["close"]
    assert names(Folder(), SYSTEM) == ["expire"]
    assert names(Folder(state="closed"), member) == ["reopen"]
    assert "close" not in names(Folder(locked=True), member)


def test_a_refusal_says_in_which_state_the_record_is(member):
    folder = Folder.objects.create(state="closed")

    assert refused(folder, "keep", member) == (
        "Ce n’est pas possible\u00a0: l’état est «\u00a0Fermé\u202f»."
    )


def test_a_role_without_the_right_is_refused():
    assert "ouverte" in refused(Folder.objects.create(), "keep", PERSON)


def test_the_guard_gives_its_own_reason(member):
    assert refused(Folder.objects.create(locked=True), "close", member) == Sealed.sentence


@pytest.mark.parametrize("reason", ["", "   "])
def test_a_reason_that_is_needed_is_asked_for(member, reason):
    folder = Folder.objects.create(state="closed")

    assert "motif" in refused(folder, "reopen", member, reason=reason)


def test_an_effect_that_refuses_undoes_everything(member):
    assert refused(Folder.objects.create(), "stumble", member) == "Refusé en cours de route."


def test_a_message_that_fails_undoes_everything(member):
    folder = Folder.objects.create()

    with pytest.raises(RuntimeError):
        LIFE.apply(folder, "burn", by=member, now=NOW)

    folder.refresh_from_db()
    assert (folder.state, folder.turns, folder.events.count()) == ("open", 0, 0)


def test_an_outer_transaction_that_fails_undoes_the_message_too(member):
    with transaction.atomic():
        LIFE.apply(Folder.objects.create(), "close", by=member, now=NOW)
        transaction.set_rollback(True)

    assert not OutgoingMessage.objects.exists()


def test_a_stale_copy_is_judged_on_the_present_row(member):
    folder = Folder.objects.create()
    stale = Folder.objects.get()
    LIFE.apply(folder, "keep", by=member, now=NOW)

    with pytest.raises(TransitionRefused):
        LIFE.apply(stale, "keep", by=member, now=NOW)


def test_a_record_that_is_gone_is_refused_not_an_error(member):
    folder = Folder.objects.create()
    Folder.objects.all().delete()

    assert "n’existe plus" in refused(folder, "close", member)


def test_an_unknown_transition_is_a_mistake_of_the_caller(member):
    with pytest.raises(KeyError):
        LIFE.apply(Folder.objects.create(), "fly", by=member, now=NOW)


def test_two_transitions_may_not_share_a_name():
    row = LIFE.transitions[0]

    with pytest.raises(ValueError, match="même nom"):
        Lifecycle(FolderEvent, (row, row))


def test_events_are_written_once(member):
    event = LIFE.apply(Folder.objects.create(), "keep", by=member, now=NOW)

    with pytest.raises(TypeError):
        event.save()
    with pytest.raises(TypeError):
        event.delete()


def test_the_trace_outlives_the_account(member):
    event = LIFE.apply(Folder.objects.create(), "keep", by=member, now=NOW)

    assert FolderEvent._meta.get_field("user").remote_field.on_delete is models.SET_NULL
    assert str(event) == "keep (open → kept)"


def test_a_creation_is_an_event_too():
    folder = Folder.objects.create()

    event = LIFE.record(folder, "open", name="create", by=PERSON, now=NOW)

    assert (event.from_state, event.to_state, event.role) == ("open", "open", "person")


def test_of_two_people_who_decide_at_once_only_one_does(member):
    folder = Folder.objects.create()

    def decide():
        mine = Folder.objects.get(pk=folder.pk)
        return LIFE.apply(mine, "keep", by=member, now=NOW + timedelta(seconds=1))

    outcomes = at_once(decide, decide, decide)

    assert sum(isinstance(outcome, FolderEvent) for outcome in outcomes) == 1
    assert sum(isinstance(outcome, TransitionRefused) for outcome in outcomes) == 2
    folder.refresh_from_db()
    assert (folder.turns, folder.events.count()) == (1, 1)


def test_control_without_the_lock_both_decide():
    folder = Folder.objects.create()
    both_have_looked = Barrier(2, timeout=10)

    def decide_on_a_copy():
        mine = Folder.objects.get(pk=folder.pk)
        assert mine.state == "open"
        both_have_looked.wait()
        mine.state = "kept"
        mine.save()
        LIFE.record(mine, "kept", name="keep", by=SYSTEM, now=NOW)

    at_once(decide_on_a_copy, decide_on_a_copy)

    assert folder.events.count() == 2
