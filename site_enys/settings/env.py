"""The one place where environment variables are read.

Every variable is declared here, with its type and its default, and described in `.env.example`
(a test compares the two). A missing or malformed value stops the start and names the variable.
"""

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

import dj_database_url

T = TypeVar("T")

BASE_DIR = Path(__file__).resolve().parents[2]
TRUE_WORDS = {"1", "true", "yes", "oui", "on"}
FALSE_WORDS = {"0", "false", "no", "non", "off"}
SHORTEST_TOKEN = 32


def load_env_file(path: Path) -> None:
    """Read `KEY=value` lines of a local file; what the process already has wins."""
    if not path.is_file():
        return
    for line in path.read_text(encoding="utf-8").splitlines():
        key, separator, value = line.strip().partition("=")
        if separator and not key.startswith("#"):
            os.environ.setdefault(key.strip(), value.strip().strip("\"'"))


def read(name: str, convert: Callable[[str], T], default: T) -> T:
    """Return the variable `name` converted, or `default` when it is absent or empty.

    Raises ImproperlyConfigured, naming the variable, when the value cannot be converted.
    """
    raw = os.environ.get(name, "").strip()
    if not raw:
        return default
    try:
        return convert(raw)
    except ValueError as error:
        raise ImproperlyConfigured(
            f"La variable d'environnement {name} n'est pas valable : {error}."
        ) from error


def required(name: str, value: T) -> T:
    """Return `value`, or refuse to start by naming the variable it should have come from."""
    if not value:
        raise ImproperlyConfigured(f"La variable d'environnement {name} est obligatoire.")
    return value


def as_bool(raw: str) -> bool:
    word = raw.lower()
    if word in TRUE_WORDS:
        return True
    if word in FALSE_WORDS:
        return False
    raise ValueError(f"« {raw} » n'est ni oui ni non")


def as_list(raw: str) -> list[str]:
    return [item.strip() for item in raw.split(",") if item.strip()]


def as_count(raw: str) -> int:
    number = int(raw)
    if number < 0:
        raise ValueError(f"« {raw} » est négatif")
    return number


def as_keeping(raw: str) -> tuple[int, int]:
    """« 7,4 »: the last of so many days, and of so many weeks."""
    days, weeks = (as_count(number) for number in raw.split(","))
    if not days:
        raise ValueError("il faut garder un jour au moins")
    return days, weeks


def as_port(raw: str) -> int:
    number = as_count(raw)
    if not 0 < number < 65536:
        raise ValueError(f"« {raw} » n'est pas un port")
    return number


def as_url(raw: str) -> str:
    """An address without its final slash, as the paths that follow it begin with one."""
    parts = urlsplit(raw)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError(f"« {raw} » ne commence pas par https:// et un nom")
    return raw.rstrip("/")


def as_database(raw: str) -> dict[str, Any]:
    try:
        database = dict(dj_database_url.parse(raw))
    except (ValueError, dj_database_url.ParseError):
        database = {}
    if not str(database.get("ENGINE", "")).endswith(("sqlite3", "postgresql")):
        # Without the value nor the cause: both may show a password.
        raise ValueError("ce n'est pas une adresse postgres:// ou sqlite://") from None
    return database


def all_or_none(**values: str) -> bool:
    """Whether these variables are given; refuses to start when only some of them are."""
    missing = [name for name, value in values.items() if not value]
    if missing and len(missing) < len(values):
        raise ImproperlyConfigured(
            f"Il manque {', '.join(missing)} : {', '.join(values)} se donnent ensemble."
        )
    return not missing


def as_redis(raw: str) -> str:
    try:
        parts = urlsplit(raw)
        reachable = parts.path if parts.scheme == "unix" else parts.hostname
        known = parts.scheme in {"redis", "rediss", "unix"} and parts.port != 0
    except ValueError:
        known = False
    if not known or not reachable:
        # Without the value, which may show a password.
        raise ValueError("ce n'est pas une adresse redis://, rediss:// ou unix://") from None
    return raw


def as_log_format(raw: str) -> str:
    if raw not in {"json", "line"}:
        raise ValueError(f"« {raw} » n'est ni json ni line")
    return raw


def as_secret(raw: str) -> str:
    """Long enough that nobody finds it by trying."""
    if len(raw) < SHORTEST_TOKEN:
        raise ValueError(f"{SHORTEST_TOKEN} caractères au moins")
    return raw


def as_absolute_path(raw: str) -> Path:
    path = Path(raw)
    if not path.is_absolute():
        raise ValueError(f"« {raw} » n'est pas un chemin absolu")
    return path


