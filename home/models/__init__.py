from .accessibility import AccessibilityAudit, AccessibilityStatement
from .base import BasePage, NotPublishable
from .contact import ContactMessage, ContactMessageEvent
from .media import CustomDocument, CustomImage, CustomRendition
from .pages import (
    ContactPage,
    HomePage,
    LegalPage,
    ReferencesPage,
    SectionPage,
    ServicePage,
)
from .partners import SubProcessor
from .readings import PageReading
from .settings import OrganisationSettings

__all__ = [
    "AccessibilityAudit",
    "AccessibilityStatement",
    "BasePage",
    "ContactMessage",
    "ContactMessageEvent",
    "ContactPage",
    "CustomDocument",
    "CustomImage",
    "CustomRendition",
    "HomePage",
    "LegalPage",
    "NotPublishable",
    "OrganisationSettings",
    "PageReading",
    "ReferencesPage",
    "SectionPage",
    "ServicePage",
    "SubProcessor",
]
