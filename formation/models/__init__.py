from .agreement import Agreement, AgreementEvent
from .attendance import Attendance, AttendanceCorrection, AttendanceSheet
from .catalogue import CatalogueIndexPage, CourseTheme, TrainingInformationPage
from .complaint import Complaint, ComplaintEvent, ImprovementAction
from .course import CoursePage
from .documents import IssuedDocument
from .enrolment import Enrolment, EnrolmentEvent, EnrolmentRequest
from .numbering import Numbering
from .people import Trainer, Venue
from .session import Session, SessionEvent, TimeSlot
from .survey import Survey
from .tailored import TailoredRequest, TailoredRequestEvent
from .terms import TrainingTerms

__all__ = [
    "Agreement",
    "AgreementEvent",
    "Attendance",
    "AttendanceCorrection",
    "AttendanceSheet",
    "CatalogueIndexPage",
    "Complaint",
    "ComplaintEvent",
    "CoursePage",
    "CourseTheme",
    "Enrolment",
    "EnrolmentEvent",
    "EnrolmentRequest",
    "ImprovementAction",
    "IssuedDocument",
    "Numbering",
    "Session",
    "SessionEvent",
    "Survey",
    "TailoredRequest",
    "TailoredRequestEvent",
    "TimeSlot",
    "Trainer",
    "TrainingInformationPage",
    "TrainingTerms",
    "Venue",
]
