"""Every role tried on every address of ours, and on those of Wagtail that decide of something.

A new address fails until it has its line in `tests/access/tables/`; and, if it takes arguments,
in `tests/addresses.py`.
"""

from itertools import zip_longest
from typing import Any

from django.apps import apps
from django.contrib.messages.storage.base import BaseStorage
from django.db.models import Model
from django.urls import reverse

from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.contrib.settings.registry import registry as settings_registry
from wagtail.snippets.models import get_snippet_models

import pytest

from site_enys.admin import admin_url
from site_enys.models import CheckState
from tests.access.engine import (
    GONE,
    HOME,
    HOME_URL,
    LOGIN,
    ON,
    OPEN,
    OUTSIDE,
    POST_ONLY,
    REFUSED,
    ROLES,
    UNKNOWN,
    Table,
    content,
    outcome,
    signed_in,
)
from tests.access.tables import blog, formation, foundation, home, recrutement
from tests.addresses import OUR_ROOMS, Address, addresses
from tests.harness.client import SiteClient
from tests.world import Side, lay_files, make_world, marks_in

# What a role gets is decided before any row is read: walked once.
pytestmark = [pytest.mark.django_db, pytest.mark.only_on("sqlite")]

TABLES = (foundation, home, formation, recrutement, blog)


def joined(part: str) -> Table:
    return {name: line for one in TABLES for name, line in getattr(one, part, {}).items()}


DESK, PUBLIC, WAGTAIL = joined("DESK"), joined("PUBLIC"), joined("WAGTAIL")
CHIEFS = {"direction", "superuser"}
#: Whose data each role may read at the desk: the marks of `tests/world.py` by their first word.
READS = {
    "redaction": {"visiteur", "lecteur", "signaleur"},
    "formation": {"stagiaire", "acheteur", "surmesure", "reclamant"},
    "recrutement": {"candidat"},
    "referent": {"demandeur"},
}
READS |= dict.fromkeys(CHIEFS, set().union(*READS.values(), {"destinataire", "demandeur"}))
#: (model, bulk action) → who may.
BULK = {
    ("blog.comment", "approve"): {"redaction", *CHIEFS},
    ("blog.comment", "reject"): {"redaction", *CHIEFS},
    ("blog.comment", "spam"): {"redaction", *CHIEFS},
    ("blog.author", "delete"): {"redaction", *CHIEFS},
    ("blog.category", "delete"): {"redaction", *CHIEFS},
    ("search.searchmiss", "handle"): {"redaction", *CHIEFS},
    ("recrutement.application", "refuse"): {"recrutement", *CHIEFS},
    ("courrier.outgoingmessage", "send_again"): CHIEFS,
    ("site_enys.user", "assign_role"): CHIEFS,
    ("site_enys.user", "delete"): CHIEFS,
    ("site_enys.user", "set_active_state"): CHIEFS,
    ("home.customimage", "add_tags"): {"redaction", *CHIEFS},
    ("home.customimage", "add_to_collection"): {"redaction", *CHIEFS},
    ("home.customimage", "delete"): {"redaction", *CHIEFS},
    ("home.customdocument", "add_tags"): {"redaction", *CHIEFS},
    ("home.customdocument", "add_to_collection"): {"redaction", *CHIEFS},
    ("home.customdocument", "delete"): {"redaction", *CHIEFS},
}
#: Settings → who writes them.
SETTINGS = {
    "home.organisationsettings": {"redaction", *CHIEFS},
    "home.accessibilitystatement": {"redaction", *CHIEFS},
    "formation.trainingterms": {"formation", *CHIEFS},
    "recrutement.recruitmentsettings": CHIEFS,
    "site_enys.signinsettings": CHIEFS,
    "site_enys.formprotection": CHIEFS,
}
#: The things of the world on which a bulk action is tried.
BULK_ROWS = {
    "blog.comment": "comment",
    "blog.author": "author",
    "blog.category": "category",
    "search.searchmiss": "miss",
    "recrutement.application": "application",
    "courrier.outgoingmessage": "message",
    "site_enys.user": "account",
    "home.customimage": "image",
    "home.customdocument": "library",
}
#: What is read with the key that the address itself carries.
CARRY_THEIR_RIGHT = {"recrutement_confirm_address", "formation_trainer_calendar"}
#: What reading, or a refused request, leaves: proofs of it.
JOURNALS = {
    "site_enys.PrivateFileAccess",
    "site_enys.RateWindow",
    "site_enys.FormSubmission",
    "rgpd.RightsRequestEvent",
}
#: What is made of an image, and columns of a file, worked out the first time that they are read.
COMPUTED, LAZY = {"home.CustomRendition"}, {"file_hash", "file_size"}
#: Screens of a viewset that take no form.
ONLY_READ = (":list", ":inspect", ":usage", ":history", ":index")
POSTED = {"text": "Une note.", "reason": "Un motif.", "first_name": "X", "title": "X", "name": "X"}


