"""The grade of the MDN Observatory, by the table of scores that it publishes.

https://github.com/mdn/mdn-http-observatory, src/grader/charts.js: 100 points, less or more for each
test; the credits count from 90 on; 100 and above is A+.
"""

import json
import os
import subprocess
import sys

from django.conf import settings as django_settings

import pytest

LOOK = """
import json, django
django.setup()
from django.test import Client
client = Client(SERVER_NAME="www.enys.example")
def seen(url, **options):
    answer = client.get(url, **options)
    return {
        "status": answer.status_code,
        "headers": {name.lower(): value for name, value in answer.headers.items()},
        "cookies": {name: dict(morsel) for name, morsel in answer.cookies.items()},
    }
print(json.dumps({
    "https": seen("/robots.txt", secure=True),
    "static": seen("/static/admin.txt", secure=True),
    "http": seen("/robots.txt"),
    "names": [django.conf.settings.SESSION_COOKIE_NAME, django.conf.settings.CSRF_COOKIE_NAME],
    "secure": [django.conf.settings.SESSION_COOKIE_SECURE, django.conf.settings.CSRF_COOKIE_SECURE],
}))
"""


@pytest.fixture(scope="module")
def production(tmp_path_factory):
    """What the settings of production answer, in a process of its own."""
    folder = tmp_path_factory.mktemp("production")
    (folder / "static").mkdir()
    (folder / "static" / "admin.txt").write_text("x")
    (folder / "static" / "staticfiles.json").write_text('{"paths": {}, "version": "1.1"}')
    done = subprocess.run(
        [sys.executable, "-c", LOOK],
        cwd=django_settings.BASE_DIR,
        env={
            "PATH": os.environ["PATH"],
            "ENV_FILE": os.devnull,
            "DATA_DIR": str(folder),
            "DJANGO_SETTINGS_MODULE": "site_enys.settings.production",
            "SECRET_KEY": "une-cle-longue-et-impossible-a-deviner-0123456789-abcdef",
            "ALLOWED_HOSTS": "www.enys.example",
            "SITE_URL": "https://www.enys.example",
        },
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout.splitlines()[-1])


def rules_of(policy):
    return {name: values for name, *values in (part.split() for part in policy.split(";"))}


def score(answer, redirected):
    """Points of each test of the Observatory that our answer earns or loses."""
    headers = answer["headers"]
    rules = rules_of(headers["content-security-policy"])
    active = rules["script-src"] + rules["style-src"]
    strict = rules["default-src"] == ["'none'"] and not {"'unsafe-inline'", "data:"} & set(active)
    max_age = int(headers["strict-transport-security"].split(";")[0].split("=")[1])
    private = {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}
    return {
        "csp": 10 if strict and rules["form-action"] in (["'self'"], ["'none'"]) else -20,
        "cookies": 0 if not answer["cookies"] else -20,
        "cors": 0 if "access-control-allow-origin" not in headers else -50,
        "redirection": 0
        if redirected["headers"]["location"].startswith("https://www.enys")
        else -20,
        "referrer": 5 if headers["referrer-policy"] in private else -5,
        "hsts": 0 if max_age >= 15_768_000 else -20,
        "nosniff": 0 if headers["x-content-type-options"] == "nosniff" else -5,
        "frames": 5 if rules["frame-ancestors"] == ["'none'"] else -20,
        "corp": 10 if headers["cross-origin-resource-policy"] == "same-origin" else -5,
    }


def test_no_test_of_the_observatory_takes_a_point_away(production):
    points = score(production["https"], production["http"])

    assert min(points.values()) >= 0
    assert 100 + sum(points.values()) == 130


@pytest.mark.parametrize("place", ["https", "static"])
def test_every_answer_of_production_carries_them(production, place):
    answer = production[place]
    headers = answer["headers"]

    assert answer["status"] == 200
    assert "upgrade-insecure-requests" in headers["content-security-policy"]
    assert "includeSubDomains; preload" in headers["strict-transport-security"]
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["x-frame-options"] == "DENY"
    assert "permissions-policy" not in headers  # it is no document


def test_cookies_of_production_belong_to_this_host_alone(production):
    assert production["names"] == ["__Host-session", "__Host-csrf"]
    assert production["secure"] == [True, True]
    assert django_settings.SESSION_COOKIE_NAME == "sessionid"
