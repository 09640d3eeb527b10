"""No address of ours accepts a form that another site has sent."""

from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse

import pytest

from tests.access.engine import signed_in
from tests.addresses import OUR_ROOMS, addresses
from tests.world import Side, make_world

# The guard acts before any row is read: walked once.
pytestmark = [pytest.mark.django_db, pytest.mark.only_on("sqlite")]


@pytest.fixture(scope="module")
def side(module_rows: None) -> Side:
    return make_world()["a"]


#: What nothing else answers: a right that is missing says 403 too.
STOPPED = 418


def stopped(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Stands for our own page, which draws every menu."""
    return HttpResponse(reason, status=STOPPED)


@pytest.mark.parametrize(("role", "at_desk"), [("superuser", True), ("anonyme", False)])
def test_without_its_token_no_form_is_read(side, role, at_desk, settings):
    settings.CSRF_FAILURE_VIEW = stopped
    client = signed_in(role, side)
    client.handler.enforce_csrf_checks = True

    answers = {
        address.route: client.post(address.path(side), {"a": "b"}).status_code
        for address in addresses()
        if address.is_ours and address.is_desk == at_desk
    }

    assert answers
    assert {route: status for route, status in answers.items() if status != STOPPED} == {}


def test_no_code_of_ours_lifts_the_guard():
    sources = (path for room in OUR_ROOMS for path in Path(settings.BASE_DIR, room).rglob("*.py"))

    assert [path.name for path in sources if "csrf_exempt" in path.read_text("utf-8")] == []
