"""Blocks that lead the reader somewhere."""

from typing import Any

from wagtail import blocks
from wagtail.models import Page

from home.services import reach
from home.services.visibility import has_door

from .choosers import ShownPageChooserBlock
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
        ShownPageChooserBlock(label="Page"), label="Pages", min_num=1, max_num=8
    )

    class Meta:
        icon = "list-ul"
        label = "Choix de pages"
        description = (
            "Des pages du site avec leur résumé\u202f; celles qui sont dépubliées se taisent."
        )
        preview_template = "home/blocks/preview_pages.html"
        template = "home/blocks/pages.html"
        value_class = PageChoiceValue


class OpenedPageValue(blocks.StructValue):
    @property
    def target(self) -> Page | None:
        """The chosen page while it is online; one with a door is led to, and never shown here."""
        page = self.get("page")
        return reach.pages([page.pk]).get(str(page.pk)) if page else None

    @property
    def opens_here(self) -> bool:
        target: Any = self.target
        return getattr(target, "opens_over", False) and not has_door(target.path)


class OpenedPageBlock(blocks.StructBlock):
    """A page that opens over this one, as « L’ingénieur social » does over the home page."""

    text = blocks.CharBlock(label="Texte du bouton", max_length=80)
    page = ShownPageChooserBlock(
        label="Page",
        help_text="Une page de présentation, un article, une page d’information. Une page d’une "
        "autre nature s’ouvre à sa propre adresse.",
    )
    lead = blocks.CharBlock(label="Une phrase avant le bouton", max_length=240, required=False)

    class Meta:
        icon = "expand-right"
        label = "Page ouverte par-dessus"
        description = "Un bouton qui ouvre le texte d’une autre page par-dessus celle-ci."
        preview_template = "home/blocks/preview_opened_page.html"
        template = "home/blocks/opened_page.html"
        value_class = OpenedPageValue


class TeaserBlock(blocks.StructBlock):
    """What is next in another part of the site; that part draws the list itself."""

    kind = blocks.ChoiceBlock(
        label="Montrer",
        choices=[
            ("sessions", "Les prochaines sessions de formation"),
            ("offers", "Les offres d’emploi ouvertes"),
            ("posts", "Les derniers articles du blog"),
            ("themes", "Les thèmes des formations"),
        ],
        default="sessions",
    )
    count = blocks.IntegerBlock(label="Combien", min_value=1, max_value=6, default=3)

    class Meta:
        icon = "date"
        label = "Actualité du site"
        description = "Sessions à venir, offres ouvertes, derniers articles ou thèmes de formation."
        preview_template = "home/blocks/preview_teaser.html"
        template = "home/blocks/teaser.html"
