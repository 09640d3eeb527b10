"""A message is written with the change it speaks of, and leaves at least once."""

import logging
import threading
from datetime import timedelta

from django.core.mail import EmailMessage, send_mail
from django.db import (
    DatabaseError,
    DataError,
    InterfaceError,
    OperationalError,
    connection,
    connections,
    transaction,
)
from django.test import override_settings
from django.utils import timezone

import pytest

from courrier.models import Attachment, OutgoingMessage
from courrier.services import outbox
from tests.factories.courrier import OutgoingMessageFactory
from tests.races import at_once

State = OutgoingMessage.State
CONTEXT = {"titre": "L’évaluation d'un projet", "nom": "Zoé <script>"}


def queue(**changes):
    with transaction.atomic():
        return outbox.queue("essai", **{"to": "zoe@exemple.test", "context": CONTEXT} | changes)


def now():
    return timezone.now()


# -- Writing ------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_message_is_written_in_three_versions():
    message = queue(reply_to="formation@enys.test")

    assert message.subject == "Votre inscription à « L’évaluation d'un projet »"
    assert "Bonjour Zoé <script>," in message.text
    assert "Bonjour Zoé &lt;script&gt;" in message.html
    assert "http://testserver" in message.text
    assert message.message_id.endswith("@enys.test>")
    assert (message.state, message.attempts, message.reply_to) == (
        State.QUEUED,
        0,
        "formation@enys.test",
    )


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_nothing_is_written():
    with pytest.raises(outbox.NotInTransaction):
        outbox.queue("essai", "zoe@exemple.test", CONTEXT)

    assert not OutgoingMessage.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_change_that_is_undone_sends_nothing(smtp):
    with transaction.atomic():
        queue()
        transaction.set_rollback(True)

    assert outbox.send_due(now()) == 0
    assert smtp.received == []


@pytest.mark.django_db
def test_what_it_is_about_is_found_again():
    about = OutgoingMessageFactory()

    message = queue(about=about)

    assert list(OutgoingMessage.objects.about(about)) == [message]


@pytest.mark.django_db
def test_without_recipient_staff_sees_the_failure():
    message = queue(to="")

    assert message.state == State.FAILED
    assert "STAFF_EMAIL" in message.last_error


@pytest.mark.django_db
def test_a_line_break_in_what_was_typed_makes_no_header(smtp):
    queue(context=CONTEXT | {"titre": "Titre\r\nBcc: autre@exemple.test\u2028X-A: b"})

    outbox.send_due(now())

    [received] = smtp.received
    assert received["Bcc"] is None
    assert "Titre Bcc: autre@exemple.test" in received["Subject"]


@pytest.mark.django_db
@pytest.mark.parametrize("field", ["to", "reply_to"])
def test_a_line_break_in_an_address_sends_nothing(smtp, field):
    message = OutgoingMessageFactory(**{field: "a@exemple.test\nBcc: b@exemple.test"})

    outbox.send_due(now())

    message.refresh_from_db()
    assert message.state == State.FAILED
    assert smtp.received == []


# -- Sending ------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_message_leaves_whole(smtp):
    message = queue(
        reply_to="formation@enys.test", attachments=[("été.ics", "text/calendar", b"BEGIN")]
    )

    assert outbox.send_due(now()) == 1

    [received] = smtp.received
    assert received["Subject"].strip() == message.subject
    assert received["To"] == "zoe@exemple.test"
    assert received["From"] == "ENYS Conseil <ne-pas-repondre@enys.test>"
    assert received["Reply-To"] == "formation@enys.test"
    assert received["Message-ID"] == message.message_id
    assert received["Auto-Submitted"] == "auto-generated"
    plain = received.get_body(("plain",)).get_content()
    assert plain.split() == message.text.split()
    assert max(map(len, plain.splitlines())) < 80
    assert ">Bonjour Zoé" in received.get_body(("html",)).get_content()
    [attachment] = received.iter_attachments()
    assert attachment.get_filename() == "été.ics"
    message.refresh_from_db()
    assert (message.state, message.leased_until, message.attempts) == (State.SENT, None, 1)
    assert message.sent_at is not None


