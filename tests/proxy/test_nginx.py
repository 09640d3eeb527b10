"""What a visitor gets through the proxy of `deploy/nginx/`, and what she never gets."""

import os
import re
import signal
import socket
import ssl
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.proxy.conftest import NAME, House

A_SECOND = 2.1  # as nginx counts: whole seconds, the last one included
FORM = "/mes-donnees/"


def put(house: House, path: str, content: bytes = b"contenu") -> None:
    file = house.folder / "var" / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)


def static_of(house: House, pattern: str) -> str:
    folder = house.folder / "var/static"
    return next(f"/static/{path.relative_to(folder)}" for path in folder.glob(pattern))


# -- TLS and names -------------------------------------------------------------------------------


def test_in_clear_it_only_leads_to_the_safe_address(house):
    answer = house.ask_in_clear("/formation/?q=mots")

    assert answer.status == 301
    assert answer.headers["Location"] == f"https://{NAME}/formation/?q=mots"


def test_a_name_that_is_not_ours_gets_no_answer(house):
    with pytest.raises(OSError, match=r"closed connection|reset"):
        house.ask_in_clear("/", name="autre.example")


def test_another_name_over_tls_is_not_even_greeted(house):
    context = ssl.create_default_context()
    with socket.create_connection(("127.0.0.1", house.https)) as raw, pytest.raises(ssl.SSLError):
        context.wrap_socket(raw, server_hostname="autre.example")


@pytest.mark.parametrize(
    ("version", "spoken"),
    [
        (ssl.TLSVersion.TLSv1_1, False),
        (ssl.TLSVersion.TLSv1_2, True),
        (ssl.TLSVersion.TLSv1_3, True),
    ],
)
@pytest.mark.filterwarnings("ignore:ssl.TLSVersion")
def test_only_the_versions_of_tls_that_are_sound(house, version, spoken):
    context = ssl.create_default_context(cafile=str(house.folder / "fullchain.pem"))
    context.set_ciphers("DEFAULT:@SECLEVEL=0")  # the client would otherwise refuse by itself
    context.minimum_version = context.maximum_version = version
    context.set_alpn_protocols(["h2", "http/1.1"])
    with socket.create_connection(("127.0.0.1", house.https)) as raw:
        if not spoken:
            with pytest.raises(ssl.SSLError):
                context.wrap_socket(raw, server_hostname=NAME)
            return
        with context.wrap_socket(raw, server_hostname=NAME) as wrapped:
            assert wrapped.selected_alpn_protocol() == "h2"


def test_a_page_has_the_headers_of_the_site_once_each(house):
    answer = house.ask("/")

    assert answer.status == 200
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=31536000")
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Server"] == "nginx"


# -- Kept pages ----------------------------------------------------------------------------------


def fresh() -> str:
    """An address that nobody has asked for."""
    return f"/blog/?page={time.monotonic_ns() % 10**9}"


def test_a_page_is_kept_for_those_who_ask_within_a_second_and_never_shown_later(house):
    house.ask("/")
    time.sleep(A_SECOND)
    with ThreadPoolExecutor(12) as crowd:
        said = [one.headers["X-Cache"] for one in crowd.map(lambda _: house.ask("/"), range(24))]

    assert set(said) == {"EXPIRED", "HIT"}


@pytest.mark.parametrize("cookie", ["__Host-session=abc", "a=b"])
def test_whoever_has_a_cookie_is_neither_given_a_kept_page_nor_kept(house, cookie):
    house.ask("/")

    assert house.ask("/", Cookie=cookie).headers["X-Cache"] == "BYPASS"


def test_what_sets_a_cookie_is_never_kept(house):
    first, second = house.ask(FORM), house.ask(FORM)

    assert "__Host-csrf" in first.headers["Set-Cookie"]
    assert first.headers["Set-Cookie"] != second.headers["Set-Cookie"]
    assert (first.headers["X-Cache"], second.headers["X-Cache"]) == ("MISS", "MISS")


@pytest.mark.parametrize("path", ["/admin/login/", "/sante/", "/recherche/?q=deuil"])
def test_what_the_site_does_not_allow_is_not_kept(house, path):
    house.ask(path)

    assert house.ask(path).headers.get("X-Cache", "") in {"", "MISS"}


def test_a_compressed_page_is_not_given_to_who_reads_none(house):
    packed = house.ask("/", Accept_Encoding="gzip")
    plain = house.ask("/")

    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert plain.text.startswith("<!doctype html>")


# -- Files ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        "private/recrutement/ab/cd",
        "media/documents/a.pdf",
        "media/original_images/a.png",
        "media/wagtail_uploads/a.png",
        "media/.cache",
        "site.sqlite3",
        "secret-key",
    ],
)
def test_what_is_private_has_no_address(house, path):
    put(house, path, b"secret")
    ways = [f"/{path}", f"/media/../{path}", f"/media/%2e%2e/{path}", f"/static/../{path}",
            f"/static../{path}", f"/media../{path}", f"/media/x/../../{path}",
            f"/{path.replace('media/', 'media//')}"]  # fmt: skip

    for way in ways:
        answer = house.ask(way)
        assert answer.status in {301, 400, 404}, way
        assert b"secret" not in answer.body


