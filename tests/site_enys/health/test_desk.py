"""« État du site », and its line in « Aujourd’hui »."""

import re
from datetime import timedelta

from django.utils import timezone

import pytest

from courrier.models import OutgoingMessage
from site_enys.health import Finding, State, register_check, registry
from site_enys.health.checks import look_at_everything
from site_enys.models import JobRun
from tests.factories.courrier import OutgoingMessageFactory

URL = "/admin/etat/"
LINE = "partie du site est en panne"


def told(client):
    html = client.get(URL).content.decode()
    return re.sub(r"\s+", " ", html[html.index('id="main"') :])


@pytest.mark.django_db
def test_it_says_what_is_wrong_what_to_do_and_what_runs(log_in, settings, monkeypatch):
    monkeypatch.setattr(registry, "REGISTRY", {})
    settings.RELEASE = "a1b2c3d"
    advice = "Appelez le pompier."
    register_check("ok", "Ce qui va", advice="Rien.")(lambda now: Finding(State.OK, "Va bien."))
    register_check("feu", "Le feu", advice=advice)(
        lambda now: Finding(State.DOWN, "Il brûle.", "1 200 degrés")
    )
    JobRun.objects.create(name="publication", failures=3, last_error="RuntimeError : panne")

    page = told(log_in("direction"))

    assert "Quelque chose est en panne." in page
    assert page.index("Le feu") < page.index("Ce qui va")
    assert "Il brûle. <small>(1 200 degrés)</small>" in page
    assert advice in page
    assert "Rien." not in page
    assert "RuntimeError : panne" in page
    assert "a1b2c3d" in page
    assert "Wagtail" in page


@pytest.mark.django_db
def test_the_mail_of_the_last_days_is_drawn_when_there_is_some(log_in):
    client = log_in("direction")
    assert "Courriels envoyés chaque jour" not in told(client)
    OutgoingMessageFactory(state=OutgoingMessage.State.SENT, sent_at=timezone.now())

    assert "Courriels envoyés chaque jour" in told(client)


@pytest.mark.django_db
def test_the_number_of_tasks_does_not_change_the_number_of_queries(log_in, count_queries):
    client = log_in("direction")
    client.get(URL)
    JobRun.objects.create(name="publication")
    few = count_queries(lambda: client.get(URL))
    JobRun.objects.bulk_create(
        JobRun(name=name) for name in ("images", "purge-rgpd", "evaluations")
    )

    assert count_queries(lambda: client.get(URL)) == few


@pytest.mark.django_db
def test_a_silent_clock_is_on_the_desk_even_if_nobody_noted_it(log_in):
    client = log_in("direction")
    assert LINE not in client.get("/admin/").content.decode()

    JobRun.objects.create(name="publication", started_at=timezone.now() - timedelta(minutes=4))

    assert LINE in client.get("/admin/").content.decode()
    assert LINE not in log_in("redaction").get("/admin/").content.decode()


@pytest.mark.django_db
def test_what_is_down_is_on_the_desk_and_what_is_to_look_at_is_not(log_in, monkeypatch):
    monkeypatch.setattr(registry, "REGISTRY", {})
    states = iter([State.LOOK, State.DOWN, State.OK])
    register_check("feu", "Le feu", advice="")(lambda now: Finding(next(states), "x"))
    client = log_in("direction")

    shown = []
    for _ in range(3):
        look_at_everything(timezone.now())
        shown.append(LINE in client.get("/admin/").content.decode())

    assert shown == [False, True, False]
