"""Every role tried on every address of recruitment.

A new address fails here until it has its line in the table.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

import pytest

from home.services.sections import open_section_to
from recrutement.models import Application, PoolConsent
from tests.factories.people import UserFactory
from tests.factories.recrutement import DocumentFactory, OfferFactory, in_days
from tests.harness.client import SiteClient

pytestmark = pytest.mark.django_db

SNIPPET = "wagtailsnippets_recrutement_application"
POOL = "wagtailsnippets_recrutement_poolconsent"
ROLES = (
    "anonyme",
    "redaction",
    "formation",
    "evaluation",  # the offer was given to her
    "evaluation-ailleurs",  # another one was
    "recrutement",
    "direction",
    "superuser",
)
FORM = "formulaire"  # a single parent: the form of a new offer comes at once
OPEN, HOME, LOGIN, UNKNOWN, LOST = "ouvert", "accueil", "connexion", "404", "403"
POST_ONLY = "405"


def only(*roles: str, others: str = HOME, **exceptions: str) -> dict[str, str]:
    """Open to these roles; the others are led elsewhere."""
    answers = {role: OPEN if role in roles else others for role in ROLES}
    named = {role.replace("_", "-"): answer for role, answer in exceptions.items()}
    return answers | {"anonyme": LOGIN} | named


TEAM = ("recrutement", "direction", "superuser")
READERS = (*TEAM, "evaluation", "evaluation-ailleurs")
NOBODY = only()
EVERYBODY = dict.fromkeys(ROLES, OPEN)
#: An application is opened by the team, and by the reviewers of its offer.
ITS_READERS = only(*TEAM, "evaluation")
#: The screens of one application: refused to who reads none, unknown to who reads others.
ITS_SCREENS = only(*TEAM, "evaluation", evaluation_ailleurs=UNKNOWN)
#: The screens that decide: for the team, whoever else may read.
DECISIONS = only(*TEAM)
#: What is kept for a dispute.
HOLDERS = ("direction", "superuser")
PAGE_MAKERS = dict.fromkeys((*TEAM, "redaction"), FORM) | {"anonyme": LOGIN}

#: The address → how it is built → what each role gets.
DESK: dict[str, tuple[str, dict[str, str]]] = {
    f"{SNIPPET}:list": ("", only(*READERS)),
    f"{SNIPPET}:list_results": ("", only(*READERS)),
    f"{SNIPPET}:add": ("", NOBODY),
    f"{SNIPPET}:edit": ("application", NOBODY),
    f"{SNIPPET}:delete": ("application", only(*TEAM)),
    f"{SNIPPET}:usage": ("application", NOBODY),
    f"{SNIPPET}:history": ("application", only(*TEAM)),
    f"{SNIPPET}:history_results": ("application", only(*TEAM)),
    f"{SNIPPET}:inspect": ("application", ITS_READERS),
    f"{SNIPPET}:transition": (
        "transition",
        only(*TEAM, others=UNKNOWN, evaluation=HOME),
    ),
    # Public pages, by the rights of Wagtail on pages.
    "offres:index": ("", only(*TEAM, "redaction", "formation")),
    "offres:index_results": ("", only(*TEAM, "redaction", "formation")),
    "offres:choose_parent": ("", EVERYBODY | PAGE_MAKERS),
    # A hidden identity closes the file to the reviewer of the offer, until her reveal.
    "recrutement_document": ("document", only(*TEAM, others=UNKNOWN, evaluation=HOME)),
    "recrutement_board": ("", only(*READERS)),
    "recrutement_note": ("application", ITS_SCREENS),
    "recrutement_rate": ("application", ITS_SCREENS),
    "recrutement_reveal": ("application", ITS_SCREENS),
    "recrutement_invite": ("application", DECISIONS),
    "recrutement_change_interview": ("interview", DECISIONS),
    "recrutement_cancel_interview": ("interview", DECISIONS),
    "recrutement_propose": ("application", DECISIONS),
    "recrutement_reject": ("application", DECISIONS),
    "recrutement_extend": ("application", DECISIONS),
    "recrutement_refuse_together": ("", only(*TEAM)),
    "recrutement_refuse_for_offer": ("offer_page", only(*TEAM)),
    "recrutement_close_offer": ("offer_page", only(*TEAM)),
    "recrutement_hold": ("application", only(*HOLDERS)),
    "recrutement_lift": ("application", only(*HOLDERS)),
    "recrutement_retention": ("", only(*HOLDERS)),
    # What is typed in the editor of a page, sent there by its script.
    "recrutement_conformity": ("offer_page", dict.fromkeys(ROLES, POST_ONLY) | {"anonyme": LOGIN}),
    "recrutement_copy_sheet": ("offer_page", only(*TEAM, "redaction")),
    "recrutement_pool_invite": ("consent", only(*TEAM)),
    f"{POOL}:list": ("", only(*TEAM)),
    f"{POOL}:list_results": ("", only(*TEAM)),
    f"{POOL}:inspect": ("consent", only(*TEAM)),
    f"{POOL}:add": ("", NOBODY),
    f"{POOL}:edit": ("consent", NOBODY),
    f"{POOL}:delete": ("consent", NOBODY),
    f"{POOL}:usage": ("consent", NOBODY),
    f"{POOL}:history": ("consent", NOBODY),
    f"{POOL}:history_results": ("consent", NOBODY),
}
PUBLIC: dict[str, tuple[str, dict[str, str]]] = {
    "recrutement_apply": ("offer", EVERYBODY),
    "recrutement_spontaneous": ("", EVERYBODY),
    "recrutement_received": ("token", dict.fromkeys(ROLES, UNKNOWN)),
    "recrutement_feed": ("", EVERYBODY),
    "recrutement_calendar": ("", EVERYBODY),
    "recrutement_poster": ("offer", EVERYBODY),
    # No account opens the space of a person: only the link that she received.
    "recrutement_open_link": ("token", dict.fromkeys(ROLES, LOST)),
    "recrutement_confirm_address": ("token", dict.fromkeys(ROLES, LOST)),
    "recrutement_space": ("application", dict.fromkeys(ROLES, LOST)),
    "recrutement_act": ("act", dict.fromkeys(ROLES, LOST)),
    "recrutement_own_json": ("application", dict.fromkeys(ROLES, LOST)),
    "recrutement_own_pdf": ("application", dict.fromkeys(ROLES, LOST)),
    "recrutement_own_file": ("own_file", dict.fromkeys(ROLES, LOST)),
    "recrutement_own_meeting": ("meeting", dict.fromkeys(ROLES, LOST)),
    "recrutement_find": ("", EVERYBODY),
    "recrutement_erased": ("", EVERYBODY),
    "recrutement_offers_json": ("", EVERYBODY),
}
ALL = DESK | PUBLIC


def addresses(
    patterns: list[URLPattern | URLResolver], spaces: tuple[str, ...] = (), start: str = ""
) -> Iterator[str]:
    """The names of the addresses of recruitment, in the whole tree of the site."""
    for pattern in patterns:
        route = start + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = (*spaces, pattern.namespace) if pattern.namespace else spaces
            yield from addresses(pattern.url_patterns, inner, route)
        elif "recrutement" in route or pattern.callback.__module__.startswith("recrutement"):
            yield ":".join((*spaces, pattern.name or route))
        elif spaces and spaces[0] == "offres":
            yield ":".join((*spaces, pattern.name))


@pytest.fixture
def world() -> dict[str, Any]:
    """An application with its file, and what each address is built from."""
    document = DocumentFactory(application__reference="C-2025-0042")
    application = document.application
    application.offer.get_parent().specific.__class__.objects.update(spontaneous_open=True)
    open_section_to(application.offer.get_parent(), "Recrutement")
    now = timezone.now()
    interview = application.interviews.create(
        kind="visio", starts_at=now + timedelta(days=3), place="Lien", created_at=now
    )
    consent = PoolConsent.objects.create(
        application=application, given_at=now, text_version="1", expires_on=in_days(300)
    )
    return {
        "": [],
        "application": [application.pk],
        "transition": [application.pk, "start_review"],
        "document": [document.pk],
        "own_file": [application.pk, document.pk],
        "offer": [application.offer.reference],
        "offer_page": [application.offer.pk],
        "interview": [application.pk, interview.pk],
        "meeting": [application.pk, interview.public_id],
        "consent": [consent.pk],
        "act": [application.pk, "retirer"],
        "token": ["jeton-altere"],
        "object": application,
    }


def signed_in(role: str, application: Application) -> SiteClient:
    client = SiteClient()
    if role == "anonyme":
        return client
    if role == "superuser":
        client.user = UserFactory(is_superuser=True)
    else:
        client.user = UserFactory(role=role.partition("-")[0])
    if role == "evaluation":
        application.offer.reviewers = [client.user]
        application.offer.save()
    if role == "evaluation-ailleurs":
        OfferFactory(reviewers=[client.user])
    client.force_login(client.user)
    return client


HOME_URL, LOGIN_URL = "/admin/", "/admin/login/"


def outcome(response: Any) -> str:
    if response.status_code == 302:
        path = response.url.partition("?")[0]
        return {HOME_URL: HOME, LOGIN_URL: LOGIN}.get(path, FORM)
    assert response.status_code in {200, 403, 404, 405, 410}, response.status_code
    return OPEN if response.status_code == 200 else str(response.status_code)


def content(response: Any) -> bytes:
    return b"".join(response) if response.streaming else response.content


def test_every_address_has_its_line_in_the_table():
    assert set(addresses(get_resolver().url_patterns)) == set(ALL)


@pytest.mark.parametrize("role", ROLES)
def test_each_role_reads_and_does_only_what_is_hers(world, role):
    application = world["object"]
    client = signed_in(role, application)

    answers, tellers = {}, []
    for name, (building, _) in ALL.items():
        response = client.get(reverse(name, args=world[building]))
        answers[name] = outcome(response)
        if b"Garnier" in content(response):
            tellers.append(name)

    assert answers == {name: expected[role] for name, (_, expected) in ALL.items()}
    assert bool(tellers) == (role in TEAM)
    assert_nothing_is_done_that_is_not_shown(client, world, role)


def assert_nothing_is_done_that_is_not_shown(client: SiteClient, world: Any, role: str) -> None:
    application = world["object"]
    before = Application.objects.values().get(pk=application.pk)
    data = {"text": "Une note.", "reason": "Un motif.", "first_name": "X"}
    data |= {f"critere_{rank}": "3" for rank in range(4)}

    for name, (building, expected) in DESK.items():
        writes_pages = expected[role] == POST_ONLY and role in PAGE_MAKERS
        if expected[role] not in {OPEN, FORM} and not writes_pages:
            response = client.post(reverse(name, args=world[building]), data)
            assert response.status_code in {302, 403, 404, 405}, name

    assert Application.objects.values().get(pk=application.pk) == before
    if role not in (*TEAM, "evaluation"):
        assert not application.notes.exists()
        assert not application.ratings.exists()
        assert not application.reveals.exists()
