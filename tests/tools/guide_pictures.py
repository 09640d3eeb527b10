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
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "static/guide"
SIZE = {"width": 1120, "height": 700}
LIGHTEST = (80, 60, 45, 30, 20)  # qualities, until the picture is light enough
MOST_BYTES = 40_000
READY_WITHIN = 600  # seconds, for a first start on a slow machine
PASSWORD = "demo-enys"


@dataclass(frozen=True)
class Shot:
    """Who looks, at what address, what is pressed first, and what gets a number."""

    role: str
    address: str
    marks: tuple[str, ...] = ()
    pressed: tuple[str, ...] = ()


FIRST = "#listing-results tbody tr:first-child a >> nth=0"
TITLE = ".title-wrapper a >> nth=0"
EDITOR = "/admin/pages/search/?q="
LIST = "/admin/snippets/"
SHOTS = {
    "aujourd-hui": Shot("direction", "/admin/", (".today__groups", ".sidebar-main-menu > ul")),
    "securite": Shot("redaction", "/admin/compte/", ("h2 >> nth=0", "h2 >> nth=1")),
    "comptes": Shot("direction", "/admin/comptes/", ("thead th >> nth=2",)),
    # -- Pages
    "sous-page": Shot("redaction", "/admin/pages/3/", ("header a[href$='/add_subpage/']",)),
    "editeur": Shot(
        "redaction",
        f"{EDITOR}Conseil",
        (
            "#id_title",
            "footer .footer__container",
            "[aria-label='Afficher/masquer la prévisualisation']",
        ),
        (TITLE,),
    ),
    "blocs": Shot(
        "redaction",
        f"{EDITOR}Conseil",
        ("[title='Insérer un bloc'][aria-expanded='true']", ".w-combobox"),
        (TITLE, "[title='Insérer un bloc'] >> nth=0"),
    ),
    "image": Shot("redaction", "/admin/images/add/", ("#id_file", "#id_description")),
    "publier": Shot(
        "redaction",
        f"{EDITOR}Conseil",
        ("footer [data-w-dropdown-target='toggle'], footer .w-dropdown-button > .w-dropdown",),
        (TITLE, "footer .w-dropdown-button > .w-dropdown button >> nth=0"),
    ),
    "programmer": Shot(
        "redaction",
        f"{EDITOR}Conseil",
        (
            "#schedule-publishing-dialog-trigger, button[data-a11y-dialog-show='schedule-publishing-dialog']",
        ),
        (TITLE, "[aria-label='Afficher/masquer le statut']"),
    ),
    "historique": Shot(
        "redaction",
        f"{EDITOR}Conseil",
        ("#listing-results table",),
        (TITLE, "a[href$='/history/'] >> nth=0"),
    ),
    "ordre": Shot("redaction", "/admin/pages/3/?ordering=ord", ("tbody .ord >> nth=0",)),
    "rafraichir": Shot("redaction", "/admin/contenus/", ("main form", "tbody button >> nth=0")),
    "pages-legales": Shot("direction", "/admin/pages-legales/", ("main ul li >> nth=0",)),
    "messages": Shot("redaction", f"{LIST}home/contactmessage/", ("tbody tr >> nth=0",)),
    "recherches": Shot(
        "redaction", f"{LIST}search/searchmiss/", ("tbody tr >> nth=0 >> td >> nth=-1",)
    ),
    # -- Blog
    "article": Shot("redaction", f"{EDITOR}HAS", ("#id_title", "#tab-label-promote"), (TITLE,)),
    "etiquettes": Shot(
        "redaction",
        "/admin/blog/etiquettes/",
        ("tbody input[type=checkbox] >> nth=0", "button:has-text('Fusionner')"),
    ),
    "commentaires": Shot("redaction", f"{LIST}blog/comment/?state=pending", ("tbody tr >> nth=0",)),
    # -- Training
    "formation": Shot("formation", f"{EDITOR}Bientraitance", ("[data-conformity]",), (TITLE,)),
    "sessions": Shot(
        "formation",
        f"{LIST}formation/session/",
        ("thead th:has-text('Places prises')", "header [aria-label='Actions'] >> nth=-1"),
    ),
    "maintien": Shot(
        "formation", "/admin/formation/maintien/", ("tbody td >> nth=1", "tbody .button >> nth=0")
    ),
    "fiche-session": Shot(
        "formation",
        f"{LIST}formation/session/?state=published",
        ("#que-faire", "table >> nth=0"),
        ("a[href*='/inspect/'] >> nth=0",),
    ),
    "attente": Shot(
        "formation", f"{LIST}formation/enrolment/?state=waitlisted", ("thead th:has-text('État')",)
    ),
    "conventions": Shot("formation", f"{LIST}formation/agreement/", ("thead th:has-text('État')",)),
    "emargement": Shot(
        "formation",
        f"{LIST}formation/session/?state=completed",
        ("a:has-text('Feuille') >> nth=0",),
        ("a[href*='/inspect/'] >> nth=0", "a[href$='/emargement/']"),
    ),
    "documents": Shot(
        "formation",
        f"{LIST}formation/session/?state=completed",
        ("main a:has-text('Nouvelle version') >> nth=0",),
        ("a[href*='/inspect/'] >> nth=0", "a[href$='/documents/']"),
    ),
    "resultats": Shot(
        "formation", "/admin/formation/resultats/", (), ("main a[href*='/resultats/'] >> nth=0",)
    ),
    "formateur": Shot(
        "formation",
        f"{LIST}formation/trainer/",
        ("a:has-text('Envoyer son espace')",),
        ("tbody .w-dropdown button >> nth=0", "a[href*='/inspect/']:visible >> nth=0"),
    ),
    "audit": Shot("formation", "/admin/formation/audit/", (".audit__cell--missing >> nth=0",)),
    # -- Recruitment
    "offre": Shot("recrutement", f"{EDITOR}Chef", ("[data-conformity]",), (TITLE,)),
    "candidatures": Shot(
        "recrutement",
        f"{LIST}recrutement/application/",
        ("thead th:has-text('Réponse promise')", "thead th:has-text('État')"),
    ),
    "entretien": Shot(
        "recrutement",
        f"{LIST}recrutement/application/?state=in_review",
        ("#id_kind", "#id_starts_at"),
        ("a[href*='/inspect/'] >> nth=0", "a:has-text('Inviter à un entretien')"),
    ),
    "refus": Shot(
        "recrutement",
        f"{LIST}recrutement/application/?state=in_review",
        ("#id_reject_reason, #id_why, select >> nth=0", "textarea >> nth=0"),
        ("a[href*='/inspect/'] >> nth=0", "a:has-text('Ne pas retenir')"),
    ),
    "vivier": Shot(
        "recrutement", f"{LIST}recrutement/poolconsent/", ("thead th:has-text('Jusqu’au')",)
    ),
    # -- The rest
    "courriels": Shot(
        "direction", f"{LIST}courrier/outgoingmessage/", ("thead th:has-text('État')",)
    ),
    "demande-rgpd": Shot(
        "direction", "/admin/rgpd/demandes/inscrire/", ("#id_channel", "#id_received_on")
    ),
    "conservation": Shot("direction", "/admin/rgpd/conservation/", ("thead >> nth=0",)),
}
BRING_INTO_VIEW = """element => {
  const box = element.getBoundingClientRect();
  if (box.top < 70 || box.top > innerHeight - 120) element.scrollIntoView({block: "center", behavior: "instant"});
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
    """The address of a demonstration site, started for the time of the pictures if none is given."""
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
