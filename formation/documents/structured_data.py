"""Courses and sessions in the words of schema.org."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils import timezone

from formation.enums import HELD, DeliveryMode
from formation.models import CoursePage, Session

#: The words of schema.org.
MODES = {
    DeliveryMode.ONSITE: "Onsite",
    DeliveryMode.ONLINE: "Online",
    DeliveryMode.BLENDED: "Blended",
}


def course_data(course: CoursePage, sessions: Iterable[Session]) -> dict[str, Any]:
    """What a search engine reads of a course and of its sessions, from typed fields only.

    Not the result indicators: `aggregateRating` is made for reviews that visitors leave and read,
    and a share of satisfied trainees shown as stars would mislead (article L6352-13).
    """
    data = {
        "@type": "Course",
        "name": course.title,
        "courseCode": course.code,
        "description": course.summary,
        "url": course.full_url,
        "inLanguage": "fr",
        "teaches": [str(block.value) for block in course.objectives],
        "coursePrerequisites": course.prerequisites,
        "provider": {"@type": "Organization", "name": "ENYS Conseil", "url": settings.SITE_URL},
        "offers": _offer(course, course.price_excl_tax),
        "hasCourseInstance": [
            _instance(course, session) for session in sessions if session.state in HELD
        ],
    }
    return {name: value for name, value in data.items() if value}


def _offer(course: CoursePage, price: Decimal | None) -> dict[str, Any] | None:
    if price is None:
        return None
    return {
        "@type": "Offer",
        "category": "Paid",
        "price": str(course.with_tax(price)),
        "priceCurrency": "EUR",
        "url": course.full_url,
    }


def _instance(course: CoursePage, session: Session) -> dict[str, Any]:
    data = {
        "@type": "CourseInstance",
        "name": f"{course.title} ({session.code})",
        "courseMode": MODES[DeliveryMode(session.delivery_mode)],
        "courseWorkload": _workload(course.duration_hours),
        "startDate": timezone.localtime(session.starts_at).isoformat(),
        "endDate": timezone.localtime(session.ends_at).isoformat(),
        "location": _location(session),
        "offers": _offer(course, session.price_override),
    }
    return {name: value for name, value in data.items() if value}


def _workload(hours: Decimal | None) -> str:
    """A duration of ISO 8601: « PT14H », « PT3H30M »."""
    if not hours:
        return ""
    whole, minutes = divmod(int(hours * 60), 60)
    return f"PT{whole}H{minutes}M" if minutes else f"PT{whole}H"


def _location(session: Session) -> dict[str, Any]:
    venue = session.venue
    if venue is None:
        return {"@type": "VirtualLocation", "url": session.course.full_url}
    return {
        "@type": "Place",
        "name": venue.name,
        "address": {
            "@type": "PostalAddress",
            "streetAddress": venue.address_on_one_line,
            "addressLocality": venue.city,
            "addressCountry": "FR",
        },
    }
