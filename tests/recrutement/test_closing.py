"""An offer that ends, and an answer for everybody who still waits."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from wagtail.models import GroupPagePermission, PageLogEntry

import pytest

from courrier.models import OutgoingMessage
from courrier.services.rehearsal import rehearse
from recrutement.enums import ENDED, ONGOING
from recrutement.models import Application, JobOfferPage
from recrutement.services.closing import close_all, end_offer, rehearse_closing
from recrutement.services.lifecycle import LIFECYCLE
from site_enys.states import PERSON, SYSTEM, TransitionRefused, staff
from tests.factories.people import UserFactory
from tests.factories.recrutement import ApplicationFactory, OfferFactory
from tests.races import at_once

from .scenes import NOW, STAFF, an_offer

pytestmark = pytest.mark.django_db


@pytest.fixture
def offer():
    return an_offer()


def end(offer, status="filled"):
    end_offer(offer, status, by=STAFF, now=NOW)


def close(offer, **options):
    return close_all(offer, by=STAFF, now=NOW, **options)


def states_of(offer):
    return list(offer.applications.order_by("reference").values_list("state", flat=True))


# The page


@pytest.mark.parametrize("status", ["filled", "cancelled"])
def test_the_page_says_it_with_a_revision_and_a_line_in_its_journal(offer, status):
    by = staff(UserFactory(role="direction"))

    end_offer(offer, status, by=by, now=NOW)

    page = JobOfferPage.objects.get()
    assert (page.status, page.closed_on) == (status, NOW.date())
    assert page.latest_revision.user == by.user
    assert page.get_latest_revision_as_object().status == status
    entries = PageLogEntry.objects.filter(page=page, action="wagtail.publish")
    assert [entry.user for entry in entries] == [by.user]


def test_saying_it_twice_writes_nothing(offer):
    end(offer)
    revision = JobOfferPage.objects.get().latest_revision

    end_offer(offer, "filled", by=STAFF, now=NOW + timedelta(days=3))

    page = JobOfferPage.objects.get()
    assert (page.latest_revision, page.closed_on) == (revision, NOW.date())


@pytest.mark.parametrize("status", ["open", "suspended", "", "finie"])
def test_an_offer_ends_filled_or_cancelled(offer, status):
    with pytest.raises(TransitionRefused):
        end(offer, status)


def test_a_draft_stays_a_draft(offer):
    offer.title = "Un titre à l’essai (H/F)"
    offer.save_revision(clean=False)

    end(offer)

    page = JobOfferPage.objects.get()
    draft = page.get_latest_revision_as_object()
    assert page.title == "Chargé·e d’études & d’évaluation"
    assert (draft.title, draft.status) == ("Un titre à l’essai (H/F)", "filled")
    assert page.has_unpublished_changes


def test_an_offer_that_is_not_online_stays_so(offer):
    offer.unpublish()

    end(offer)

    page = JobOfferPage.objects.get()
    assert (page.live, page.status) == (False, "filled")


def test_an_offer_that_lacks_what_is_asked_today_is_ended_all_the_same(offer):
    JobOfferPage.objects.filter(pk=offer.pk).update(city="")

    end(offer)

    assert JobOfferPage.objects.get().status == "filled"


# The people


def test_everybody_who_waits_hears_of_it_and_nobody_else(offer):
    for number, state in enumerate((*ONGOING, *ENDED, "quarantine")):
        ApplicationFactory(offer=offer, state=state, reference=f"C-{number}")
    elsewhere = ApplicationFactory()
    end(offer)

    outcome = close(offer)

    assert len(outcome.done) == len(ONGOING)
    assert states_of(offer) == ["closed"] * len(ONGOING) + [*ENDED, "quarantine"]
    assert OutgoingMessage.objects.filter(kind="recrutement_sans_suite").count() == len(ONGOING)
    elsewhere.refresh_from_db()
    assert elsewhere.state == "received"


def test_those_whom_the_team_keeps_go_on(offer):
    kept, other = (ApplicationFactory(offer=offer) for _ in range(2))
    end(offer)

    close(offer, kept=[str(kept.pk)])

    kept.refresh_from_db()
    other.refresh_from_db()
    assert (kept.state, other.state) == ("received", "closed")


def test_closing_again_goes_on_where_it_had_stopped(offer):
    first, second = (ApplicationFactory(offer=offer) for _ in range(2))
    end(offer)
    LIFECYCLE.apply(first, "close", by=STAFF, now=NOW)  # and then the power went

    close(offer)
    close(offer)

    second.refresh_from_db()
    assert second.state == "closed"
    assert OutgoingMessage.objects.count() == 2


def test_nobody_is_closed_while_the_offer_lives(offer):
    ApplicationFactory(offer=offer)

    outcome = close(offer)

    assert not outcome.done
    assert "ni pourvue ni annulée" in str(outcome.left[0][1])


def test_what_the_site_sends_to_itself_hears_nothing(offer):
    ApplicationFactory(offer=offer, synthetic=True)
    end(offer)

    assert not close(offer).done


def test_the_rehearsal_writes_nothing(offer):
    ApplicationFactory(offer=offer)

    mails = rehearse(lambda: rehearse_closing(offer, "cancelled", by=STAFF, now=NOW))

    assert "Nous avons dû renoncer" in mails[0].text
    assert JobOfferPage.objects.get().status == "open"
    assert states_of(offer) == ["received"]
    assert not OutgoingMessage.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_who_withdraws_at_that_very_instant_gets_one_answer():
    offer = OfferFactory(status="filled")
    application = ApplicationFactory(offer=offer)

    at_once(
        lambda: close(offer),
        lambda: LIFECYCLE.apply(
            Application.objects.get(pk=application.pk), "withdraw", by=PERSON, now=NOW
        ),
    )

    application.refresh_from_db()
    assert application.state in {"closed", "withdrawn"}
    assert application.events.count() == OutgoingMessage.objects.count() == 1


# The screen


def url_of(offer):
    return reverse("recrutement_close_offer", args=[offer.pk])


@pytest.fixture
def client(log_in, offer):
    return log_in("recrutement")


def read_and_send(client, offer, **typed):
    data = {"status": "filled"} | typed
    page = client.post(url_of(offer), data | {"preview": ""})
    return page, client.post(url_of(offer), data | {"lu": page.context["lu"]})


def test_one_screen_shows_every_message_then_closes(client, offer):
    for _ in range(3):
        ApplicationFactory(offer=offer)
    kept = ApplicationFactory(offer=offer)

    page, sent = read_and_send(client, offer, garder=str(kept.pk))

    assert len(page.context["mails"]) == 3
    assert "4\u00a0personnes attendent une décision" in page.content.decode()
    assert sent.url.endswith(f"?offer={offer.pk}")
    assert sorted(states_of(offer)) == ["closed"] * 3 + ["received"]
    assert JobOfferPage.objects.get().status == "filled"


def test_coming_from_a_hiring_the_messages_are_there_at_once(client, offer):
    ApplicationFactory(offer=offer)
    ApplicationFactory(offer=offer, state="hired")

    page = client.get(f"{url_of(offer)}?situation=filled")

    assert len(page.context["mails"]) == 1
    assert page.context["lu"]
    assert states_of(offer) == ["received", "hired"]


@pytest.mark.parametrize(
    "change",
    [
        lambda offer, data: data.update(lu=""),
        lambda offer, data: data.update(status="cancelled"),
        lambda offer, data: ApplicationFactory(offer=offer),
    ],
    ids=["not read", "another status", "somebody has just applied"],
)
def test_what_was_not_read_does_not_leave(client, offer, change):
    ApplicationFactory(offer=offer)
    page = client.post(url_of(offer), {"status": "filled", "preview": ""})
    data = {"status": "filled", "lu": page.context["lu"]}
    change(offer, data)

    again = client.post(url_of(offer), data)

    assert "Rien n’est parti" in again.content.decode()
    assert JobOfferPage.objects.get().status == "open"
    assert not OutgoingMessage.objects.exists()


def test_an_interrupted_closing_is_finished_on_the_same_screen(client, offer):
    ApplicationFactory(offer=offer)
    end(offer)

    read_and_send(client, offer)

    assert states_of(offer) == ["closed"]
    assert "close, et personne" in client.get(url_of(offer)).content.decode()


def test_who_may_not_publish_the_offer_does_not_close_it(log_in, offer):
    GroupPagePermission.objects.filter(permission__codename="publish_page").delete()
    ApplicationFactory(offer=offer)

    page = log_in("recrutement").post(url_of(offer), {"status": "filled", "preview": ""})

    assert "pas le droit de publier" in page.content.decode()
    assert JobOfferPage.objects.get().status == "open"


@pytest.mark.parametrize("role", ["redaction", "formation"])
def test_other_roles_reach_no_screen(log_in, offer, role):
    assert log_in(role).get(url_of(offer)).status_code in {302, 403}


def test_without_an_account_of_the_site_the_page_is_published_all_the_same(offer):
    end_offer(offer, "filled", by=SYSTEM, now=timezone.now())

    assert JobOfferPage.objects.get().status == "filled"
