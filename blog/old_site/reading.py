"""All the files, read one after the other: what one of them hides never stops the others."""

import logging
from collections.abc import Callable

from .capture import read_capture
from .encoding import decode, is_feed, is_html
from .feed import read_feed
from .markup import TooDeep
from .page_reader import read_page
from .records import Reading
from .sources import CAPTURES, FEEDS, Material, SavedFile, Unreadable

logger = logging.getLogger(__name__)

Progress = Callable[[str, int, int], None]


def silent(step: str, done: int, total: int) -> None:
    """A progress that shows nothing."""


def read_all(material: Material, progress: Progress = silent) -> Reading:
    """What all the texts of the material say."""
    reading = Reading()
    for name, reason in material.refused:
        reading.note(name, reason)
    # Feeds first: they say the name of the old site, by which links inside it are known.
    texts = sorted(material.texts, key=lambda file: file.suffix not in FEEDS)
    for done, file in enumerate(texts, 1):
        progress("Lecture", done, len(texts))
        try:
            reading.add(read_file(file, reading.hosts))
        except Unreadable as error:
            reading.note(file.name, str(error))
        except TooDeep:
            reading.note(file.name, "balises emboîtées par milliers, laissé")
        except Exception as error:  # whatever it hides, the other files go on
            logger.exception("An old page could not be read")
            reading.note(file.name, f"illisible ({type(error).__name__})")
        else:
            reading.files += 1
    return reading


def read_file(file: SavedFile, hosts: set[str] | None = None) -> Reading:
    """What one file says. Raises Unreadable and TooDeep."""
    text = decode(file.read())
    if is_feed(text):
        return read_feed(text, file.name)
    if file.suffix in CAPTURES:
        return read_capture(text, file.name)
    if file.suffix in FEEDS:
        raise Unreadable("pas un flux RSS ni Atom")
    if not is_html(text):
        raise Unreadable("pas une page HTML")
    return read_page(text, file.name, hosts)
