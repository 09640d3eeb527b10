from .applications import Application, ApplicationDocument, ApplicationEvent
from .index import RecruitmentIndexPage
from .interviews import Interview
from .offer_parts import (
    Diploma,
    OfferCriterion,
    OfferDiploma,
    OfferOverride,
    OfferQuestion,
    OfferTag,
)
from .offers import JobOfferPage
from .pool import PoolConsent
from .reports import AnonymizedApplication, DailyRun, FormCheck
from .review import (
    AccommodationRequest,
    ApplicationAnswer,
    ApplicationNote,
    ApplicationRating,
    ApplicationReveal,
)
from .settings import RecruitmentSettings, RejectionText

__all__ = [
    "AccommodationRequest",
    "AnonymizedApplication",
    "Application",
    "ApplicationAnswer",
    "ApplicationDocument",
    "ApplicationEvent",
    "ApplicationNote",
    "ApplicationRating",
    "ApplicationReveal",
    "DailyRun",
    "Diploma",
    "FormCheck",
    "Interview",
    "JobOfferPage",
    "OfferCriterion",
    "OfferDiploma",
    "OfferOverride",
    "OfferQuestion",
    "OfferTag",
    "PoolConsent",
    "RecruitmentIndexPage",
    "RecruitmentSettings",
    "RejectionText",
]
