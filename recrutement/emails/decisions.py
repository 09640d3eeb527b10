"""What whoever applies reads when something is decided."""

from decimal import Decimal
from typing import Any

from courrier.models import OutgoingMessage
from recrutement.models import Application, Interview

from .parts import calendar_files, to_person


def proposed(
    application: Application, *, contract: str, pay: Decimal, unit: str, start: Any, words: str
) -> OutgoingMessage:
    """E3: the post, with its contract, its pay and its first day in writing."""
    return to_person(
        "recrutement_proposition",
        application,
        contract=contract,
        pay=pay,
        unit=unit,
        start=start,
        words=words,
    )


def hired(application: Application) -> None:
    """E4."""
    _decided("recrutement_recrutee", application)


def rejected(application: Application, *, message: str) -> None:
    """E5: the message that staff has read, and the talent pool."""
    _decided("recrutement_refus", application, message=message)


def withdrawn(application: Application) -> None:
    """E6."""
    _decided("recrutement_retrait", application)


def closed(application: Application) -> None:
    """E7."""
    _decided("recrutement_sans_suite", application)


def _decided(kind: str, application: Application, **context: Any) -> None:
    """With the cancellation of the interviews that the decision has just called off."""
    now = application.state_changed_at
    called_off = list(Interview.objects.filter(application=application, cancelled_at=now))
    for interview in called_off:
        interview.application = application
    files = calendar_files(called_off, "CANCEL", now)
    to_person(kind, application, attachments=files, called_off=called_off, **context)
