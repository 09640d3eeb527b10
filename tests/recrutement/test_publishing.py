"""From the editor to the public: what may go online, and by which road."""

from datetime import timedelta

from django.contrib.messages import get_messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from wagtail.test.utils.form_data import inline_formset, nested_form_data

import pytest

from home.models import NotPublishable
from home.services.scheduling import run as publish_due
from recrutement.models import JobOfferPage
from tests.factories.people import UserFactory
from tests.factories.recrutement import IndexFactory, OfferFactory, in_days

pytestmark = pytest.mark.django_db


def test_no_path_publishes_an_incomplete_offer():
    offer = OfferFactory(live=False, title="Chargé d’études")
    revision = offer.save_revision(clean=False)

    with pytest.raises(ValidationError) as refusal:
        revision.publish()

    assert "Code du travail" in str(refusal.value)
    offer.refresh_from_db()
    assert not offer.live


def test_a_draft_may_be_incomplete():
    offer = OfferFactory(live=False, title="Chargé d’études", salary_min=None, city="")

    assert offer.pk


def test_references_follow_each_other_within_a_year():
    year = timezone.localdate().year
    first, second = OfferFactory(), OfferFactory()

    assert (first.reference, second.reference) == (f"ENYS-{year}-001", f"ENYS-{year}-002")


def test_the_thousandth_reference_comes_after_the_999th():
    year = timezone.localdate().year
    OfferFactory(reference=f"ENYS-{year}-999")

    assert OfferFactory().reference == f"ENYS-{year}-1000"
    assert OfferFactory().reference == f"ENYS-{year}-1001"


def test_a_copy_takes_its_own_reference():
    offer = OfferFactory()

    copy = offer.copy(update_attrs={"slug": "copie", "title": "Chargé·e d’autre chose"})

    assert copy.reference
    assert copy.reference != offer.reference


def test_a_copied_draft_is_published_under_its_own_reference():
    offer = OfferFactory()
    offer.save_revision()

    copy = offer.copy(update_attrs={"slug": "copie"}, keep_live=False)
    copy.get_latest_revision().publish()

    copy.refresh_from_db()
    assert copy.live
    assert copy.reference != offer.reference


@pytest.mark.parametrize(
    "changes",
    [{"salary_min": 5, "salary_max": 4}, {"positions": 0}, {"answer_by_days": 0}],
)
def test_the_database_refuses_what_makes_no_sense(changes):
    with pytest.raises(IntegrityError), transaction.atomic():
        OfferFactory(live=False, **changes)


# -- The editor ---------------------------------------------------------------------------------


def editor(**changes):
    """What the editor posts for an offer in order; a value None leaves the field out."""
    text = '{"blocks": [{"key": "a", "text": "x", "type": "unstyled"}], "entityMap": {}}'
    fields = {
        "title": "Chargé·e d’études",
        "slug": "charge-etudes",
        "introduction": "Une enquête.",
        "status": "open",
        "closing_date": str(in_days(20)),
        "answer_by_days": 30,
        "contract_type": "cdi",
        "work_time": "plein",
        "positions": 1,
        "city": "Lyon",
        "postcode": "69007",
        "country": "FR",
        "remote_policy": "sur-site",
        "remote_area": "FR",
        "salary_min": 30000,
        "salary_max": 36000,
        "salary_unit": "an",
        "collective_agreement": "syntec",
        "accommodation": "Les horaires s’adaptent.",
        "cover_letter": "facultatif",
        "missions": text,
        "profile": text,
        "process": text,
        "comments": inline_formset([]),
        "questions": inline_formset([]),
        "criteria": inline_formset([]),
    }
    nested = {name: value for name, value in (fields | changes).items() if value is not None}
    return nested_form_data(nested)


@pytest.fixture
def desk(log_in):
    index = IndexFactory.the_one()
    client = log_in("recrutement")
    client.add_url = f"/admin/pages/add/recrutement/jobofferpage/{index.pk}/?modele=vide"
    return client


