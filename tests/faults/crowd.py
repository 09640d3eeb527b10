"""People who sign up for one session while something breaks, and what is left of it."""

import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event, Thread

from courrier.models import OutgoingMessage
from formation.forms.sign_up import IndividualEnrolmentForm
from formation.models import Enrolment, EnrolmentRequest, Session
from formation.templatetags.formation_tags import sign_up_key
from site_enys.models import FormSubmission
from tests.servers.visitor import Visitor

AT_ONCE = 4
REFERENCE = re.compile(r"\bF-[A-Z0-9-]{5,}")


@dataclass
class Crowd:
    """People who insist until the site has answered each of them."""

    session: Session
    people: int
    references: list[str] = field(default_factory=list)
    refused: list[int] = field(default_factory=list)

    def sign_up(self, address: str) -> None:
        """Return once everybody has read her reference."""
        form = f"{address}/formation/inscription/{sign_up_key(self.session)}/?pour=particulier"

        def one(number: int) -> tuple[str, list[int]]:
            visitor = Visitor(form)
            email = f"personne{number}@exemple.test"
            page = visitor.insist(first_name="Awa", last_name="Diop", email=email)
            found = REFERENCE.search(page)
            return found[0] if found else page, visitor.refused

        with ThreadPoolExecutor(AT_ONCE) as pool:
            for reference, refused in pool.map(one, range(self.people)):
                self.references.append(reference)
                self.refused += refused

    def assert_each_is_there_once(self) -> None:
        requests = EnrolmentRequest.objects.filter(session=self.session)
        written = list(requests.values_list("reference", flat=True))
        assert sorted(self.references) == sorted(written)
        assert len(set(written)) == self.people
        assert Enrolment.objects.filter(session=self.session).count() == self.people
        self.session.refresh_from_db()
        assert self.session.seats_taken == self.people
        assert (
            FormSubmission.objects.filter(purpose=IndividualEnrolmentForm.purpose).count()
            == self.people
        )
        to_people = OutgoingMessage.objects.filter(to__startswith="personne")
        assert sorted(to_people.values_list("to", flat=True)) == sorted(
            f"personne{number}@exemple.test" for number in range(self.people)
        )


@contextmanager
def meanwhile(break_something: Callable[[], None], *, every: float) -> Iterator[None]:
    """Break it again and again, so many seconds apart, as long as the block lasts."""
    over = Event()

    def again() -> None:
        while not over.wait(every):
            break_something()

    thread = Thread(target=again)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
