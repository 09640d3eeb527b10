"""`make run` prepares what it must, and never puts a demonstration into somebody's data."""

import sys
from pathlib import Path

import pytest

from deploy import local
from deploy.processes import Group
from site_enys.settings import env


@pytest.fixture
def var(tmp_path: Path, monkeypatch) -> Path:
    monkeypatch.setattr(env, "DATA_DIR", tmp_path)
    monkeypatch.setattr(env, "DATABASE", {})
    monkeypatch.setattr(env, "SECRET_KEY", "")
    monkeypatch.setattr(local, "STATE", tmp_path / "prepared.json")
    return tmp_path


@pytest.fixture
def ran(monkeypatch) -> list[tuple[str, ...]]:
    calls: list[tuple[str, ...]] = []
    monkeypatch.setattr(local, "silently", lambda *arguments, **_variables: calls.append(arguments))
    return calls


def test_a_new_database_is_migrated_and_shown_with_its_demonstration(var: Path, ran) -> None:
    assert local.prepare("run") is True

    assert ran == [("-m", "deploy.prepare", "migrate", "load_demo")]


def test_a_second_start_has_nothing_to_prepare(var: Path, ran) -> None:
    local.prepare("run")
    (var / "site.sqlite3").touch()
    ran.clear()

    local.prepare("run")

    assert ran == []


def test_an_interrupted_first_start_begins_again(var: Path, monkeypatch, ran) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(local, "silently", interrupt)
        with pytest.raises(KeyboardInterrupt):
            local.prepare("run")
    (var / "site.sqlite3").touch()

    local.prepare("run")

    assert ran == [("-m", "deploy.prepare", "migrate", "load_demo")]


def interrupt(*_arguments: str, **_variables: str) -> None:
    raise KeyboardInterrupt


def test_a_database_made_elsewhere_is_migrated_and_left_as_it_is(var: Path, ran) -> None:
    (var / "site.sqlite3").touch()

    assert local.prepare("run") is False

    assert ran == [("-m", "deploy.prepare", "migrate")]


def test_another_server_gets_no_demonstration(var: Path, ran, monkeypatch) -> None:
    local.prepare("run")
    (var / "site.sqlite3").touch()
    monkeypatch.setattr(env, "DATABASE", {"ENGINE": "postgresql", "NAME": "site"})
    ran.clear()

    assert local.prepare("run") is False

    assert ran == [("-m", "deploy.prepare", "migrate")]


def test_a_deleted_database_is_made_again(var: Path, ran) -> None:
    local.prepare("run")
    ran.clear()

    local.prepare("run")

    assert ran == [("-m", "deploy.prepare", "migrate", "load_demo")]


def test_the_key_of_this_machine_is_kept_to_its_owner(var: Path) -> None:
    key = local.local_secret()

    assert local.local_secret() == key
    assert (var / "secret-key").stat().st_mode & 0o077 == 0


def test_a_link_sent_by_one_mode_opens_in_the_other(var: Path) -> None:
    run, serve = (local.environment(mode, 8000)["SECRET_KEY"] for mode in ("run", "serve"))

    assert run == serve == local.local_secret()


def test_the_group_stops_what_it_started() -> None:
    with Group() as group:
        group.start("un dormeur", [sys.executable, "-c", "import time; time.sleep(60)"])
        sleeper = group.lasting["un dormeur"]

    assert sleeper.poll() is not None


def test_the_group_names_the_process_that_died() -> None:
    with Group() as group:
        group.start("un mort-né", [sys.executable, "-c", "raise SystemExit(3)"])
        group.lasting["un mort-né"].wait()

        with pytest.raises(SystemExit, match=r"un mort-né s'est terminé \(code 3\)"):
            group.check()
