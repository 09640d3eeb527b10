"""A year of held sessions read in the audit room and in the yearly report, then forgotten."""

import statistics
import time
from collections.abc import Callable
from datetime import timedelta
from itertools import count
from uuid import uuid4

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from .copies import forgotten

SMALL, LARGE = 20, 200
PEOPLE = 10
MAX_QUERIES = 25
ROUNDS = 5


def compare() -> None:
    """Print, for each screen, its time for the large year over its time for the small one."""
    with forgotten():
        grow = Year()
        grow.to(SMALL)
        small = {name: measure(read) for name, read in readings(grow.year)}
        grow.to(LARGE)
        print(f"\n{LARGE} sessions de {PEOPLE} personnes dans l’année, contre {SMALL} :\n")
        print(f"{'lecture':<28}{'rapport':>9}{'requêtes':>10}")
        for name, read in readings(grow.year):
            duration, queries = measure(read)
            note = "  ← trop de requêtes" if queries > MAX_QUERIES else ""
            print(f"{name:<28}{duration / small[name][0]:>8.1f}×{queries:>10}{note}")


def readings(year: int) -> list[tuple[str, Callable[[], object]]]:
    from formation.services import figures  # noqa: PLC0415 - after setup()
    from formation.services.bpf import report  # noqa: PLC0415
    from formation.services.evidence import room  # noqa: PLC0415
    from home.models import OrganisationSettings  # noqa: PLC0415

    now, firm = timezone.now(), OrganisationSettings()
    return [
        ("salle d’audit", lambda: room(year, now)),
        ("bilan pédagogique", lambda: report(year, firm, now)),
        ("chiffres de l’année", lambda: figures.figures_of(year)),
    ]


def measure(read: Callable[[], object]) -> tuple[float, int]:
    """Median time in seconds, and SQL queries."""
    with CaptureQueriesContext(connection) as captured:
        read()
    queries, times = len(captured), []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        read()
        times.append(time.perf_counter() - start)
    return statistics.median(times), queries


class Year:
    """Last year's sessions of one course, one half-day each, that ten people followed."""

    def __init__(self) -> None:
        from formation.models import CoursePage  # noqa: PLC0415 - after setup()

        self.year = timezone.localdate().year - 1
        self.course = CoursePage.objects.live()[0]
        self.serial = count(1)
        self.made = 0

    def to(self, wanted: int) -> None:
        for _ in range(wanted - self.made):
            self.session(next(self.serial))
        self.made = wanted

    def session(self, number: int) -> None:
        from formation.models import (  # noqa: PLC0415
            Attendance,
            Enrolment,
            EnrolmentRequest,
            Session,
            TimeSlot,
        )

        begins = timezone.now().replace(year=self.year, month=1, day=1, hour=9)
        begins += timedelta(days=number % 360)
        ends = begins + timedelta(hours=4)
        session = Session(
            course=self.course,
            code=f"MESURE-{number}",
            delivery_mode="online",
            capacity=PEOPLE,
            min_participants=1,
            seats_taken=PEOPLE,
            state="completed",
            starts_at=begins,
            ends_at=ends,
        )
        session.save_base(raw=True, force_insert=True)
        slot = TimeSlot.objects.create(session=session, starts_at=begins, ends_at=ends)
        request = EnrolmentRequest.objects.create(
            reference=f"MESURE-{number}",
            session=session,
            buyer_type="company",
            organisation="Mesure",
            contact_name="Mesure",
            contact_email="mesure@exemple.test",
            notice_version="mesure",
            answered_state="requested",
            created_at=begins,
        )
        people = Enrolment.objects.bulk_create(
            Enrolment(
                request=request,
                session=session,
                first_name="Aïcha",
                last_name=f"Moreau {rank}",
                email=f"mesure{rank}@exemple.test",
                email_key=f"mesure{rank}@exemple.test",
                person_key=f"mesure{rank}",
                public_id=uuid4(),
                state="attended",
                state_changed_at=ends,
            )
            for rank in range(PEOPLE)
        )
        Attendance.objects.bulk_create(
            Attendance(
                enrolment=person,
                slot=slot,
                presence="present",
                minutes=slot.minutes,
                signed_by="code",
                signed_at=begins,
            )
            for person in people
        )
