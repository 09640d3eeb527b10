"""The closed lists of recruitment, by subject."""

from .applications import (
    ENDED,
    ONGOING,
    SEEN_BY_THE_PERSON,
    UNDECIDED,
    ApplicationState,
    DocumentKind,
    InterviewKind,
    RejectReason,
    Source,
)
from .offers import (
    CollectiveAgreement,
    ContractType,
    Country,
    CoverLetter,
    OfferStatus,
    QuestionKind,
    RemotePolicy,
    SalaryUnit,
    WorkTime,
)

__all__ = [
    "ENDED",
    "ONGOING",
    "SEEN_BY_THE_PERSON",
    "UNDECIDED",
    "ApplicationState",
    "CollectiveAgreement",
    "ContractType",
    "Country",
    "CoverLetter",
    "DocumentKind",
    "InterviewKind",
    "OfferStatus",
    "QuestionKind",
    "RejectReason",
    "RemotePolicy",
    "SalaryUnit",
    "Source",
    "WorkTime",
]
