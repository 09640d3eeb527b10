"""Somebody who fills in a form of the site over HTTP, without a browser."""

import re
import time
from collections.abc import Mapping
from http.client import HTTPException
from http.cookiejar import CookieJar
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, ProxyHandler, build_opener

PATIENCE = 60  # seconds
HIDDEN = re.compile(r'name="(csrfmiddlewaretoken|form_token)"[^>]* value="([^"]+)"')


class GaveUp(AssertionError):
    """The site did not come back in time."""


class Visitor:
    """A browser of one's own: cookies, a form, then one click, or the same click again."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.browser = build_opener(ProxyHandler({}), HTTPCookieProcessor(CookieJar()))
        self.hidden: Mapping[str, str] = {}
        self.refused: list[int] = []

    def open_form(self) -> None:
        self.hidden = dict(HIDDEN.findall(self.read()))

    def send(self, **answers: str) -> str:
        return self.read(urlencode(dict(self.hidden) | answers).encode())

    def read(self, data: bytes | None = None) -> str:
        """The page at the end of the redirections; raises HTTPError for a 4xx or a 5xx."""
        with self.browser.open(self.address, data, timeout=PATIENCE) as response:
            return response.read().decode()

    def insist(self, **answers: str) -> str:
        """Open the form and send it, each as many times as it takes, as who reloads a page does.

        The codes of the answers that were not the page are in `refused`; 0 is no answer.
        """
        self.again(self.open_form)
        return self.again(lambda: self.send(**answers))

    def again(self, act):
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                return act()
            except HTTPError as error:
                self.refused.append(error.code)
                error.close()
            except (URLError, HTTPException, OSError):
                self.refused.append(0)
            time.sleep(0.2)
        raise GaveUp(f"{self.address} : {self.refused}")
