"""A hundred certificates for one session, on a copy of the database: how long, and how much memory.

They are delivered as the desk does it: each in its own transaction, printed, stored and told.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db import connection
from django.utils import timezone

from benchmarks.copies import on_a_copy

CERTIFICATES = 100
MAX_SECONDS, MAX_MORE_MB = 5, 150


def compare(floor: float) -> None:
    """Print what they cost, one against the bare view that takes `floor` seconds."""
    if connection.vendor != "sqlite":
        print("\nCertificats : mesurés sur SQLite seulement.")
        return
    with on_a_copy(), stored_elsewhere():
        session = closed_session()
        idle = memory_mb("VmRSS")
        forget_the_peak()
        start = time.perf_counter()
        delivered = deliver(session)
        seconds = time.perf_counter() - start
        more = memory_mb("VmHWM") - idle
    slow = f"  ← plus de {MAX_SECONDS} s" if seconds > MAX_SECONDS else ""
    fat = f"  ← plus de {MAX_MORE_MB} Mo" if more > MAX_MORE_MB else ""
    print(
        f"\n{delivered} certificats d'une session : {seconds:.1f} s{slow}, "
        f"{seconds / CERTIFICATES / floor:.0f}× le plancher chacun, "
        f"{more:.0f} Mo de plus qu'au repos{fat}."
    )


@contextmanager
def stored_elsewhere() -> Iterator[None]:
    """Files that are deleted at the end, away from those of var/."""
    from formation.models import IssuedDocument  # noqa: PLC0415 - after setup()
    from site_enys.private_storage import PrivateFileSystemStorage  # noqa: PLC0415

    field = IssuedDocument._meta.get_field("file")
    kept = field.storage
    with TemporaryDirectory() as folder:
        field.storage = PrivateFileSystemStorage(location=folder)
        try:
            yield
        finally:
            field.storage = kept


def closed_session():
    """A session that a hundred people have followed from end to end."""

    from formation.enums import BuyerType, EnrolmentState, SessionState  # noqa: PLC0415
    from formation.models import Attendance, CoursePage, Session, TimeSlot  # noqa: PLC0415
    from formation.services.enrolment import SignUp, Trainee, enrol  # noqa: PLC0415
    from home.models import OrganisationSettings  # noqa: PLC0415

    firm = OrganisationSettings.current()
    firm.legal_name, firm.representative = "ENYS Conseil", "Claire Vasseur, gérante"
    firm.save()
    now = timezone.now()
    session = Session(
        course=CoursePage.objects.live().filter(price_unit="person")[0],
        code="ESSAI-CERTIFICATS",
        delivery_mode="online",
        capacity=CERTIFICATES,
        min_participants=1,
        state=SessionState.CONFIRMED,
    )
    session.slots = [
        TimeSlot(starts_at=start, ends_at=start + timedelta(hours=3))
        for start in (now + timedelta(days=90), now + timedelta(days=91))
    ]
    session.save()
    people = tuple(
        Trainee("Awa", f"Diop {number}", f"personne{number}@exemple.test")
        for number in range(CERTIFICATES)
    )
    employer = {
        "organisation": "Association d’essai",
        "contact_name": "Paul Roy",
        "contact_email": "paul@exemple.test",
    }
    request = enrol(session, SignUp(BuyerType.COMPANY, people, "essai", **employer), now)
    Attendance.objects.bulk_create(
        Attendance(
            enrolment=enrolment,
            slot=slot,
            presence="present",
            minutes=180,
            signed_by="code",
            signed_at=now,
        )
        for enrolment in request.enrolments.all()
        for slot in session.slots.all()
    )
    request.enrolments.update(state=EnrolmentState.ATTENDED)
    Session.objects.filter(pk=session.pk).update(state=SessionState.COMPLETED)
    return session


def deliver(session) -> int:
    from formation.enums import DocumentKind  # noqa: PLC0415 - after setup()
    from formation.services.paperwork import deliver_all  # noqa: PLC0415
    from site_enys.states import SYSTEM  # noqa: PLC0415

    outcome = deliver_all(DocumentKind.CERTIFICATE, session, by=SYSTEM, now=timezone.now())
    return len(outcome.issued)


def memory_mb(name: str) -> float:
    """A figure of this process, as Linux gives it: resident now, or at its highest."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith(name)).split()[1]) / 1024


def forget_the_peak() -> None:
    Path("/proc/self/clear_refs").write_text("5")
