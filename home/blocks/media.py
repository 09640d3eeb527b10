"""Images and documents of the library."""

from wagtail import blocks
from wagtail.images.blocks import ImageBlock

from home.services import reach

from .choosers import KnownDocumentChooserBlock


class PictureBlock(blocks.StructBlock):
    image = ImageBlock(label="Image")
    caption = blocks.CharBlock(label="Légende", max_length=240, required=False)
    width = blocks.ChoiceBlock(
        label="Largeur",
        choices=[("text", "Celle du texte"), ("page", "Celle de la page")],
        default="text",
    )

    class Meta:
        icon = "image"
        label = "Image"
        description = "Une image décrite pour qui ne la voit pas, avec sa légende."
        template = "home/blocks/picture.html"
        preview_template = "home/blocks/preview_picture.html"


class DocumentValue(blocks.StructValue):
    @property
    def available(self) -> bool:
        """Whether everybody may download the document: it may be deleted or made private."""
        document = self.get("document")
        return bool(document) and bool(reach.documents([document.pk]))


class DocumentBlock(blocks.StructBlock):
    document = KnownDocumentChooserBlock(label="Document")
    text = blocks.CharBlock(
        label="Texte du lien", max_length=120, required=False, help_text="À défaut, son titre."
    )

    class Meta:
        icon = "doc-full"
        label = "Document à télécharger"
        description = "Un document de la bibliothèque, avec son format et sa taille."
        template = "home/blocks/document.html"
        preview_template = "home/blocks/preview_document.html"
        value_class = DocumentValue
