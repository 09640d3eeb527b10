"""Takes the pictures of « Aide » from the real screens: `make guide`.

Starts the demonstration site in a folder of its own, signs in as each role, goes to each screen,
and keeps what is seen in `static/guide/`, with a number on what the text speaks of. With
`--site http://127.0.0.1:8000`, a site that already runs is looked at; names that follow are the
only ones to be taken again.
"""

import argparse
import io
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from tests.tools.guide_shots import SHOTS, Shot

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "static/guide"
SIZE = {"width": 1120, "height": 700}
LIGHTEST = (80, 60, 45, 30, 20)  # qualities, until the picture is light enough
MOST_BYTES = 40_000
READY_WITHIN = 600  # seconds, for a first start on a slow machine
PASSWORD = "demo-enys"


BRING_INTO_VIEW = """element => {
  const box = element.getBoundingClientRect();
  if (box.top < 70 || box.top > innerHeight - 120)
    element.scrollIntoView({block: "center", behavior: "instant"});
}"""
NUMBERS = """places => {
  for (const [place, seen] of places.entries()) {
    const x = Math.max(8, seen.x), y = Math.max(8, seen.y);
    const box = {x, y, width: Math.min(innerWidth - 8, seen.x + seen.width) - x,
      height: Math.min(innerHeight - 8, seen.y + seen.height) - y};
    const mark = document.createElement("div");
    mark.style.cssText = `position:fixed;z-index:99999;pointer-events:none;border:3px solid #a3431c;
      border-radius:6px;left:${box.x - 6}px;top:${box.y - 6}px;width:${box.width + 12}px;
      height:${box.height + 12}px;box-sizing:border-box`;
    const number = document.createElement("div");
    number.textContent = place + 1;
    number.style.cssText = `position:fixed;z-index:99999;background:#a3431c;color:#fff;
      font:700 15px/26px sans-serif;width:26px;height:26px;border-radius:50%;text-align:center;
      left:${Math.max(2, box.x - 19)}px;top:${Math.max(2, box.y - 19)}px`;
    document.body.append(mark, number);
  }
}"""


def main() -> None:
    """Take every picture, or those that are named."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--site", default="", help="un site de démonstration qui tourne déjà")
    asked.add_argument("names", nargs="*", help="seulement ces images")
    options = asked.parse_args()
    FOLDER.mkdir(parents=True, exist_ok=True)
    with site_at(options.site) as address:
        failed = take(address, options.names or list(SHOTS))
    for path in FOLDER.glob("*.webp"):
        if path.stem not in SHOTS:
            path.unlink()
    sys.exit(f"non prises\u00a0: {', '.join(failed)}" if failed else 0)


@contextmanager
def site_at(address: str) -> Iterator[str]:
    """The address of a demonstration site, started for the time of the pictures."""
    if address:
        yield address
        return
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        variables = os.environ | {"DATA_DIR": folder, "PORT": str(port)}
        site = subprocess.Popen(
            [sys.executable, "-m", "deploy.local", "run"], cwd=ROOT, env=variables
        )
        try:
            wait_for(f"http://127.0.0.1:{port}/sante/", site)
            yield f"http://127.0.0.1:{port}"
        finally:
            site.terminate()
            site.wait(30)


def wait_for(address: str, site: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + READY_WITHIN
    while site.poll() is None and time.monotonic() < end:
        try:
            urlopen(address, timeout=5).close()  # noqa: S310 - our own address
        except (URLError, OSError):
            time.sleep(2)
        else:
            return
    raise SystemExit("Le site de démonstration n’a pas démarré.")


def take(address: str, names: list[str]) -> list[str]:
    """Take these pictures; returns the names of those whose screen was not as expected."""
    from playwright.sync_api import Error, sync_playwright  # noqa: PLC0415 - not for the tests

    from tests.tools import find_chromium  # noqa: PLC0415

    failed = []
    with sync_playwright() as playwright:
        path = os.environ.get("CHROMIUM") or find_chromium.find()
        browser = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--lang=fr-FR"]
        )
        pages = {}
        for name in names:
            shot = SHOTS[name]
            if shot.role not in pages:
                pages[shot.role] = signed_in(browser, address, shot.role)
            try:
                keep(name, picture_of(pages[shot.role], shot))
            except Error as error:
                failed.append(name)
                print(f"{name}\u00a0: {str(error).splitlines()[0]}", file=sys.stderr)
        browser.close()
    return failed


def signed_in(browser, address: str, role: str):
    context = browser.new_context(
        base_url=address, locale="fr-FR", viewport=SIZE, color_scheme="light"
    )
    context.set_default_timeout(20_000)
    page = context.new_page()
    page.goto("/admin/login/")
    page.locator("[name=username]").fill(role)
    page.locator("[name=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/", timeout=60_000, wait_until="commit")
    return page


def picture_of(page, shot: Shot) -> bytes:
    page.goto(shot.address)
    if shot.given:
        page.set_input_files("input[type=file]", ROOT / shot.given)
        page.wait_for_timeout(2000)
    for selector in shot.pressed:
        page.locator(selector).first.click()
        page.wait_for_load_state("networkidle")
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(600)
    marked = [page.locator(selector).first for selector in shot.marks]
    for mark in reversed(marked):  # the first one has the last word
        mark.evaluate(BRING_INTO_VIEW)
    page.wait_for_timeout(200)
    page.evaluate(NUMBERS, [mark.bounding_box() for mark in marked])
    return page.screenshot(animations="disabled", caret="hide")


def keep(name: str, seen: bytes) -> None:
    from PIL import Image  # noqa: PLC0415 - not for the tests

    with Image.open(io.BytesIO(seen)) as picture:
        for quality in LIGHTEST:
            written = io.BytesIO()
            picture.convert("RGB").save(written, "WEBP", quality=quality, method=6)
            if written.tell() <= MOST_BYTES:
                break
    (FOLDER / f"{name}.webp").write_bytes(written.getvalue())
    print(f"{name}.webp  {written.tell() / 1000:.0f} ko")


if __name__ == "__main__":
    main()
