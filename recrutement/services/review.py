"""Notes, marks and reveals: what the team adds to an application while it reads."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Avg, Case, Count, OuterRef, Q, Subquery, When

from recrutement.enums import UNDECIDED
from recrutement.exceptions import AlreadyRevealed, NothingWritten, RatingRefused
from recrutement.models import (
    Application,
    ApplicationNote,
    ApplicationRating,
    ApplicationReveal,
)
from recrutement.models.applications import ApplicationQuerySet
from site_enys.exceptions import Refused
from site_enys.states import Actor

from . import access

#: What is marked when an offer names no criterion.
USUAL_CRITERIA = (
    "Expérience utile au poste",
    "Connaissance du secteur",
    "Clarté de l’écrit",
    "Intérêt pour les missions",
)
SCORES = range(1, 5)
LONGEST_REASON = 500


@dataclass(frozen=True)
class Summary:
    """What a line of a list says of the review; `mean` is None when there is none to show."""

    notes: int = 0
    reviewers: int = 0
    mean: float | None = None
    hidden: bool = False


@dataclass(frozen=True)
class CriterionMarks:
    criterion: str
    mean: float
    marks: list[ApplicationRating]


def criteria_of(application: Application) -> list[str]:
    """The criteria of the offer in its order; the usual ones when it has none."""
    own = application.offer.criteria.all() if application.offer else ()
    return list(dict.fromkeys(criterion.label for criterion in own)) or list(USUAL_CRITERIA)


def add_note(application: Application, text: str, *, by: Actor, now: datetime) -> ApplicationNote:
    """Keep a note; the same words again, by the same hand, are the same note.

    Raises NothingWritten.
    """
    if not text.strip():
        raise NothingWritten(field="text")
    with transaction.atomic():
        _locked(application)
        note, _ = ApplicationNote.objects.get_or_create(
            application=application, author=by.user, text=text.strip(), defaults={"at": now}
        )
    return note


def rate(application: Application, scores: Mapping[str, int], *, by: Actor, now: datetime) -> None:
    """Keep one mark from 1 to 4 for each criterion, in place of the former ones of this person.

    Raises RatingRefused when the application is no longer studied, or when a mark is missing, is
    of another criterion, or is out of bounds.
    """
    with transaction.atomic():
        locked = _locked(application)
        if not locked.is_ongoing:
            raise RatingRefused(
                "Cette candidature n’est pas à l’étude\u00a0: ses notes sont figées."
            )
        if set(scores) != set(criteria_of(application)):
            raise RatingRefused("Donnez une note à chacun des critères de l’offre.")
        if any(score not in SCORES for score in scores.values()):
            raise RatingRefused("Une note va de 1 à 4.")
        for criterion, score in scores.items():
            ApplicationRating.objects.update_or_create(
                application=application,
                reviewer=by.user,
                criterion=criterion,
                defaults={"score": score, "at": now},
            )


def reveal(application: Application, *, by: Actor, now: datetime, reason: str) -> ApplicationReveal:
    """Show this account whose application it is, from now on, and keep why.

    Raises Refused without a reason or with too long a one, AlreadyRevealed when it is shown.
    """
    reason = reason.strip()
    if not reason:
        raise Refused("Écrivez pourquoi vous avez besoin de cette identité.", field="reason")
    if len(reason) > LONGEST_REASON:
        raise Refused(f"Le motif compte {LONGEST_REASON}\u00a0caractères au plus.", field="reason")
    with transaction.atomic():
        _locked(application)
        if access.sees_identity(by.user, application):
            raise AlreadyRevealed
        return ApplicationReveal.objects.create(
            application=application, user=by.user, at=now, reason=reason
        )


def marks_hidden_from(user: Any) -> Q:
    """Of whom this account must first give her own opinion: that of others would weigh on it.

    So for the reviewers of an offer, until they have marked or the decision is taken; whoever
    decides without being one of them reads all the marks.
    """
    rated = ApplicationRating.objects.filter(reviewer=user).values("application")
    return Q(offer__in=access.given_to(user), state__in=UNDECIDED) & ~Q(pk__in=rated)


def sees_marks(user: Any, application: Application) -> bool:
    return not Application.objects.filter(marks_hidden_from(user), pk=application.pk).exists()


def to_rate(user: Any) -> ApplicationQuerySet:
    """What waits for the marks of this reviewer."""
    return access.visible(user).ongoing().filter(marks_hidden_from(user))


def with_means(rows: ApplicationQuerySet, user: Any) -> ApplicationQuerySet:
    """The rows with `mean`, the mean of the marks that this account may read; else None.

    For sorting and filtering only: it looks at the marks of every row.
    """
    mean = (
        ApplicationRating.objects.filter(application=OuterRef("pk"))
        .order_by()
        .values("application")
        .annotate(mean=Avg("score"))
        .values("mean")
    )
    return rows.annotate(
        mean=Case(When(marks_hidden_from(user), then=None), default=Subquery(mean))
    )


def summaries(applications: Iterable[Application], user: Any) -> dict[Any, Summary]:
    """What the lines of one page say of the review, in three queries whatever their number."""
    keys = [application.pk for application in applications]
    of_these = Application.objects.filter(pk__in=keys)
    hidden = set(of_these.filter(marks_hidden_from(user)).values_list("pk", flat=True))
    notes = dict(
        ApplicationNote.objects.filter(application__in=keys)
        .order_by()
        .values_list("application")
        .annotate(Count("pk"))
    )
    marks = {
        row["application"]: row
        for row in ApplicationRating.objects.filter(application__in=keys)
        .order_by()
        .values("application")
        .annotate(mean=Avg("score"), reviewers=Count("reviewer", distinct=True))
    }
    return {key: _summary(notes.get(key, 0), marks.get(key), key in hidden) for key in keys}


def marks_by_criterion(application: Application) -> list[CriterionMarks]:
    """All the marks of an application, criterion by criterion, with their mean."""
    found: dict[str, list[ApplicationRating]] = {name: [] for name in criteria_of(application)}
    for rating in application.ratings.select_related("reviewer").order_by("at", "pk"):
        found.setdefault(rating.criterion, []).append(rating)
    return [
        CriterionMarks(name, sum(mark.score for mark in marks) / len(marks), marks)
        for name, marks in found.items()
        if marks
    ]


def own_marks(application: Application, user: Any) -> dict[str, int]:
    """Criterion → the mark that this account has given."""
    return dict(application.ratings.filter(reviewer=user).values_list("criterion", "score"))


def _summary(notes: int, marks: Any, hidden: bool) -> Summary:  # noqa: FBT001
    if marks is None:
        return Summary(notes, hidden=hidden)
    return Summary(notes, marks["reviewers"], None if hidden else marks["mean"], hidden)


def _locked(application: Application) -> Application:
    rows = Application.objects.select_for_update(of=("self",)).select_related("offer")
    return rows.get(pk=application.pk)
