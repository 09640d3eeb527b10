"""What the team does with contact messages."""

from django.urls import reverse, reverse_lazy
from django.utils import timezone

import pytest

from courrier.models import OutgoingMessage
from home.enums import MessageState
from home.models import ContactMessage
from home.services.contact import LIFECYCLE
from site_enys.states import PERSON, SYSTEM, TransitionRefused, staff
from tests.factories.home import ContactMessageFactory

pytestmark = pytest.mark.django_db

LIST = reverse_lazy("wagtailsnippets_home_contactmessage:list")
# Each transition and the states it starts from.
TABLE = {
    "accept": {"new", "spam"},
    "handle": {"new"},
    "reject": {"new", "handled"},
    "reopen": {"handled", "spam"},
}


def inspect_url(message: ContactMessage) -> str:
    return reverse("wagtailsnippets_home_contactmessage:inspect", args=[message.pk])


@pytest.mark.parametrize("state", MessageState.values)
@pytest.mark.parametrize("name", TABLE)
@pytest.mark.parametrize("actor", ["staff", "person", "system"])
def test_every_transition_from_every_state_for_every_role(state, name, actor) -> None:
    message = ContactMessageFactory(state=state, suspect=True)
    by = {"staff": staff(None), "person": PERSON, "system": SYSTEM}[actor]

    try:
        LIFECYCLE.apply(message, name, by=by, now=timezone.now())
    except TransitionRefused:
        done = False
    else:
        done = True

    assert done == (actor == "staff" and state in TABLE[name])
    assert done or message.state == state


def test_accepting_a_suspect_message_sends_what_was_held_back() -> None:
    message = ContactMessageFactory(suspect=True)

    LIFECYCLE.apply(message, "accept", by=staff(None), now=timezone.now())

    assert not message.suspect
    assert set(OutgoingMessage.objects.values_list("kind", flat=True)) == {
        "contact_staff",
        "contact_receipt",
    }


def test_accepting_a_message_that_is_not_suspect_is_refused() -> None:
    message = ContactMessageFactory()

    with pytest.raises(TransitionRefused, match="pas été mis de côté"):
        LIFECYCLE.apply(message, "accept", by=staff(None), now=timezone.now())


@pytest.mark.parametrize("role", ["direction", "redaction"])
def test_list_shows_filters_and_finds_messages(log_in, role) -> None:
    ContactMessageFactory(name="Awa Diallo")
    ContactMessageFactory(name="Marc Petit", state=MessageState.HANDLED)
    client = log_in(role)

    assert b"Marc Petit" in client.get(LIST).content
    filtered = client.get(LIST, {"state": "new"}).content
    assert b"Awa Diallo" in filtered
    assert b"Marc Petit" not in filtered
    assert b"Marc Petit" not in client.get(LIST, {"q": "Awa"}).content


@pytest.mark.parametrize("role", ["formation", "recrutement"])
def test_other_roles_see_no_message(log_in, role) -> None:
    message = ContactMessageFactory()
    client = log_in(role)

    assert client.get(LIST).status_code == 302
    assert client.get(inspect_url(message)).status_code == 302
    assert b"Messages" not in client.get("/admin/").content


def test_inspection_offers_only_what_is_possible(log_in) -> None:
    message = ContactMessageFactory()

    html = log_in("redaction").get(inspect_url(message)).content.decode()

    assert "Marquer comme traité" in html
    assert "Remettre à lire" not in html
    assert "Ce message est sincère" not in html


def test_button_changes_the_state_and_leaves_a_trace(log_in) -> None:
    message = ContactMessageFactory()
    client = log_in("redaction")

    url = reverse("wagtailsnippets_home_contactmessage:transition", args=[message.pk, "handle"])
    client.post(url, {"reason": "Répondu par téléphone."})

    message.refresh_from_db()
    event = message.events.get()
    assert message.state == MessageState.HANDLED
    assert (event.user, event.reason) == (client.user, "Répondu par téléphone.")


def test_export_is_a_spreadsheet_without_formula(log_in) -> None:
    from io import BytesIO  # noqa: PLC0415

    from openpyxl import load_workbook  # noqa: PLC0415

    ContactMessageFactory(name='=HYPERLINK("http://exemple.test")')

    response = log_in("direction").get(LIST, {"export": "xlsx"})
    sheet = load_workbook(BytesIO(response.getvalue())).active

    assert sheet["A1"].value.lower() == "référence"
    # Kept as it was written, but as a text: a spreadsheet does not compute it.
    [cell] = [cell for cell in sheet[2] if "HYPERLINK" in str(cell.value)]
    assert cell.data_type == "s"


def test_desk_says_how_many_messages_wait(log_in) -> None:
    ContactMessageFactory.create_batch(2)
    ContactMessageFactory(state=MessageState.HANDLED)

    html = log_in("redaction").get("/admin/").content.decode()

    assert "2\u00a0messages à lire" in html
    assert f"{LIST}?state=new" in html


def test_nobody_can_choose_a_message_in_a_chooser() -> None:
    from django.urls import NoReverseMatch  # noqa: PLC0415

    with pytest.raises(NoReverseMatch):
        reverse("wagtailsnippetchoosers_home_contactmessage:choose")
