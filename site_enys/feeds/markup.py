"""HTML and text as feed readers take them."""

import re
from urllib.parse import urljoin

import nh3

# What XML 1.0 cannot hold.
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# An address of a srcset holds no blank and neither begins nor ends with a comma (HTML, 4.8.4.2.1).
_CANDIDATE = re.compile(r"([^\s,](?:\S*[^\s,])?)(\s+[^,]+)?")
_ADDRESSES = {"href", "src", "poster", "cite"}
# Where the styles and the scripts of the site are missing: the text, its structure, its pictures.
# fmt: off
_TAGS = {
    "p", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li",
    "dl", "dt", "dd", "a", "strong", "b", "em", "i", "br",
    "hr", "blockquote", "q", "cite", "figure", "figcaption", "picture", "source", "img",
    "table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td", "details",
    "summary", "section", "header", "footer", "aside", "article", "div", "span", "time",
    "sup", "sub", "abbr", "code", "pre", "small", "mark", "audio", "video",
}
# fmt: on
_WITH_CONTENT = {"script", "style", "svg", "iframe", "form", "template", "noscript", "object"}
_ATTRIBUTES = {
    "*": {"lang", "dir", "title"},
    "a": {"href", "rel", "type"},
    "img": {"src", "srcset", "sizes", "alt", "width", "height"},
    "source": {"src", "srcset", "sizes", "type", "media"},
    "audio": {"src", "controls"},
    "video": {"src", "poster", "controls", "width", "height"},
    "blockquote": {"cite"},
    "q": {"cite"},
    "time": {"datetime"},
    "ol": {"start", "reversed"},
    "th": {"scope", "colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
}


def for_readers(html: str, base: str) -> str:
    """The HTML without what a feed reader refuses, every address made complete from `base`.

    A fragment leads to its place on the page. Raises nothing, whatever the text.
    """

    def complete(_tag: str, name: str, value: str) -> str | None:
        try:
            if name in _ADDRESSES:
                return urljoin(base, value.strip())
            if name == "srcset":
                return ", ".join(
                    urljoin(base, address) + (size.rstrip() if size else "")
                    for address, size in _CANDIDATE.findall(value)
                )
        except ValueError:  # « http://[ » is no address
            return None
        return value

    return nh3.clean(
        for_xml(html),
        tags=_TAGS,
        clean_content_tags=_WITH_CONTENT,
        attributes=_ATTRIBUTES,
        attribute_filter=complete,
        link_rel=None,
        url_schemes={"http", "https", "mailto", "tel"},
    ).strip()


def for_xml(text: str) -> str:
    """The text without the characters that no XML parser accepts."""
    return _NOT_IN_XML.sub("", text)
