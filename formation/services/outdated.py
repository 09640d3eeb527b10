"""Documents that no longer say the truth: revoked at once, in the transaction of the change.

Only rows are written here, so that a change can be rehearsed. Those whose reason is one of REDONE
are printed again by `services.paperwork.redo`, a minute later.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet

from formation.enums import FIRM, DocumentKind, EnrolmentState
from formation.models import Enrolment, IssuedDocument, Session

# Worded so that nobody types the same: what staff revokes is never printed again by itself.
NAME = "Le site refait ce document\u00a0: nom corrigé."
PEOPLE = "Le site refait ce document\u00a0: liste des personnes modifiée."
PLACE = "Le site refait ce document\u00a0: lieu ou modalité modifiés."
DATES = "Le site refait ce document\u00a0: dates modifiées."
HOURS = "Le site refait ce document\u00a0: émargement ou évaluation corrigés."
REDONE = frozenset({NAME, PEOPLE, PLACE, DATES, HOURS})
#: Nothing takes the place of what is revoked for these.
LEFT = "La personne n’est plus attendue à cette session."
NOT_HELD = "La session n’a plus lieu à ces dates."
NEW_DATES = "La session a de nouvelles dates\u00a0: une nouvelle convocation partira."

Kind = DocumentKind


def name_corrected(enrolment: Enrolment, now: datetime) -> None:
    """Every document that names the person, and every sheet of the session."""
    _revoke(IssuedDocument.objects.filter(enrolment=enrolment), NAME, now)
    _revoke(_of(enrolment.session_id, Kind.ATTENDANCE_SHEET), NAME, now)


def moved(enrolment: Enrolment, before: str, after: str, now: datetime) -> None:
    """Somebody begins or ceases to be expected: the sheets to come list other people."""
    if (before in FIRM) == (after in FIRM):
        return
    sheets = _of(enrolment.session_id, Kind.ATTENDANCE_SHEET).filter(slot__starts_at__gt=now)
    _revoke(sheets, PEOPLE, now)
    if before == EnrolmentState.CONFIRMED:
        own = IssuedDocument.objects.filter(enrolment=enrolment, kind=Kind.CONVOCATION)
        _revoke(own, LEFT, now)


def place_changed(session: Session, now: datetime) -> None:
    _revoke(_of(session.pk, Kind.CONVOCATION, Kind.PROGRAMME), PLACE, now)
    _revoke(_of(session.pk, Kind.ATTENDANCE_SHEET).filter(slot__starts_at__gt=now), PLACE, now)


def dates_changed(session: Session, now: datetime) -> None:
    """Everybody is convoked again; the sheets were those of other half-days."""
    _revoke(_of(session.pk, Kind.CONVOCATION), NEW_DATES, now)
    _revoke(_of(session.pk, Kind.ATTENDANCE_SHEET), NOT_HELD, now)
    _revoke(_of(session.pk, Kind.PROGRAMME), DATES, now)


def corrected(keys: Iterable[int], now: datetime) -> int:
    """Documents whose hours or result are no longer those that are known; return how many."""
    return _revoke(IssuedDocument.objects.filter(pk__in=keys), HOURS, now)


def not_held(session: Session, now: datetime) -> None:
    """The session is cancelled, or postponed without a date."""
    kinds = Kind.CONVOCATION, Kind.ATTENDANCE_SHEET, Kind.PROGRAMME
    _revoke(_of(session.pk, *kinds), NOT_HELD, now)


def _of(session_id: int, *kinds: DocumentKind) -> QuerySet[IssuedDocument]:
    return IssuedDocument.objects.filter(session=session_id, kind__in=kinds)


def _revoke(documents: QuerySet[IssuedDocument], reason: str, now: datetime) -> int:
    return documents.filter(revoked_at=None).update(revoked_at=now, revoked_reason=reason)
