from .base import BasePage
from .media import CustomDocument, CustomImage, CustomRendition

__all__ = ["BasePage", "CustomDocument", "CustomImage", "CustomRendition"]
