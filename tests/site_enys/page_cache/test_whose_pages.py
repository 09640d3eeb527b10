"""Over the public addresses of the site: what is kept is nobody's own, and asks for no cookie."""

from collections.abc import Iterator

import pytest

from site_enys.page_cache import kept
from tests.access.engine import content, signed_in
from tests.fuzz.pages import make_the_other_pages
from tests.walk import our_addresses
from tests.world import Side, make_world, marks_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("keeping")]
#: What belongs to one visit, or to one person.
PERSONAL = (b"csrfmiddlewaretoken", b'name="form_token"')


def walk(side: Side) -> Iterator[tuple[str, bytes]]:
    """What a proxy may keep of each address, links that people were sent included."""
    visitor = signed_in("anonyme", side)
    visitor.checks_html = False  # `tests/test_public_pages.py` does, over the same pages
    for address in our_addresses().values():
        if address.is_desk:
            continue
        path = address.path(side)
        visitor.cookies.clear()  # following a link begins a session
        response = visitor.get(path)
        body = content(response)
        if "s-maxage" in response.get("Cache-Control", ""):
            assert "Cookie" in response["Vary"], path
            assert not response.cookies, path
            yield path, body


def test_what_may_be_kept_of_the_whole_site_holds_nothing_of_anybody() -> None:
    side = make_world()["a"]
    make_the_other_pages()
    kept.memory.cache_clear()

    read = dict(walk(side))

    assert len(read) > 20
    for path, body in read.items():
        assert not marks_in(body), path
        assert not [word for word in PERSONAL if word in body], path
