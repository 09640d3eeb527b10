"""The blocks that editors compose pages with; this file only assembles the families."""

from wagtail import blocks

from .approach import FAQBlock, StepsBlock
from .calls import CalloutBlock, CallToActionBlock, OpenedPageBlock, PageChoiceBlock, TeaserBlock
from .figures import KeyFiguresBlock
from .media import DocumentBlock, PictureBlock
from .people import TeamBlock, TestimonialBlock
from .references import ClientReferenceBlock, SectorBlock
from .tables import TableBlock
from .text import HeadingBlock, LeadBlock, QuoteBlock, RichTextParagraphBlock
from .video import VideoBlock

__all__ = ["BodyStreamBlock", "ReferencesStreamBlock", "TextStreamBlock"]

TEXT, SHOW, PEOPLE, LEAD = "Texte", "Montrer", "Des personnes", "Orienter"


class TextStreamBlock(blocks.StreamBlock):
    """A text to read: an article, an information page, a page that the law asks for."""

    paragraph = RichTextParagraphBlock(group=TEXT)
    heading = HeadingBlock(group=TEXT)
    lead = LeadBlock(group=TEXT)
    quote = QuoteBlock(group=TEXT)
    faq = FAQBlock(group=TEXT)
    table = TableBlock(group=TEXT)
    steps = StepsBlock(group=SHOW)
    key_figures = KeyFiguresBlock(group=SHOW)
    picture = PictureBlock(group=SHOW)
    video = VideoBlock(group=SHOW)
    sector = SectorBlock(group=SHOW)
    testimonial = TestimonialBlock(group=PEOPLE)
    callout = CalloutBlock(group=LEAD)
    call_to_action = CallToActionBlock(group=LEAD)
    opened_page = OpenedPageBlock(group=LEAD)
    pages = PageChoiceBlock(group=LEAD)
    teaser = TeaserBlock(group=LEAD)
    document = DocumentBlock(group=LEAD)


class BodyStreamBlock(TextStreamBlock):
    """The body of a page that presents the firm: its people and its work besides."""

    client_reference = ClientReferenceBlock(group=SHOW)
    team = TeamBlock(group=PEOPLE)


class ReferencesStreamBlock(blocks.StreamBlock):
    """The body of the page of references."""

    paragraph = RichTextParagraphBlock()
    sector = SectorBlock()
    client_reference = ClientReferenceBlock()
    testimonial = TestimonialBlock()
    quote = QuoteBlock()
    call_to_action = CallToActionBlock()