@pytest.mark.django_db
def test_a_message_leaves_once(smtp):
    queue()

    assert [outbox.send_due(now()) for _ in range(3)] == [1, 0, 0]
    assert len(smtp.received) == 1


@pytest.mark.django_db
def test_the_oldest_leave_first_and_the_limit_holds(smtp):
    for minutes in (1, 3, 2):
        OutgoingMessageFactory(subject=str(minutes), next_try_at=now() - timedelta(minutes=minutes))

    assert outbox.send_due(now(), limit=2) == 2
    assert [received["Subject"] for received in smtp.received] == ["3", "2"]


@pytest.mark.django_db
def test_without_server_nothing_is_tried(settings):
    message = queue()

    assert outbox.send_due(now()) == 0
    message.refresh_from_db()
    assert (message.state, message.attempts) == (State.QUEUED, 0)


# -- What goes wrong ----------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("mood", ["550", "451", "hang", "drop"])
def test_a_server_that_refuses_hangs_or_drops_loses_nothing(smtp, settings, mood):
    smtp.mood = mood
    message = queue()
    patience = 0.2 if mood == "hang" else settings.EMAIL_TIMEOUT

    with override_settings(EMAIL_TIMEOUT=patience):
        outbox.send_due(now())

    message.refresh_from_db()
    assert (message.state, message.attempts, message.leased_until) == (State.QUEUED, 1, None)
    assert message.last_error
    assert outbox.send_due(now()) == 0
    smtp.mood = "accept"
    outbox.send_due(now() + timedelta(minutes=2))
    message.refresh_from_db()
    assert (message.state, message.last_error) == (State.SENT, "")
    assert {received["Message-ID"] for received in smtp.received} == {message.message_id}


@pytest.mark.django_db
def test_a_dead_server_loses_nothing(smtp, settings):
    settings.EMAIL_PORT = 1
    messages = [queue() for _ in range(3)]

    outbox.send_due(now())

    assert OutgoingMessage.objects.filter(state=State.QUEUED, attempts=1).count() == len(messages)


@pytest.mark.django_db
def test_the_delays_grow_from_one_minute_to_six_hours_then_staff_is_told(smtp):
    smtp.mood = "451"
    message = queue()
    moment, waits = now(), []
    while message.state == State.QUEUED:
        outbox.send_due(moment)
        message.refresh_from_db()
        waits.append(round((message.next_try_at - moment).total_seconds() / 60))
        moment = message.next_try_at + timedelta(seconds=1)

    assert waits[:-1] == [1, 5, 15, 60, 180, 360]
    assert (message.state, message.attempts) == (State.FAILED, 7)
    assert outbox.send_due(moment + timedelta(days=9)) == 0


@pytest.mark.django_db
@pytest.mark.parametrize("secret", [True, False])
def test_a_key_is_forgotten_once_it_has_left(smtp, secret):
    message = OutgoingMessageFactory(text="Le code 123 456", html="<p>123 456</p>", secret=secret)

    outbox.send_due(now())

    message.refresh_from_db()
    assert "123 456" in smtp.received[0].get_body(("plain",)).get_content()
    assert ("123 456" in message.text + message.html) is not secret


@pytest.mark.django_db
def test_send_again_gives_all_the_tries_back(smtp):
    message = OutgoingMessageFactory(failed=True)

    assert outbox.send_again(message, now())
    outbox.send_due(now())

    message.refresh_from_db()
    assert (message.state, message.attempts) == (State.SENT, 1)


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["sent", "queued"])
def test_only_a_failed_message_is_sent_again(kind):
    message = OutgoingMessageFactory(sent=kind == "sent")

    assert not outbox.send_again(message, now())
    before = message.state
    message.refresh_from_db()
    assert message.state == before


