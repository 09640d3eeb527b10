"""Images and documents of the media library; our own classes from the first migration.

Their fields let no file through that was not looked into: whatever stores one (forms, imports,
demonstration, a line of code) passes by `save` of its field.
"""

from threading import Lock
from typing import Any

from django.db import models
from django.db.models.fields.files import FieldFile
from django.db.models.signals import pre_save
from django.dispatch import receiver

from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import (
    AbstractImage,
    AbstractRendition,
    Image,
    SourceImageIOError,
    WagtailImageField,
    WagtailImageFieldFile,
    get_upload_to,
)
from wagtail.models import UploadedFile

from site_enys.exceptions import StoreUnavailable
from site_enys.process_memory import give_back
from site_enys.uploads import documents, pictures

_MAKING = Lock()


class CleanImageFile(WagtailImageFieldFile):
    def save(self, name: str, content: Any, save: bool = True) -> None:  # noqa: FBT001, FBT002
        """Store the picture drawn anew. Raises PictureRefused."""
        content.name = content.name or name
        super().save(name, pictures.cleaned(content), save)


class CleanImageField(WagtailImageField):
    """What `WagtailImageField` is, without what hides in pictures."""

    attr_class = CleanImageFile


class CheckedDocumentFile(FieldFile):
    def save(self, name: str, content: Any, save: bool = True) -> None:  # noqa: FBT001, FBT002
        """Store the document once it is known to be one. Raises DocumentRefused."""
        content.name = content.name or name
        super().save(name, documents.checked(content), save)


class CheckedDocumentField(models.FileField):
    attr_class = CheckedDocumentFile


class CustomImage(AbstractImage):
    """An image of the library, with who made it."""

    file: Any = CleanImageField(
        "fichier", upload_to=get_upload_to, width_field="width", height_field="height"
    )
    credit = models.CharField("crédit", max_length=120, blank=True)
    # Which copies have been made (`home.services.pictures.PLAN`): none since the last change.
    prepared_for = models.CharField(
        "copies prêtes", max_length=16, blank=True, editable=False, db_index=True
    )

    admin_form_fields = (*Image.admin_form_fields, "credit")

    class Meta(AbstractImage.Meta):
        verbose_name = "image"
        verbose_name_plural = "images"
        permissions = [("choose_image", "Peut choisir une image")]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not kwargs.get("update_fields"):
            self.prepared_for = ""
        super().save(*args, **kwargs)

    def generate_rendition_file(self, filter: Any, **options: Any) -> Any:  # noqa: A002
        """One at a time in a process: each copy takes tens of megabytes while it is made."""
        with _MAKING:
            try:
                return super().generate_rendition_file(filter, **options)
            finally:
                give_back()

    def create_rendition(self, filter: Any) -> Any:  # noqa: A002 - Wagtail's own name
        """Raises SourceImageIOError when the store is away: pages then show the place alone."""
        try:
            return super().create_rendition(filter)
        except StoreUnavailable as away:
            raise SourceImageIOError(str(away)) from away

    def create_renditions(self, *filters: Any) -> Any:
        """Raises SourceImageIOError when the store is away: pages then show the place alone."""
        try:
            return super().create_renditions(*filters)
        except StoreUnavailable as away:
            raise SourceImageIOError(str(away)) from away


class CustomRendition(AbstractRendition):
    """A resized copy of an image."""

    image = models.ForeignKey(
        CustomImage, verbose_name="image", on_delete=models.CASCADE, related_name="renditions"
    )

    class Meta:
        verbose_name = "rendu d’image"
        verbose_name_plural = "rendus d’image"
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="one_rendition_per_filter"
            )
        ]

    def __str__(self) -> str:
        return f"{self.filter_spec} ({self.image_id})"


class CustomDocument(AbstractDocument):
    """A document of the library."""

    file: Any = CheckedDocumentField("fichier", upload_to="documents")

    admin_form_fields = Document.admin_form_fields

    class Meta(AbstractDocument.Meta):
        verbose_name = "document"
        verbose_name_plural = "documents"
        permissions = [("choose_document", "Peut choisir un document")]

    def __str__(self) -> str:
        return self.title


@receiver(pre_save, sender=UploadedFile)
def clean_what_waits(instance: UploadedFile, **_kwargs: Any) -> None:
    """The multiple upload keeps a file aside while its title is wanted: it is one of ours too."""
    waiting = instance.file
    if not waiting or instance.pk or instance.for_content_type is None:
        return
    if instance.for_content_type.model_class() is CustomImage:
        instance.file = pictures.cleaned(waiting.file)
    else:
        instance.file = documents.checked(waiting.file)
