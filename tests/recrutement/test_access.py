"""Who reads which applications: the rule, and each screen that asks for it."""

import uuid

from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone

import pytest

from recrutement.enums import ApplicationState
from recrutement.models import AccommodationRequest, Application, Interview
from recrutement.services import access
from site_enys.models import PrivateFileAccess
from tests.desk import lines_waiting
from tests.factories.people import UserFactory
from tests.factories.recrutement import ApplicationFactory, DocumentFactory, OfferFactory

pytestmark = pytest.mark.django_db

NAMESPACE = "wagtailsnippets_recrutement_application"


def address(name: str, *args: object) -> str:
    return reverse(f"{NAMESPACE}:{name}", args=args)


@pytest.fixture
def reviewer(log_in):
    """A client signed in as a reviewer, with `offer` given to her."""
    client = log_in("evaluation")
    client.offer = OfferFactory(reviewers=[client.user])
    return client


def references(user) -> set[str]:
    return set(access.visible(user).values_list("reference", flat=True))


def test_a_reviewer_reads_her_offers_and_no_other(reviewer):
    ApplicationFactory(offer=reviewer.offer, reference="A-MOI")
    ApplicationFactory(reference="AUTRE-OFFRE")
    ApplicationFactory(offer=None, reference="SPONTANEE")
    ApplicationFactory(offer=reviewer.offer, reference="A-VERIFIER", state="quarantine")

    assert references(reviewer.user) == {"A-MOI"}
    assert references(UserFactory(role="recrutement")) == {
        "A-MOI",
        "AUTRE-OFFRE",
        "SPONTANEE",
        "A-VERIFIER",
    }
    assert references(UserFactory(role="formation")) == set()


def test_two_reviewers_of_one_offer_do_not_double_its_applications(reviewer):
    offer = OfferFactory(reviewers=[reviewer.user, UserFactory(role="evaluation")])
    ApplicationFactory(offer=offer)

    assert access.visible(reviewer.user).count() == 1


def test_being_named_is_not_enough_without_the_role():
    other = UserFactory(role="redaction")
    ApplicationFactory(offer=OfferFactory(reviewers=[other]))

    assert not access.visible(other).exists()


def test_an_account_put_to_sleep_reads_nothing(reviewer):
    ApplicationFactory(offer=reviewer.offer)
    reviewer.user.is_active = False

    assert not access.visible(reviewer.user).exists()


def test_what_the_site_sends_to_itself_shows_to_nobody():
    ApplicationFactory(synthetic=True)

    assert not access.visible(UserFactory(is_superuser=True)).exists()


def test_a_reviewer_taken_off_the_offer_reads_it_no_more(reviewer):
    application = ApplicationFactory(offer=reviewer.offer)
    assert reviewer.get(address("inspect", application.pk)).status_code == 200

    reviewer.offer.reviewers = []
    reviewer.offer.save()

    assert reviewer.get(address("inspect", application.pk)).status_code == 302


def test_the_list_of_a_reviewer_holds_her_offers_only(reviewer):
    ApplicationFactory(offer=reviewer.offer, reference="A-MOI")
    other = ApplicationFactory(reference="AUTRE-OFFRE")

    text = reviewer.get(address("list")).content.decode()
    forced = reviewer.get(f"{address('list')}?offer={other.offer.pk}")

    assert "A-MOI" in text
    assert "AUTRE-OFFRE" not in text
    assert other.offer.title not in text  # nor among the choices of the filter
    assert "AUTRE-OFFRE" not in forced.content.decode()


@pytest.mark.parametrize("name", ["inspect", "history", "usage", "delete"])
def test_a_reviewer_who_reaches_another_offer_is_refused_and_it_is_noted(reviewer, name):
    application = ApplicationFactory(reference="C-2025-0099")

    response = reviewer.get(address(name, application.pk))

    assert response.status_code == 302
    assert response.url == reverse("wagtailadmin_home")
    if name != "delete":  # nobody reviews by deleting: the right itself is missing
        noted = PrivateFileAccess.objects.get()
        assert (noted.user, noted.subject) == (reviewer.user, "Candidature C-2025-0099")
        assert noted.refused


@pytest.mark.parametrize("screen", ["note", "rate", "reveal"])
def test_no_screen_of_another_offer_opens(reviewer, screen):
    application = ApplicationFactory(reference="C-2025-0099")
    url = reverse(f"recrutement_{screen}", args=[application.pk])

    assert reviewer.get(url).status_code == 404
    assert reviewer.post(url, {"text": "Oui", "reason": "Voir"}).status_code == 404
    assert PrivateFileAccess.objects.filter(refused=True).count() == 2
    assert not application.notes.exists()
    assert not application.reveals.exists()


def test_an_unknown_application_is_noted_as_well(reviewer):
    unknown = uuid.uuid4()

    assert reviewer.get(address("inspect", unknown)).status_code == 404
    assert reviewer.get(reverse("recrutement_note", args=[unknown])).status_code == 404
    subjects = PrivateFileAccess.objects.values_list("subject", flat=True)
    assert list(subjects) == ["Candidature inconnue"] * 2


