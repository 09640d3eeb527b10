"""Pictures of the old site in the library: each content once."""

import hashlib
from dataclasses import dataclass, field

from home.models import CustomImage
from site_enys.uploads.pictures import CleanPicture

from .pictures import Picture
from .records import Note
from .shelf import Shelf, open_picture
from .sources import Unreadable


@dataclass
class Gallery:
    """Hangs the pictures of one text after another."""

    shelf: Shelf
    made: int = 0
    fresh: list[CustomImage] = field(default_factory=list)  # since the last transaction

    def hang(self, picture: Picture, title: str) -> CustomImage | None:
        """The image of a picture, made when the library has none of that content."""
        file = self.shelf.find(picture)
        if file is None or self.shelf.refusal(file):
            return None
        try:
            kept = open_picture(file)
        except Unreadable:
            return None
        digest = hashlib.sha1(kept.content, usedforsecurity=False).hexdigest()
        found = CustomImage.objects.filter(file_hash=digest).first()
        if found is not None:
            return found
        image = CustomImage(title=(picture.alt or picture.caption or title)[:255])
        image.description = picture.alt[:255]
        image.file = CleanPicture(kept.name, kept.content)
        image.file_size, image.file_hash = len(kept.content), digest
        image.save()
        self.fresh.append(image)
        return image

    def keep(self) -> None:
        """The transaction went well."""
        self.made += len(self.fresh)
        self.fresh.clear()

    def take_back(self) -> None:
        """The transaction failed: its files go too."""
        for image in self.fresh:
            image.file.storage.delete(image.file.name)
        self.fresh.clear()

    def missing(self, picture: Picture) -> Note | None:
        """What to say of a picture that cannot be shown."""
        file = self.shelf.find(picture)
        if file is None:
            return Note(picture.sources[-1][-80:], "image introuvable, le texte est gardé")
        reason = self.shelf.refusal(file)
        return Note(file.name, reason) if reason else None
