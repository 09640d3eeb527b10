"""What readers add: notes, marks, each criterion by criterion; and what they read of the others."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

import pytest

from recrutement.exceptions import NothingWritten, RatingRefused
from recrutement.models import ApplicationNote, ApplicationRating, OfferCriterion
from recrutement.services import review
from site_enys.states import staff
from tests.factories.people import UserFactory
from tests.factories.recrutement import ApplicationFactory, OfferFactory

pytestmark = pytest.mark.django_db

LIST = "/admin/snippets/recrutement/application/"


def inspect(application) -> str:
    return reverse("wagtailsnippets_recrutement_application:inspect", args=[application.pk])


def screen(name: str, application) -> str:
    return reverse(f"recrutement_{name}", args=[application.pk])


def marks(**scores: int) -> dict[str, int]:
    """The usual criteria, all at 3 but those that are named by their rank."""
    usual = dict.fromkeys(review.USUAL_CRITERIA, 3)
    return usual | {review.USUAL_CRITERIA[int(rank[1:])]: score for rank, score in scores.items()}


def give(application, user, **scores: int) -> None:
    review.rate(application, marks(**scores), by=staff(user), now=timezone.now())


def posted(*scores: object) -> dict[str, str]:
    return {f"critere_{rank}": str(score) for rank, score in enumerate(scores)}


@pytest.fixture
def reviewer(log_in):
    client = log_in("evaluation")
    client.application = ApplicationFactory(offer=OfferFactory(reviewers=[client.user]))
    return client


@pytest.mark.parametrize("role", ["recrutement", "direction"])
def test_the_team_adds_a_note_and_comes_back_to_the_page(log_in, role):
    client, application = log_in(role), ApplicationFactory()

    response = client.post(screen("note", application), {"text": "A dirigé\nun foyer. 🙂"})

    assert response.url == inspect(application)
    note = ApplicationNote.objects.get()
    assert (note.author, note.text) == (client.user, "A dirigé\nun foyer. 🙂")
    page = client.get(inspect(application)).content.decode()
    assert "A dirigé<br>un foyer." in page
    assert "article\u00a015" in page


def test_a_reviewer_adds_a_note_too(reviewer):
    reviewer.post(screen("note", reviewer.application), {"text": "Bonne plume."})

    assert ApplicationNote.objects.get().author == reviewer.user


def test_a_note_sent_twice_is_one_note(reviewer):
    for _ in range(2):
        reviewer.post(screen("note", reviewer.application), {"text": "Bonne plume."})

    assert ApplicationNote.objects.count() == 1


@pytest.mark.parametrize("text", ["", "   ", "x" * 3001, "nul \x00", "sens \u202einverse"])
def test_what_is_no_note_is_said_beside_the_field(reviewer, text):
    response = reviewer.post(screen("note", reviewer.application), {"text": text})

    assert response.status_code == 200
    assert response.context["form"].errors["text"]
    assert not ApplicationNote.objects.exists()


def test_an_empty_note_is_refused_by_the_rule_itself():
    with pytest.raises(NothingWritten):
        review.add_note(ApplicationFactory(), " \n", by=staff(UserFactory()), now=timezone.now())


def test_a_note_is_never_markup(reviewer):
    reviewer.post(screen("note", reviewer.application), {"text": "<script>alert(1)</script>"})

    assert "<script>alert" not in reviewer.get(inspect(reviewer.application)).content.decode()


def test_the_criteria_are_those_of_the_offer_else_the_usual_ones():
    offer = OfferFactory()
    application = ApplicationFactory(offer=offer)
    usual = review.criteria_of(application)
    for rank, label in enumerate(["Écrit", "Terrain", "Écrit"]):
        OfferCriterion.objects.create(page=offer, label=label, sort_order=rank)
    application.refresh_from_db()

    assert usual == list(review.USUAL_CRITERIA)
    assert review.criteria_of(application) == ["Écrit", "Terrain"]
    assert review.criteria_of(ApplicationFactory(offer=None)) == list(review.USUAL_CRITERIA)


def test_a_reviewer_marks_each_criterion_and_may_think_again(reviewer):
    application = reviewer.application

    first = reviewer.post(screen("rate", application), posted(1, 2, 3, 4))
    second = reviewer.post(screen("rate", application), posted(4, 2, 3, 4))

    assert first.url == second.url == inspect(application)
    scores = ApplicationRating.objects.order_by("pk").values_list("score", flat=True)
    assert list(scores) == [4, 2, 3, 4]
    assert "Revoir mon évaluation" in reviewer.get(inspect(application)).content.decode()


@pytest.mark.parametrize(
    "wrong", [(), (1, 2, 3), (0, 2, 3, 4), (5, 2, 3, 4), ("trois", 2, 3, 4), ("1\x00", 2, 3, 4)]
)
def test_marks_that_lack_or_leave_the_scale_are_refused(reviewer, wrong):
    response = reviewer.post(screen("rate", reviewer.application), posted(*wrong))

    assert response.status_code == 200
    assert response.context["form"].errors
    assert not ApplicationRating.objects.exists()


@pytest.mark.parametrize("wrong", [{"Autre": 3}, {}, marks(_0=0), marks(_0=5)])
def test_the_rule_itself_refuses_such_marks(wrong):
    with pytest.raises(RatingRefused):
        review.rate(ApplicationFactory(), wrong, by=staff(UserFactory()), now=timezone.now())

    assert not ApplicationRating.objects.exists()


@pytest.mark.parametrize("state", ["quarantine", "rejected", "hired", "withdrawn", "closed"])
def test_what_is_not_under_study_is_not_marked(log_in, state):
    application, client = ApplicationFactory(state=state), log_in("recrutement")

    response = client.post(screen("rate", application), posted(1, 2, 3, 4))

    assert "n’est pas à l’étude" in response.content.decode()
    assert "Donner mon évaluation" not in client.get(inspect(application)).content.decode()
    assert not ApplicationRating.objects.exists()


def test_the_means_are_those_of_each_criterion(log_in):
    application = ApplicationFactory()
    give(application, UserFactory(), _0=1)
    give(application, UserFactory(), _0=4)

    first, second, *_ = review.marks_by_criterion(application)

    assert (first.criterion, first.mean, len(first.marks)) == (review.USUAL_CRITERIA[0], 2.5, 2)
    assert second.mean == 3
    text = log_in("recrutement").get(inspect(application)).content.decode()
    assert "2,5\u00a0/\u00a04" in text or "2,5&nbsp;/&nbsp;4" in text


def test_the_marks_of_others_are_read_after_ones_own(reviewer):
    application, other = reviewer.application, UserFactory(last_name="Collègue")
    give(application, other)

    before = reviewer.get(inspect(application)).content.decode()
    give(application, reviewer.user)
    after = reviewer.get(inspect(application)).content.decode()

    assert "Donnez d’abord votre avis" in before
    assert "Collègue" not in before
    assert "Collègue" in after


def test_neither_the_list_nor_its_order_nor_its_filter_tells_hidden_marks(reviewer):
    application = reviewer.application
    give(application, UserFactory(), _0=4)

    page = reviewer.get(LIST)
    filtered = reviewer.get(f"{LIST}?marks=3").context["object_list"]
    ordered = reviewer.get(f"{LIST}?ordering=-mean")

    assert "votre avis d’abord" in page.content.decode()
    assert list(filtered) == []
    assert ordered.context["object_list"][0].mean is None


def test_once_the_decision_is_taken_every_reviewer_reads_the_marks(reviewer):
    give(reviewer.application, UserFactory())
    application = reviewer.application
    application.state, application.decided_at = "rejected", timezone.now()
    application.save()

    assert review.sees_marks(reviewer.user, application)


def test_who_decides_reads_the_marks_without_giving_any(log_in):
    application = ApplicationFactory()
    give(application, UserFactory(), _0=1)

    assert review.sees_marks(log_in("recrutement").user, application)


def test_a_recruiter_who_is_also_a_reviewer_of_the_offer_marks_first():
    recruiter = UserFactory(role="recrutement")
    application = ApplicationFactory(offer=OfferFactory(reviewers=[recruiter]))
    give(application, UserFactory())

    assert not review.sees_marks(recruiter, application)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("marks=3", {"BONNE"}),
        ("marks=2", {"BONNE", "MOYENNE"}),
        ("marks=aucune", {"AUCUNE"}),
        ("marks=a-donner", set()),
        ("ordering=-mean", ["BONNE", "MOYENNE", "AUCUNE"]),
        ("ordering=mean", ["MOYENNE", "BONNE", "AUCUNE"]),
        ("mine=oui", {"BONNE"}),
    ],
)
def test_the_list_is_filtered_and_sorted_by_marks(log_in, query, expected):
    client, other = log_in("recrutement"), UserFactory()
    good = ApplicationFactory(reference="BONNE", offer=OfferFactory(recruiter=client.user))
    give(good, other)
    fair = ApplicationFactory(reference="MOYENNE")
    give(fair, other, _0=1, _1=1)
    ApplicationFactory(reference="AUCUNE")

    rows = client.get(f"{LIST}?{query}").context["object_list"]

    found = [row.reference for row in rows]
    assert (found if isinstance(expected, list) else set(found)) == expected


def test_the_page_leads_to_the_application_before_and_to_the_one_after(log_in):
    client, offer, now = log_in("recrutement"), OfferFactory(), timezone.now()
    older, middle, newer = (
        ApplicationFactory(offer=offer, submitted_at=now - timedelta(days=days))
        for days in (3, 2, 1)
    )
    ApplicationFactory(submitted_at=now - timedelta(days=2))

    context = client.get(inspect(middle)).context

    assert context["previous_url"] == inspect(older)
    assert context["next_url"] == inspect(newer)
    assert "next_url" not in client.get(inspect(newer)).context


def test_two_applications_of_the_same_instant_are_both_reached(log_in):
    client, offer, now = log_in("recrutement"), OfferFactory(), timezone.now()
    one, two = ApplicationFactory.create_batch(2, offer=offer, submitted_at=now)

    first, second = sorted((one, two), key=lambda row: row.pk)

    assert client.get(inspect(first)).context["next_url"] == inspect(second)
    assert client.get(inspect(second)).context["previous_url"] == inspect(first)


def test_the_page_keeps_its_number_of_queries_with_many_notes_and_marks(log_in, count_queries):
    client, application = log_in("recrutement"), ApplicationFactory()

    def cost() -> int:
        return count_queries(lambda: client.get(inspect(application)))

    def add() -> None:
        user = UserFactory()
        review.add_note(application, "Lue.", by=staff(user), now=timezone.now())
        give(application, user)

    add()
    cost()
    with_one = cost()
    for _ in range(29):
        add()

    assert cost() == with_one
