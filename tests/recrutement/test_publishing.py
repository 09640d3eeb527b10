from datetime import date

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

import pytest

from home.services.sections import open_section_to
from recrutement.models import JobOfferPage
from recrutement.publishing import faults
from tests.factories.recrutement import IndexFactory, OfferFactory, in_days

COMPLETE = {
    "title": "Chargé·e d’études",
    "slug": "charge-etudes",
    "closing_date": date(2026, 6, 30),
    "contract_type": "cdi",
    "contract_months": None,
    "remote_policy": "sur-site",
    "city": "Lyon",
    "postcode": "69007",
    "salary_min": 30000,
    "salary_max": 36000,
    "salary_unit": "an",
}


def test_a_complete_offer_has_no_fault():
    assert faults(COMPLETE) == {}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": "Chargé d’études"}, "title"),
        ({"title": "Chargé·e d’" + "é" * 80}, "title"),
        ({"contract_type": ""}, "contract_type"),
        ({"contract_type": "cdd"}, "contract_months"),
        ({"contract_type": "stage"}, "contract_months"),
        ({"city": ""}, "city"),
        ({"postcode": ""}, "postcode"),
        ({"salary_min": None}, "salary_min"),
        ({"salary_max": None}, "salary_max"),
        ({"salary_min": 40000}, "salary_max"),
        ({"salary_unit": ""}, "salary_unit"),
        ({"closing_date": None}, "closing_date"),
        ({"slug": "spontanee"}, "slug"),
    ],
)
def test_what_is_missing_is_said_beside_its_field(changes, field):
    found = faults(COMPLETE | changes)

    assert list(found) == [field]
    assert found[field].endswith((".", "L1132-1)."))


def test_a_remote_offer_needs_no_place():
    assert faults(COMPLETE | {"remote_policy": "a-distance", "city": "", "postcode": ""}) == {}


def test_a_temporary_contract_with_its_duration_is_complete():
    assert faults(COMPLETE | {"contract_type": "cdd", "contract_months": 6}) == {}


@pytest.mark.django_db
def test_no_path_publishes_an_incomplete_offer():
    offer = OfferFactory(live=False, title="Chargé d’études")
    revision = offer.save_revision(clean=False)

    with pytest.raises(ValidationError) as refusal:
        revision.publish()

    assert "Code du travail" in str(refusal.value)
    offer.refresh_from_db()
    assert not offer.live


@pytest.mark.django_db
def test_a_draft_may_be_incomplete():
    offer = OfferFactory(live=False, title="Chargé d’études", salary_min=None, city="")

    assert offer.pk


@pytest.mark.django_db
def test_references_follow_each_other_within_a_year():
    year = timezone.localdate().year
    first, second = OfferFactory(), OfferFactory()

    assert (first.reference, second.reference) == (f"ENYS-{year}-001", f"ENYS-{year}-002")


@pytest.mark.django_db
def test_the_thousandth_reference_comes_after_the_999th():
    year = timezone.localdate().year
    OfferFactory(reference=f"ENYS-{year}-999")

    assert OfferFactory().reference == f"ENYS-{year}-1000"
    assert OfferFactory().reference == f"ENYS-{year}-1001"


@pytest.mark.django_db
def test_a_copy_takes_its_own_reference():
    offer = OfferFactory()

    copy = offer.copy(update_attrs={"slug": "copie", "title": "Chargé·e d’autre chose"})

    assert copy.reference
    assert copy.reference != offer.reference


@pytest.mark.django_db
def test_a_copied_draft_is_published_under_its_own_reference():
    offer = OfferFactory()
    offer.save_revision()

    copy = offer.copy(update_attrs={"slug": "copie"}, keep_live=False)
    copy.get_latest_revision().publish()

    copy.refresh_from_db()
    assert copy.live
    assert copy.reference != offer.reference


@pytest.mark.django_db
@pytest.mark.parametrize(
    "changes",
    [{"salary_min": 5, "salary_max": 4}, {"positions": 0}, {"answer_by_days": 0}],
)
def test_the_database_refuses_what_makes_no_sense(changes):
    with pytest.raises(IntegrityError), transaction.atomic():
        OfferFactory(live=False, **changes)


@pytest.mark.django_db
def test_publishing_from_the_editor_says_what_is_missing_beside_the_field(log_in):
    index = IndexFactory.the_one()
    open_section_to(index, "Recrutement")
    client = log_in("recrutement")
    fields = {
        "title": "Chargé d’études",
        "slug": "charge-etudes",
        "introduction": "Une enquête.",
        "status": "open",
        "closing_date": str(in_days(20)),
        "answer_by_days": 30,
        "contract_type": "cdd",
        "work_time": "plein",
        "positions": 1,
        "remote_policy": "sur-site",
        "cover_letter": "facultatif",
        "missions": '{"blocks": [{"key": "a", "text": "x", "type": "unstyled"}], "entityMap": {}}',
        "profile": '{"blocks": [{"key": "a", "text": "x", "type": "unstyled"}], "entityMap": {}}',
        "comments-TOTAL_FORMS": 0,
        "comments-INITIAL_FORMS": 0,
        "action-publish": "1",
    }

    response = client.post(f"/admin/pages/add/recrutement/jobofferpage/{index.pk}/", fields)

    errors = response.context["form"].errors
    assert set(errors) == {"title", "contract_months", "city", "postcode", "salary_min"}
    assert not JobOfferPage.objects.exists()


@pytest.mark.django_db
def test_a_new_offer_does_not_open_on_a_day_that_has_passed():
    offer = OfferFactory(live=False, first_published_at=None)

    with pytest.raises(ValidationError, match="Cette date est passée"):
        offer.check_publishable({"closing_date": in_days(-1)})
    offer.check_publishable({"closing_date": in_days(0)})


@pytest.mark.django_db
def test_an_offer_that_has_closed_may_still_be_corrected():
    offer = OfferFactory(first_published_at=timezone.now())

    offer.check_publishable({"closing_date": in_days(-1)})
