"""A small, valid PDF with a few lines of text, for the demonstration."""

PAGE = (
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
    "/Resources << /Font << /F1 5 0 R >> >> >>"
)
FONT = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"


def cv_of(name: str, lines: list[str]) -> bytes:
    """One A4 page: the name in large type, then the lines."""
    drawing = ["BT", "/F1 20 Tf", "60 770 Td", f"({_escaped(name)}) Tj", "/F1 11 Tf", "0 -12 Td"]
    for line in lines:
        drawing += ["0 -18 Td", f"({_escaped(line)}) Tj"]
    content = "\n".join([*drawing, "ET"])
    return _file(
        "<< /Type /Catalog /Pages 2 0 R /Lang (fr-FR) >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        PAGE,
        f"<< /Length {len(_encoded(content))} >>\nstream\n{content}\nendstream",
        FONT,
    )


def _file(*objects: str) -> bytes:
    """The objects numbered from 1, with the table of where each begins."""
    output = b"%PDF-1.4\n"
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(output))
        output += _encoded(f"{number} 0 obj\n{body}\nendobj\n")
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    return output + _encoded(
        f"xref\n0 {size}\n0000000000 65535 f \n{table}"
        f"trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{len(output)}\n%%EOF\n"
    )


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def _encoded(text: str) -> bytes:
    return text.encode("cp1252", "replace")
