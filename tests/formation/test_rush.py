"""Fifty people sign up for five seats at the same instant, over HTTP, on a server of production."""

import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from courrier.models import OutgoingMessage
from formation.models import Enrolment, Session
from formation.templatetags.formation_tags import sign_up_key
from tests.factories.formation import SessionFactory
from tests.harness import databases
from tests.servers.site import running_site
from tests.servers.visitor import PATIENCE, Visitor

SEATS, PEOPLE = 5, 50
RANK = re.compile(r"liste d’attente, au rang (\d+)")


@pytest.mark.django_db(transaction=True)
def test_five_get_a_seat_forty_five_a_rank_and_nobody_is_lost(tmp_path) -> None:
    session = SessionFactory(capacity=SEATS)
    start = Barrier(PEOPLE)

    def sign_up(number: int, visitor: Visitor) -> str:
        start.wait(PATIENCE)
        email = f"personne{number}@exemple.test"
        return visitor.send(first_name="Awa", last_name="Diop", email=email)

    with (
        running_site(tmp_path, DATABASE_URL=databases.address()) as site,
        ThreadPoolExecutor(PEOPLE) as crowd,
    ):
        site.web()
        form = f"{site.address}/formation/inscription/{sign_up_key(session)}/?pour=particulier"
        people = [Visitor(form) for _ in range(PEOPLE)]
        list(crowd.map(Visitor.open_form, people))
        pages = list(crowd.map(sign_up, range(PEOPLE), people))

    seated = [page for page in pages if "Une place est comptée" in page]
    ranks = [int(rank[1]) for page in pages if (rank := RANK.search(page))]
    assert len(seated) == SEATS
    assert sorted(ranks) == list(range(1, PEOPLE - SEATS + 1))

    fresh = Session.objects.get(pk=session.pk)
    assert (fresh.seats_taken, fresh.waiting_count) == (SEATS, PEOPLE - SEATS)
    rows = Enrolment.objects.filter(session=session)
    assert (rows.seated().count(), rows.waiting().count()) == (SEATS, PEOPLE - SEATS)
    to_people = OutgoingMessage.objects.filter(to__startswith="personne")
    assert to_people.values("to").distinct().count() == PEOPLE
    assert "Traceback" not in site.said()
