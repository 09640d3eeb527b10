"""The blocks that editors compose pages with; this file only assembles the families."""

from wagtail import blocks

from .approach import FAQBlock, StepsBlock
from .calls import CalloutBlock, CallToActionBlock, PageChoiceBlock, TeaserBlock
from .figures import KeyFiguresBlock
from .media import DocumentBlock, PictureBlock
from .references import SectorBlock
from .text import HeadingBlock, QuoteBlock, RichTextParagraphBlock

__all__ = ["BodyStreamBlock", "ReferencesStreamBlock"]

TEXT, SHOW, LEAD = "Texte", "Montrer", "Orienter"


class BodyStreamBlock(blocks.StreamBlock):
    """The body of every long page."""

    paragraph = RichTextParagraphBlock(group=TEXT)
    heading = HeadingBlock(group=TEXT)
    quote = QuoteBlock(group=TEXT)
    faq = FAQBlock(group=TEXT)
    steps = StepsBlock(group=SHOW)
    key_figures = KeyFiguresBlock(group=SHOW)
    picture = PictureBlock(group=SHOW)
    sector = SectorBlock(group=SHOW)
    callout = CalloutBlock(group=LEAD)
    call_to_action = CallToActionBlock(group=LEAD)
    pages = PageChoiceBlock(group=LEAD)
    teaser = TeaserBlock(group=LEAD)
    document = DocumentBlock(group=LEAD)


class ReferencesStreamBlock(blocks.StreamBlock):
    """The body of the page of references."""

    paragraph = RichTextParagraphBlock()
    sector = SectorBlock()
    quote = QuoteBlock()
    call_to_action = CallToActionBlock()
