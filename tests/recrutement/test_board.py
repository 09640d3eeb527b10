"""« Tableau »: the applications under way, column by column."""

from django.urls import reverse

import pytest

from recrutement.services.board import PER_COLUMN, acts_of
from tests.factories.people import UserFactory
from tests.factories.recrutement import ApplicationFactory, OfferFactory, in_days

pytestmark = pytest.mark.django_db

BOARD = "/admin/recrutement/tableau/"
LIST = "/admin/snippets/recrutement/application/"


def inspect(application) -> str:
    return reverse("wagtailsnippets_recrutement_application:inspect", args=[application.pk])


def columns(response) -> dict[str, dict]:
    return {column["state"]: column for column in response.context["columns"]}


def shown(response) -> set[str]:
    return {
        card["application"].reference
        for column in response.context["columns"]
        for card in column["cards"]
    }


def test_each_column_counts_and_shows_its_state_the_most_pressing_first(log_in):
    offer = OfferFactory()
    late = ApplicationFactory(offer=offer, answer_by=in_days(-1))
    ApplicationFactory(offer=offer, answer_by=in_days(5))
    ApplicationFactory(state="interview")
    ApplicationFactory(state="rejected")
    ApplicationFactory(state="received", synthetic=True)

    response = log_in("recrutement").get(BOARD)

    found = columns(response)
    assert list(found) == ["quarantine", "received", "reviewing", "interview", "offered"]
    assert [found[state]["count"] for state in found] == [0, 2, 0, 1, 0]
    assert found["received"]["cards"][0]["application"] == late
    text = response.content.decode()
    assert text.count("en retard</strong>") == 1
    assert inspect(late) in text
    ((label, count, url),) = response.context["ended"]
    assert (label, count) == ("Non retenue", 1)
    assert url == f"{LIST}?state=rejected"


@pytest.mark.parametrize(("more", "said"), [(0, ""), (1, "Voir l’autre"), (2, "Voir les 2 autres")])
def test_a_long_column_leads_to_the_list_for_the_others(log_in, more, said):
    offer = OfferFactory()
    ApplicationFactory.create_batch(PER_COLUMN + more, offer=offer)

    response = log_in("recrutement").get(f"{BOARD}?offre={offer.reference}")

    column = columns(response)["received"]
    assert len(column["cards"]) == PER_COLUMN
    assert column["url"] == f"{LIST}?offer={offer.pk}&state=received"
    assert said in response.content.decode()
    assert ("autre" in said) == (column["others"] > 0)
    listed = log_in("recrutement").get(column["url"]).context["paginator"].count
    assert listed == PER_COLUMN + more


def test_the_board_is_narrowed_to_one_offer_to_spontaneous_ones_or_to_mine(log_in):
    client = log_in("recrutement")
    offer = OfferFactory(recruiter=client.user)
    ApplicationFactory(offer=offer, reference="OFFRE")
    ApplicationFactory(reference="AUTRE")
    ApplicationFactory(offer=None, reference="SPONTANEE")

    assert shown(client.get(BOARD)) == {"OFFRE", "AUTRE", "SPONTANEE"}
    assert shown(client.get(f"{BOARD}?offre={offer.reference}")) == {"OFFRE"}
    assert shown(client.get(f"{BOARD}?offre=spontanees")) == {"SPONTANEE"}
    assert shown(client.get(f"{BOARD}?a_moi=oui")) == {"OFFRE"}
    for wrong in ("offre=inconnue", "offre=%00", "offre=' OR 1=1", "a_moi=non"):
        assert shown(client.get(f"{BOARD}?{wrong}")) == {"OFFRE", "AUTRE", "SPONTANEE"}


def test_each_act_of_a_card_leads_to_its_screen(log_in):
    client = log_in("recrutement")
    for state in ("quarantine", "received", "reviewing", "interview", "offered"):
        ApplicationFactory(state=state)

    response = client.get(BOARD)

    for column in response.context["columns"]:
        (card,) = column["cards"]
        assert [label for label, _ in card["acts"]] == [
            row.label for row in acts_of(column["state"])
        ]
        assert card["acts"]
        for _, url in card["acts"]:
            page = client.get(url)
            assert page.status_code == 200
            assert not page.context["obstacle"]


def test_a_reviewer_has_a_board_of_her_offers_without_acts(log_in):
    client = log_in("evaluation")
    offer = OfferFactory(reviewers=[client.user])
    ApplicationFactory(offer=offer, reference="A-MOI")
    ApplicationFactory(offer=offer, state="quarantine", reference="A-VERIFIER")
    other = ApplicationFactory(reference="AUTRE")

    response = client.get(BOARD)
    forced = client.get(f"{BOARD}?offre={other.offer.reference}")

    assert shown(response) == shown(forced) == {"A-MOI"}
    text = response.content.decode()
    assert "quarantine" not in columns(response)
    assert "Que faire" not in text
    assert other.offer.title not in text
    assert "Garnier" not in text


@pytest.mark.parametrize("role", ["redaction", "formation"])
def test_the_board_is_closed_to_the_others(log_in, role):
    assert log_in(role).get(BOARD).status_code == 302


def test_offers_and_board_lead_to_one_another(log_in):
    client = log_in("direction")
    client.user.is_superuser = True
    client.user.save()
    offer = OfferFactory()

    assert f"{BOARD}?offre={offer.reference}" in client.get("/admin/offres/").content.decode()
    assert "/admin/offres/" in client.get(BOARD).content.decode()


def test_an_application_leads_to_its_board(log_in):
    application = ApplicationFactory()

    page = log_in("recrutement").get(inspect(application)).content.decode()

    assert f"{BOARD}?offre={application.offer.reference}" in page


@pytest.mark.parametrize("role", ["recrutement", "evaluation"])
def test_list_and_board_keep_their_number_of_queries(log_in, count_queries, role):
    client = log_in(role)
    offer = OfferFactory(reviewers=[client.user] if role == "evaluation" else [])
    states = ("quarantine", "received", "reviewing", "interview", "offered")

    def add(number: int) -> None:
        for state in states:
            for row in ApplicationFactory.create_batch(number, offer=offer, state=state):
                row.ratings.create(
                    reviewer=UserFactory(), criterion="Écrit", score=3, at=row.submitted_at
                )

    def costs() -> list[int]:
        for url in (BOARD, LIST):
            client.get(url)
        return [count_queries(lambda url=url: client.get(url)) for url in (BOARD, LIST)]

    add(1)
    with_one = costs()
    add(29)

    assert costs() == with_one
    assert max(with_one) <= 20