@pytest.mark.django_db
@pytest.mark.parametrize(
    "broken",
    [
        {"to": "pas une adresse\n"},
        {"to": "é" * 80 + "@exemple.test"},
        {"to": ", "},
        {"to": "<>"},
    ],
)
def test_a_message_that_cannot_be_written_fails_alone(smtp, broken):
    past = now() - timedelta(hours=1)
    bad = OutgoingMessageFactory(next_try_at=past, **broken)
    good = OutgoingMessageFactory()

    outbox.send_due(now())

    bad.refresh_from_db()
    good.refresh_from_db()
    assert bad.state != State.SENT
    assert bad.last_error
    assert good.state == State.SENT


@pytest.mark.django_db
def test_an_error_in_the_message_itself_is_not_tried_for_hours(smtp, monkeypatch):
    message = queue()
    monkeypatch.setattr(outbox, "_hand_over", lambda *_: {}["absent"])

    outbox.send_due(now())

    message.refresh_from_db()
    assert message.state == State.FAILED
    assert message.last_error == "KeyError\u00a0: 'absent'"


@pytest.mark.django_db
def test_no_address_is_written_in_the_journal(smtp, caplog):
    smtp.mood = "550"
    caplog.set_level(logging.DEBUG)
    queue()

    outbox.send_due(now())

    assert "essai 1 en échec" in caplog.text
    assert "exemple.test" not in "".join(
        record.getMessage() for record in caplog.records if record.name.startswith("courrier")
    )
    assert "exemple.test" in OutgoingMessage.objects.get().last_error


# -- Several workers ----------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_several_workers_never_send_the_same_message(smtp):
    OutgoingMessageFactory.create_batch(12)

    at_once(*[lambda: outbox.send_due(now())] * 4)

    assert len(smtp.received) == 12
    assert len({received["Message-ID"] for received in smtp.received}) == 12
    assert set(OutgoingMessage.objects.values_list("state", "attempts")) == {(State.SENT, 1)}


@pytest.mark.django_db(transaction=True)
def test_control_without_the_lease_they_do(smtp, monkeypatch):
    OutgoingMessageFactory()
    both_have_looked = threading.Barrier(2, timeout=10)

    def look_only(moment):
        message = OutgoingMessage.objects.due(moment).first()
        both_have_looked.wait()
        return message

    monkeypatch.setattr(outbox, "_claim", look_only)
    at_once(*[lambda: outbox.send_due(now(), limit=1)] * 2)

    assert len(smtp.received) == 2


@pytest.mark.django_db
def test_a_leased_message_is_left_alone_until_the_lease_ends(smtp):
    moment = now()
    OutgoingMessageFactory(leased_until=moment + outbox.LEASE, attempts=1)

    assert outbox.send_due(moment + outbox.LEASE - timedelta(seconds=1)) == 0
    assert outbox.send_due(moment + outbox.LEASE) == 1


@pytest.mark.django_db
def test_the_lease_counts_from_the_moment_the_message_is_taken(smtp, monkeypatch):
    """Not from the start of a pass over a hundred messages."""
    clock = iter([1000.0, 1000.0, 1500.0, 1500.0])
    monkeypatch.setattr(outbox.time, "monotonic", lambda: next(clock))
    leases = []
    monkeypatch.setattr(outbox, "_send", lambda message, moment: leases.append(message))
    OutgoingMessageFactory.create_batch(2)
    moment = now()

    outbox.send_due(moment, limit=2)

    assert [lease.leased_until - moment for lease in leases] == [
        outbox.LEASE,
        outbox.LEASE + timedelta(seconds=500),
    ]


def test_the_lease_is_longer_than_a_slow_conversation(settings):
    assert timedelta(seconds=12 * settings.EMAIL_TIMEOUT) <= outbox.LEASE


@pytest.mark.django_db
def test_a_worker_that_lost_its_lease_does_not_undo_what_the_other_did(smtp, monkeypatch):
    message = OutgoingMessageFactory(attempts=len(outbox.DELAYS))  # this try is the last

    def too_slow(mine, attachments):
        OutgoingMessage.objects.filter(pk=mine.pk).update(
            state=State.SENT, sent_at=now(), leased_until=None
        )
        raise TimeoutError

    monkeypatch.setattr(outbox, "_hand_over", too_slow)
    outbox.send_due(now())

    message.refresh_from_db()
    assert (message.state, message.last_error) == (State.SENT, "")


