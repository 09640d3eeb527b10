"""What the environment says, and when it stops the start."""

import os
import subprocess
import sys
from pathlib import Path

from django.conf import settings as django_settings
from django.core.exceptions import ImproperlyConfigured

import pytest

from site_enys.settings import env

SOUND = {"ENV_FILE": "/dev/null", "SECRET_KEY": "s" * 60, "ALLOWED_HOSTS": "enys.example"}


def import_production(**variables: str) -> str:
    """Import the production settings in a process of its own; return the last line of its error."""
    finished = subprocess.run(
        [sys.executable, "-c", "import site_enys.settings.production"],
        cwd=django_settings.BASE_DIR,
        env={"PATH": os.environ["PATH"], **SOUND, **variables},
        capture_output=True,
        text=True,
        check=False,
    )
    return finished.stderr.strip().rpartition("\n")[2]


@pytest.mark.parametrize("word", ["1", "true", "Yes", "OUI", "on"])
def test_words_for_yes(word: str) -> None:
    assert env.as_bool(word) is True


@pytest.mark.parametrize("word", ["0", "False", "no", "NON", "off"])
def test_words_for_no(word: str) -> None:
    assert env.as_bool(word) is False


def test_list_ignores_spaces_and_empty_items() -> None:
    assert env.as_list(" a.example , ,b.example,") == ["a.example", "b.example"]


@pytest.mark.parametrize("raw", ["", "   "])
def test_empty_variable_means_the_default(monkeypatch, raw: str) -> None:
    monkeypatch.setenv("EMAIL_PORT", raw)

    assert env.read("EMAIL_PORT", env.as_count, 587) == 587


@pytest.mark.parametrize(
    ("name", "convert", "raw"),
    [
        ("HTTPS_ONLY", env.as_bool, "peut-être"),
        ("EMAIL_PORT", env.as_count, "vingt"),
        ("PROXY_COUNT", env.as_count, "-1"),
        ("DATA_DIR", env.as_absolute_path, "var"),
        ("DATABASE_URL", env.as_database, "mongodb://server/base"),
    ],
)
def test_malformed_variable_is_named(monkeypatch, name: str, convert, raw: str) -> None:
    monkeypatch.setenv(name, raw)

    with pytest.raises(ImproperlyConfigured, match=name):
        env.read(name, convert, None)


def test_file_is_read_and_the_process_wins(monkeypatch, tmp_path: Path) -> None:
    file = tmp_path / "env"
    file.write_text("# comment\nENYS_ONE = 'one'\nENYS_TWO=from the file\n\nnot a variable\n")
    monkeypatch.setenv("ENYS_TWO", "from the process")
    monkeypatch.delenv("ENYS_ONE", raising=False)

    env.load_env_file(file)

    assert (os.environ.pop("ENYS_ONE"), os.environ["ENYS_TWO"]) == ("one", "from the process")


def test_production_starts_with_the_required_variables() -> None:
    assert import_production() == ""


@pytest.mark.parametrize("name", ["SECRET_KEY", "ALLOWED_HOSTS"])
def test_production_refuses_to_start_without(name: str) -> None:
    assert f"La variable d'environnement {name} est obligatoire." in import_production(**{name: ""})


def test_tests_write_in_a_folder_of_their_own() -> None:
    for folder in (django_settings.MEDIA_ROOT, django_settings.PRIVATE_ROOT):
        assert Path(folder).is_relative_to(django_settings.TEST_DATA_DIR)
    assert not Path(django_settings.TEST_DATA_DIR).is_relative_to(django_settings.BASE_DIR)
