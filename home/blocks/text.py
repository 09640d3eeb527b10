"""Text blocks."""

from wagtail import blocks

RICH_TEXT_FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link", "hr"]


class RichTextParagraphBlock(blocks.RichTextBlock):
    def __init__(self, **kwargs: object) -> None:
        super().__init__(**{"features": RICH_TEXT_FEATURES} | kwargs)

    class Meta:
        icon = "pilcrow"
        label = "Texte"
        description = "Un texte avec ses intertitres, ses listes et ses liens."
        preview_value = "<h2>Un intertitre</h2><p>Un paragraphe qui dit l’essentiel.</p>"
        template = "home/blocks/paragraph.html"


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label="Citation", max_length=600)
    source = blocks.CharBlock(label="Qui le dit", max_length=160, required=False)

    class Meta:
        icon = "openquote"
        label = "Citation"
        description = "Une parole rapportée, avec son auteur."
        preview_value = {"text": "La relation est au cœur du métier.", "source": "Une équipe"}
        template = "home/blocks/quote.html"
