from .base import BasePage
from .media import CustomDocument, CustomImage, CustomRendition
from .settings import OrganisationSettings

__all__ = ["BasePage", "CustomDocument", "CustomImage", "CustomRendition", "OrganisationSettings"]
