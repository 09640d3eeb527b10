"""Text blocks."""

from typing import Any

from django.utils.text import slugify

from wagtail import blocks

from site_enys.rich_text import texts_of

RICH_TEXT_FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link", "hr"]
#: For short texts inside other blocks: no heading, whose level would be wrong there.
SHORT_TEXT_FEATURES = ["bold", "italic", "ol", "ul", "link"]


class RichTextParagraphBlock(blocks.RichTextBlock):
    def __init__(self, **kwargs: object) -> None:
        super().__init__(**{"features": RICH_TEXT_FEATURES} | kwargs)

    def get_searchable_content(self, value: Any) -> list[str]:
        return texts_of(value.source)

    class Meta:
        icon = "pilcrow"
        label = "Texte"
        description = "Un texte avec ses intertitres, ses listes et ses liens."
        preview_value = "<h2>Un intertitre</h2><p>Un paragraphe qui dit l’essentiel.</p>"
        template = "home/blocks/paragraph.html"


class HeadingValue(blocks.StructValue):
    @property
    def anchor(self) -> str:
        """The fragment that leads to this heading."""
        return slugify(self.get("text", ""))


class HeadingBlock(blocks.StructBlock):
    kicker = blocks.CharBlock(
        label="Surtitre",
        max_length=80,
        required=False,
        help_text="Quelques mots au-dessus du titre\u00a0: «\u00a0Notre méthode\u202f».",
    )
    text = blocks.CharBlock(label="Titre", max_length=120)
    lead = blocks.CharBlock(label="Une phrase d’introduction", max_length=240, required=False)

    class Meta:
        icon = "title"
        label = "Titre de partie"
        description = "Ouvre une partie de la page, avec le dessin du lien."
        preview_value = {
            "kicker": "Notre méthode",
            "text": "Partir du terrain",
            "lead": "Écouter d’abord, écrire ensuite, revenir voir ce qui a tenu.",
        }
        template = "home/blocks/heading.html"
        value_class = HeadingValue


class LeadBlock(blocks.TextBlock):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 500} | kwargs)

    class Meta:
        icon = "bold"
        label = "Chapô"
        description = "Quelques phrases en plus grand, qui résument la partie qu’elles ouvrent."
        preview_value = (
            "Une équipe sait que quelque chose doit bouger et cherche comment s’y prendre\u00a0: "
            "c’est là que nous intervenons."
        )
        template = "home/blocks/lead.html"


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label="Citation", max_length=600)
    source = blocks.CharBlock(label="Qui le dit", max_length=160, required=False)

    class Meta:
        icon = "openquote"
        label = "Citation"
        description = "Une parole rapportée, avec son auteur."
        preview_value = {"text": "La relation est au cœur du métier.", "source": "Une équipe"}
        template = "home/blocks/quote.html"
