from collections.abc import Iterator
from datetime import datetime

from site_enys.health.measures import Measure, received, register_measures

from .models import ContactMessage


@register_measures
def what_people_send(now: datetime) -> Iterator[Measure]:
    yield received("contact", ContactMessage, "created_at", now)
