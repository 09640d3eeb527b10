"""The page types of the institutional site, one small file each."""

from .contact import ContactPage
from .home import HomePage
from .legal import LegalPage
from .references import ReferencesPage
from .section import SectionPage
from .service import ServicePage

__all__ = [
    "ContactPage",
    "HomePage",
    "LegalPage",
    "ReferencesPage",
    "SectionPage",
    "ServicePage",
]
