"""What e-mails wear: each style is written on its element, since many readers drop sheets.

Outlook draws with Word: it knows tables, borders and the padding of cells, not that of links.
"""

import re

from django.conf import settings

from bs4 import BeautifulSoup, Tag
from bs4.dammit import EntitySubstitution
from bs4.formatter import HTMLFormatter


def _colours() -> tuple[dict[str, str], dict[str, str]]:
    """Those of the site, light and dark."""
    sheet = (settings.BASE_DIR / "static/css/tokens.css").read_text(encoding="utf-8")
    schemes = sheet.split("prefers-color-scheme: dark")
    light, dark = (
        {name.replace("-", "_"): value for name, value in _COLOUR.findall(scheme)}
        for scheme in schemes[:2]
    )
    return light, dark


_COLOUR = re.compile(r"--([\w-]+): (#[0-9a-f]{6})")
LIGHT, DARK = _colours()
_SANS = "'Segoe UI', Seravek, Ubuntu, 'Helvetica Neue', Arial, sans-serif"
_SERIF = "Charter, 'Iowan Old Style', Cambria, Georgia, 'Times New Roman', serif"
_SANS_ALONE = f"font-family:{_SANS}"
_TEXT = f"{_SANS_ALONE}; font-size:17px; line-height:26px; color:{LIGHT['ink']}"
_SMALL = f"{_SANS_ALONE}; font-size:14px; line-height:21px; color:{LIGHT['ink_soft']}"
_TITLE = f"font-family:{_SERIF}; font-weight:600; color:{LIGHT['ink']}"
_NAME = _TITLE.replace(LIGHT["ink"], LIGHT["petrol"])
_CELL = f"padding:9px 0; border-bottom:1px solid {LIGHT['line']}; vertical-align:top"

#: What the frame wears, above the message.
FRAME = {
    "name": f"margin:0; font-size:19px; line-height:24px; {_NAME}",
    "title": f"margin:0 0 26px; font-size:27px; line-height:34px; {_TITLE}",
}
#: The message, by element and by class; what is more precise wins.
BODY = {
    "p": f"margin:0 0 18px; {_TEXT}",
    "p.aside": f"margin:0 0 26px; {_SMALL}",
    "p.code": f"margin:0 0 18px; {_SANS_ALONE}; font-size:30px; line-height:40px; "
    f"letter-spacing:4px; font-weight:600; color:{LIGHT['ink']}",
    "h2": f"margin:28px 0 8px; font-size:19px; line-height:26px; {_TITLE}",
    "ul": f"margin:0 0 18px; padding:0 0 0 22px; {_TEXT}",
    "li": "margin:0 0 6px",
    "a": f"color:{LIGHT['petrol']}; text-decoration:underline",
    "blockquote": f"margin:0 0 18px; padding:0 0 0 18px; border-left:2px solid {LIGHT['accent']}",
    "table.facts": f"margin:6px 0 24px; border-top:1px solid {LIGHT['line']}",
    "th": f"{_CELL}; padding-right:16px; text-align:left; font-weight:400; "
    f"{_SANS_ALONE}; font-size:14px; line-height:26px; color:{LIGHT['ink_soft']}",
    "td": f"{_CELL}; {_TEXT}",
    "table.act": "margin:8px 0 14px",
    "td.button": f"background-color:{LIGHT['petrol']}; border-radius:3px; "
    "mso-padding-alt:12px 22px 12px 22px",
    "a.button": f"display:inline-block; padding:12px 22px; {_SANS_ALONE}; font-size:17px; "
    f"line-height:24px; font-weight:600; color:{LIGHT['on_petrol']}; text-decoration:none",
}
#: Who writes, and why one receives it.
FOOT = {"p": f"margin:0 0 10px; {_SMALL}", "a": BODY["a"]}

_HTML = HTMLFormatter(EntitySubstitution.substitute_xml, void_element_close_prefix="")
_BUTTON = """<table role="presentation" class="act" cellpadding="0" cellspacing="0" border="0"><tr>
<td class="button" bgcolor="{ground}"></td></tr></table>"""


def dress(part: Tag, styles: dict[str, str]) -> str:
    """The HTML inside a part, with its styles on; a link that acts has the shape of a button."""
    for paragraph in part.find_all("p", class_="act"):
        paragraph.replace_with(_button(paragraph))
    for table in part.find_all("table", class_="facts"):
        table.attrs |= {"width": "100%", "cellpadding": "0", "cellspacing": "0", "border": "0"}
        for label in table.find_all("th"):
            label["width"] = "30%"
    for element in part.find_all(name=True):
        classes = [str(name) for name in element.get_attribute_list("class") if name]
        precise = ".".join([element.name, *classes])
        style = styles.get(precise) or styles.get(element.name)
        if style:
            element["style"] = style
    return part.decode_contents(formatter=_HTML)


def _button(paragraph: Tag) -> BeautifulSoup:
    table = BeautifulSoup(_BUTTON.format(ground=LIGHT["petrol"]), "html.parser")
    for cell in table.find_all("td"):
        for link in paragraph.find_all("a"):
            link["class"] = "button"
            cell.append(link)
    return table
