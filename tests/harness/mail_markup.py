"""What the HTML of an e-mail must be, for assistive technologies and in any program."""

import re

from site_enys.contrast import contrast
from tests.harness import markup
from tests.harness.page_tree import Element, Markup

COLOUR = re.compile(r"(?<![-\w])color:\s*#([0-9a-f]{3,6})", re.IGNORECASE)
GROUND = re.compile(r"background(?:-color)?:\s*#([0-9a-f]{3,6})", re.IGNORECASE)
ENOUGH = 4.5


def mail_faults(html: str) -> list[str]:
    """All that is wrong in this e-mail; empty when nothing is."""
    mail = Markup(html)
    rules = (markup.nesting, markup.references, markup.the_head, markup.names, markup.pictures)
    rules += (markup.tables, contrasts, addresses)
    return mail.syntax + [fault for rule in rules for fault in rule(mail)]


def contrasts(mail: Markup) -> list[str]:
    """The colours that programs without our style sheet show: those of the attributes."""
    faults = []
    for each in mail.elements:
        written, below = nearest(each, COLOUR), nearest(each, GROUND)
        if (
            each.words.strip()
            and written
            and below
            and contrast(whole(written), whole(below)) < ENOUGH
        ):
            faults.append(f"{each} : #{written} sur #{below} se lit mal")
    return faults


def addresses(mail: Markup) -> list[str]:
    """An e-mail has no site around it: each address is whole."""
    links = [each for each in mail.tagged("a") if not each.get("href").startswith("#")]
    return [
        f"{link} ne mène nulle part"
        for link in links
        if not re.match(r"https?://|mailto:|tel:", link.get("href"))
    ]


def nearest(element: Element, declared: re.Pattern[str]) -> str:
    """The last value declared by the element or by what holds it."""
    for each in (element, *element.within()):
        if found := declared.findall(each.get("style")):
            return found[-1]
    return ""


def whole(colour: str) -> str:
    """« #abc » is « #aabbcc »."""
    return "#" + (colour if len(colour) == 6 else "".join(digit * 2 for digit in colour))
