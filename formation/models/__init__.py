from .catalogue import CatalogueIndexPage, CourseTheme, TrainingInformationPage
from .course import CoursePage
from .enrolment import Enrolment, EnrolmentEvent, EnrolmentRequest, RequestNumber
from .people import Trainer, Venue
from .session import Session, SessionEvent, TimeSlot
from .tailored import TailoredRequest, TailoredRequestEvent

__all__ = [
    "CatalogueIndexPage",
    "CoursePage",
    "CourseTheme",
    "Enrolment",
    "EnrolmentEvent",
    "EnrolmentRequest",
    "RequestNumber",
    "Session",
    "SessionEvent",
    "TailoredRequest",
    "TailoredRequestEvent",
    "TimeSlot",
    "Trainer",
    "TrainingInformationPage",
    "Venue",
]
