"""The log of the server holds no name, address, telephone, password, file name nor token."""

import io
import json
import logging
import re
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone

import pytest

from courrier.services import outbox
from deploy import gunicorn_conf
from home.forms import ContactForm
from recrutement.links import APPLICATION
from site_enys import jobs, logs
from site_enys.models import JobRun
from site_enys.telemetry.context import speaking_of
from site_enys.telemetry.middleware import id_for
from tests.factories.courrier import OutgoingMessageFactory
from tests.factories.home import ContactPageFactory
from tests.factories.recrutement import ApplicationFactory, OfferFactory
from tests.harness.client import SiteClient
from tests.recrutement import posting

NAME, PASSWORD, FILE = "Zénobie-Marqueuse", "MotDePasse-Marqueur-42", "cv-zenobie-marqueuse.pdf"
EMAIL, PHONE = "zenobie.marqueuse@exemple.test", "06 39 98 12 04"
TOKEN = "WyIxMiIsIjY4ZGE3Il0:1w0Abc:kfK3nq4cYgk2kfK3nq4cYgk2kfK3nq4cYgk"


@pytest.fixture
def log(monkeypatch):
    """All that the real handler of the site would have written, at every level."""
    handler = next(
        handler
        for handler in logging.getLogger().handlers
        if isinstance(handler.formatter, logs.MaskingFormatter)
    )
    written = io.StringIO()
    monkeypatch.setattr(handler, "stream", written)
    monkeypatch.setattr(logging.getLogger(), "level", logging.INFO)
    return written


def leaks_in(written):
    text = written.getvalue()
    markers = [NAME, EMAIL, EMAIL.replace("@", "%40"), PHONE, PASSWORD, FILE, TOKEN, TOKEN[-30:]]
    return [marker for marker in markers if marker.lower() in text.lower()]


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        (f"Not Found: /formation/suivi/{TOKEN}/", "Not Found: /formation/suivi/"),
        (f"Not Found: /formation/suivi/{TOKEN.replace(':', '%3A')}/", "Not Found: /formation/"),
        (f'"GET /recherche/?q={NAME} HTTP/1.1" 200', '"GET /recherche/?'),
        (f"refus de {EMAIL}.", "refus de "),
        (f"refus de {EMAIL.replace('@', '%40')}", "refus de "),
        ("appel au 06 39 98 12 04", "appel au "),
        ("appel au 0639981204,", "appel au "),
        ("appel au +33 6 39 98 12 04", "appel au "),
        ("appel au 06.39.98.12.04", "appel au "),
        (f"DETAIL:  Failing row contains (12, {NAME}, null).", "DETAIL: "),
        ("session 8f14e45fceea167a5a36dedd4bea2543", "session "),
        ("page /recu/c5e1a0a2-7a2b-4d0e-9b50-0123456789ab/", "page /recu/"),
    ],
)
def test_what_opens_or_names_is_struck_out_and_the_rest_is_kept(line, kept):
    shown = logs.masked(line)

    assert shown.startswith(kept)
    assert logs.STRUCK in shown
    secrets = (TOKEN, NAME, EMAIL, "9812", "98 12", "dedd4bea")
    assert not [secret for secret in secrets if secret in shown]


@pytest.mark.parametrize(
    "line",
    [
        "2026-11-21 20:41:32,194 INFO site_enys.jobs: La tâche « menage-sessions » a échoué.",
        'File "/srv/enys/site-packages/django/db/backends/utils.py", line 105, in _execute',
        "Pièce absente du stockage : candidature C-2026-0042",
        "Accès refusé au compte 12 : dossier C-2026-0042",
        "site_enys.migrations.0006_protection 127.0.0.1:8000",
    ],
)
def test_what_helps_to_repair_is_kept(line):
    assert logs.masked(line) == line


def test_nobody_writes_a_second_line(log):
    logging.getLogger("essai").warning("perdu : %s", "/a\r\n2026-01-01 INFO faux : tout va bien")

    assert len(log.getvalue().splitlines()) == 1


def test_the_trace_of_an_error_is_struck_out_too(log):
    try:
        raise ValueError(f"{EMAIL} {TOKEN}")
    except ValueError:
        logging.getLogger("essai").exception("échec pour %s", EMAIL)

    assert "ValueError" in log.getvalue()
    assert leaks_in(log) == []


