from collections.abc import Iterator

import pytest

from tests.harness.indexing import pages_followed


@pytest.fixture(scope="module", autouse=True)
def _pages_are_found() -> Iterator[None]:
    """Here every test searches, among rows of its module too."""
    with pages_followed():
        yield