def test_a_picture_is_given_by_the_proxy_for_long_and_runs_nothing(house):
    put(house, "media/images/a.png", b"png")

    answer = house.ask("/media/images/a.png")

    assert (answer.status, answer.body) == (200, b"png")
    assert answer.headers["Cache-Control"] == "public, max-age=2592000, immutable"
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_missing_picture_is_not_kept_as_one(house):
    answer = house.ask("/media/images/perdue.png")

    assert answer.status == 404
    assert "Cache-Control" not in answer.headers


def test_a_file_with_a_fingerprint_is_kept_for_ever_and_comes_compressed(house):
    path = static_of(house, "css/site.????????????.css")

    packed = house.ask(path, Accept_Encoding="gzip")

    assert packed.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in house.ask(path).headers
    assert house.ask("/static/css/site.css").headers["Cache-Control"] == "public, max-age=300"


def test_the_proxy_gives_a_static_file_the_protections_of_the_site(house):
    path = static_of(house, "css/site.????????????.css")
    names = ("Content-Security-Policy", "Cross-Origin-Resource-Policy", "X-Content-Type-Options")

    ours, its = house.ask_gunicorn(path), house.ask(path)

    assert ours.status == 200
    assert {name: its.headers[name] for name in names} == {
        name: ours.headers[name] for name in names
    }


# -- What comes in -------------------------------------------------------------------------------


@pytest.mark.parametrize("path", [FORM, "/recrutement/candidature-spontanee/"])
def test_too_large_a_sending_is_refused_in_french(house, path):
    answer = house.ask(path, "POST", b"x" * (26 * 1024 * 1024))

    assert answer.status == 413
    assert "Ce fichier est trop lourd" in answer.text
    assert "25\u00a0Mo" in answer.text


def test_whoever_sends_forms_without_end_is_asked_to_wait_and_may_still_read(house):
    answers = [house.ask("/blog/", "POST", b"a=b") for _each in range(50)]

    refused = [answer for answer in answers if answer.status == 429]
    assert refused
    assert "Beaucoup d’envois à la fois" in refused[0].text
    assert answers[0].status == 403  # no CSRF token: the site answered by itself
    assert house.ask("/blog/").status == 200


def test_trace_is_refused(house):
    assert house.ask("/", "TRACE").status == 405


def test_what_a_visitor_says_of_her_own_way_is_replaced(house):
    """With her headers, the site would believe in another host, another address, no TLS."""
    answer = house.ask(
        "/",
        X_Forwarded_Proto="http",
        X_Forwarded_Host="autre.example",
        X_Forwarded_For="198.51.100.9",
        Cookie="sessionid=x",
    )

    assert answer.status == 200
    assert "autre.example" not in answer.text


@pytest.mark.parametrize("path", ["/metrics", "/metrics/", "/sante/detail/", "/sante/x"])
def test_figures_and_details_are_not_for_the_outside(house, path):
    assert house.ask(path).status == 404


def test_health_is_one_word_for_the_outside(house):
    answer = house.ask("/sante/?detail=1")

    assert answer.status == 200
    assert house.ask_gunicorn("/sante/").body == answer.body


# -- What is written -----------------------------------------------------------------------------


def last_line(house: House) -> str:
    time.sleep(0.1)
    return house.journal()[-1]


def test_the_journal_says_neither_who_nor_what_was_asked(house):
    house.ask("/recherche/?q=deuil-pathologique", Referer="https://ailleurs.example/secret")

    line = last_line(house)
    assert re.search(r" GET /recherche/ 200 \d+ o [\d.]+ s", line)
    for secret in ("deuil", "127.0.0.1", "ailleurs", "Python"):
        assert secret not in line


@pytest.mark.parametrize(
    "path",
    [
        "/formation/suivi/lien/suivre/SECRET:abc/",
        "/recrutement/suivi/lien/SECRET/",
        "/recrutement/suivi/adresse/SECRET/",
        "/recrutement/recue/SECRET/",
        "/formation/animation/agenda/SECRET.ics",
        "/mes-donnees/lien/SECRET/",
        "/blog/moderation/lien/SECRET/",
        "/formation/convention/SECRET/",
        "/admin/password_reset/confirm/1-SECRET/",
        "/formation/evaluation/12345678-1234-1234-1234-SECRET/",
    ],
)
def test_a_link_that_opens_something_is_cut(house, path):
    house.ask(path)

    line = last_line(house)
    assert "SECRET" not in line
    assert "/***" in line


def test_nothing_else_is_written_of_a_visit(house):
    house.ask("/media/images/perdue.png?secret")
    house.ask("/blog/", "POST", b"a=b")

    others = [path for path in (house.folder / "log").iterdir() if path.name != "enys.log"]
    assert "secret" not in "".join(path.read_text() for path in others)


# -- The site is down ----------------------------------------------------------------------------


def test_while_the_site_is_down_pages_stand_and_forms_say_so(house):
    assert house.ask("/").status == 200
    gunicorn = house.gunicorn
    children = Path(f"/proc/{gunicorn.pid}/task/{gunicorn.pid}/children").read_text().split()
    try:
        for pid in (gunicorn.pid, *map(int, children)):
            os.kill(pid, signal.SIGKILL)
        gunicorn.wait()
        time.sleep(A_SECOND)

        page, form = house.ask("/"), house.ask(FORM)

        assert (page.status, page.headers["X-Cache"]) == (200, "STALE")
        assert form.status == 502
        assert "Le site revient dans un instant" in form.text
        assert form.headers["Cache-Control"] == "no-store"
    finally:
        house.start()
    assert house.ask(FORM).status == 200
