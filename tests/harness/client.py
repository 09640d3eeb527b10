"""A test client as demanding as the browsers, the W3C checker and the policy of the site."""

from html.parser import HTMLParser
from typing import Any

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.test import Client

from tests.harness.markup import faults_in

# The admin is Wagtail's own HTML, under its own, looser policy.
NOT_OURS = ("/admin/",)
MODEL_BACKEND = "django.contrib.auth.backends.ModelBackend"
DATA_SCRIPTS = {"application/ld+json", "application/json", "speculationrules"}


class SiteClient(Client):
    """Runs what waits for the commit, and refuses public HTML that the policy would block.

    A test transaction is never committed: without this, what `on_commit` does would never be seen.
    `checks_html = False` is for a test that sends braces itself and expects to read them again.
    """

    checks_html = True

    def force_login(self, user: Any, backend: str = MODEL_BACKEND) -> None:
        """Give the session that a sign-in ends with, spared of its steps: see `test_login.py`."""
        request = HttpRequest()
        request.session = SessionStore()
        request.session[SESSION_KEY] = str(user.pk)
        request.session[BACKEND_SESSION_KEY] = backend
        request.session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        request.session.save()
        self._set_login_cookies(request)

    def request(self, **request: Any) -> HttpResponseBase:
        waiting = connection.run_on_commit
        already = len(waiting)
        response = super().request(**request)
        while connection.in_atomic_block and len(connection.run_on_commit) > already:
            _, callback, _ = connection.run_on_commit.pop(already)
            callback()
        if self.checks_html and is_public_html(request["PATH_INFO"], response):
            faults = faults_of(response.content.decode(response.charset))
            assert not faults, f"{request['PATH_INFO']} : " + " ; ".join(faults)
        return response


def is_public_html(path: str, response: HttpResponseBase) -> bool:
    html = response.headers.get("Content-Type", "").startswith("text/html")
    return html and not response.streaming and not path.startswith(NOT_OURS)


def faults_of(html: str) -> list[str]:
    """What a page must never hold, each with its line."""
    reader = FaultReader()
    reader.feed(html)
    reader.close()
    return reader.faults + (faults_in(html) if is_whole_page(html) else [])


def is_whole_page(html: str) -> bool:
    """Not a bare answer, nor a page under Wagtail's own bar: visitors read the same without it."""
    return html[:9].lower() == "<!doctype" and "<wagtail-userbar" not in html


class FaultReader(HTMLParser):
    """Notes inline code and template syntax that was not rendered."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []

    def note(self, fault: str) -> None:
        self.faults.append(f"{fault} (ligne {self.getpos()[0]})")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "style":
            self.note("feuille de style dans la page")
        if tag == "script" and "src" not in values and values.get("type") not in DATA_SCRIPTS:
            self.note("script dans la page")
        for name, value in attrs:
            if name == "style" or name.startswith("on"):
                self.note(f"attribut {name} dans <{tag}>")
            if value and value.strip().lower().startswith("javascript:"):
                self.note(f"adresse javascript: dans <{tag}>")
            self.handle_data(value or "")

    def handle_data(self, data: str) -> None:
        for mark in ("{{", "{%", "{#"):
            if mark in data:
                self.note(f"« {mark} » non rendu")
