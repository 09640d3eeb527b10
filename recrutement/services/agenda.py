"""The interviews to come: who is taken at that time, and what is called off with a decision."""

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from recrutement.exceptions import InterviewClash
from recrutement.models import Application, Interview
from site_enys.templatetags.typography import moment

#: The longest that an interview lasts: what began before cannot reach the next one.
LONGEST = timedelta(hours=8)


def upcoming(application: Application, now: datetime) -> QuerySet[Interview]:
    """The interviews that still stand."""
    return application.interviews.filter(cancelled_at=None, starts_at__gt=now)


def call_off_upcoming(application: Application, now: datetime) -> None:
    """Cancel what was planned: the e-mail of the decision takes it out of the calendars."""
    for interview in upcoming(application, now).select_for_update(of=("self",)):
        interview.cancelled_at = now
        interview.sequence += 1
        interview.save(update_fields=["cancelled_at", "sequence"])


def refuse_clash(interview: Interview) -> None:
    """Raise InterviewClash when who receives, or who comes, is expected elsewhere."""
    for other in _around(interview).select_related("application"):
        if interview.starts_at < other.ends_at:
            raise InterviewClash(
                f"Un autre entretien a lieu à ce moment-là\u00a0: {moment(other.starts_at)}, "
                f"candidature {other.application.reference}."
            )


def clash_of(application: Application, now: datetime) -> None:
    """The same, for all that is planned with somebody."""
    for interview in upcoming(application, now):
        refuse_clash(interview)


def _around(interview: Interview) -> QuerySet[Interview]:
    """Those that begin before it ends; which of them are over by then is not said in SQL."""
    application = interview.application
    same = Q(application=application)
    if interview.created_by_id:
        same |= Q(created_by=interview.created_by_id)
    recruiter = application.offer.recruiter_id if application.offer else None
    if recruiter:
        same |= Q(application__offer__recruiter=recruiter)
    return Interview.objects.filter(
        same,
        cancelled_at=None,
        starts_at__gt=interview.starts_at - LONGEST,
        starts_at__lt=interview.ends_at,
    ).exclude(pk=interview.pk)
