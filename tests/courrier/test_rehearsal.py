"""What a change would send is known without sending it."""

from threading import Barrier

from django.db import transaction

import pytest

from courrier.models import OutgoingMessage
from courrier.services import outbox
from courrier.services.rehearsal import rehearse
from tests.races import at_once


def write(to: str) -> OutgoingMessage:
    return outbox.write(kind="essai", subject="Essai", to=to, text="Texte.")


@pytest.mark.django_db
def test_the_messages_are_returned_and_nothing_is_left() -> None:
    messages = rehearse(lambda: [write("a@exemple.test"), write("b@exemple.test")])

    assert [message.to for message in messages] == ["a@exemple.test", "b@exemple.test"]
    assert not OutgoingMessage.objects.exists()


@pytest.mark.django_db
def test_what_the_change_raises_goes_through_and_undoes_it() -> None:
    def fails() -> None:
        write("a@exemple.test")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        rehearse(fails)
    assert not OutgoingMessage.objects.exists()


@pytest.mark.django_db
def test_what_is_written_before_or_after_is_kept() -> None:
    with transaction.atomic():
        write("avant@exemple.test")
        rehearse(lambda: write("essai@exemple.test"))
        write("apres@exemple.test")

    kept = OutgoingMessage.objects.order_by("pk").values_list("to", flat=True)
    assert list(kept) == ["avant@exemple.test", "apres@exemple.test"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.only_on("postgresql")  # SQLite lets one transaction write at a time
def test_the_messages_of_somebody_else_at_the_same_time_are_not_heard() -> None:
    both_have_written = Barrier(2, timeout=10)

    def change(to: str) -> None:
        write(to)
        both_have_written.wait()

    def really() -> None:
        with transaction.atomic():
            change("autre@exemple.test")

    heard, _ = at_once(lambda: rehearse(lambda: change("moi@exemple.test")), really)

    assert [message.to for message in heard] == ["moi@exemple.test"]
    assert OutgoingMessage.objects.get().to == "autre@exemple.test"
