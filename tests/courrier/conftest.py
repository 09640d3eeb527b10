"""An SMTP server of one's own, and the templates of these tests."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.template import engines

import pytest

from tests.servers.smtp import Post, smtp_server


@pytest.fixture
def post() -> Iterator[Post]:
    with smtp_server() as server:
        yield server


@pytest.fixture
def smtp(post: Post, settings: Any) -> Post:
    """The site is told of the server."""
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", post.port
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    return post


@pytest.fixture(autouse=True)
def _templates_of_these_tests() -> Iterator[None]:
    folders = engines["django"].engine.dirs
    folders.append(Path(__file__).parent / "templates")
    yield
    folders.pop()
