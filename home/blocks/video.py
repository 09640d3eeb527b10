"""Videos, which ask nothing of anybody before they are wanted."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError

from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from home.services import reach

from .choosers import KnownDocumentChooserBlock
from .text import SHORT_TEXT_FEATURES

#: The files that browsers play, and the type that each is announced with.
FILMS = {"mp4": "video/mp4", "webm": "video/webm"}
CAPTIONS = {"vtt"}


class VideoValue(blocks.StructValue):
    """What of a video is still there: its documents may be deleted or made private."""

    @property
    def reachable(self) -> dict[str, Any]:
        """The documents that everybody may download, by the name of their field."""
        chosen = {name: self.get(name) for name in ("film", "captions", "transcript_document")}
        found = reach.documents(document.pk for document in chosen.values() if document)
        return {
            name: document
            for name, document in chosen.items()
            if document and str(document.pk) in found
        }

    @property
    def film_type(self) -> str:
        film = self.reachable.get("film")
        return FILMS.get(film.file_extension, "") if film else ""

    @property
    def host(self) -> str:
        """The other site that shows the video, as a reader would name it."""
        return (urlsplit(self.get("url") or "").hostname or "").removeprefix("www.")


class VideoBlock(blocks.StructBlock):
    """A file of ours, played here at the first click, or a plain link to the site that has it."""

    name = blocks.CharBlock(label="Titre de la vidéo", max_length=140)
    duration = blocks.CharBlock(
        label="Durée", max_length=20, help_text=("Par exemple\u00a0: 4 min 30.")
    )
    still = ImageChooserBlock(
        label="Image fixe",
        help_text="Une image de la vidéo\u00a0: rien d’autre n’est chargé d’avance.",
    )
    film = KnownDocumentChooserBlock(
        label="Fichier vidéo", required=False, help_text="Un document MP4 ou WebM, de 20 Mo."
    )
    captions = KnownDocumentChooserBlock(
        label="Sous-titres",
        required=False,
        help_text="Un document WebVTT (.vtt), obligatoire avec un fichier vidéo.",
    )
    url = blocks.URLBlock(
        label="ou adresse de la vidéo sur un autre site",
        required=False,
        max_length=300,
        help_text="Le lien y mène\u202f; rien de ce site ne se charge sur le nôtre.",
    )
    transcript = blocks.RichTextBlock(
        label="Transcription", features=SHORT_TEXT_FEATURES, max_length=20_000, required=False
    )
    transcript_document = KnownDocumentChooserBlock(
        label="ou transcription en document", required=False
    )

    class Meta:
        icon = "media"
        label = "Vidéo"
        description = "Une vidéo qui ne se charge qu’au clic, avec ce qui s’y dit par écrit."
        preview_template = "home/blocks/preview_video.html"
        template = "home/blocks/video.html"
        value_class = VideoValue

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        cleaned = super().clean(value)
        if not self.is_deferred_validation:
            found = {name: fault for name, wrong, fault in _RULES if wrong(cleaned)}
            if found:
                errors = {name: ValidationError(fault) for name, fault in found.items()}
                raise blocks.StructBlockValidationError(block_errors=errors)
        return cleaned


def _is_no(kinds: Any, document: Any) -> bool:
    return document is not None and document.file_extension not in kinds


#: The field beside which a fault is said, when it is one, and the sentence.
_RULES: tuple[tuple[str, Callable[[blocks.StructValue], bool], str], ...] = (
    (
        "film",
        lambda video: bool(video["film"]) == bool(video["url"]),
        "Choisissez un fichier vidéo ou donnez une adresse, l’un des deux.",
    ),
    (
        "film",
        lambda video: _is_no(FILMS, video["film"]),
        "Ce document n’est pas une vidéo\u00a0: choisissez un fichier MP4 ou WebM.",
    ),
    (
        "captions",
        lambda video: bool(video["film"]) and not video["captions"],
        "Ajoutez les sous-titres\u00a0: sans eux, la vidéo se tait pour qui n’entend pas.",
    ),
    (
        "captions",
        lambda video: _is_no(CAPTIONS, video["captions"]),
        "Ce document ne contient pas de sous-titres\u00a0: choisissez un fichier WebVTT (.vtt).",
    ),
    (
        "transcript",
        lambda video: not video["transcript"] and not video["transcript_document"],
        "Écrivez ce qui se dit dans la vidéo, ou joignez-le en document.",
    ),
)
