"""Dockerfile, compose.yaml, units and nginx say what is true of the project."""

import re
import sys
from itertools import chain
from pathlib import Path

from django.conf import settings
from django.core.management import get_commands

import pytest
import yaml
from packaging.specifiers import SpecifierSet

from deploy import local
from tests.test_consistency import PACKAGES

ROOT = Path(settings.BASE_DIR)
GUNICORN = "python -m gunicorn -c deploy/gunicorn_conf.py site_enys.wsgi --bind"
UNITS = sorted(path for path in (ROOT / "deploy/systemd").rglob("*") if path.is_file())
SERVICES = [path for path in UNITS if path.suffix == ".service"]
#: What each of these files names, beyond the variables of the site.
OTHERS = re.compile(r"PATH|PYTHON\w+|PIP_\w+|DJANGO_SETTINGS_MODULE|ENV_FILE|POSTGRES_\w+|NAMES")
#: Commands of the documents that other parts of the project bring.
ELSEWHERE: set[str] = set()


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def dockerfile() -> str:
    """The instructions, without comments, each on one line."""
    kept = [line for line in text("Dockerfile").splitlines() if not line.startswith("#")]
    return "\n".join(kept).replace("\\\n", "")


@pytest.fixture(scope="module")
def compose() -> dict:
    return yaml.safe_load(text("compose.yaml"))


def declared() -> set[str]:
    return set(re.findall(r"^([A-Z0-9_]+)=", text(".env.example"), re.MULTILINE))


def words(command: object) -> str:
    return " ".join(command) if isinstance(command, list) else str(command or "")


# -- The same things everywhere ------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "Dockerfile",
        "deploy/systemd/enys-web.service",
        "docs/installation.md",
        "docs/exploitation.md",
    ],
)
def test_the_server_is_started_by_the_same_line_everywhere(name: str) -> None:
    said = text(name).replace('", "', " ").replace('["', " ")

    assert GUNICORN in said


def test_make_serve_starts_the_same_server() -> None:
    line = " ".join(local.SERVERS["serve"]).replace(sys.executable, "python")

    assert line.replace(f"{ROOT}/", "").startswith(GUNICORN.removesuffix(" --bind"))


@pytest.mark.parametrize(
    "name",
    ["Dockerfile", "compose.yaml", "docs/installation.md", "docs/exploitation.md"]
    + [str(path.relative_to(ROOT)) for path in SERVICES],
)
def test_each_command_that_is_named_exists(name: str) -> None:
    named = set(re.findall(r"manage\.py ([a-z_]+)", text(name)))

    assert named - ELSEWHERE <= get_commands().keys()


# -- Containers ----------------------------------------------------------------------------------


def test_the_image_has_a_python_that_the_project_supports() -> None:
    wanted = SpecifierSet(re.search(r'requires-python = "(.*)"', text("pyproject.toml"))[1])
    found = re.findall(r"^FROM python:(\d+\.\d+)-(\S+)", dockerfile(), re.MULTILINE)

    assert len(set(found)) == 1
    assert len(found) == 2
    assert wanted.contains(found[0][0])


def test_the_image_takes_the_locked_packages_alone() -> None:
    [line] = re.findall(r"pip install (.*)", dockerfile())

    assert {"--require-hashes", "--no-deps", "-r", "requirements.txt"} <= set(line.split())


def test_the_image_holds_what_the_site_runs_with_and_nothing_else() -> None:
    let_in = set(re.findall(r"^!(\S+)$", text(".dockerignore"), re.MULTILINE))

    assert text(".dockerignore").splitlines()[1] == "*"
    assert let_in == {*PACKAGES, "templates", "static", "deploy", "manage.py", "requirements.txt"}


def test_the_site_runs_as_nobody_in_particular() -> None:
    site = dockerfile().partition(" AS site\n")[2].partition("\nFROM ")[0]

    assert "USER enys" in site
    assert site.index("USER enys") < site.index("\nCMD ")
    assert "python" in site.partition("HEALTHCHECK")[2].partition("deploy.healthy")[0]


@pytest.mark.parametrize("name", ["Dockerfile", "compose.yaml"])
def test_no_secret_is_written(name: str) -> None:
    given = re.findall(r"(\w*(?:PASSWORD|SECRET|KEY|TOKEN)\w*)[=:] *(\S+)", text(name))

    assert set(given) <= {
        ("SECRET_KEY", "build"),  # of one line of the build, never kept
        ("POSTGRES_PASSWORD_FILE", "/run/secrets/postgres"),
    }


def test_variables_of_the_containers_are_known_to_the_site(compose: dict) -> None:
    in_image = re.findall(r"\b([A-Z][A-Z0-9_]+)=", dockerfile())
    in_compose = chain.from_iterable(
        one.get("environment", ()) for one in compose["services"].values()
    )
    named = {name for name in chain(in_image, in_compose) if not OTHERS.fullmatch(name)}

    assert named
    assert named <= declared()


def test_only_the_proxy_is_reached_from_outside(compose: dict) -> None:
    services, networks = compose["services"], compose["networks"]

    assert [name for name, one in services.items() if one.get("ports")] == ["proxy"]
    assert [name for name, one in services.items() if "front" in one["networks"]] == ["proxy"]
    assert networks["inside"]["internal"] is True
    for name in ("db", "redis"):
        assert services[name]["networks"] == ["inside"]


