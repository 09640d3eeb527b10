"""The harness refuses what it says it refuses."""

import socket
import threading

from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.template import engines

from wagtail.models import Page

import pytest
from pytest_socket import SocketConnectBlockedError

from site_enys.groups import EVERY_GROUP
from tests.harness import databases, skips
from tests.harness.client import faults_of


@pytest.mark.parametrize(
    ("html", "fault"),
    [
        ("<p onclick='x()'>", "attribut onclick dans <p>"),
        ("<p style='color: red'>", "attribut style dans <p>"),
        ("<style>p {}</style>", "feuille de style dans la page"),
        ("<script>x()</script>", "script dans la page"),
        ("<a href='JavaScript:x()'>", "adresse javascript: dans <a>"),
        ("<p>{{ title }}</p>", "« {{ » non rendu"),
        ("<p class='{% if x %}'>", "« {% » non rendu"),
    ],
)
def test_public_html_with_a_fault_is_refused(html: str, fault: str) -> None:
    assert faults_of(f"<main>\n{html}</main>") == [f"{fault} (ligne 2)"]


def test_sound_html_is_accepted() -> None:
    html = '<script src="/static/a.js"></script><script type="application/ld+json">{}</script>'

    assert faults_of(f"<p class='a'>1 {{ 2</p>{html}") == []


def test_another_host_is_refused() -> None:
    with (
        pytest.warns(UserWarning, match="192.0.2.1"),
        pytest.raises(SocketConnectBlockedError),
        socket.socket() as outside,
    ):
        outside.connect(("192.0.2.1", 80))


def test_unknown_variable_is_empty_in_templates_of_others() -> None:
    template = engines["django"].from_string("[{{ nothing }}{{ nothing|default:'-' }}]")

    assert template.render() == "[-]"


def test_skip_becomes_a_failure() -> None:
    report = pytest.TestReport(
        nodeid="x",
        location=("x.py", 1, "x"),
        keywords={},
        outcome="skipped",
        longrepr=("x.py", 1, "Skipped: no server"),
        when="setup",
    )

    assert skips.refuse_skip(report).failed


@pytest.mark.django_db
def test_work_after_commit_is_run_by_the_client(client, monkeypatch) -> None:
    done = []
    monkeypatch.setattr(
        "site_enys.health.checks.connection.ensure_connection",
        lambda: transaction.on_commit(lambda: done.append("first")),
    )

    client.get("/sante/")

    assert done == ["first"]


@pytest.mark.parametrize("turn", ["first", "second"])
@pytest.mark.django_db(transaction=True)
def test_what_a_test_commits_is_undone_and_migrated_rows_stay(turn: str) -> None:
    names = set(EVERY_GROUP)
    assert set(Group.objects.values_list("name", flat=True)) == names
    assert Page.objects.filter(depth=1).exists()

    in_thread = threading.Thread(target=_commit_elsewhere)
    in_thread.start()
    in_thread.join()

    assert Group.objects.filter(name="committed elsewhere").count() == 1


def _commit_elsewhere() -> None:
    Group.objects.create(name="committed elsewhere")
    connection.close()


@pytest.mark.django_db(transaction=True)
def test_another_database_is_asked_how_it_numbers_the_types_of_content(
    django_assert_num_queries,
) -> None:
    ContentType.objects.get_for_model(Page)
    databases.rename(connection.settings_dict["NAME"])

    with django_assert_num_queries(1):
        ContentType.objects.get_for_model(Page)