@pytest.mark.django_db
@pytest.mark.urls("tests.site_enys.log_urls")
def test_hostile_and_lost_requests_leave_no_trace_of_anybody(log, client):
    client.raise_request_exception = False
    query = f"?email={EMAIL}&nom={NAME}&jeton={TOKEN}"

    client.get(f"/casse/{TOKEN}/{query}")
    client.post(f"/casse/{TOKEN}/", {"name": NAME, "password": PASSWORD})
    for url in ("/formation/suivi/", "/recrutement/suivi/", "/blog/", "/documents/", "/admin/x/"):
        client.get(f"{url}{TOKEN}/{query}")
        client.get(f"{url}{EMAIL}/")
    client.get("/", HTTP_HOST=f"{TOKEN[:10]}.mal.example")
    client.get("/", HTTP_REFERER=f"https://x.example/{TOKEN}", HTTP_USER_AGENT=EMAIL)
    SiteClient(enforce_csrf_checks=True).post(f"/admin/login/{query}", {"password": PASSWORD})
    client.post("/admin/login/", {"username": EMAIL, "password": PASSWORD})
    client.get(f"/recherche/?q={NAME}")

    assert "Internal Server Error: /casse/" in log.getvalue()
    assert "Not Found: /" in log.getvalue()
    assert leaks_in(log) == []


@pytest.mark.django_db
def test_what_people_send_leaves_no_trace_of_them(log, client):
    contact, offer = ContactPageFactory(), OfferFactory()
    token = ContactForm(now=timezone.now() - timedelta(minutes=1)).new_token()
    person = {"first_name": NAME, "last_name": NAME, "email": EMAIL, "phone": PHONE}

    client.post(contact.url, {"name": NAME, "email": EMAIL, "phone": PHONE, "form_token": token})
    posting.post(client, offer, **person, cv=posting.cv(name=FILE))
    posting.post(client, offer, **person, cv=posting.cv(b"%PDF-1.7 " + EMAIL.encode(), FILE))
    signed = APPLICATION.token(ApplicationFactory(**person))
    for token in (signed, signed[:-4] + "AAAA"):
        client.get(reverse("recrutement_open_link", args=[token]))
        client.get(reverse("formation_open_link", args=["demande", token]))
        client.get(reverse("formation_survey_open", args=[token]))

    assert signed not in log.getvalue()
    assert leaks_in(log) == []


@pytest.mark.django_db
def test_a_task_that_fails_keeps_its_reason_without_the_person(log, monkeypatch):
    monkeypatch.setattr(jobs, "REGISTRY", {})

    @jobs.job("essai-journal", every=timedelta(days=1))
    def fails(_now):
        raise RuntimeError(f"pas de réponse de {EMAIL}")

    jobs.run_due(timezone.now())

    assert "pas de réponse de" in JobRun.objects.get(name="essai-journal").last_error
    assert EMAIL not in JobRun.objects.get(name="essai-journal").last_error
    assert leaks_in(log) == []


def test_the_server_writes_in_the_same_clothes_and_leaves_the_requests_to_the_site():
    config = gunicorn_conf.logconfig_dict

    assert config["formatters"]["ours"]["()"] == logs.FORMATS["json"]
    assert config["loggers"]["gunicorn.access"].get("handlers", []) == []
    assert not hasattr(gunicorn_conf, "accesslog")


# -- One object on one line ------------------------------------------------------------------------


@pytest.fixture
def objects(log, monkeypatch):
    """What the handler writes in the format of production, read again."""
    handler = next(h for h in logging.getLogger().handlers if h.stream is log)
    monkeypatch.setattr(handler, "formatter", logs.JsonFormatter())
    return lambda: [json.loads(line) for line in log.getvalue().splitlines()]


def test_a_line_says_when_how_grave_who_and_what(objects):
    logging.getLogger("essai").warning("perdu : %s", f"{EMAIL}\n{{}}")

    (line,) = objects()
    assert line["message"] == f"perdu : {logs.STRUCK}\n{{}}"
    assert (line["level"], line["logger"]) == ("WARNING", "essai")
    assert datetime.fromisoformat(line["time"]).utcoffset() == timedelta(0)


