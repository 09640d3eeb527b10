"""Rich text being written: words, breaks and links on one side, paragraphs on the other."""

import re
from html import escape

_BLANKS = re.compile(r"[ \t\r\n\f\u00a0\u2002\u2003\u2009\u202f]+")
INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad\x00-\x08\x0b\x0e-\x1f\x7f]")
_BEFORE = "?!:;»%€"
_BREAK = "<br/>"


def tidy(text: str) -> str:
    """Blanks made single, unbreakable where French wants them so and the source had them so."""

    def one(match: re.Match[str]) -> str:
        blank, at = match.group(), match.end()
        follows = text[at : at + 1]
        precedes = text[match.start() - 1 : match.start()]
        unbreakable = "\u00a0" in blank or "\u202f" in blank
        french = (follows and follows in _BEFORE) or precedes == "«"
        return "\u00a0" if unbreakable and french else " "

    text = INVISIBLE.sub("", text)
    return _BLANKS.sub(one, text)


class Lines:
    """Paragraphs and other blocks in order; the last paragraph is still open."""

    def __init__(self) -> None:
        self.blocks: list[str] = []
        self.open: list[tuple[str, str, str]] = []  # (text, style, href); a break is ("\n", "", "")

    def word(self, text: str, style: str = "") -> None:
        if text := tidy(text):
            self.open.append((text, style, ""))

    def link(self, text: str, href: str, style: str) -> None:
        self.open.append((tidy(text), style, href))

    def line_break(self) -> None:
        """One break is a break, two make a paragraph."""
        rest = [text for text, _, _ in self.open if text.strip(" \u00a0") or text == "\n"]
        if rest and rest[-1] == "\n":
            self.paragraph()
        else:
            self.open.append(("\n", "", ""))

    def paragraph(self) -> None:
        inner = _line(self.open)
        self.open = []
        if inner:
            self.blocks.append(f"<p>{inner}</p>")

    def block(self, html: str) -> None:
        self.paragraph()
        if html:
            self.blocks.append(html)

    def rule(self) -> None:
        self.paragraph()
        if self.blocks and self.blocks[-1] != "<hr/>":
            self.blocks.append("<hr/>")

    def done(self) -> str:
        """All of it; a rule at the very end parts nothing."""
        self.paragraph()
        while self.blocks and self.blocks[-1] == "<hr/>":
            self.blocks.pop()
        return "".join(self.blocks)

    def as_one(self) -> str:
        """All of it on the lines of one paragraph, for a list or a cell."""
        self.paragraph()
        parts = []
        for block in self.blocks:
            if block.startswith("<p>"):
                parts.append(block[3:-4])
            elif block.startswith(("<h2>", "<h3>")):
                parts.append(f"<b>{block[4:-5]}</b>")
            elif block.startswith(("<ul>", "<ol>")):
                items = re.sub(r"</?(?:ul|ol)>", "", block).split("</li>")
                parts += [item.replace("<li>", "") for item in items if item.strip()]
        return _BREAK.join(parts)


def _line(runs: list[tuple[str, str, str]]) -> str:
    """The runs as HTML, without blanks or breaks at the ends, neighbours of one style joined."""
    runs = _trimmed(runs)
    out: list[str] = []
    at = 0
    while at < len(runs):
        _, style, href = runs[at]
        end = at + 1
        while end < len(runs) and runs[end][1:] == (style, href) and runs[end][0] != "\n":
            end += 1
        if runs[at][0] == "\n":
            out.append(_BREAK)
            at += 1
            continue
        text = tidy("".join(text for text, _, _ in runs[at:end]))
        out.append(_run(text, style, href))
        at = end
    html = re.sub(r" +(?= )|(?<=<br/>) +| +(?=<br/>)", "", "".join(out))
    return html if re.sub(r"<[^>]*>|[\s\u00a0]", "", html) else ""


def _run(text: str, style: str, href: str) -> str:
    """One run; blanks at its ends stand outside of its tags."""
    core = text.strip(" ")
    if not core:
        return " "
    before, after = text[: len(text) - len(text.lstrip(" "))], text[len(text.rstrip(" ")) :]
    html = escape(core, quote=False)
    for letter in reversed(style):
        html = f"<{letter}>{html}</{letter}>"
    if href:
        html = f'<a href="{escape(href)}">{html}</a>'
    return f"{before}{html}{after}"


def _trimmed(runs: list[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    runs = list(runs)
    while runs and not runs[-1][0].strip():
        runs.pop()
    while runs and not runs[0][0].strip():
        runs.pop(0)
    if runs:
        runs[0] = (runs[0][0].lstrip(), *runs[0][1:])
        runs[-1] = (runs[-1][0].rstrip(), *runs[-1][1:])
    return runs