def publish(client, offer=None, **changes):
    url = f"/admin/pages/{offer.pk}/edit/" if offer else client.add_url
    return client.post(url, editor(**changes) | {"action-publish": "1"})


def errors_of(response):
    return response.context["form"].errors


def test_publishing_from_the_editor_says_what_is_missing_beside_the_field(desk):
    wrong = {"title": "Chargé d’études", "contract_type": "cdd", "city": "", "postcode": ""}

    response = publish(desk, **wrong, salary_min="")

    found = set(errors_of(response))
    assert found == {"title", "contract_months", "city", "postcode", "salary_min"}
    assert not JobOfferPage.objects.exists()


def test_an_offer_in_order_is_published_and_asks_for_no_reason(desk):
    response = publish(desk)

    offer = JobOfferPage.objects.get()
    assert response.status_code == 302
    assert offer.live
    assert not offer.overrides.exists()


def test_a_warning_asks_for_a_reason_and_nothing_that_was_typed_is_lost(desk):
    response = publish(desk, accommodation="", introduction="Une équipe jeune et dynamique.")

    error = errors_of(response)["override_reason"][0]
    assert "art. L1132-1" in error
    assert "«\u00a0Une équipe jeune et dynamique.\u00a0»" in error
    assert "L5213-6" in error
    assert response.context["form"]["introduction"].value() == "Une équipe jeune et dynamique."
    assert not JobOfferPage.objects.exists()


def test_a_written_reason_publishes_and_each_warning_leaves_its_line(desk):
    publish(
        desk,
        accommodation="",
        introduction="Une équipe jeune et dynamique.",
        override_reason="Le texte est celui du client, relu avec lui.",
    )

    offer = JobOfferPage.objects.get()
    assert offer.live
    rows = list(offer.overrides.values_list("code", "excerpt", "article", "reason", "user"))
    reason = "Le texte est celui du client, relu avec lui."
    assert rows == [
        ("amenagements", "", "Code du travail, art. L5213-6", reason, desk.user.pk),
        (
            "age",
            "Une équipe jeune et dynamique.",
            "Code du travail, art. L1132-1",
            reason,
            desk.user.pk,
        ),
    ]


def test_a_warning_already_set_aside_asks_nothing_again_and_a_new_one_does(desk):
    publish(desk, accommodation="", override_reason="Rien à aménager ici.")
    offer = JobOfferPage.objects.get()

    again = publish(desk, offer, accommodation="", introduction="Deux enquêtes.")
    new = publish(desk, offer, accommodation="", introduction="Profil senior.")

    assert again.status_code == 302
    assert set(errors_of(new)) == {"override_reason"}
    assert "senior" in errors_of(new)["override_reason"][0]
    assert "L5213-6" not in errors_of(new)["override_reason"][0]
    assert offer.overrides.count() == 1


def test_blanks_are_no_reason(desk):
    response = publish(desk, accommodation="", override_reason=" \n ")

    assert set(errors_of(response)) == {"override_reason"}


def test_a_reason_does_not_excuse_what_is_forbidden(desk):
    response = publish(desk, accommodation="Appelez le 08 92 12 34 56.", override_reason="Tant pis")

    assert set(errors_of(response)) == {"accommodation"}
    assert not JobOfferPage.objects.exists()


def test_a_reason_posted_twice_leaves_one_line(desk):
    publish(desk, accommodation="", override_reason="Premier motif.")
    offer = JobOfferPage.objects.get()

    publish(desk, offer, accommodation="", override_reason="Second motif.")

    assert [row.reason for row in offer.overrides.all()] == ["Premier motif."]


def test_two_people_who_answer_at_once_leave_one_line():
    offer = OfferFactory(live=False, accommodation="")
    twin = JobOfferPage.objects.get(pk=offer.pk)
    for page, reason in ((offer, "Un."), (twin, "Deux.")):
        page.set_aside(page.open_warnings(), reason, None)

    offer.save()
    twin.save()

    assert [row.reason for row in offer.overrides.all()] == ["Un."]


