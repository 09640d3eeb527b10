"""Run the whole site on this machine: `python -m deploy.local run` or `serve`.

Prepares the database, then starts the web server, the mail worker and the minute tick, and stops
them together. `run` is the development server; `serve` is what production would serve, over the
same data; `serve MODULE` runs that module instead of the server. Only the standard library and
`settings/env.py`, so that a second start is quick.
"""

import hashlib
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from http.client import HTTPConnection
from types import FrameType

from deploy.processes import STOPPING, Group, Stopped
from site_enys.settings import env

ROOT = env.BASE_DIR
MANAGE = [sys.executable, str(ROOT / "manage.py")]
HOST = "127.0.0.1"
ACCOUNTS = ("direction", "redaction", "formation", "recrutement", "evaluation")
PASSWORD = "demo-enys"  # noqa: S105 - public on purpose, refused in production
READY_TIMEOUT = 60  # seconds
DEMONSTRATION = ("*/management/commands/load_demo.py", "*/demo*", "*/demo*/**/*")
STATE = env.DATA_DIR / "prepared.json"
SERVERS = {
    "run": [*MANAGE, "runserver", "--skip-checks"],
    "serve": [
        *(
            sys.executable,
            "-m",
            "gunicorn",
            "-c",
            str(ROOT / "deploy/gunicorn_conf.py"),
            "site_enys.wsgi",
        ),
        *("--log-level", "warning"),
    ],
}


def main(mode: str, module: str = "") -> None:
    """Prepare, start, say where, then watch until a signal or the death of a process."""
    for number in STOPPING:
        signal.signal(number, stop)
    port = int(os.environ.get("PORT") or 8000)
    os.environ.update(environment(mode, port))
    if module:
        prepare(mode)
        os.execv(sys.executable, [sys.executable, "-m", module])
    refuse_taken_port(port)
    with_demonstration = prepare(mode)
    address = [f"{HOST}:{port}"] if mode == "run" else ["--bind", f"{HOST}:{port}"]
    with Group() as group:
        group.start("le serveur", [*SERVERS[mode], *address])
        wait_until_ready(group, port)
        group.start("l'envoi du courrier", [*MANAGE, "worker"])
        announce(port, with_accounts=with_demonstration)
        group.watch(every_minute=[*MANAGE, "tick"])


def stop(_number: int, _frame: FrameType | None) -> None:
    raise Stopped


def refuse_taken_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            sys.exit(
                f"Le port {port} n'est pas libre ({error.strerror}) : essayez PORT={port + 1}."
            )


def environment(mode: str, port: int) -> dict[str, str]:
    """The variables of a site that only this machine reaches."""
    values = {
        "SITE_URL": f"http://{HOST}:{port}",
        "PYTHONUNBUFFERED": "1",
        # Of both modes: a link that one has sent opens in the other.
        "SECRET_KEY": env.SECRET_KEY or local_secret(),
    }
    if mode == "run":
        return values | {"DJANGO_SETTINGS_MODULE": "site_enys.settings.dev"}
    return values | {
        "DJANGO_SETTINGS_MODULE": "site_enys.settings.production",
        "ALLOWED_HOSTS": "127.0.0.1,localhost",
        "HTTPS_ONLY": "no",
        "ALLOW_DEMO_ACCOUNTS": "yes",
        "SERVE_MEDIA": "yes",
        "LOG_FORMAT": env.LOG_FORMAT or "line",  # for a person
    }


def local_secret() -> str:
    """The key of this machine, made once and kept beside the data."""
    path = env.DATA_DIR / "secret-key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(64))
    return path.read_text()


def prepare(mode: str) -> bool:
    """Migrate and load the demonstration, but only when something has changed since last time.

    The demonstration, with its known passwords, only goes into a database that was made here;
    returns whether this one holds it.
    """
    env.DATA_DIR.mkdir(parents=True, exist_ok=True)
    state = read_state()
    write_state(state)
    sources = {"migrate": digest("requirements.txt", "*/migrations/*.py")}
    if state["demonstration"]:
        sources["load_demo"] = digest(*DEMONSTRATION)
    due = [command for command, source in sources.items() if state.get(command) != source]
    if due:
        print("Préparation des données…", flush=True)
        silently("-m", "deploy.prepare", *due, DJANGO_SETTINGS_MODULE="site_enys.settings.dev")
        write_state(state | sources)
    if mode == "serve":
        print("Préparation des fichiers statiques…", flush=True)
        silently(*MANAGE[1:], "collectstatic", "--noinput")
    return bool(state["demonstration"])


def silently(*arguments: str, **variables: str) -> None:
    """Run Python; when it fails, say all that it said and leave."""
    done = subprocess.run(
        [sys.executable, *arguments],
        env=os.environ | variables,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(f"{done.stdout}{done.stderr}\nLa préparation a échoué : {' '.join(arguments)}")


def read_state() -> dict[str, str]:
    """What was done to this database; nothing for another one, or after a deletion."""
    database = hashlib.sha256(repr(env.DATABASE).encode()).hexdigest()
    exists = bool(env.DATABASE) or (env.DATA_DIR / "site.sqlite3").exists()
    with suppress(OSError, ValueError):
        state = json.loads(STATE.read_text())
        if exists and state["database"] == database:
            return state
    return {"database": database, "demonstration": "" if exists else "yes"}


def write_state(state: dict[str, str]) -> None:
    STATE.write_text(json.dumps(state))


def digest(*patterns: str) -> str:
    files = {path for pattern in patterns for path in ROOT.glob(pattern)}
    total = hashlib.sha256()
    for path in sorted(files):
        if path.is_file() and path.suffix != ".pyc":
            total.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return total.hexdigest()


def wait_until_ready(group: Group, port: int) -> None:
    """Return once the home page is answered, whatever the answer."""
    deadline = time.monotonic() + READY_TIMEOUT
    while time.monotonic() < deadline:
        group.check()
        try:
            connection = HTTPConnection(HOST, port, timeout=READY_TIMEOUT)
            connection.request("GET", "/")
            connection.getresponse().read()
        except OSError:
            time.sleep(0.1)
        else:
            return
    sys.exit(f"Le serveur ne répond pas après {READY_TIMEOUT} s.")


def announce(port: int, *, with_accounts: bool) -> None:
    print(f"\n  Le site             http://{HOST}:{port}/")
    print(f"  L'administration    http://{HOST}:{port}/admin/")
    if with_accounts:
        print(f"  Comptes d'essai     {', '.join(ACCOUNTS)} (mot de passe {PASSWORD})")
    print(f"  Ctrl-C arrête tout ; les données restent dans {env.DATA_DIR}\n", flush=True)


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except Stopped:
        print("Arrêté.")
