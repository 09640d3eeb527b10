"""« Aujourd’hui » : what waits, for those who may deal with it."""

from datetime import timedelta

from django.contrib.auth.models import Permission
from django.utils import timezone

from wagtail.models import Page

import pytest

from site_enys import charts, jobs
from site_enys.admin import Figure, Todo, register_figure, register_todo, today, todo
from site_enys.models import JobRun
from tests.factories.people import UserFactory

HOME = "/admin/"
NOW = timezone.now()


@pytest.fixture
def sources(monkeypatch):
    monkeypatch.setattr(todo, "_SOURCES", [])


def offer(permission="courrier.view_outgoingmessage", **fields):
    values = {"count": 1, "singular": "chose", "plural": "choses", "url": "/admin/x/"} | fields
    register_todo(permission)(lambda request, now: Todo(**values))


def desk(client):
    html = client.get(HOME).content.decode()
    panel = html[html.index('aria-labelledby="aujourd-hui"') :]
    return panel[: panel.index("</section>")]


@pytest.mark.parametrize(
    ("count", "sentence"), [(1, "1\u00a0chose"), (2, "2\u00a0choses"), (1000, "1000\u00a0choses")]
)
def test_the_number_and_the_word_agree(count, sentence):
    assert Todo(count, "chose", "choses", "/").sentence == sentence


@pytest.mark.django_db
def test_an_empty_desk_says_so(sources, log_in):
    offer(count=0)
    register_todo("courrier.view_outgoingmessage")(lambda request, now: None)

    assert "Rien n’attend" in desk(log_in("direction"))


@pytest.mark.django_db
def test_only_those_who_may_deal_with_it_see_it(sources, log_in):
    offer()

    assert "1\u00a0chose" in desk(log_in("direction"))
    assert "Rien n’attend" in desk(log_in("formation"))


@pytest.mark.django_db
def test_a_source_is_not_even_asked_for_the_others(sources, log_in):
    register_todo("courrier.view_outgoingmessage")(lambda request, now: 1 / 0)

    assert "Rien n’attend" in desk(log_in("formation"))


@pytest.mark.django_db
def test_urgent_lines_come_first_then_the_order_of_the_modules(sources, log_in):
    offer(singular="première")
    offer(singular="seconde")
    offer(singular="urgente", urgent=True)

    html = desk(log_in("direction"))

    assert html.index("urgente") < html.index("première") < html.index("seconde")
    assert html.count("À voir en premier") == 1


@pytest.mark.django_db
def test_a_line_says_since_when_and_leads_to_its_screen(sources, log_in):
    offer(
        since=timezone.make_aware(timezone.datetime(2027, 3, 1, 0, 30)), url="/admin/ici/?a=1&b=2"
    )

    html = desk(log_in("direction"))

    assert "depuis le 1er\u00a0mars 2027" in html
    assert 'href="/admin/ici/?a=1&amp;b=2"' in html


@pytest.mark.django_db
def test_editors_keep_wagtails_own_panels(log_in, rf):
    """« Vos pages et modifications récentes » shows up with the first edit."""
    client = log_in("redaction")
    root = Page.objects.get(depth=2).specific
    root.save_revision(user=client.user, log_action=True)

    html = client.get(HOME).content.decode()

    assert html.index('aria-labelledby="aujourd-hui"') < html.index('id="recent-edits')


@pytest.mark.django_db
def test_a_job_that_does_not_succeed_any_more_is_on_the_desk(monkeypatch, log_in):
    monkeypatch.setattr(jobs, "REGISTRY", {})
    jobs.job("essai", every=timedelta(hours=1))(lambda now: "")
    client = log_in("direction")
    said = "1\u00a0tâche programmée n’a pas réussi depuis longtemps"

    assert said in desk(client)
    run = JobRun.objects.create(name="essai", succeeded_at=timezone.now())
    assert said not in desk(client)
    run.succeeded_at = timezone.now() - timedelta(hours=3)
    run.save()
    assert said in desk(client)
    page = client.get("/admin/snippets/site_enys/jobrun/").content.decode()
    assert "essai" in page


@pytest.mark.django_db
def test_the_journals_of_the_foundation_are_for_the_direction(log_in, client):
    for name in ("jobrun", "privatefileaccess"):
        url = f"/admin/snippets/site_enys/{name}/"
        assert log_in("direction").get(url).status_code == 200
        assert log_in("recrutement").get(url).status_code == 302
    assert Permission.objects.filter(codename="view_jobrun").exists()
    assert UserFactory(role="direction").has_perm("site_enys.view_privatefileaccess")


@pytest.mark.django_db
def test_each_line_stands_under_the_name_of_its_room(sources, log_in):
    register_todo("courrier.view_outgoingmessage")(source_of("courrier.wagtail_hooks"))
    register_todo("courrier.view_outgoingmessage")(source_of("formation.desk.todo"))

    html = desk(log_in("direction"))

    assert html.index("Courriels</h3>") < html.index("1\u00a0courrier.wagtail_hooks")
    assert html.index("Formation</h3>") < html.index("1\u00a0formation.desk.todo")


def source_of(module):
    def source(request, now):
        return Todo(1, module, module, "/admin/")

    source.__module__ = module
    return source


@pytest.mark.django_db
def test_a_figure_is_drawn_for_those_who_may_read_it(monkeypatch, log_in):
    monkeypatch.setattr(today, "_FIGURES", [])
    chart = charts.columns("Un dessin", [charts.Bar("mars", 3, "3")])
    register_figure("courrier.view_outgoingmessage")(
        lambda request, now: Figure(chart, "Aller voir", "/admin/ici/")
    )
    register_figure("courrier.view_outgoingmessage")(lambda request, now: None)

    html = desk(log_in("direction"))

    assert html.count("<svg") == 1
    assert '<a href="/admin/ici/">Aller voir</a>' in html
    assert "<svg" not in desk(log_in("formation"))


#: The whole home page of each role: its lines, its figures, and what Wagtail itself asks.
BUDGET = {"direction": 80, "formation": 60, "recrutement": 45, "redaction": 45, "evaluation": 30}


@pytest.mark.django_db
@pytest.mark.parametrize("role", BUDGET)
def test_the_home_page_keeps_to_its_queries(role, log_in, count_queries):
    client = log_in(role)
    client.get(HOME)

    assert count_queries(lambda: client.get(HOME)) <= BUDGET[role]
