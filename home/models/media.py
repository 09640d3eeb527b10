"""Images and documents of the media library; our own classes from the first migration."""

from django.db import models

from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image


class CustomImage(AbstractImage):
    """An image of the library, with who made it."""

    credit = models.CharField("crédit", max_length=120, blank=True)

    admin_form_fields = (*Image.admin_form_fields, "credit")

    class Meta(AbstractImage.Meta):
        verbose_name = "image"
        verbose_name_plural = "images"
        permissions = [("choose_image", "Peut choisir une image")]

    def __str__(self) -> str:
        return self.title


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

    admin_form_fields = Document.admin_form_fields

    class Meta(AbstractDocument.Meta):
        verbose_name = "document"
        verbose_name_plural = "documents"
        permissions = [("choose_document", "Peut choisir un document")]

    def __str__(self) -> str:
        return self.title
