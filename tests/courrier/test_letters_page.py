"""« Modèles de courriels » : the team reads every message before anybody receives it."""

from html import unescape

import pytest

from courrier.models import OutgoingMessage
from site_enys.letters import kinds, when_sent

LIST = "/admin/courriels/modeles/"


@pytest.fixture
def direction(log_in):
    return log_in("direction")


def test_every_kind_is_listed_with_its_reader_and_its_moment(direction):
    html = direction.get(LIST).content.decode()

    for kind in kinds():
        assert f'href="{LIST}{kind}/"' in html
        assert when_sent(kind) in unescape(html)


def test_a_message_is_shown_in_both_parts_and_nothing_is_written(direction):
    response = direction.get(f"{LIST}formation_offered/")

    html = response.content.decode()
    assert '<iframe sandbox srcdoc="&lt;!doctype html&gt;' in html
    assert "Une place s’est libérée dans la session que vous attendiez." in html
    assert "formation/suivi/exemple/" in html
    assert when_sent("formation_offered") in html
    assert not OutgoingMessage.objects.exists()


@pytest.mark.parametrize("kind", ["inconnu", "base", "parts"])
def test_a_kind_that_is_none_is_not_found(direction, kind):
    assert direction.get(f"{LIST}{kind}/").status_code == 404


def test_the_list_of_what_was_sent_leads_there(direction):
    html = direction.get("/admin/snippets/courrier/outgoingmessage/").content.decode()

    assert f'href="{LIST}"' in html
