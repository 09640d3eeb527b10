"""Forms opened, filled in and sent over HTTP, several people at a time."""

import re
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import count

from site_enys.pdf import render_pdf

PEOPLE, AT_ONCE = 20, 4
HIDDEN = re.compile(r'name="(csrfmiddlewaretoken|form_token)"[^>]* value="([^"]+)"')
serial = count()


def rate(one: Callable[[], None]) -> float:
    """How many people per second go through the form."""
    one()  # the first one pays for what is read once
    begun = time.perf_counter()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for outcome in [pool.submit(one) for _ in range(PEOPLE)]:
            outcome.result()
    return PEOPLE / (time.perf_counter() - begun)


def sign_up(address: str, path: str) -> Callable[[], None]:
    from recrutement.services.http_visitor import Visitor  # noqa: PLC0415 - after setup()

    def one() -> None:
        visitor = Visitor(address)
        hidden = dict(HIDDEN.findall(visitor.get(path).text))
        person = {"first_name": "Awa", "last_name": "Diop", "email": fresh_address()}
        expect_303(visitor.post(path, hidden | person, files={}))

    return one


def application(address: str, path: str) -> Callable[[], None]:
    from recrutement.services.http_visitor import Visitor, filled_in, form_in  # noqa: PLC0415

    cv = render_pdf("documents/control_cv.typ", {"number": "mesure"})

    def one() -> None:
        visitor = Visitor(address)
        form = form_in(visitor.get(path).text)
        known = {"email": fresh_address(), "phone": "01 99 00 00 00", "cv_joint": ""}
        expect_303(visitor.post(path, filled_in(form, known), files={"cv": ("cv.pdf", cv)}))

    return one


def bare(address: str, path: str) -> Callable[[], None]:
    """The same two requests to a view that does nothing: what the client itself costs."""
    from recrutement.services.http_visitor import Visitor  # noqa: PLC0415 - after setup()

    def one() -> None:
        visitor = Visitor(address)
        visitor.get(path)
        visitor.post(path, {"email": fresh_address()}, files={})

    return one


def fresh_address() -> str:
    return f"personne{next(serial)}@exemple.test"


def expect_303(answer) -> None:
    if answer.status != 303:
        raise SystemExit(f"Un formulaire mesuré répond {answer.status} et non 303.")
