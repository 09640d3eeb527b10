"""A visitor made of the standard library, that reads the form, fills it in and sends it."""

import http.client
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookies import SimpleCookie
from urllib.parse import urljoin, urlsplit

from django.conf import settings

from recrutement.exceptions import CheckFailed
from site_enys import proof_of_work
from site_enys.public_forms import HONEYPOT, PROOF

TIMEOUT = 30  # seconds
LONGEST_PAGE = 2_000_000  # bytes


@dataclass(frozen=True)
class Answer:
    status: int
    text: str
    location: str = ""


class Visitor:
    """Speaks to the site at `url`, in the name of the public address of the site.

    When `url` is a way round the proxy, the headers are those that the proxy would have written.
    """

    def __init__(self, url: str) -> None:
        self.target = urlsplit(url)
        self.public = urlsplit(settings.SITE_URL)
        self.cookies: SimpleCookie = SimpleCookie()

    def get(self, path: str) -> Answer:
        return self._ask("GET", path)

    def post(
        self, path: str, data: Mapping[str, str], files: Mapping[str, tuple[str, bytes]]
    ) -> Answer:
        boundary = secrets.token_hex(16)
        headers = {"Content-Type": f"multipart/form-data; boundary={boundary}"}
        return self._ask("POST", path, multipart(data, files, boundary), headers)

    def _ask(
        self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> Answer:
        is_safe = self.target.scheme == "https"
        kind = http.client.HTTPSConnection if is_safe else http.client.HTTPConnection
        connection = kind(self.target.netloc, timeout=TIMEOUT)
        try:
            connection.request(method, path, body, self._headers() | dict(headers or {}))
            response = connection.getresponse()
            text = response.read(LONGEST_PAGE).decode("utf-8", "replace")
        except (OSError, http.client.HTTPException) as error:
            raise CheckFailed(f"Le site ne répond pas ({type(error).__name__}).") from error
        finally:
            connection.close()
        for cookie in response.headers.get_all("Set-Cookie", []):
            self.cookies.load(cookie)
        place = urlsplit(urljoin(path, response.headers.get("Location", "")))
        return Answer(response.status, text, place.path)

    def _headers(self) -> dict[str, str]:
        public = f"{self.public.scheme}://{self.public.netloc}"
        return {
            "Host": self.public.netloc,
            "X-Forwarded-Proto": self.public.scheme,
            "Origin": public,
            "Referer": f"{public}/",
            "User-Agent": "ENYS-controle",
            "Cookie": "; ".join(f"{name}={morsel.value}" for name, morsel in self.cookies.items()),
        }


def multipart(
    data: Mapping[str, str], files: Mapping[str, tuple[str, bytes]], boundary: str
) -> bytes:
    """The body of a form that carries files (RFC 7578); the names hold no quotation mark."""
    plain = "text/plain; charset=utf-8"
    parts = [(f'name="{name}"', plain, value.encode()) for name, value in data.items()]
    parts += [
        (f'name="{name}"; filename="{called}"', "application/pdf", content)
        for name, (called, content) in files.items()
    ]
    body = b""
    for said, kind, content in parts:
        head = f"--{boundary}\r\nContent-Disposition: form-data; {said}\r\nContent-Type: {kind}"
        body += head.encode() + b"\r\n\r\n" + content + b"\r\n"
    return body + f"--{boundary}--\r\n".encode()


@dataclass
class ReadForm:
    """What a page says of its form: the value of each field, what may be chosen, the mistakes."""

    values: dict[str, str] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    challenge: str = ""


class FormReader(HTMLParser):
    """Reads the form of a page that carries files: the application form is the only one."""

    def __init__(self) -> None:
        super().__init__()
        self.form: ReadForm | None = None
        self.inside = False
        self.select = ""
        self.in_error = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        if tag == "form" and has.get("enctype") == "multipart/form-data":
            self.form, self.inside = ReadForm(), True
        if not self.inside or self.form is None:
            return
        self.form.challenge = has.get("data-proof", self.form.challenge)
        name = has.get("name", "")
        if tag == "select":
            self.select = name
        elif tag == "option":
            self.form.choices.setdefault(self.select, []).append(has.get("value", ""))
        elif tag == "input" and has.get("type") == "radio":
            self.form.choices.setdefault(name, []).append(has.get("value", ""))
        elif tag in {"input", "textarea"} and name and has.get("type") != "file":
            self.form.values[name] = has.get("value", "")
        self.in_error = "field__errors" in has.get("class", "") or (self.in_error and tag == "li")

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "form"
        self.in_error = self.in_error and tag != "ul"

    def handle_data(self, data: str) -> None:
        if self.in_error and self.form and data.strip():
            self.form.errors.append(data.strip())


def form_in(page: str) -> ReadForm | None:
    """The application form of the page, or None when it has none."""
    reader = FormReader()
    reader.feed(page)
    return reader.form


def filled_in(form: ReadForm, known: Mapping[str, str]) -> dict[str, str]:
    """What a person would send: what is `known`, the first choice, a few words elsewhere.

    The trap stays empty, and what the page has already filled in stays as it is.
    """
    answers = {
        name: value or known.get(name, "Contrôle du formulaire")
        for name, value in form.values.items()
        if name != HONEYPOT
    }
    chosen = {name: next(filter(None, values), "") for name, values in form.choices.items() if name}
    proof = {PROOF: proof_of_work.solve(form.challenge)} if form.challenge else {}
    return answers | chosen | proof
