"""Makes `django.mo`, which Django reads, from `django.po`, which people write: `make words`.

Only what our file has: one message after the other, with two forms at most, without context.
"""

import re
import struct
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "site_enys/locale/fr/LC_MESSAGES"
MAGIC = 0x950412DE
SEVERAL = r'^msgid ((?:".*"\s)+)msgid_plural ((?:".*"\s)+)' + "".join(
    rf'msgstr\[{place}\] ((?:".*"\s)+)' for place in (0, 1)
)


def messages() -> dict[str, str]:
    """What the file says, its head under the empty name."""
    text = (FOLDER / "django.po").read_text(encoding="utf-8")
    one = re.findall(r'^msgid ((?:".*"\s)+)msgstr ((?:".*"\s)+)', text, re.MULTILINE)
    several = re.findall(SEVERAL, text, re.MULTILINE)
    return {_joined(name): _joined(words) for name, words in one} | {
        f"{_joined(name)}\0{_joined(names)}": f"{_joined(word)}\0{_joined(words)}"
        for name, names, word, words in several
    }


def compiled() -> bytes:
    """The same, as `msgfmt` would write it."""
    rows = sorted((name.encode(), words.encode()) for name, words in messages().items())
    start = 7 * 4 + 16 * len(rows)
    tables: tuple[list[int], list[int]] = ([], [])
    body = b""
    for column, table in enumerate(tables):
        for row in rows:
            table += [len(row[column]), start + len(body)]
            body += row[column] + b"\0"
    numbers = [*tables[0], *tables[1]]
    head = (MAGIC, 0, len(rows), 28, 28 + 8 * len(rows), 0, 0)
    return struct.pack(f"<7I{len(numbers)}I", *head, *numbers) + body


def _joined(quoted: str) -> str:
    return "".join(re.findall(r'"(.*)"', quoted)).replace("\\n", "\n").replace('\\"', '"')


if __name__ == "__main__":
    (FOLDER / "django.mo").write_bytes(compiled())