def test_the_trace_of_an_error_is_part_of_its_line(objects, log):
    try:
        raise ValueError(f"{EMAIL} {TOKEN}")
    except ValueError:
        logging.getLogger("essai").exception("échec")

    (line,) = objects()
    assert "ValueError" in line["trace"]
    assert leaks_in(log) == []


@pytest.mark.django_db
def test_each_request_has_one_line_with_its_measures(objects, client):
    response = client.get(f"/robots.txt?email={EMAIL}")

    (line,) = [line for line in objects() if line["logger"] == "site_enys.access"]
    assert line["request_id"] == response["X-Request-ID"]
    assert (line["method"], line["path"], line["status"]) == ("GET", "/robots.txt", 200)
    assert 0 < line["ms"] < 60_000


@pytest.mark.django_db
def test_an_address_that_opens_a_file_is_masked_and_writes_one_line(objects, client, log):
    client.get(f"/formation/suivi/{TOKEN}/")
    client.get("/faux%0A2026-01-01 INFO tout va bien/")

    assert leaks_in(log) == []
    assert all(isinstance(line, dict) for line in objects())


@pytest.mark.django_db
@pytest.mark.urls("tests.site_enys.log_urls")
def test_every_line_of_a_request_that_breaks_has_its_name_and_the_page_tells_it(objects, client):
    client.raise_request_exception = False

    response = client.get("/casse/x/")

    name = response["X-Request-ID"]
    assert f"<code>{name}</code>" in response.content.decode()
    assert {line["request_id"] for line in objects()} == {name}
    assert {line["logger"] for line in objects()} == {"django.request", "site_enys.access"}


def test_the_line_for_a_person_ends_with_the_same(log):
    with speaking_of(request_id="0123456789abcdef0123456789abcdef", path=f"/suivi/{TOKEN}\n/"):
        logging.getLogger("essai").info("fait")

    (line,) = log.getvalue().splitlines()
    assert "essai: fait [request_id=0123456789abcdef0123456789abcdef path=/suivi/" in line
    assert leaks_in(log) == []


@pytest.mark.django_db
def test_the_lines_of_a_task_have_its_name_and_the_next_ones_do_not(objects, monkeypatch):
    monkeypatch.setattr(jobs, "REGISTRY", {})

    @jobs.job("essai-journal", every=timedelta(days=1))
    def speaks(_now):
        logging.getLogger("essai").info("en cours")
        raise RuntimeError("panne")

    jobs.run_due(timezone.now())
    logging.getLogger("essai").info("après")

    assert [line.get("job") for line in objects()] == ["essai-journal", "essai-journal", None]


@pytest.mark.django_db
def test_the_lines_of_an_e_mail_have_its_number_and_not_its_reader(objects, log, settings):
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # nobody answers there
    message = OutgoingMessageFactory(to=EMAIL)

    outbox.send_due(timezone.now())

    (line,) = objects()
    assert (line["mail"], line["level"]) == (str(message.pk), "WARNING")
    assert line["message"] == f"Courriel {message.pk}\u00a0: essai 1 en échec"
    assert leaks_in(log) == []


# -- The name of a request ----------------------------------------------------------------------

FROM_PROXY = "5f2b8c0e-1d2a-4c6f-9a7e-0123456789ab"


@pytest.mark.parametrize(
    ("proxies", "given", "believed"),
    [
        (1, FROM_PROXY, True),
        (1, FROM_PROXY.replace("-", ""), True),
        (0, FROM_PROXY, False),
        (1, "court", False),
        (1, "x" * 65, False),
        (1, "un deux trois", False),
        (1, "abcdefgh\r\nSet-Cookie: x", False),
        (1, "abcdefgh\n", False),
        (1, "éééééééééé", False),
        (1, "", False),
    ],
)
def test_a_name_is_taken_from_a_trusted_proxy_only_and_well_formed(
    settings, rf, proxies, given, believed
):
    settings.PROXY_COUNT = proxies

    name = id_for(rf.get("/", HTTP_X_REQUEST_ID=given).META)

    assert (name == given) is believed
    assert believed or re.fullmatch("[0-9a-f]{16}", name)


def test_two_requests_have_two_names(rf):
    assert id_for({}) != id_for({})
