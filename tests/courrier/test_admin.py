"""« Courriels » : what the direction sees and does."""

from datetime import timedelta

from django.utils import timezone

from wagtail.test.utils import WagtailTestUtils

import pytest

from courrier.models import OutgoingMessage
from courrier.wagtail_hooks import HIDDEN, NOTHING_LEAVES
from tests.factories.courrier import OutgoingMessageFactory

HOME = "/admin/"
LIST = "/admin/snippets/courrier/outgoingmessage/"


@pytest.fixture
def direction(log_in):
    return log_in("direction")


def inspect(message):
    return f"{LIST}inspect/{message.pk}/"


def send_again(message):
    return f"/admin/courriels/{message.pk}/renvoyer/"


def page(client, url):
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def test_the_list_says_what_was_sent_to_whom_and_when(direction):
    message = OutgoingMessageFactory(sent=True)

    html = page(direction, LIST)

    for shown in (message.subject, message.to, "Envoyé le", f'href="{inspect(message)}"'):
        assert shown in html


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?state=failed", "raté"),
        ("?kind=blog/commentaire", "commentaire"),
        ("?q=commentaire", "commentaire"),
        ("?q=dupont@exemple.test", "raté"),
    ],
)
def test_filters_and_search(direction, query, found):
    OutgoingMessageFactory(subject="ordinaire")
    OutgoingMessageFactory(subject="raté", to="dupont@exemple.test", failed=True)
    OutgoingMessageFactory(subject="commentaire", kind="blog/commentaire")

    [row] = rows(page(direction, LIST + query))
    assert found in row


def rows(html):
    return [row.get_text() for row in WagtailTestUtils.get_soup(html).select(".listing tbody tr")]


@pytest.mark.parametrize(
    "query", ['?q="', "?q=%00", "?state=autre", "?p=999", "?kind=%F0%9F", "?created_at_from=x"]
)
def test_hostile_parameters_are_no_error(direction, query):
    OutgoingMessageFactory()

    assert direction.get(LIST + query).status_code in {200, 404}


def test_without_server_the_screens_say_that_nothing_leaves(direction, settings):
    message = OutgoingMessageFactory()
    for url in (LIST, inspect(message)):
        assert NOTHING_LEAVES in page(direction, url)

    settings.EMAIL_HOST = "smtp.exemple.test"
    for url in (LIST, inspect(message)):
        assert NOTHING_LEAVES not in page(direction, url)


def test_the_preview_runs_nothing(direction):
    message = OutgoingMessageFactory(html='<p>"Bonjour" <script>alert(1)</script></p>')

    html = page(direction, inspect(message))

    assert "<iframe sandbox srcdoc=" in html
    assert "&lt;script&gt;alert(1)" in html
    assert "<script>alert(1)" not in html


def test_the_text_is_shown_as_it_was_sent(direction):
    message = OutgoingMessageFactory(text="Bonjour <b>,\nVotre place")

    assert "Bonjour &lt;b&gt;,<br>Votre place" in page(direction, inspect(message))


def test_a_message_that_may_open_an_account_is_not_readable(direction):
    message = OutgoingMessageFactory(
        kind=OutgoingMessage.ACCOUNT,
        text="/reset/SECRET/",
        html="<p>/reset/SECRET/</p>",
        secret=True,
    )

    html = page(direction, inspect(message))

    assert HIDDEN in html
    assert "SECRET" not in html
    assert message.subject not in page(direction, LIST + "?q=SECRET")


@pytest.mark.parametrize(("server", "shown"), [("smtp.enys.test", False), ("", True)])
def test_a_code_is_readable_only_where_nothing_leaves(direction, settings, server, shown):
    settings.EMAIL_HOST = server
    message = OutgoingMessageFactory(text="123 456", html="<p>123 456</p>", secret=True)

    html = page(direction, inspect(message))

    assert ("123 456" in html) is shown
    assert (HIDDEN in html) is not shown


def test_a_failed_message_is_on_the_desk_with_its_button(direction):
    message = OutgoingMessageFactory(failed=True)

    home = page(direction, HOME)
    assert "1\u00a0courriel en échec" in home
    assert f"{LIST}?state=failed" in home
    html = page(direction, inspect(message))
    assert f'action="{send_again(message)}"' in html
    assert message.last_error in html


def test_send_again(direction):
    message = OutgoingMessageFactory(failed=True)

    response = direction.post(send_again(message), follow=True)

    assert response.redirect_chain == [(inspect(message), 302)]
    assert "remis dans la file" in response.content.decode()
    message.refresh_from_db()
    assert (message.state, message.attempts) == (OutgoingMessage.State.QUEUED, 0)


def test_a_message_that_has_left_is_not_sent_again(direction):
    message = OutgoingMessageFactory(sent=True)

    assert "Renvoyer</button>" not in page(direction, inspect(message))
    response = direction.post(send_again(message), follow=True)

    assert "rien n’a changé" in response.content.decode()
    message.refresh_from_db()
    assert message.state == OutgoingMessage.State.SENT


def test_send_again_is_not_a_link(direction):
    assert direction.get(send_again(OutgoingMessageFactory(failed=True))).status_code == 405


@pytest.mark.parametrize("role", ["redaction", "formation", "recrutement"])
def test_only_the_direction_sends_again(log_in, role):
    message = OutgoingMessageFactory(failed=True)
    client = log_in(role)

    client.post(send_again(message))

    message.refresh_from_db()
    assert message.state == OutgoingMessage.State.FAILED
    assert "en échec" not in page(client, HOME)


@pytest.mark.parametrize(
    ("minutes", "host", "said"), [(16, "smtp", True), (14, "smtp", False), (16, "", False)]
)
def test_a_worker_that_has_stopped_is_noticed(direction, settings, minutes, host, said):
    settings.EMAIL_HOST = host
    OutgoingMessageFactory(next_try_at=timezone.now() - timedelta(minutes=minutes))

    assert ("1\u00a0courriel ne part pas" in page(direction, HOME)) is said
