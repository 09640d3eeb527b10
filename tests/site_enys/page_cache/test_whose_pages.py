"""Over the public addresses of the site: what is kept is nobody's own, and asks for no cookie."""

from collections.abc import Iterator

import pytest

from site_enys.page_cache import kept
from tests.access.engine import content, signed_in
from tests.fuzz.pages import make_the_other_pages
from tests.walk import holder, our_addresses
from tests.world import Side, lay_files, make_world, marks_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("keeping")]
#: What belongs to one visit, or to one person.
PERSONAL = (b"csrfmiddlewaretoken", b'name="form_token"')


def walk(side: Side) -> Iterator[tuple[str, bytes]]:
    """What a proxy may keep of each address: a visitor asks, then who holds the links."""
    visitor, reader = signed_in("anonyme", side), holder(side)
    visitor.checks_html = reader.checks_html = False  # as `tests/test_public_pages.py` does
    for address in our_addresses().values():
        if address.is_desk:
            continue
        path = address.path(side)
        response = visitor.get(path)
        if response.status_code == 403:
            response = reader.get(path)
        body = content(response)
        if "s-maxage" in response.get("Cache-Control", ""):
            assert "Cookie" in response["Vary"], path
            assert not response.cookies, path
            yield path, body


def test_what_may_be_kept_of_the_whole_site_holds_nothing_of_anybody() -> None:
    side = make_world()["a"]
    make_the_other_pages()
    lay_files(side)
    kept.memory.cache_clear()

    read = dict(walk(side))

    assert len(read) > 20
    for path, body in read.items():
        assert not marks_in(body), path
        assert not [word for word in PERSONAL if word in body], path
