"""What waits for somebody: an agreement nobody has signed, a request nobody has written for."""

from datetime import datetime, timedelta

from formation.enums import BuyerType, EnrolmentState
from formation.models import EnrolmentRequest
from formation.services import agreements as services

from .lived import accepted, organisation
from .sessions import STAFF

COURSE = "CAFERUIS"
SENT, REMINDED, ACCEPTED = (
    timedelta(days=8),
    (timedelta(days=5), timedelta(days=1)),
    timedelta(days=2),
)


def agreements(now: datetime) -> None:
    """The first two requests of employers that wait for the course, each left at its own step."""
    requests = EnrolmentRequest.objects.filter(
        session__course__code=COURSE,
        buyer_type=BuyerType.COMPANY,
        enrolments__state=EnrolmentState.REQUESTED,
    )
    unsigned, unwritten = requests.order_by("pk")[:2]
    accepted(unsigned, now - SENT - timedelta(hours=3))
    services.send(unsigned, organisation(), by=STAFF, now=now - SENT)
    for ago in REMINDED:
        services.remind(now - ago)
    accepted(unwritten, now - ACCEPTED)
