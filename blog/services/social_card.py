"""The cards of the articles, drawn once and kept."""

from contextlib import suppress
from datetime import datetime
from threading import Lock

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from blog.documents.social_card import digest, draw
from blog.models import PostPage
from site_enys.exceptions import StoreUnavailable
from site_enys.kept_files import names_under

FOLDER = "cartes"
#: How a PNG ends: one that another process is still writing does not.
_END = b"IEND\xaeB`\x82"
# One drawing at a time in each process: the second to ask finds it done.
_drawing = Lock()


def picture_of(post: PostPage) -> bytes:
    """The card of an article as it is now, drawn if nobody has asked for it yet."""
    name = f"{FOLDER}/{post.pk}/{digest(post)}.png"
    return _kept(name) or _drawn(post, name)


def forget_hidden_cards(now: datetime) -> int:
    """Delete the cards of the articles that are no longer shown; return how many."""
    shown = {str(pk) for pk in PostPage.objects.published(now).values_list("pk", flat=True)}
    hidden = [name for name in names_under(default_storage, FOLDER) if _article(name) not in shown]
    for name in hidden:
        default_storage.delete(name)
    return len(hidden)


def _drawn(post: PostPage, name: str) -> bytes:
    with _drawing:
        if kept := _kept(name):
            return kept
        content = draw(post)
        with suppress(StoreUnavailable):  # the next to ask will draw it again
            _keep(post, name, content)
        return content


def _keep(post: PostPage, name: str, content: bytes) -> None:
    for older in list(names_under(default_storage, f"{FOLDER}/{post.pk}")):
        if older != name:
            default_storage.delete(older)
    saved = default_storage.save(name, ContentFile(content))
    if saved != name:  # another process was quicker
        default_storage.delete(saved)


def _kept(name: str) -> bytes:
    try:
        with default_storage.open(name, "rb") as stored:
            content = stored.read()
    except (FileNotFoundError, StoreUnavailable):
        return b""
    return content if content.endswith(_END) else b""


def _article(name: str) -> str:
    return name.removeprefix(f"{FOLDER}/").partition("/")[0]
