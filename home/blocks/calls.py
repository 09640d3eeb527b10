"""Blocks that lead the reader somewhere."""

from wagtail import blocks
from wagtail.models import Page

from .links import LinkBlock, shown_pages
from .text import SHORT_TEXT_FEATURES


class CalloutBlock(blocks.StructBlock):
    tone = blocks.ChoiceBlock(
        label="Ton",
        choices=[("info", "À savoir"), ("success", "Bonne nouvelle"), ("warning", "Attention")],
        default="info",
    )
    title = blocks.CharBlock(label="Titre", max_length=100, required=False)
    text = blocks.RichTextBlock(label="Texte", features=SHORT_TEXT_FEATURES, max_length=1500)

    class Meta:
        icon = "info-circle"
        label = "Encadré"
        description = "Une information à ne pas manquer."
        preview_value = {
            "tone": "info",
            "title": "À savoir",
            "text": "<p>Le premier échange est gratuit.</p>",
        }
        template = "home/blocks/callout.html"


class CallToActionBlock(blocks.StructBlock):
    title = blocks.CharBlock(label="Titre", max_length=120)
    text = blocks.TextBlock(label="Texte", max_length=300, required=False)
    link = LinkBlock(label="Lien")

    class Meta:
        icon = "arrow-right"
        label = "Appel à agir"
        description = "Une invitation et un bouton."
        preview_value = {
            "title": "Parlons de votre projet",
            "text": "Un premier échange n’engage à rien.",
            "link": {"text": "Nous écrire", "url": "https://enys.example/"},
        }
        template = "home/blocks/call_to_action.html"


class PageChoiceValue(blocks.StructValue):
    @property
    def shown(self) -> list[Page]:
        return shown_pages(list(self.get("pages") or []))


class PageChoiceBlock(blocks.StructBlock):
    title = blocks.CharBlock(label="Titre", max_length=120)
    pages = blocks.ListBlock(
        blocks.PageChooserBlock(label="Page"), label="Pages", min_num=1, max_num=8
    )

    class Meta:
        icon = "list-ul"
        label = "Choix de pages"
        description = "Des pages du site avec leur résumé ; celles qui sont dépubliées se taisent."
        preview_template = "home/blocks/preview_pages.html"
        template = "home/blocks/pages.html"
        value_class = PageChoiceValue


class TeaserBlock(blocks.StructBlock):
    """What is next in another part of the site; that part draws the list itself."""

    kind = blocks.ChoiceBlock(
        label="Montrer",
        choices=[
            ("sessions", "Les prochaines sessions de formation"),
            ("offers", "Les offres d’emploi ouvertes"),
            ("posts", "Les derniers articles du blog"),
        ],
        default="sessions",
    )
    count = blocks.IntegerBlock(label="Combien", min_value=1, max_value=6, default=3)

    class Meta:
        icon = "date"
        label = "Actualité du site"
        description = "Les prochaines sessions, les offres ouvertes ou les derniers articles."
        preview_value = {"kind": "sessions", "count": 3}
        template = "home/blocks/teaser.html"
