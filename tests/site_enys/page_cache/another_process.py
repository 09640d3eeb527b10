"""Another process of the site, started by the tests: a line asks, a line of JSON answers.

An address asks for the page, through `site_enys.wsgi`; `téléphone NUMBER` writes it, committed.
"""

import json
import sys
from io import BytesIO
from typing import Any

from django.conf import settings

settings.PAGE_CACHE = True

from django.core.signals import request_started  # noqa: E402 - once the setting is made
from django.test import RequestFactory  # noqa: E402

from site_enys.wsgi import application  # noqa: E402

begun: list[Any] = []


def note(**_kwargs: Any) -> None:
    begun.append(1)


request_started.connect(note)


def visit(address: str) -> dict[str, Any]:
    begun.clear()
    status: list[str] = []
    environ = RequestFactory().get(address).environ | {"wsgi.input": BytesIO()}
    answer = application(environ, lambda line, _headers: status.append(line))
    text = b"".join(answer).decode()
    getattr(answer, "close", lambda: None)()
    return {"status": status[0], "text": text, "by_django": bool(begun)}


def write(number: str) -> dict[str, Any]:
    from wagtail.models import Site  # noqa: PLC0415 - needs the models

    from home.models import OrganisationSettings  # noqa: PLC0415 - as above

    firm = OrganisationSettings.for_site(Site.objects.get())
    firm.phone = number
    firm.save()
    return {}


for line in sys.stdin:
    asked = line.strip()
    done = write(asked.partition(" ")[2]) if asked.startswith("téléphone") else visit(asked)
    print(json.dumps(done), flush=True)
