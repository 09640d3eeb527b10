"""Refusing several people: each message read before, nothing else leaves."""

import uuid

from django.urls import reverse
from django.utils import timezone

import pytest

from courrier.models import OutgoingMessage
from recrutement.enums import RejectReason
from recrutement.models import Application, RecruitmentSettings
from recrutement.services import refusals
from recrutement.services.lifecycle import LIFECYCLE
from site_enys.states import PERSON
from tests.factories.recrutement import ApplicationFactory, OfferFactory

from .scenes import STAFF

pytestmark = pytest.mark.django_db

LIST = "/admin/snippets/recrutement/application/"


@pytest.fixture
def offer():
    return OfferFactory(title="Chargé·e d’études")


@pytest.fixture
def people(offer):
    return [ApplicationFactory(offer=offer, first_name=name) for name in ("Inès", "Paul", "Zoé")]


def url_of(offer):
    return reverse("recrutement_refuse_for_offer", args=[offer.pk])


def form_of(people, **typed):
    return {"qui": [str(one.pk) for one in people], "reject_reason": "autre-profil"} | typed


def preview(client, url, people, **typed):
    return client.post(url, form_of(people, **typed) | {"preview": ""})


def confirmation(page, people, **typed):
    """What the browser sends back from the page of the preview."""
    shown = {"message": page.context["form"]["message"].value(), "lu": page.context["lu"]}
    return form_of(people, **shown) | typed


def above_the_link(mail):
    """The preview hides the secret of the link."""
    return mail.text.split("Suivre votre candidature")[0]


def states():
    return set(Application.objects.values_list("state", flat=True))


def test_each_person_s_message_is_shown_then_sent(log_in, offer, people):
    client = log_in("recrutement")

    page = preview(client, url_of(offer), people)
    shown = {
        mail.to: mail.text.split("Suivre votre candidature")[0] for mail in page.context["mails"]
    }
    assert not OutgoingMessage.objects.exists()
    sent = client.post(url_of(offer), confirmation(page, people))

    assert sent.url == f"{LIST}?offer={offer.pk}"
    assert states() == {"rejected"}
    left = {
        one.to: one.text.split("Suivre votre candidature")[0]
        for one in OutgoingMessage.objects.all()
    }
    assert left == shown
    assert {text.split(",")[0] for text in left.values()} == {
        "Bonjour Inès", "Bonjour Paul", "Bonjour Zoé",
    }  # fmt: skip
    assert {one.reject_reason for one in Application.objects.all()} == {"autre-profil"}


def test_the_common_text_is_edited_and_read_again(log_in, offer, people):
    client = log_in("recrutement")
    preview(client, url_of(offer), people)

    page = preview(client, url_of(offer), people, message="Un mot pour vous tous.")
    client.post(url_of(offer), confirmation(page, people))

    assert all("Un mot pour vous tous." in one.text for one in OutgoingMessage.objects.all())
    assert OutgoingMessage.objects.count() == 3


def test_without_the_preview_nothing_leaves(log_in, offer, people):
    page = log_in("recrutement").post(url_of(offer), form_of(people, message="Non.", lu="faux"))

    assert "Rien n’est parti" in page.content.decode()
    assert states() == {"received"}
    assert not OutgoingMessage.objects.exists()


def another_text(people, data):
    data["message"] = "Un autre texte."


def another_reason(people, data):
    data["reject_reason"] = "experience"


def somebody_less(people, data):
    data["qui"] = data["qui"][:2]


def somebody_more(people, data):
    data["qui"].append(str(ApplicationFactory(offer=people[0].offer).pk))


def somebody_who_withdrew(people, data):
    LIFECYCLE.apply(people[0], "withdraw", by=PERSON, now=timezone.now())


def another_address(people, data):
    Application.objects.filter(pk=people[0].pk).update(email="neuf@exemple.test")


def another_delay(people, data):
    RecruitmentSettings.load()
    RecruitmentSettings.objects.update(kept_months=1)


@pytest.mark.parametrize(
    "change",
    [
        another_text,
        another_reason,
        somebody_less,
        somebody_more,
        somebody_who_withdrew,
        another_address,
        another_delay,
    ],
)
def test_what_has_changed_since_the_preview_stops_everything(log_in, offer, people, change):
    client = log_in("recrutement")
    data = confirmation(preview(client, url_of(offer), people), people)
    change(people, data)
    before = OutgoingMessage.objects.count()

    page = client.post(url_of(offer), data)

    assert "Rien n’est parti" in page.content.decode()
    assert OutgoingMessage.objects.count() == before
    assert "rejected" not in states()


