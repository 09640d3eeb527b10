"""Requests that no browser would send: what Hypothesis draws them from."""

import json
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import quote, quote_from_bytes

from django.urls import NoReverseMatch

from hypothesis import strategies as st

from tests.addresses import Address, value_of
from tests.world import Side

#: Query names that our views and those of Wagtail's lists read.
KNOWN_NAMES = (
    *("q", "p", "page", "export", "ordering", "tri", "next", "code", "id", "fait", "envoye"),
    *("contact", "annee", "mois", "du", "au", "theme", "etat", "type", "categorie", "etiquette"),
    *("state", "offer", "session", "course", "at_from", "at_to", "user", "is_archived", "vers"),
)
BROKEN = (b"\xff\xfe", b"\xed\xa0\x80", b"\xc3", b"\x00", b"%", b"\xf0\x9f\x98\x80")
WORDS = (
    *("", " ", "0", "-1", "1", "on", "null", "[]", "{}", "NaN", "1e309", "9" * 30, "٣", "½"),
    *("2026-02-30", "0001-01-01", "9999-12-31", "9999-12-31T23:59", "25:61", "31/12/9999"),
    *("<script>alert(1)</script>", "\"'><img src=x onerror=alert(1)>", "{{7*7}}{%x%}{#", "${7*7}"),
    *("' OR 1=1--", "\\", "%00", "%ff", "../../etc/passwd", "=1+1", "@SUM(1)", "a\r\nBcc: x@y.fr"),
    *("\u202egnp.exe", "\u2066x\u2069", "\ufeff", "e\u0301", "👩🏽‍🚀", "\x0b\x1f", "x@y", "é@è.fr"),
    *("//evil.test/", "javascript:alert(1)", "https:///evil.test", "xlsx", "csv", "pdf", "a" * 300),
)
COOKIES = ("sessionid=", "sessionid=%00;csrftoken=\xff", "a=b;;=;\x01", "sessionid=abc\x00")
LONG = ("A" * 100_000, "é" * 20_000, "1" * 5_000, "(" * 3_000)


def texts() -> st.SearchStrategy[bytes]:
    """What may stand for a value, in the bytes that are sent; a long one now and then."""
    usual = st.sampled_from(WORDS) | st.text(st.characters(codec="utf-8"), max_size=30)
    rare = st.integers(0, 19).flatmap(
        lambda rank: st.sampled_from(LONG) if rank == 0 else st.sampled_from(WORDS)
    )
    return st.one_of(usual.map(str.encode), st.sampled_from(BROKEN), rare.map(str.encode))


class FieldReader(HTMLParser):
    """The names of the fields of a page, with the value of the hidden ones."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        name = values.get("name")
        if tag in {"input", "select", "textarea", "button"} and name:
            self.fields.setdefault(name, values.get("value") or "")


def fields_of(html: str) -> dict[str, str]:
    reader = FieldReader()
    reader.feed(html)
    return reader.fields


def pairs(fields: dict[str, str]) -> st.SearchStrategy[list[tuple[str, bytes]]]:
    """Some of the fields and of the known names: missing, repeated, as they were or not."""
    names = [*fields, *KNOWN_NAMES[:12], "inconnu[]"]
    genuine = {name: st.just(value.encode()) for name, value in fields.items() if value}

    def one(name: str) -> st.SearchStrategy[tuple[str, bytes]]:
        return st.tuples(st.just(name), texts() | genuine.get(name, st.nothing()))

    drawn = st.lists(st.sampled_from(names).flatmap(one), max_size=8)
    kept = {name: value.encode() for name, value in fields.items() if value}

    def with_genuine(changed: list[tuple[str, bytes]]) -> list[tuple[str, bytes]]:
        touched = {name for name, _ in changed}
        return [pair for pair in kept.items() if pair[0] not in touched] + changed

    return drawn | drawn.map(with_genuine)


def urlencoded(drawn: list[tuple[str, bytes]]) -> str:
    return "&".join(f"{quote(name)}={quote_from_bytes(value)}" for name, value in drawn)


LIMIT = b"limite"


def multipart(drawn: list[tuple[str, bytes]], *, whole: bool) -> bytes:
    """A body in parts, every second one a file; cut short unless `whole`."""
    parts = b"".join(
        b"--%s\r\nContent-Disposition: form-data; name=%s%s\r\n\r\n%s\r\n"
        % (
            LIMIT,
            json.dumps(name).encode(),
            b'; filename="../a\xff.pdf"' if rank % 2 else b"",
            value,
        )
        for rank, (name, value) in enumerate(drawn)
    )
    return parts + b"--%s--\r\n" % LIMIT if whole else parts[:-7]


@dataclass
class Hostile:
    """One request, as it is sent and as a failure shows it."""

    method: str
    path: str
    query: str = ""
    body: bytes = b""
    content_type: str = "application/x-www-form-urlencoded"
    headers: dict[str, str] = field(default_factory=dict)

    def send(self, client: Any) -> Any:
        return client.generic(
            self.method,
            self.path,
            self.body,
            content_type=self.content_type,
            query_string=None,
            **{"QUERY_STRING": self.query} | self.headers,
        )


#: An identifier of the right form that is nobody's.
NOBODY = "00000000-0000-4000-8000-000000000000"


def arguments(words: list[str], sides: list[Side]) -> st.SearchStrategy[list[Any]]:
    """Her own identifiers, those of somebody else, and some that cannot be."""

    def one(word: str) -> st.SearchStrategy[Any]:
        real = [value_of(side, word) for side in sides]
        absurd: list[Any] = [0, 2**31, 2**63, 10**30, "x" * 300, "é", "..", "%00", "0" * 32]
        if isinstance(real[0], str) and len(real[0]) > 20:  # a token: cut, changed, lengthened
            absurd = [real[0][:-1], real[0][1:], real[0].swapcase(), real[0] + "x", "e30:a:b"]
            return st.sampled_from(absurd)
        return st.sampled_from([real[0], *real, *absurd[:4], NOBODY])

    return st.tuples(*(one(word) for word in words)).map(list)


@st.composite
def requests(draw: Any, address: Address, sides: list[Side], fields: dict[str, str]) -> Hostile:
    """A request to this address, with these fields in its form."""
    values = draw(arguments(address.things(), sides))
    try:
        path = address.with_values(values)
    except NoReverseMatch:
        path = address.path(sides[0])
    method = draw(st.sampled_from(["GET", "GET", "POST", "POST", "POST", "HEAD", "PUT", "DELETE"]))
    request = Hostile(method, path, urlencoded(draw(pairs({}))) if draw(st.booleans()) else "")
    if draw(st.integers(0, 9)) == 0:
        request.headers["HTTP_COOKIE"] = draw(st.sampled_from(COOKIES))
    if method in {"POST", "PUT"}:
        drawn = draw(pairs(fields))
        kind = draw(st.sampled_from(["form", "form", "form", "parts", "cut", "json", "wrong"]))
        if kind == "form":
            request.body = urlencoded(drawn).encode()
        elif kind in {"parts", "cut"}:
            request.body = multipart(drawn, whole=kind == "parts")
            request.content_type = f"multipart/form-data; boundary={LIMIT.decode()}"
        elif kind == "json":
            request.body, request.content_type = b'{"a": [1, null]}', "application/json"
        else:
            request.body = urlencoded(drawn).encode()
            request.content_type = "text/plain; charset=nexistepas"
    return request