@pytest.mark.parametrize("road", ["revision", "bulk", "schedule"])
def test_no_road_publishes_past_a_warning(desk, road):
    offer = OfferFactory(live=False, first_published_at=None, accommodation="")
    revision = offer.save_revision()

    if road == "revision":
        with pytest.raises(NotPublishable, match="L5213-6"):
            revision.publish()
    elif road == "bulk":
        response = desk.post(f"/admin/bulk/wagtailcore/page/publish/?id={offer.pk}")
        said = [str(message) for message in get_messages(response.wsgi_request)]
        assert "L5213-6" in said[0]
    else:
        JobOfferPage.objects.update(go_live_at=timezone.now() - timedelta(hours=1))
        revision.approved_go_live_at = timezone.now() - timedelta(hours=1)
        revision.save()
        publish_due(timezone.now())

    offer.refresh_from_db()
    assert not offer.live


def test_a_reason_written_with_the_draft_opens_the_other_roads(desk):
    desk.post(desk.add_url, editor(accommodation="", override_reason="Poste unique."))
    offer = JobOfferPage.objects.get()
    assert not offer.live

    offer.get_latest_revision().publish()

    offer.refresh_from_db()
    assert offer.live


def test_an_offer_that_was_online_may_always_be_closed():
    offer = OfferFactory()
    JobOfferPage.objects.update(title="Chargé d’études", accommodation="")
    offer = JobOfferPage.objects.get(pk=offer.pk)

    offer.status = "filled"
    offer.save_revision(clean=False).publish()

    offer.refresh_from_db()
    assert offer.status == "filled"
    offer.status = "open"
    with pytest.raises(NotPublishable):
        offer.save()


# -- Days ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("days", "accepted"), [(-1, 0), (0, 0), (1, 1), (90, 1), (91, 0)])
def test_a_first_publication_closes_after_today_and_within_ninety_days(days, accepted):
    offer = OfferFactory(live=False, first_published_at=None, closing_date=in_days(days))

    if accepted:
        offer.check_publishable({})
        offer.save_revision().publish()
    else:
        with pytest.raises(ValidationError) as refused:
            offer.check_publishable({})
        assert set(refused.value.error_dict) == {"closing_date"}
        with pytest.raises(NotPublishable):
            offer.save_revision().publish()


@pytest.mark.parametrize("days", [-1, 0, 200])
def test_an_offer_that_was_online_may_still_be_corrected(days):
    offer = OfferFactory(closing_date=in_days(days))

    offer.check_publishable({"closing_date": in_days(days)})


# -- Questions ----------------------------------------------------------------------------------


def question(label, **facts):
    return {"label": label, "kind": "court", "choices": ""} | facts


def test_a_forbidden_question_is_refused_with_its_number(desk):
    asked = [question("Quand êtes-vous disponible ?"), question("Quel est votre âge ?")]

    response = publish(desk, questions=inline_formset(asked))

    assert "Question 2\u00a0: on ne demande pas l’âge" in str(errors_of(response)["__all__"])
    assert not JobOfferPage.objects.exists()


def test_a_doubtful_question_asks_for_a_reason(desk):
    asked = inline_formset([question("Avez-vous un véhicule ?")])

    response = publish(desk, questions=asked)
    done = publish(desk, questions=asked, override_reason="Tournées de nuit sans transport.")

    assert set(errors_of(response)) == {"override_reason"}
    assert done.status_code == 302
    assert JobOfferPage.objects.get().questions.count() == 1


def test_a_question_that_is_taken_away_is_no_longer_read(desk):
    asked = inline_formset([question("Quel est votre âge ?", DELETE="on")])

    assert publish(desk, questions=asked).status_code == 302


def test_a_list_of_one_choice_is_no_choice(desk):
    asked = inline_formset([question("Quel jour ?", kind="choix", choices="lundi\n\n")])

    assert "deux choix" in str(errors_of(publish(desk, questions=asked))["__all__"])


