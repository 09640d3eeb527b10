"""What each role gets at each address: the words of the tables, and how an answer is read."""

from typing import Any

from django.contrib.auth.models import AnonymousUser

from recrutement.models import JobOfferPage
from tests.factories.people import UserFactory
from tests.harness.client import SiteClient
from tests.world import Side

ROLES = (
    "anonyme",
    "sans-role",
    "redaction",
    "formation",
    "evaluation",  # the offer of side a was given to her
    "evaluation-ailleurs",  # another one was
    "recrutement",
    "referent",
    "direction",
    "superuser",
)
#: Seen; led to the home of the admin; led to the sign-in; unknown, refused, to be posted.
OPEN, HOME, LOGIN, UNKNOWN, REFUSED, POST_ONLY = (
    "ouvert",
    "accueil",
    "connexion",
    "404",
    "403",
    "405",
)
#: Led on by an address that opens: to a form that has only one parent, to a result.
ON = "suite"
GONE, BAD = "410", "400"

HOME_URL, LOGIN_URL = "/admin/", "/admin/login/"
#: Not signed in, or signed in without the right to enter.
OUTSIDE = ("anonyme", "sans-role")

Answers = dict[str, str]
Table = dict[str, Answers]


def only(*roles: str, answer: str = OPEN, others: str = HOME, **exceptions: str) -> Answers:
    """This answer for these roles; the others are led to the home, or get `others`."""
    answers = {role: answer if role in roles else others for role in ROLES}
    named = {role.replace("_", "-"): value for role, value in exceptions.items()}
    return answers | dict.fromkeys(OUTSIDE, LOGIN) | named


def everybody(answer: str = OPEN) -> Answers:
    """The same for all: a public address."""
    return dict.fromkeys(ROLES, answer)


def staff(answer: str = OPEN) -> Answers:
    """The same for whoever enters the admin."""
    return everybody(answer) | dict.fromkeys(OUTSIDE, LOGIN)


NOBODY = only()


def lines(answers: Answers, names: str) -> Table:
    """The same answers for each of these names."""
    return dict.fromkeys(names.split(), answers)


def screens(
    model: str,
    seen_by: tuple[str, ...],
    *,
    inspected: bool = True,
    opened_by: Answers | None = None,
    written_by: tuple[str, ...] = (),
    edited_by: tuple[str, ...] | None = None,
    deleted_by: tuple[str, ...] = (),
    decided_by: Answers | None = None,
) -> Table:
    """The screens that a viewset has: the list, one record, and what is made of it.

    `opened_by` is for a record that not every reader of the list opens.
    """
    edited_by = written_by if edited_by is None else edited_by
    followed_by = tuple(dict.fromkeys((*edited_by, *deleted_by)))
    answers = {
        "list": only(*seen_by),
        "list_results": only(*seen_by),
        "add": only(*written_by),
        "edit": only(*edited_by),
        "delete": only(*deleted_by),
        "usage": only(*followed_by),
        "history": only(*followed_by),
        "history_results": only(*followed_by),
    }
    if inspected:
        answers["inspect"] = opened_by or only(*seen_by)
    if decided_by:
        answers["transition"] = decided_by
    return {f"wagtailsnippets_{model}:{view}": answer for view, answer in answers.items()}


def signed_in(role: str, side: Side) -> SiteClient:
    """A browser in which this role is signed in, or nobody."""
    client = SiteClient()
    client.raise_request_exception = False
    client.user = AnonymousUser()
    if role == "anonyme":
        return client
    if role == "superuser":
        client.user = UserFactory(is_superuser=True)
    else:
        name = {"sans-role": ""}.get(role, role.partition("-")[0])
        client.user = UserFactory(role=name)
    if role.startswith("evaluation"):
        offers = JobOfferPage.objects.all()
        mine = offers.filter(pk=side.things["offer"])
        given = mine if role == "evaluation" else offers.exclude(pk=side.things["offer"])
        offer = given.get()
        offer.reviewers = [client.user]
        offer.save()
    client.force_login(client.user)
    return client


def outcome(response: Any) -> str:
    """The word of the tables for an answer."""
    if response.status_code in {301, 302, 303}:
        path = response.url.partition("?")[0]
        return {HOME_URL: HOME, LOGIN_URL: LOGIN}.get(path, ON)
    return OPEN if response.status_code == 200 else str(response.status_code)


def content(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content