@pytest.fixture(scope="module")
def world(module_rows: None) -> dict[str, Side]:
    return make_world()


@pytest.fixture(scope="module")
def browsers(world: dict[str, Side]) -> dict[str, SiteClient]:
    """One for each role, signed in once."""
    return {role: signed_in(role, world["a"]) for role in ROLES}


@pytest.fixture(autouse=True)
def _files(world: dict[str, Side]) -> None:
    lay_files(world["a"])


class Unkept(BaseStorage):
    """Each refusal says why on the next page, and nobody reads it here: they would pile up."""

    def _get(self, *_args: Any, **_kwargs: Any) -> tuple[list[Any], bool]:
        return [], True

    def _store(self, *_args: Any, **_kwargs: Any) -> list[Any]:
        return []


@pytest.fixture
def _no_messages(settings) -> None:
    settings.MESSAGE_STORAGE = f"{__name__}.Unkept"


def tried(table: Table) -> list[Address]:
    return [address for address in addresses() if address.name in table]


def test_every_address_of_ours_has_its_line():
    known = DESK.keys() | PUBLIC.keys()
    ours = {address.name for address in addresses() if address.is_ours}

    assert not ours - known, (
        f"sans ligne dans tests/access/tables/ : {sorted(ours - known)} ; "
        "dites ce que chaque rôle y obtient"
    )
    assert not known - ours, f"lignes d’adresses qui n’existent plus : {sorted(known - ours)}"


def test_every_address_can_be_built(world):
    for address in addresses():
        if address.is_ours or address.name in WAGTAIL:
            assert address.path(world["b"]).startswith("/"), address


def teaches(address: Address, line: dict[str, str], role: str) -> bool:
    """Whether this role may get something there that another try does not show already.

    The second half of a list is its view once more. The superuser is tried where she is refused,
    or gets more than the direction; a second reviewer, on what was given to the first one.
    """
    if address.name.endswith("_results"):
        return False
    if role == "superuser":
        return line[role] != OPEN or line["direction"] != OPEN
    if role == "evaluation-ailleurs":
        return "recrutement" in address.name or line[role] != line["evaluation"]
    return True


@pytest.mark.usefixtures("_no_messages")
@pytest.mark.parametrize("role", ROLES)
def test_each_role_gets_at_the_desk_what_is_hers(world, browsers, role):
    """And a request that was refused changes nothing, whatever it sends."""
    side, client, read, wrong = world["a"], browsers[role], set(), {}
    table = DESK | WAGTAIL

    before = picture()
    for address in tried(table):
        if not teaches(address, table[address.name], role):
            continue
        path = address.path(side)
        response = client.get(path)
        got, expected = outcome(response), table[address.name][role]
        read |= marks_in(content(response))
        if got != expected:
            wrong[address.name] = (got, expected)
        if got in {HOME, LOGIN, REFUSED, UNKNOWN} and not address.name.endswith(ONLY_READ):
            answer = client.post(path, POSTED)
            assert answer.status_code in {302, 403, 404, 405}, path

    assert not wrong
    assert {mark[2:-1] for mark in read} <= READS.get(role, set())
    assert changes_since(before) == []


@pytest.mark.parametrize("role", ["anonyme", "superuser"])
def test_a_public_address_answers_alike_to_every_account(world, role):
    side, read, wrong = world["a"], set(), {}
    client = signed_in(role, side)

    for address in tried(PUBLIC):
        forget_links(client)
        response = client.get(address.path(side))
        got, expected = outcome(response), PUBLIC[address.name][role]
        if got != expected:
            wrong[address.name] = (got, expected)
        if address.name not in CARRY_THEIR_RIGHT and role == "anonyme":
            read |= marks_in(content(response))

    assert not wrong
    assert not read


