"""XML elements that are well formed whatever the text."""

from collections.abc import Mapping
from xml.etree import ElementTree

from .markup import for_xml

Element = ElementTree.Element


def add(
    parent: Element, name: str, text: str = "", attributes: Mapping[str, str] | None = None
) -> Element:
    """Add an element to `parent` and return it."""
    clean = {key: for_xml(value) for key, value in (attributes or {}).items()}
    child = ElementTree.SubElement(parent, name, clean)
    child.text = for_xml(text)
    return child


def document(root: Element) -> bytes:
    """The whole document, in UTF-8, with its declaration."""
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