def test_three_questions_and_six_criteria_at_most(desk):
    questions = inline_formset([question(f"Question {number} ?") for number in range(4)])
    criteria = inline_formset([{"label": f"Critère {number}"} for number in range(7)])

    for many in ({"questions": questions}, {"criteria": criteria}):
        assert publish(desk, **many).status_code == 200
    assert not JobOfferPage.objects.exists()


# -- Who reads ----------------------------------------------------------------------------------


def test_only_those_who_may_review_are_proposed(desk):
    reviewer, other = UserFactory(role="evaluation"), UserFactory(role="formation")

    form = desk.get(desk.add_url).context["form"]

    proposed = form.fields["reviewers"].queryset
    assert reviewer in proposed
    assert desk.user in proposed
    assert other not in proposed
    for person, status in ((other, 200), (reviewer, 302)):
        data = editor() | {"reviewers": [person.pk], "action-publish": "1"}
        assert desk.post(desk.add_url, data).status_code == status
    assert list(JobOfferPage.objects.get().reviewers.all()) == [reviewer]


def test_the_usual_trades_are_proposed_and_another_is_accepted(desk):
    text = desk.get(desk.add_url).content.decode()

    assert '<option value="K1403">' in text
    assert publish(desk, rome_code="K2111").status_code == 302


def test_the_reference_never_changes(desk):
    publish(desk)
    offer = JobOfferPage.objects.get()

    publish(desk, offer, reference="ENYS-1999-001")

    assert JobOfferPage.objects.get().reference == offer.reference


# -- The panel ----------------------------------------------------------------------------------


def panel(offer=None):
    return reverse("recrutement_conformity", args=[offer.pk] if offer else [])


def test_the_panel_follows_what_is_typed_and_saves_nothing(desk):
    offer = OfferFactory(live=False)

    clean = desk.post(panel(offer), editor()).content.decode()
    typed = desk.post(
        panel(offer),
        editor(
            introduction="Bonne présentation exigée.",
            contract_type="cdd",
            questions=inline_formset([question("Êtes-vous syndiqué ?")]),
        ),
    ).content.decode()

    assert "Toutes les mentions obligatoires y sont." in clean
    assert "écrivez plus bas" not in clean
    assert "2\u00a0mentions manquent" in typed
    assert "«&nbsp;Bonne présentation exigée.&nbsp;»" in typed
    assert "on ne demande pas l’appartenance syndicale" in typed
    offer.refresh_from_db()
    assert offer.introduction == "Une enquête de terrain."
    assert not offer.questions.exists()


def test_the_panel_follows_an_offer_that_is_being_created(desk):
    assert "Ajoutez (H/F)" in desk.post(panel(), editor(title="Chargé")).content.decode()
    assert not JobOfferPage.objects.exists()


def test_the_panel_shows_what_was_set_aside(desk):
    publish(desk, accommodation="", override_reason="Rien à aménager ici.")
    offer = JobOfferPage.objects.get()

    text = desk.get(f"/admin/pages/{offer.pk}/edit/").content.decode()

    assert "1\u00a0avertissement passé outre" in text
    assert "Rien à aménager ici." in text
    assert str(desk.user) in text
    assert "js/conformity.js" in text


@pytest.mark.parametrize(
    "changes",
    [
        {"closing_date": "hier"},
        {"introduction": "a\x00b"},
        {"introduction": "é" * 100_000},
        {"introduction": "\u202ejeune et dynamique 🙂"},
        {"salary_min": "NaN"},
        {"salary_unit": "siècle"},
    ],
)
def test_the_panel_bears_any_input(desk, changes):
    assert desk.post(panel(), editor(**changes)).status_code == 200


def test_the_panel_is_for_those_who_may_write_the_offer(desk, log_in, client):
    offer = OfferFactory()

    assert client.post(panel(offer)).status_code == 302
    for role in ("formation", "evaluation"):
        assert log_in(role).post(panel(offer), editor()).status_code in {302, 403}
        assert log_in(role).post(panel(), editor()).status_code in {302, 403}
    assert desk.get(panel(offer)).status_code == 405
    assert desk.post(panel(offer) + "9999/").status_code == 404
