"""The old site brought over: from its saved pages and feeds to articles, pages and redirects.

Read from left to right: `sources` (files), `reading` (`feed`, `page_reader`, `capture`),
`inventory` (each article once), `plan` (what is made, what is left), `writing` and `redirects`.
`cleaning` makes of any HTML the few pieces that our pages are built of.
"""

from .importer import bring_over

__all__ = ["bring_over"]