def test_a_reviewer_changes_nothing_exports_nothing_and_deletes_nothing(reviewer):
    application = ApplicationFactory(offer=reviewer.offer)
    transition = address("transition", application.pk, "start_review")

    assert reviewer.get(transition).status_code == 302
    assert reviewer.post(transition).status_code == 302
    assert reviewer.post(address("delete", application.pk)).status_code == 302
    for kind in ("csv", "xlsx"):
        assert reviewer.get(f"{address('list')}?export={kind}").status_code == 302
    assert "export=" not in reviewer.get(address("list")).content.decode()
    assert "Que faire maintenant" not in (
        reviewer.get(address("inspect", application.pk)).content.decode()
    )
    application.refresh_from_db()
    assert application.state == "received"


def test_the_file_of_another_offer_is_unknown_and_the_try_is_noted(reviewer, caplog):
    document = DocumentFactory(application__reference="C-2025-0042")

    there = reviewer.get(reverse("recrutement_document", args=[document.pk]))
    nowhere = reviewer.get(reverse("recrutement_document", args=[999_999]))

    assert there.status_code == nowhere.status_code == 404
    assert there.content == nowhere.content
    noted = PrivateFileAccess.objects.order_by("pk")
    assert [(row.user, row.subject, row.refused) for row in noted] == [
        (reviewer.user, "CV C-2025-0042", True),
        (reviewer.user, "Pièce inconnue n°\u00a0999999", True),
    ]
    assert "Accès refusé au compte" in caplog.text
    assert "Garnier" not in caplog.text


def test_a_reviewer_opens_a_file_only_after_her_reveal(reviewer):
    document = DocumentFactory(application__offer=reviewer.offer)
    url = reverse("recrutement_document", args=[document.pk])
    reveal = reverse("recrutement_reveal", args=[document.application.pk])

    before = reviewer.get(url)
    reviewer.post(reveal, {"reason": "Entretien demain."})

    assert before.status_code == 302
    assert b"".join(reviewer.get(url).streaming_content)
    assert [row.refused for row in PrivateFileAccess.objects.order_by("pk")] == [True, False]


def test_the_file_of_an_application_set_aside_is_closed_to_the_reviewer(reviewer):
    document = DocumentFactory(application__offer=reviewer.offer, application__state="quarantine")

    response = reviewer.get(reverse("recrutement_document", args=[document.pk]))

    assert response.status_code == 404


def test_the_journal_of_files_says_what_was_refused(log_in, reviewer):
    document = DocumentFactory(application__reference="C-2025-0042")
    reviewer.get(reverse("recrutement_document", args=[document.pk]))

    page = log_in("direction").get(
        reverse("wagtailsnippets_site_enys_privatefileaccess:list") + "?refused=true"
    )

    text = page.content.decode()
    assert "CV C-2025-0042" in text
    assert "Refusée" in text


INVITED = {"interview", "offered", "hired"}


@pytest.mark.parametrize("state", ApplicationState.values)
def test_an_accommodation_is_read_once_the_person_is_invited(state):
    application = ApplicationFactory(state=state)
    recruiter = UserFactory(role="recrutement")

    assert access.sees_accommodation(recruiter, application) == (state in INVITED)


def test_an_accommodation_shows_on_the_page_of_those_who_may_read_it_only(log_in, reviewer):
    application = ApplicationFactory(offer=reviewer.offer, state="rejected")
    now = timezone.now()
    AccommodationRequest.objects.create(
        application=application, text="Une salle au rez-de-chaussée", at=now
    )
    url, recruiter = address("inspect", application.pk), log_in("recrutement")
    before = recruiter.get(url).content.decode()
    Interview.objects.create(
        application=application, kind="visio", starts_at=now, place="Lien", created_at=now
    )

    assert "rez-de-chaussée" not in before
    assert "rez-de-chaussée" in recruiter.get(url).content.decode()
    assert "rez-de-chaussée" not in reviewer.get(url).content.decode()


def test_the_menu_of_a_reviewer_has_her_applications_and_her_board(reviewer):
    text = reviewer.get("/admin/").content.decode()

    assert address("list") in text
    assert reverse("recrutement_board") in text
    assert "/admin/offres/" not in text


def test_the_home_of_a_reviewer_says_what_waits_for_her_marks(reviewer, rf):
    first = ApplicationFactory(offer=reviewer.offer)
    ApplicationFactory(offer=reviewer.offer, state="reviewing")
    ApplicationFactory(offer=reviewer.offer, state="rejected")
    ApplicationFactory()
    first.ratings.create(reviewer=reviewer.user, criterion="Écrit", score=3, at=timezone.now())
    request = rf.get("/admin/")
    request.user = reviewer.user

    (line,) = lines_waiting(request, timezone.now())

    assert line.sentence == "1\u00a0candidature à évaluer"
    (shown,) = reviewer.get(line.url).context["object_list"]
    assert shown.state == "reviewing"


def test_a_superuser_who_reviews_nothing_has_no_such_line(rf):
    ApplicationFactory()
    request = rf.get("/admin/")
    request.user = UserFactory(is_superuser=True)

    sentences = [line.sentence for line in lines_waiting(request, timezone.now())]

    assert "1\u00a0candidature à lire" in sentences
    assert not any("évaluer" in sentence for sentence in sentences)


def test_the_right_to_decide_alone_opens_nothing(log_in):
    application = ApplicationFactory()
    client = log_in("redaction")
    client.user.user_permissions.add(
        *Permission.objects.filter(codename__in=["change_application", "delete_application"])
    )

    client.post(address("delete", application.pk))
    client.post(address("transition", application.pk, "start_review"))

    assert Application.objects.get().state == "received"
