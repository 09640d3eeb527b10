"""The blocks that editors compose pages with; this file only assembles the families."""

from wagtail import blocks

from .text import QuoteBlock, RichTextParagraphBlock

__all__ = ["BodyStreamBlock"]


class BodyStreamBlock(blocks.StreamBlock):
    """The body of every long page."""

    paragraph = RichTextParagraphBlock()
    quote = QuoteBlock()
