"""Results by kind, what belongs to the past, and the facts beside each result."""

from datetime import timedelta

from django.utils import timezone

import pytest

from formation.enums import SessionState
from recrutement.enums import OfferStatus
from recrutement.models import JobOfferPage
from recrutement.opening import gone_from, last_gone
from search.services.results import NO_DATE
from tests.factories.formation import CoursePageFactory, SessionFactory
from tests.factories.recrutement import OfferFactory, in_days
from tests.search.test_search import post, search, titles

pytestmark = pytest.mark.django_db


def facets(response):
    return {facet.label: facet.count for facet in response.context["facets"]}


def past(response):
    return {hit.entry.page.title: hit.past for hit in response.context["hits"]}


def test_each_kind_is_counted_and_may_be_chosen(client):
    post("Enquête au long cours")
    CoursePageFactory(title="Mener une enquête")
    OfferFactory(title="Chargé·e d’enquête")

    everything, courses = search(client, "enquete"), search(client, "enquete", nature="formation")

    assert facets(everything) == {"Tout": 3, "Formations": 1, "Offres d’emploi": 1, "Articles": 1}
    assert titles(courses) == ["Mener une enquête"]
    assert facets(courses) == facets(everything)
    assert 'aria-current="true">Formations' in courses.content.decode()


def test_a_chosen_kind_without_result_says_so_and_leads_to_all(client):
    post("Enquête")

    response = search(client, "enquete", nature="offre")

    html = response.content.decode()
    assert facets(response) == {"Tout": 1, "Offres d’emploi": 0, "Articles": 1}
    assert "Rien de cette nature" in html
    assert "Voir tous les résultats" in html


@pytest.mark.parametrize("nature", ["inconnue", "Formation", "formation ", "'; DROP", "💥", "%00"])
def test_an_unknown_kind_is_said_and_everything_is_shown(client, nature):
    post("Enquête")

    response = search(client, "enquete", nature=nature)

    assert response.status_code == 200
    assert titles(response) == ["Enquête"]
    assert "n’existe pas" in response.content.decode()


def test_pages_of_a_kind_keep_the_kind_and_the_words(client):
    for number in range(11):
        post(f"Enquête {number}")
    OfferFactory(title="Chargé·e d’enquête")

    html = search(client, "enquete", nature="article").content.decode()

    assert "?q=enquete&amp;nature=article&amp;page=2" in html
    assert search(client, "enquete", nature="offre", page=2).status_code == 404


def test_a_closed_offer_comes_last_and_says_since_when(client):
    OfferFactory(title="Chargé·e d’enquête", closing_date=in_days(-1))
    post("Autre sujet", "Une enquête.")

    response = search(client, "enquete")

    assert titles(response) == ["Autre sujet", "Chargé·e d’enquête"]
    assert past(response)["Chargé·e d’enquête"].startswith("Offre close depuis le ")
    assert "Offre close depuis le" in response.content.decode()


def test_an_offer_is_current_until_its_last_evening(client):
    OfferFactory(title="Chargé·e d’enquête", closing_date=in_days(0))

    assert past(search(client, "enquete")) == {"Chargé·e d’enquête": ""}


def test_a_suspended_offer_says_that_it_is_and_comes_last(client):
    OfferFactory(title="Chargé·e d’enquête", status=OfferStatus.SUSPENDED)

    assert "suspendu" in past(search(client, "enquete"))["Chargé·e d’enquête"]


def test_an_offer_that_is_gone_is_never_found(client):
    OfferFactory(title="Chargé·e d’enquête", closing_date=in_days(-200))

    assert titles(search(client, "enquete")) == []


@pytest.mark.parametrize("status", [OfferStatus.OPEN, OfferStatus.FILLED, OfferStatus.CANCELLED])
@pytest.mark.parametrize("days", range(-190, -178))
def test_the_query_and_the_page_agree_on_what_is_gone(status, days):
    offer = OfferFactory(closing_date=in_days(days))
    JobOfferPage.objects.filter(pk=offer.pk).update(status=status, closed_on=in_days(days + 1))
    offer.refresh_from_db()
    now = timezone.now()

    assert JobOfferPage.objects.gone(now).exists() == offer.is_gone(now)


def test_the_last_day_that_is_gone_is_that_of_the_rule():
    for number in range(400):
        today = in_days(number)
        assert gone_from(last_gone(today)) <= today
        assert gone_from(last_gone(today) + timedelta(days=1)) > today


def test_a_course_whose_dates_have_passed_comes_last_and_says_so(client):
    over = CoursePageFactory(title="Enquêter hier")
    SessionFactory(course=over, first=timezone.now() - timedelta(days=40))
    post("Autre sujet", "Une enquête.")

    response = search(client, "enqueter")

    assert titles(response) == ["Autre sujet", "Enquêter hier"]
    assert past(response)["Enquêter hier"] == NO_DATE


def test_a_course_that_never_had_dates_is_current(client):
    CoursePageFactory(title="Enquêter sur mesure")

    assert past(search(client, "enqueter")) == {"Enquêter sur mesure": ""}


def test_a_course_with_one_session_to_come_is_current(client):
    course = CoursePageFactory(title="Enquêter demain")
    SessionFactory(course=course, first=timezone.now() - timedelta(days=40))
    SessionFactory(course=course)

    assert past(search(client, "enqueter")) == {"Enquêter demain": ""}


def test_sessions_that_nobody_is_shown_count_for_nothing(client):
    course = CoursePageFactory(title="Enquêter un jour")
    past_draft = timezone.now() - timedelta(days=40)
    SessionFactory(course=course, first=past_draft, state=SessionState.DRAFT)

    assert past(search(client, "enqueter")) == {"Enquêter un jour": ""}


def test_each_kind_shows_its_own_facts(client):
    post("Enquête au long cours")
    CoursePageFactory(title="Mener une enquête")
    OfferFactory(title="Chargé·e d’enquête")

    facts = {hit.entry.kind: hit.entry.facts for hit in search(client, "enquete").context["hits"]}

    assert facts == {
        "article": "10\u00a0mars 2026",
        "formation": "2\u00a0jours · 14\u00a0heures",
        "offre": "CDI · Lyon (69)",
    }


def test_thirty_results_of_all_kinds_cost_as_many_queries_as_three(client, count_queries):
    def one_of_each(number):
        post(f"Enquête {number}")
        course = CoursePageFactory(title=f"Mener une enquête {number}")
        SessionFactory(course=course, first=timezone.now() - timedelta(days=40))
        OfferFactory(title=f"Chargé·e d’enquête {number}", closing_date=in_days(-1))

    one_of_each(0)
    search(client, "enquete")
    with_three = count_queries(lambda: search(client, "enquete"))
    for number in range(1, 10):
        one_of_each(number)

    with_thirty = [
        count_queries(lambda page=page: search(client, "enquete", page=page)) for page in (1, 2, 3)
    ]
    assert max(with_thirty) <= with_three <= 12