def for_child(changes: Mapping[str, str], *, without: tuple[str, ...] = ()) -> dict[str, str]:
    """The variables of a process that we start: ours, less those that begin so, with `changes`."""
    # Emptied, and not left out: the child would read them again in `.env`.
    emptied = dict.fromkeys((name for name in os.environ if name.startswith(without)), "")
    return {**os.environ, **(emptied if without else {}), **changes}


load_env_file(Path(os.environ.get("ENV_FILE") or BASE_DIR / ".env"))

DATA_DIR = read("DATA_DIR", as_absolute_path, BASE_DIR / "var")
STATIC_DIR = read("STATIC_DIR", as_absolute_path, DATA_DIR / "static")
DATABASE: dict[str, Any] = read("DATABASE_URL", as_database, {})
DATABASE_POOLED = read("DATABASE_POOLED", as_bool, default=False)
DATABASE_STATEMENT_SECONDS = read("DATABASE_STATEMENT_SECONDS", as_count, 30)
DATABASE_LOCK_SECONDS = read("DATABASE_LOCK_SECONDS", as_count, 15)
DATABASE_IDLE_SECONDS = read("DATABASE_IDLE_SECONDS", as_count, 60)
REDIS_URL = read("REDIS_URL", as_redis, "")
SECRET_KEY = read("SECRET_KEY", str, "")
SECRET_KEY_FALLBACKS: list[str] = read("SECRET_KEY_FALLBACKS", as_list, [])
ALLOWED_HOSTS: list[str] = read("ALLOWED_HOSTS", as_list, [])
SITE_URL = read("SITE_URL", as_url, "http://127.0.0.1:8000")
PROXY_COUNT = read("PROXY_COUNT", as_count, 0)
HTTPS_ONLY = read("HTTPS_ONLY", as_bool, default=True)
EMAIL_HOST = read("EMAIL_HOST", str, "")
EMAIL_PORT = read("EMAIL_PORT", as_port, 587)
EMAIL_USER = read("EMAIL_USER", str, "")
EMAIL_PASSWORD = read("EMAIL_PASSWORD", str, "")
EMAIL_TLS = read("EMAIL_TLS", as_bool, default=True)
EMAIL_FROM = read("EMAIL_FROM", str, "ENYS Conseil <ne-pas-repondre@localhost>")
STAFF_EMAIL = read("STAFF_EMAIL", str, "")
FORM_MIN_SECONDS = read("FORM_MIN_SECONDS", as_count, 2)
FORM_HOURLY_LIMIT = read("FORM_HOURLY_LIMIT", as_count, 200)
CLAMDSCAN = read("CLAMDSCAN", str, "")
SYNTHETIC_URL = read("SYNTHETIC_URL", as_url, "")
S3_ENDPOINT = read("S3_ENDPOINT", as_url, "")
S3_REGION = read("S3_REGION", str, "")
S3_ACCESS_KEY = read("S3_ACCESS_KEY", str, "")
S3_SECRET_KEY = read("S3_SECRET_KEY", str, "")
S3_PUBLIC_BUCKET = read("S3_PUBLIC_BUCKET", str, "")
S3_PRIVATE_BUCKET = read("S3_PRIVATE_BUCKET", str, "")
# How the buckets are reached; empty when files lie in folders.
S3: dict[str, Any] = {}
if all_or_none(
    S3_ENDPOINT=S3_ENDPOINT,
    S3_REGION=S3_REGION,
    S3_ACCESS_KEY=S3_ACCESS_KEY,
    S3_SECRET_KEY=S3_SECRET_KEY,
    S3_PUBLIC_BUCKET=S3_PUBLIC_BUCKET,
    S3_PRIVATE_BUCKET=S3_PRIVATE_BUCKET,
):
    S3 = {
        "endpoint_url": S3_ENDPOINT,
        "region_name": S3_REGION,
        "access_key": S3_ACCESS_KEY,
        "secret_key": S3_SECRET_KEY,
    }
PAGE_CACHE = read("PAGE_CACHE", as_bool, default=True)
SERVE_MEDIA = read("SERVE_MEDIA", as_bool, default=False)
LOG_FORMAT = read("LOG_FORMAT", as_log_format, "")
METRICS_TOKEN = read("METRICS_TOKEN", as_secret, "")
SENTRY_DSN = read("SENTRY_DSN", as_url, "")
RELEASE = read("RELEASE", str, "")
BACKUP_DIR: Path | None = read("BACKUP_DIR", as_absolute_path, None)
BACKUP_KEY: list[str] = read("BACKUP_KEY", as_list, [])
BACKUP_KEEP = read("BACKUP_KEEP", as_keeping, (7, 4))
DEBUG = read("DEBUG", as_bool, default=False)
ALLOW_DEMO_ACCOUNTS = read("ALLOW_DEMO_ACCOUNTS", as_bool, default=False)
