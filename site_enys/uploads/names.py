"""The name of a file that somebody sent: shown, never a place."""

from pathlib import Path

LONGEST_NAME = 120


def display_name(raw: str, nameless: str) -> str:
    """The name that the person gave, without path nor invisible characters; only ever displayed."""
    last = raw.replace("\\", "/").rpartition("/")[2]
    visible = "".join(char for char in last if char.isprintable()).strip()
    path = Path(visible or nameless)
    return path.stem[: LONGEST_NAME - len(path.suffix[:10])] + path.suffix[:10]