def test_each_container_may_do_little_and_starts_again(compose: dict) -> None:
    for name, one in compose["services"].items():
        assert one["read_only"] is True, name
        assert one["cap_drop"] == ["ALL"], name
        assert one["security_opt"] == ["no-new-privileges:true"], name
        assert one["restart"] in {"unless-stopped", "on-failure"}, name
        assert one["mem_limit"], name
        assert set(one.get("cap_add", ())) <= {
            "CHOWN", "DAC_OVERRIDE", "FOWNER", "NET_BIND_SERVICE", "SETGID", "SETUID",
        }, name  # fmt: skip


def test_private_files_are_never_mounted_in_the_proxy(compose: dict) -> None:
    volumes = compose["services"]["proxy"]["volumes"]

    assert "media:/srv/enys/var/media:ro" in volumes
    assert all(volume.endswith(":ro") for volume in volumes)
    assert not any(volume.startswith("data:") for volume in volumes)


def test_the_site_waits_for_its_migrations_and_checks(compose: dict) -> None:
    services = compose["services"]

    assert "manage.py migrate" in words(services["migrate"]["command"])
    assert "check --deploy" in words(services["migrate"]["command"])
    assert services["web"]["depends_on"]["migrate"] == {
        "condition": "service_completed_successfully"
    }
    for name in ("worker", "tick", "backup", "proxy"):
        assert services[name]["depends_on"]["web"] == {"condition": "service_healthy"}


def test_the_tools_of_the_backup_are_of_the_age_of_the_server(compose: dict) -> None:
    """pg_dump refuses a server that is younger: Debian 13 has version 17."""
    assert compose["services"]["db"]["image"] == "postgres:17-trixie"
    assert "FROM python:3.13-slim-trixie AS site" in dockerfile()


# -- Units ---------------------------------------------------------------------------------------


def lines(path: Path) -> list[str]:
    return [line for line in path.read_text().splitlines() if line and not line.startswith("#")]


def test_each_unit_shares_the_same_walls() -> None:
    common = set(lines(ROOT / "deploy/systemd/enys-.service.d/10-commun.conf"))

    assert {
        "User=enys",
        "ProtectSystem=strict",
        "ReadWritePaths=/srv/enys/var",
        "NoNewPrivileges=yes",
        "PrivateTmp=yes",
        "CapabilityBoundingSet=",
        "SystemCallFilter=@system-service",
    } <= common
    assert all(path.name.startswith("enys-") for path in SERVICES)


@pytest.mark.parametrize("path", SERVICES, ids=lambda path: path.name)
def test_a_unit_loosens_none_of_them(path: Path) -> None:
    ours = re.compile(r"(?:Protect|Private|Restrict|NoNew|Capab|Ambient|SystemCall|User|Group)\w*=")
    written = [line for line in lines(path) if line.startswith("ReadWritePaths=")]

    assert [line for line in lines(path) if ours.match(line)] == []
    assert written in ([], ["ReadWritePaths=/srv/sauvegardes"])


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_what_a_unit_sets_is_known_to_the_site(path: Path) -> None:
    named = set(re.findall(r"^Environment=([A-Z0-9_]+)=", path.read_text(), re.MULTILINE))

    assert {name for name in named if not OTHERS.fullmatch(name)} <= declared()


def test_the_web_unit_migrates_and_checks_before_it_serves() -> None:
    before = [
        line for line in lines(ROOT / "deploy/systemd/enys-web.service") if "ExecStartPre" in line
    ]

    assert [re.search(r"manage\.py (\w+)", line)[1] for line in before] == ["migrate", "check"]


@pytest.mark.parametrize("name", ["tick", "backup"])
def test_what_is_timed_has_its_timer(name: str) -> None:
    assert (ROOT / f"deploy/systemd/enys-{name}.timer").is_file()
    assert "Type=oneshot" in lines(ROOT / f"deploy/systemd/enys-{name}.service")


# -- nginx ---------------------------------------------------------------------------------------


def test_the_proxy_names_no_private_folder() -> None:
    for path in (ROOT / "deploy/nginx").glob("*.conf"):
        served = [line for line in lines(path) if re.search(r"alias|root ", line)]
        assert not [line for line in served if "private" in line or "var/;" in line], path.name


def test_the_proxy_takes_what_the_site_takes_at_most() -> None:
    largest = int(re.search(r"client_max_body_size (\d+)m;", text("deploy/nginx/enys.conf"))[1])

    assert largest * 2**20 > settings.WAGTAILDOCS_MAX_UPLOAD_SIZE
    assert f"{largest}\u00a0Mo" in text("deploy/nginx/erreurs/413.html")


def test_the_proxy_closes_its_connections_before_the_server() -> None:
    conf: dict[str, object] = {}
    exec(text("deploy/gunicorn_conf.py"), conf)  # noqa: S102 - as gunicorn does
    upstream = text("deploy/nginx/enys.conf").partition("upstream enys {")[2].partition("}")[0]

    assert int(re.search(r"keepalive_timeout (\d+)s", upstream)[1]) < conf["keepalive"]


def test_no_place_forgets_what_the_proxy_says_of_a_visitor() -> None:
    """For nginx, one `proxy_set_header` in a location cancels all those of the server."""
    for path in (ROOT / "deploy/nginx").glob("*.conf"):
        places = re.findall(r"location [^{]*\{[^{}]*\}", path.read_text())
        assert places, path.name
        assert not [place for place in places if "proxy_set_header" in place], path.name