# The three that psycopg2 knows, when a server goes.
CUT = (
    OperationalError("terminating connection"),
    InterfaceError("connection already closed"),
    DatabaseError("no message from the libpq"),
)


def away(*errors):
    """The database says that, in turn, when it is told what became of a message."""
    left = iter(errors)

    def answer(execute, sql, params, many, context):
        if sql.startswith("UPDATE") and "last_error" in sql and (error := next(left, None)):
            raise error
        return execute(sql, params, many, context)

    return answer


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("mood", "state", "handed_over"), [("accept", State.SENT, 1), ("451", State.QUEUED, 0)]
)
def test_what_happened_is_written_when_the_database_is_back(
    smtp, monkeypatch, mood, state, handed_over
):
    monkeypatch.setattr(outbox, "PAUSE_SECONDS", 0)
    smtp.mood = mood
    message = OutgoingMessageFactory()

    with connection.execute_wrapper(away(*CUT)):
        outbox.send_due(now())
    outbox.send_due(now())

    message.refresh_from_db()
    assert (message.state, message.attempts, message.leased_until) == (state, 1, None)
    assert len(smtp.received) == handed_over


@pytest.mark.django_db(transaction=True)
def test_what_the_database_refuses_is_not_insisted_upon(smtp):
    OutgoingMessageFactory()

    with connection.execute_wrapper(away(DataError("value too long"))), pytest.raises(DataError):
        outbox.send_due(now())


@pytest.mark.django_db(transaction=True)
def test_a_database_that_does_not_come_back_is_waited_for_as_long_as_the_lease(smtp, monkeypatch):
    monkeypatch.setattr(outbox, "LEASE", timedelta(0))
    message = OutgoingMessageFactory()

    with connection.execute_wrapper(away(*CUT)), pytest.raises(OperationalError):
        outbox.send_due(now())

    message.refresh_from_db()
    assert (message.state, len(smtp.received)) == (State.QUEUED, 1)


@pytest.mark.django_db(transaction=True)
def test_no_transaction_is_open_and_no_lock_held_while_sending(smtp, monkeypatch):
    queue()
    seen = {}

    def write_elsewhere():
        OutgoingMessageFactory(next_try_at=now() + timedelta(days=1))
        connections.close_all()

    def look(message, attachments):
        seen["in transaction"] = connection.in_atomic_block
        other = threading.Thread(target=write_elsewhere)
        other.start()
        other.join(5)
        seen["other waits"] = other.is_alive()

    monkeypatch.setattr(outbox, "_hand_over", look)
    outbox.send_due(now())

    assert seen == {"in transaction": False, "other waits": False}


@pytest.mark.django_db
def test_an_idle_worker_asks_for_no_lock(smtp, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert outbox.send_due(now()) == 0


# -- What other packages send -------------------------------------------------------------------


@pytest.mark.django_db
def test_the_mail_of_other_packages_goes_through_the_outbox(settings):
    settings.EMAIL_BACKEND = "courrier.backends.OutboxBackend"

    send_mail("Objet", "Texte", None, ["a@enys.test", "b@enys.test"], html_message="<p>Texte</p>")
    EmailMessage("Sans HTML", "Texte", to=["c@enys.test"]).send()

    rows = OutgoingMessage.objects.order_by("pk").values_list("kind", "to", "subject", "html")
    assert list(rows) == [
        ("compte", "a@enys.test", "Objet", "<p>Texte</p>"),
        ("compte", "b@enys.test", "Objet", "<p>Texte</p>"),
        ("compte", "c@enys.test", "Sans HTML", ""),
    ]


# -- Words --------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_neither_name_nor_address_in_what_the_journal_keeps():
    message = OutgoingMessageFactory()
    attachment = Attachment.objects.create(
        message=message, name="cv-zoe.pdf", content_type="application/pdf", content=b""
    )

    assert str(message) == f"Courriel n°\u00a0{message.pk}"
    assert str(attachment) == f"Pièce jointe n°\u00a0{attachment.pk}"
