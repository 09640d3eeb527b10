"""Pictures: what is said of them to who does not see them, and their size."""

import re

from site_enys.french import fold

from .parts import Picture, Place
from .remarks import Check, Found, Hit
from .said import Said
from .words import CAMERA_NAMES

SMALLEST_WIDTH = 800  # the width of the text on a wide screen, in pixels
SMALLEST_SHARED = 1200  # what social networks show
HEAVIEST = 4 * 1024 * 1024
_FILE = re.compile(r".+\.(?:jpe?g|png|gif|webp|avif|heic|svg|bmp|tiff?)\Z", re.IGNORECASE)
_CAMERA = re.compile(rf"(?:{'|'.join(CAMERA_NAMES)})[\s_-]*\(?\d[\d\s_-]*\)?.*")
_TELLING = re.compile(r"[^\W\d_]{3,}")
#: Fields of a page that hold a picture, and the least width of each.
FIELDS = {"image": SMALLEST_WIDTH, "social_image": SMALLEST_SHARED}


def _described(said: Said) -> list[Picture]:
    return [picture for picture in said.pictures if not picture.decorative]


def without_text(said: Said) -> Found:
    for picture in _described(said):
        if not picture.alt:
            yield Hit(
                picture.place,
                "L’image n’est pas décrite\u00a0: dites ce qu’elle montre, ou cochez qu’elle est "
                "décorative.",
                str(picture.image),
            )


def file_name(said: Said) -> Found:
    for picture in _described(said):
        if picture.alt and _is_a_file_name(picture.alt):
            yield Hit(
                picture.place,
                "La description de l’image est un nom de fichier\u00a0: dites ce qu’elle montre.",
                picture.alt,
            )


def size(said: Said) -> Found:
    """Too small to be sharp, too heavy to be stored for nothing."""
    shown = [(one.place, one.image, SMALLEST_WIDTH) for one in said.pictures]
    for name, least in FIELDS.items():
        if said.has_field(name) and said.get(name) is not None:
            shown.append((Place(name), said.get(name), least))
    for place, image, least in shown:
        if image.width < least:
            yield Hit(
                place,
                f"Image petite\u00a0: {image.width}\u00a0pixels de large. Il en faut {least} pour "
                "qu’elle reste nette.",
                str(image),
            )
        if (image.file_size or 0) > HEAVIEST:
            yield Hit(
                place,
                f"Image lourde\u00a0: {image.file_size / 1024 / 1024:.0f}\u00a0Mo. Réduisez-la "
                "avant de l’envoyer.",
                str(image),
            )


def _is_a_file_name(alt: str) -> bool:
    folded = fold(alt)
    if _FILE.fullmatch(folded):
        return True
    # « Photo 2 » tells nothing, « Photo de 12 personnes » does.
    named = _CAMERA.fullmatch(folded)
    return named is not None and not _tells(folded)


def _tells(folded: str) -> bool:
    """Whether there are words besides the name that the camera gave."""
    words = [word for word in _TELLING.findall(folded) if not word.startswith(CAMERA_NAMES[:-1])]
    return len(words) > 1


CHECKS = (
    Check("image-sans-texte", "Image sans description", without_text),
    Check("image-nom-de-fichier", "Description d’image à écrire", file_name),
    Check("image-taille", "Image trop petite ou trop lourde", size),
)
