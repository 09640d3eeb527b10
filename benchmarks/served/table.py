"""The ratios of what visitors meet, beside what they should be."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.db import connection

from benchmarks import rush
from benchmarks.copies import on_a_copy
from benchmarks.served import forms, load
from benchmarks.served.servers import Server, fetch, gunicorn, may_be_kept, nginx

WORKERS = 2
MIN_KEPT, MIN_PROXY, MAX_MEMORY_MB, MAX_START_SECONDS = 0.8, 0.7, 150, 3.0
STATIC = "static/css/site.css"


@dataclass(frozen=True)
class Running:
    """The servers of one measure."""

    kept: Server
    made: Server
    floor: Server
    proxy: str


def compare(addresses: dict[str, str]) -> None:
    """Print the table: one line for each page, then forms, memory and start."""
    load.needed()
    if connection.vendor != "sqlite":
        print("\nServeurs : mesurés sur SQLite seulement, d'après une copie.")
        return
    with TemporaryDirectory() as name, on_a_copy() as copy:
        folder = Path(name)
        folder.chmod(0o755)  # nginx reads the pages as another user
        with running(folder, copy, addresses) as servers:
            print_pages(servers, addresses)
            print_static(servers)
            print_forms(servers)
            print_processes(servers.made)


@contextmanager
def running(folder: Path, copy: Path, addresses: dict[str, str]) -> Iterator[Running]:
    data, pages, own = (folder / part for part in ("data", "pages", "nginx"))
    for part in (data, pages, own):
        part.mkdir()
    for shown in ("static", "media"):
        (data / shown).symlink_to(settings.DATA_DIR / shown)
    site = {
        "DATABASE_URL": f"sqlite:///{copy}",
        "DATA_DIR": str(data),
        "FORM_MIN_SECONDS": "0",
        "FORM_HOURLY_LIMIT": "1000000",
        "LOG_FORMAT": "line",
    }
    with ExitStack() as stack:
        started = stack.enter_context
        made = started(gunicorn("site_enys.wsgi", ready="/sante/", PAGE_CACHE="no", **site))
        kept = started(gunicorn("site_enys.wsgi", ready="/sante/", PAGE_CACHE="yes", **site))
        for page, path in addresses.items():
            (pages / page).write_bytes(fetch(made.address + path))
        (pages / "statique").write_bytes(fetch(f"{made.address}/{STATIC}"))
        floor = started(
            gunicorn(
                "benchmarks.served.floor",
                ready=f"/{next(iter(addresses))}",
                FLOOR_FOLDER=str(pages),
            )
        )
        yield Running(kept, made, floor, started(nginx(own, pages, kept)))


def print_pages(servers: Running, addresses: dict[str, str]) -> None:
    print(
        f"\nServies par gunicorn ({WORKERS} processus) à {load.CONNECTIONS} connexions : réponses "
        "par seconde, et rapports.\n"
        "  gardée / vue nue : au moins 0,8 ; mandataire / fichier : au moins 0,7\n"
    )
    print(
        f"{'page':<22}{'vue nue':>9}{'gardée':>9}{'rapport':>9}{'faite':>8}{'rapport':>9}"
        f"{'fichier':>9}{'mandataire':>12}{'rapport':>9}"
    )
    for page, path in addresses.items():
        loads = measured(servers, page, path)
        print(line_of(page, loads, kept=may_be_kept(servers.kept.address + path)))


def measured(servers: Running, page: str, path: str) -> dict[str, load.Load]:
    return load.compare(
        {
            "floor": f"{servers.floor.address}/{page}",
            "kept": servers.kept.address + path,
            "made": servers.made.address + path,
            "file": f"{servers.proxy}/fichiers/{page}",
            "proxy": servers.proxy + path,
        }
    )


def line_of(page: str, loads: dict[str, load.Load], *, kept: bool) -> str:
    rates = {name: one.rate for name, one in loads.items()}
    given, proxy = rates["kept"] / rates["floor"], rates["proxy"] / rates["file"]
    notes = [f"{name} : {one.fault}" for name, one in loads.items() if one.fault]
    if not kept:
        notes.append("faite à chaque fois")
    else:
        notes += ["gardée trop lente"] if given < MIN_KEPT else []
        notes += ["mandataire trop lent"] if proxy < MIN_PROXY else []
    return (
        f"{page:<22}{rates['floor']:>9.0f}{rates['kept']:>9.0f}{given:>9.2f}{rates['made']:>8.0f}"
        f"{rates['made'] / rates['floor']:>9.3f}{rates['file']:>9.0f}{rates['proxy']:>12.0f}"
        f"{proxy:>9.2f}{'  ← ' if notes else ''}{', '.join(notes)}"
    )


def print_static(servers: Running) -> None:
    loads = load.compare(
        {
            "floor": f"{servers.floor.address}/statique",
            "static": f"{servers.kept.address}/{STATIC}",
            "file": f"{servers.proxy}/fichiers/statique",
        }
    )
    static, floor, file = (loads[name].rate for name in ("static", "floor", "file"))
    print(
        f"\nFichier statique ({STATIC}) : {static:.0f} par seconde, {static / floor:.2f} de la vue "
        f"nue, {static / file:.2f} du fichier donné par le mandataire."
    )


def print_forms(servers: Running) -> None:
    from django.utils import timezone  # noqa: PLC0415

    from recrutement.services.synthetic import open_door  # noqa: PLC0415 - after setup()

    session = rush.new_session("ESSAI-SERVIE", seats=10_000)
    site, floor = servers.made.address, servers.floor.address
    bare = forms.rate(forms.bare(floor, "/statique"))
    ways = {
        "inscription": forms.sign_up(
            site, f"/formation/inscription/{session.code}/?pour=particulier"
        )
    }
    if door := open_door(timezone.now()):
        ways["candidature"] = forms.application(site, door.path)
    print(f"\nFormulaires ouverts et envoyés ({forms.AT_ONCE} personnes à la fois) :\n")
    print(f"{'formulaire':<22}{'par seconde':>12}{'à vide':>9}{'rapport':>9}")
    for name, one in ways.items():
        rate = forms.rate(one)
        print(f"{name:<22}{rate:>12.1f}{bare:>9.1f}{rate / bare:>9.3f}")


def print_processes(site: Server) -> None:
    memory = site.memory_mb()
    over = "  ← au-delà" if max(memory) > MAX_MEMORY_MB else ""
    slow = "  ← trop lent" if site.start_seconds > MAX_START_SECONDS else ""
    sizes = ", ".join(f"{size:.0f}" for size in memory)
    print(f"\nMémoire de chaque processus : {sizes} Mo ({MAX_MEMORY_MB} au plus){over}")
    print(
        f"Du lancement à la première réponse : {site.start_seconds:.1f} s "
        f"({MAX_START_SECONDS:.0f} au plus){slow}"
    )
