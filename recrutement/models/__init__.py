from .applications import Application, ApplicationDocument, ApplicationEvent
from .index import RecruitmentIndexPage
from .offers import JobOfferPage, OfferTag

__all__ = [
    "Application",
    "ApplicationDocument",
    "ApplicationEvent",
    "JobOfferPage",
    "OfferTag",
    "RecruitmentIndexPage",
]
