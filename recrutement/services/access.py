"""Who reads which applications, and with or without the identity of the person.

Every screen of the desk asks here, the list as well as the file, so that none can be forgotten.
"""

from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet, Value
from django.utils import timezone

from recrutement.enums import ApplicationState
from recrutement.models import Application, ApplicationReveal, Interview, JobOfferPage
from recrutement.models.applications import ApplicationQuerySet

from . import retention

READ_ALL = "recrutement.view_application"
REVIEW = "recrutement.review_application"
DECIDE = "recrutement.change_application"
OPEN_FILES = "recrutement.view_applicationdocument"
HOLD = "recrutement.hold_application"
ACCOMMODATION = "recrutement.view_accommodationrequest"

#: Of the rows of `visible()`, those whose person is shown, and those read blindly.
NAMED = Q(identity_shown=True)
BLIND = Q(identity_shown=False)

#: The person has been invited: what she asks for to come may be known.
INVITED = (ApplicationState.INTERVIEW, ApplicationState.OFFERED, ApplicationState.HIRED)


def reads_all(user: Any) -> bool:
    return user.has_perm(READ_ALL)


def reads_some(user: Any) -> bool:
    return reads_all(user) or user.has_perm(REVIEW)


def may_decide(user: Any) -> bool:
    """Whether this account changes states, writes to people, exports."""
    return reads_all(user) and user.has_perm(DECIDE)


def given_to(user: Any) -> QuerySet[JobOfferPage, Any]:
    """The keys of the offers whose applications this account was asked to review."""
    return JobOfferPage.objects.filter(reviewers=user).values("pk")


def visible(user: Any) -> ApplicationQuerySet:
    """The applications that this account reads, each with `identity_shown`.

    A reviewer reads those of her offers that were let in; others need the right to read them all.
    What is kept only for a dispute is for those who may hold it.
    """
    rows = Application.objects.real()
    if not user.has_perm(HOLD):
        rows = retention.without_archive(rows, timezone.now())
    if not reads_all(user):
        if not user.has_perm(REVIEW):
            return rows.none().annotate(identity_shown=Value(False))  # noqa: FBT003
        rows = rows.filter(offer__in=given_to(user)).exclude(state=ApplicationState.QUARANTINE)
    shown = ExpressionWrapper(_identity_shown(user), output_field=BooleanField())
    return rows.annotate(identity_shown=shown)


def sees_identity(user: Any, application: Application) -> bool:
    """Whether this account sees whose application it is, and may open its files."""
    return visible(user).filter(NAMED, pk=application.pk).exists()


def may_open_files(user: Any, application: Application) -> bool:
    """A reviewer opens them by her reveal; the others also need the right to read files."""
    granted = user.has_perm(OPEN_FILES) or not reads_all(user)
    return granted and sees_identity(user, application)


def sees_accommodation(user: Any, application: Application) -> bool:
    """Only once the person is invited: it must weigh on no choice (Code du travail, L1132-1)."""
    return user.has_perm(ACCOMMODATION) and (
        application.state in INVITED or Interview.objects.filter(application=application).exists()
    )


def _identity_shown(user: Any) -> Q:
    """By her own reveal; or at once, for the team, where the offer is not read blindly."""
    revealed = Q(Exists(ApplicationReveal.objects.filter(application=OuterRef("pk"), user=user)))
    if not reads_all(user):
        return revealed
    return revealed | Q(offer=None) | Q(offer__blind_review=False)