def forget_links(client: Any) -> None:
    """A session without what the links of the former addresses have opened."""
    if client.user.is_authenticated:
        client.force_login(client.user)
    else:
        client.cookies.clear()


@pytest.mark.parametrize("role", [role for role in ROLES if role not in OUTSIDE])
def test_each_role_exports_the_lists_that_are_hers(browsers, role):
    """Who reviews reads a list that she does not take away; and an export says no more than it."""
    client, read = browsers[role], set()

    for model in get_snippet_models():
        name = f"wagtailsnippets_{model._meta.app_label}_{model._meta.model_name}:list"
        if DESK[name][role] != OPEN:
            continue
        response = client.get(admin_url(model, "list"), {"export": "csv"})
        read |= marks_in(content(response))
        reviewed = role.startswith("evaluation") and model._meta.model_name == "application"
        assert outcome(response) == (HOME if reviewed else OPEN), name

    assert {mark[2:-1] for mark in read} <= READS.get(role, set())


@pytest.mark.parametrize("role", [role for role in ROLES if role not in OUTSIDE])
def test_each_role_does_together_what_is_hers(world, browsers, role):
    client, before = browsers[role], picture()

    for (label, action), who in BULK.items():
        app, model = label.split(".")
        row = world["a"].things[BULK_ROWS[label]]
        url = f"/admin/bulk/{app}/{model}/{action}/?next=/admin/&id={row}"
        if role in who:
            assert outcome(client.get(url)) in {OPEN, ON}, url
            continue
        refused = client.post(url, {"next": "/admin/", "reason": "Un motif."})
        assert not marks_in(content(refused)), url

    assert changes_since(before) == []


@pytest.mark.parametrize("role", [role for role in ROLES if role not in OUTSIDE])
def test_each_role_sets_what_is_hers(browsers, role):
    for model in settings_registry:
        url = reverse("wagtailsettings:edit", args=[model._meta.app_label, model._meta.model_name])
        allowed = role in SETTINGS[model._meta.label_lower]
        answer = browsers[role].get(url, follow=True)
        opened = answer.status_code == 200 and answer.request["PATH_INFO"] != HOME_URL
        assert opened == allowed, url


def test_every_setting_has_its_line():
    assert {model._meta.label_lower for model in settings_registry} == set(SETTINGS)


def test_every_bulk_action_has_its_line():
    bulk_action_registry.get_bulk_actions_for_model("blog", "comment")
    registered = {
        (f"{app}.{model}", action)
        for app, models in bulk_action_registry.actions.items()
        for model, actions in models.items()
        for action in actions
        if app in OUR_ROOMS
    }

    assert registered == set(BULK)


def picture() -> dict[str, Any]:
    """Every row of ours, and who holds which right: what a refused request must leave alone."""
    kept = [model for model in our_models() if model._meta.label not in JOURNALS | COMPUTED]
    return {model._meta.label: rows_of(model) for model in kept}


def rows_of(model: type[Model]) -> list[dict[str, Any]]:
    columns = [one.attname for one in model._meta.concrete_fields if one.attname not in LAZY]
    return list(model._default_manager.order_by("pk").values(*columns))


def changes_since(before: dict[str, Any]) -> list[str]:
    """The rows that are not what they were."""
    now = picture()
    return [
        f"{label} : {was} → {row}"
        for label, rows in now.items()
        for was, row in zip_longest(before[label], rows)
        if was != row
    ]


def our_models() -> list[type[Model]]:
    """Without what the site notes of itself each time that somebody asks how it is."""
    rooms = {*OUR_ROOMS, "auth", "wagtailredirects"}
    models = [model for model in apps.get_models() if model._meta.app_label in rooms]
    return [model for model in models if model is not CheckState]


def test_the_words_of_the_tables_are_known():
    words = {word for line in (DESK | PUBLIC | WAGTAIL).values() for word in line.values()}

    assert words <= {OPEN, HOME, LOGIN, ON, POST_ONLY, GONE, "403", "404"}
