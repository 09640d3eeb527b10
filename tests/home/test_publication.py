"""No way of publishing puts an incomplete page live, and each says so kindly."""

from datetime import timedelta

from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from wagtail.models import GroupApprovalTask, Workflow, WorkflowState

import pytest

from home.models import NotPublishable, ServicePage
from home.services import scheduling
from site_enys.jobs import run_due
from tests.factories.home import ServicePageFactory

pytestmark = pytest.mark.django_db

# A paragraph is there, but a callout has lost its text: a draft may be saved so.
INCOMPLETE = [("callout", {"tone": "info", "title": "À compléter", "text": ""})]


@pytest.fixture
def draft() -> ServicePage:
    """A page never published, whose last draft is incomplete."""
    page = ServicePageFactory(live=False)
    page.body = INCOMPLETE
    page.save_revision(clean=False)
    return page


def is_live(page: ServicePage) -> bool:
    return ServicePage.objects.get(pk=page.pk).live


def said_to(response) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def test_complete_page_is_published() -> None:
    page = ServicePageFactory(live=False)

    page.save_revision().publish()

    assert is_live(page)


def test_publishing_an_incomplete_revision_is_refused(draft) -> None:
    with pytest.raises(NotPublishable, match="blocs incomplets"):
        draft.get_latest_revision().publish()

    assert not is_live(draft)


def test_bulk_publication_is_refused_with_a_message_and_publishes_nothing(log_in, draft) -> None:
    good = ServicePageFactory(live=False)
    good.save_revision()
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])

    response = log_in("redaction").post(f"{url}?id={good.pk}&id={draft.pk}")

    assert response.status_code == 302
    assert response["Location"] == reverse("wagtailadmin_pages:edit", args=[draft.pk])
    assert f"«\u00a0{draft.title}\u202f» ne peut pas encore être publiée" in said_to(response)[0]
    assert not is_live(draft)
    assert not is_live(good)


def test_approval_of_an_incomplete_page_is_refused_with_a_message(log_in, draft) -> None:
    state = Workflow.objects.get().start(draft, user=None)
    task = state.current_task_state
    url = reverse("wagtailadmin_pages:workflow_action", args=[draft.pk, "approve", task.pk])

    response = log_in("direction").post(url, {"comment": ""})

    assert response.status_code == 302
    assert "blocs incomplets" in said_to(response)[0]
    assert not is_live(draft)
    state.refresh_from_db()
    assert state.status == WorkflowState.STATUS_IN_PROGRESS


def test_refusal_in_a_modal_window_is_an_answer_that_it_understands(log_in, draft) -> None:
    state = Workflow.objects.get().start(draft, user=None)
    task = state.current_task_state
    url = reverse("wagtailadmin_pages:workflow_action", args=[draft.pk, "approve", task.pk])

    response = log_in("direction").post(
        url, {"comment": ""}, headers={"x-requested-with": "XMLHttpRequest"}
    )

    assert response.json()["redirect"] == reverse("wagtailadmin_pages:edit", args=[draft.pk])


def test_the_approval_is_the_business_of_the_direction() -> None:
    task = GroupApprovalTask.objects.get()

    assert [group.name for group in task.groups.all()] == ["Direction"]


def schedule(page: ServicePage, *, at) -> None:
    revision = page.save_revision(clean=False)
    revision.approved_go_live_at = at
    revision.save(update_fields=["approved_go_live_at"])


def test_an_old_version_that_is_scheduled_leaves_the_page_online_until_its_hour() -> None:
    page = ServicePageFactory(live=False)
    page.save_revision().publish()
    brought_back = ServicePage.objects.get(pk=page.pk).revisions.get().as_object()
    brought_back.go_live_at = timezone.now() + timedelta(days=1)

    brought_back.save_revision().publish()

    assert is_live(page)


def test_one_bad_page_does_not_stop_the_other_scheduled_ones(draft) -> None:
    now = timezone.now()
    schedule(draft, at=now - timedelta(hours=2))
    good = ServicePageFactory(live=False)
    schedule(good, at=now - timedelta(hours=1))

    outcome = scheduling.run(now)

    assert (outcome.published, outcome.refused) == (1, 1)
    assert is_live(good)
    assert not is_live(draft)


def test_refused_publication_keeps_its_date_and_shows_on_the_desk(log_in, draft) -> None:
    schedule(draft, at=timezone.now() - timedelta(hours=2))
    scheduling.run(timezone.now())

    html = log_in("redaction").get("/admin/").content.decode()

    assert "publication programmée n’a pas pu se faire" in html
    assert reverse("wagtailadmin_pages:edit", args=[draft.pk]) in html


def test_page_is_published_at_the_very_instant_and_not_before() -> None:
    now = timezone.now()
    page = ServicePageFactory(live=False)
    schedule(page, at=now)

    assert scheduling.run(now - timedelta(microseconds=1)).published == 0
    assert scheduling.run(now).published == 1


def test_expired_page_is_taken_down() -> None:
    now = timezone.now()
    page = ServicePageFactory(expire_at=now - timedelta(minutes=1))

    assert scheduling.run(now).expired == 1
    assert not is_live(page)


def test_the_tick_publishes() -> None:
    page = ServicePageFactory(live=False)
    schedule(page, at=timezone.now() - timedelta(minutes=1))

    lines = run_due(timezone.now())

    assert lines["publication"].startswith("pages publiées\u00a0: 1,")
    assert is_live(page)