def test_who_can_no_longer_be_refused_is_named_with_why(log_in, offer, people):
    LIFECYCLE.apply(people[0], "withdraw", by=PERSON, now=timezone.now())

    page = preview(log_in("recrutement"), url_of(offer), people)

    ((name, why),) = page.context["left"]
    assert people[0].reference in name
    assert "Retirée par la personne" in str(why)
    assert len(page.context["mails"]) == 2


def test_a_person_to_whom_the_post_was_proposed_is_refused_alone(log_in, offer):
    proposed = ApplicationFactory(offer=offer, state="offered")

    page = preview(log_in("recrutement"), url_of(offer), [proposed])

    ((_, why),) = page.context["left"]
    assert "offre de contrat" in str(why)
    assert not page.context["lu"]


def test_who_changes_in_the_middle_is_left_as_she_is(people):
    LIFECYCLE.apply(
        Application.objects.get(pk=people[1].pk), "withdraw", by=PERSON, now=timezone.now()
    )

    outcome = refusals.refuse_all(
        people, RejectReason.OTHER, "Non.", by=STAFF, now=timezone.now(), note="Note."
    )

    assert outcome.done == [people[0], people[2]]
    ((left, _),) = outcome.left
    assert left == people[1]
    assert OutgoingMessage.objects.filter(kind="recrutement_refus").count() == 2
    assert Application.objects.get(pk=people[1].pk).state == "withdrawn"


def test_there_is_a_limit(log_in, offer):
    now = timezone.now()
    many = [ApplicationFactory(offer=offer) for _ in range(refusals.MOST_AT_ONCE + 1)]

    outcome = refusals.sort(many, by=STAFF, now=now)

    assert len(outcome.done) == refusals.MOST_AT_ONCE
    assert "50 personnes au plus" in str(outcome.left[0][1])
    assert len(refusals.refuse_all(many, "autre", "Non.", by=STAFF, now=now).done) == 50


def test_a_double_click_refuses_once(log_in, offer, people):
    client = log_in("recrutement")
    data = confirmation(preview(client, url_of(offer), people), people)

    client.post(url_of(offer), data)
    again = client.post(url_of(offer), data)

    assert again.status_code == 200
    assert OutgoingMessage.objects.count() == 3


@pytest.mark.parametrize("who", [[], ["faux"], ["\u0000"], [str(uuid.uuid4())]])
def test_nobody_to_refuse_is_said(log_in, offer, people, who):
    page = log_in("recrutement").post(
        url_of(offer), {"qui": who, "reject_reason": "autre", "preview": ""}
    )

    assert "Cochez au moins une personne." in page.content.decode()


def test_the_people_of_another_offer_are_out_of_reach(log_in, offer):
    elsewhere = ApplicationFactory()

    page = preview(log_in("recrutement"), url_of(offer), [elsewhere])

    assert "Cochez au moins une personne." in page.content.decode()
    assert elsewhere.reference not in page.content.decode()


def test_what_the_site_sends_to_itself_is_not_somebody(log_in, offer):
    ApplicationFactory(offer=offer, synthetic=True)

    page = log_in("recrutement").get(url_of(offer))

    assert page.context["people"] == []


def test_from_the_list_the_ticked_ones_come_to_the_screen(log_in, people):
    client = log_in("recrutement")
    elsewhere = ApplicationFactory(offer=None)
    ids = "&".join(f"id={one.pk}" for one in (*people[:2], elsewhere))

    moved = client.get(f"/admin/bulk/recrutement/application/refuse/?{ids}&next={LIST}")
    page = client.get(moved.url)

    assert [one.pk for one, _, ticked in page.context["people"] if ticked] == [
        people[0].pk, people[1].pk, elsewhere.pk,
    ]  # fmt: skip
    assert states() == {"received"}


def test_the_bulk_action_itself_refuses_nobody(log_in, people):
    client = log_in("recrutement")
    ids = "&".join(f"id={one.pk}" for one in people)

    client.post(f"/admin/bulk/recrutement/application/refuse/?{ids}&next={LIST}")
    client.post(f"/admin/bulk/recrutement/application/refuse/?id=all&next={LIST}")

    assert states() == {"received"}


@pytest.mark.parametrize("role", ["redaction", "formation"])
def test_other_roles_reach_no_screen(log_in, offer, people, role):
    client = log_in(role)

    for url in (url_of(offer), reverse("recrutement_refuse_together")):
        assert client.get(url).status_code in {302, 403}
        assert preview(client, url, people).status_code in {302, 403}


def test_the_number_of_queries_of_the_list_does_not_grow(log_in, offer, count_queries):
    client = log_in("recrutement")
    ApplicationFactory(offer=offer)
    with_one = count_queries(lambda: client.get(url_of(offer)))
    for _ in range(29):
        ApplicationFactory(offer=offer)

    assert count_queries(lambda: client.get(url_of(offer))) <= with_one
