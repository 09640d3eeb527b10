"""Two hundred people who sign up at the same time, on a copy of the database, then forgotten."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from django.db import connection
from django.utils import timezone

from benchmarks.copies import on_a_copy

PEOPLE, SEATS, AT_ONCE = 200, 20, 20


def compare() -> None:
    """Print how much longer they take together than one after the other, and what they got."""
    if connection.vendor != "sqlite":
        print("\nInscriptions simultanées : mesurées sur SQLite seulement.")
        return
    with on_a_copy():
        alone = timed(one_after_the_other, new_session("ESSAI-SUITE"))
        session = new_session("ESSAI-ENSEMBLE")
        together = timed(all_together, session)
        print(
            f"\n{PEOPLE} inscriptions à {SEATS} places, {AT_ONCE} à la fois, contre la même suite "
            f"une à une : {together / alone:.1f}×. {outcome(session)}"
        )


def new_session(code: str, *, seats: int = SEATS):
    from formation.models import CoursePage, Session, TimeSlot  # noqa: PLC0415 - after setup()

    start = timezone.now() + timedelta(days=90)
    session = Session(
        course=CoursePage.objects.live().filter(price_unit="person")[0],
        code=code,
        delivery_mode="online",
        capacity=seats,
        min_participants=1,
        state="published",
    )
    session.slots = [TimeSlot(starts_at=start, ends_at=start + timedelta(hours=3))]
    session.save()
    return session


def sign_up(session, number: int) -> None:
    from formation.enums import BuyerType  # noqa: PLC0415 - after setup()
    from formation.services.enrolment import SignUp, Trainee, enrol_visitor  # noqa: PLC0415

    person = Trainee("Awa", "Diop", f"personne{number}@exemple.test")
    data = SignUp(BuyerType.INDIVIDUAL, (person,), "essai")
    enrol_visitor(session, data, timezone.now())


def one_after_the_other(session) -> None:
    for number in range(PEOPLE):
        sign_up(session, number)


def all_together(session) -> None:
    def one(number: int) -> None:
        try:
            sign_up(session, number)
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as crowd:
        list(crowd.map(one, range(PEOPLE)))


def timed(act: Callable, session) -> float:
    start = time.perf_counter()
    act(session)
    return time.perf_counter() - start


def outcome(session) -> str:
    from formation.models import Enrolment, EnrolmentRequest  # noqa: PLC0415 - after setup()
    from site_enys.french import plural  # noqa: PLC0415 - after setup()

    rows = Enrolment.objects.filter(session=session)
    seated, waiting = rows.seated().count(), rows.waiting()
    announced = EnrolmentRequest.objects.filter(session=session, answered_rank__isnull=False)
    ranks = list(announced.order_by("pk").values_list("answered_rank", flat=True))
    in_order = ranks == list(range(1, waiting.count() + 1))
    lost = PEOPLE - seated - waiting.count()
    order = "dans l'ordre d'arrivée" if in_order else "DANS LE DÉSORDRE"
    missing = plural(lost, "demande perdue", "demandes perdues")
    return f"{seated} places, {waiting.count()} rangs {order}, {missing}."
