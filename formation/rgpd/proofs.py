"""How long the proofs of a session are kept: six years, ten when Europe pays a part of it.

What led to nothing goes six months after the session.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, F, Model, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from formation.enums import FIRM
from formation.models import Enrolment, EnrolmentRequest, Session
from rgpd.countdowns import Countdown
from site_enys.templatetags.typography import long_date

#: Supporting evidence of a training action, then that of one with European funds.
PROOFS_KEPT = timedelta(days=6 * 365 + 2)
COFINANCED_KEPT = timedelta(days=10 * 365 + 3)
PROOFS_KEPT_WORDS = "6 ans"
PROOFS_SINCE = "la fin de la session (10 ans si l’Union européenne la cofinance)"
#: Requests that led to nothing.
UNCONVERTED_KEPT = timedelta(days=183)
#: One cycle of the quality certification, three years, and a margin.
CYCLE = timedelta(days=4 * 365 + 1)
LAW = "articles L6353-1 et L6361-5 du code du travail"
COFINANCED = "session cofinancée par l’Union européenne"
NO_DATE = "jusqu’à ce que la session ait une date"


def proofs_due(model: type[Model], session: str = "session") -> Callable[[datetime], QuerySet[Any]]:
    """`ended` of a model whose rows prove a session, reached by the path `session`."""

    def ended(limit: datetime) -> QuerySet[Any]:
        return model._default_manager.filter(_proofs_end_before(limit, session))

    return ended


def requests_due(
    model: type[Model], request: str, kept: timedelta
) -> Callable[[datetime], QuerySet[Any]]:
    """`ended` of a request, or of what hangs on it by the path `request`, whose delay is `kept`.

    The proofs of what was held, and sooner all that led to nothing.
    """
    firm = Enrolment.objects.filter(state__in=FIRM, request=OuterRef(request or "pk"))
    prefix = f"{request}__" if request else ""

    def ended(limit: datetime) -> QuerySet[Any]:
        rows = model._default_manager.annotate(
            is_proof=Exists(firm),
            runs_from=Coalesce(F(f"{prefix}session__ends_at"), F(f"{prefix}created_at")),
        )
        led_to_nothing = Q(is_proof=False, runs_from__lt=limit + kept - UNCONVERTED_KEPT)
        proofs = _proofs_end_before(limit + kept - PROOFS_KEPT, f"{prefix}session")
        return rows.filter(led_to_nothing | Q(proofs, is_proof=True))

    return ended


def _proofs_end_before(limit: datetime, session: str) -> Q:
    longer = limit + PROOFS_KEPT - COFINANCED_KEPT
    ordinary = Q(**{f"{session}__cofinanced": False, f"{session}__ends_at__lt": limit})
    return ordinary | Q(**{f"{session}__cofinanced": True, f"{session}__ends_at__lt": longer})


def is_proof(request: EnrolmentRequest) -> bool:
    """Whether somebody of the request was, or is, definitely enrolled."""
    return any(one.state in FIRM for one in request.enrolments.all())


def end_of_proofs(session: Session) -> Countdown:
    """The day on which the proofs of a session are erased."""
    if session.ends_at is None:
        return Countdown(None, waits_for=NO_DATE)
    kept = COFINANCED_KEPT if session.cofinanced else PROOFS_KEPT
    day = timezone.localdate(session.ends_at + kept)
    return Countdown(day, because=COFINANCED if session.cofinanced else "")


def end_of_request(request: EnrolmentRequest) -> Countdown:
    """The day on which a request and its people are erased."""
    if is_proof(request):
        return end_of_proofs(request.session)
    runs_from = request.session.ends_at or request.created_at
    return Countdown(timezone.localdate(runs_from + UNCONVERTED_KEPT))


def kept_as_proof(session: Session, what: str) -> str:
    """« Votre présence : preuve de la formation, gardée jusqu’au … (articles …). »"""
    day = end_of_proofs(session).day
    until = f"jusqu’au {long_date(day)}" if day else "six ans après la session"
    because = f"\u202f; {COFINANCED}" if session.cofinanced else ""
    return f"{what}\u00a0: preuve de la formation, gardée {until} ({LAW}{because})."
