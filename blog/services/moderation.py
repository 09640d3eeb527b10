"""Deciding about comments: publishing, refusing, keeping what was reported, erasing."""

from datetime import datetime

from django.db import transaction

from blog import emails
from blog.enums import CommentState
from blog.exceptions import AlreadyDecided, NameMissing, NotReported
from blog.models import Comment, CommentEvent
from courrier.models import OutgoingMessage, reference_of
from site_enys.states import PERSON, SYSTEM, Actor, Lifecycle, Role, Transition, states

#: The events say so: whoever reads the team's e-mails has no account here.
BY_THE_LINK = "par le lien du courriel"
TEAM_BY_LINK = Actor(Role.STAFF)


def _approved(comment: Comment, now: datetime) -> None:
    if comment.email:
        emails.published(comment)
    _settle(comment, now, kept=True)


def _taken_down(comment: Comment, now: datetime) -> None:
    _settle(comment, now, kept=False)


def _kept(comment: Comment, now: datetime) -> None:
    _settle(comment, now, kept=True)


def _settle(comment: Comment, now: datetime, *, kept: bool) -> None:
    """Answer those who reported it and left an address; forget that address and the author's."""
    for report in comment.reports.filter(decided_at=None):
        if report.email and not report.suspect:
            emails.report_decided(report, kept=kept)
        report.email, report.decided_at = "", now
        report.save(update_fields=["email", "decided_at"])
    Comment.objects.filter(pk=comment.pk).update(email="", reported_at=None)


def _is_reported(comment: Comment, now: datetime) -> None:
    del now
    if comment.reported_at is None:
        raise NotReported


LIFECYCLE = Lifecycle(
    event_model=CommentEvent,
    transitions=(
        Transition(
            "approve",
            "Publier",
            states(CommentState.PENDING, CommentState.REJECTED, CommentState.SPAM),
            CommentState.APPROVED,
            effect=_approved,
        ),
        Transition(
            "keep",
            "Garder en ligne",
            states(CommentState.APPROVED),
            CommentState.APPROVED,
            guard=_is_reported,
            effect=_kept,
        ),
        Transition(
            "reject",
            "Refuser",
            states(CommentState.PENDING, CommentState.APPROVED, CommentState.SPAM),
            CommentState.REJECTED,
            effect=_taken_down,
        ),
        Transition(
            "spam",
            "Indésirable",
            states(CommentState.PENDING, CommentState.APPROVED, CommentState.REJECTED),
            CommentState.SPAM,
            effect=_taken_down,
        ),
        Transition(
            "set_aside",
            "Remettre à lire",
            states(CommentState.APPROVED),
            CommentState.PENDING,
            allowed_for=frozenset({SYSTEM.role}),
        ),
    ),
)


def awaits_decision(comment: Comment) -> bool:
    """Whether somebody still has to say what becomes of it."""
    online = comment.state == CommentState.APPROVED
    return comment.state == CommentState.PENDING or (online and comment.reported_at is not None)


def offered(comment: Comment, by: Actor, now: datetime) -> list[Transition]:
    """The decisions to show on the page of a link: none once one has been taken."""
    return LIFECYCLE.possible(comment, by, now) if awaits_decision(comment) else []


def decide(comment: Comment, name: str, *, by: Actor, now: datetime) -> None:
    """Take the decision that a comment still awaits, outside of the administration.

    Raises AlreadyDecided when somebody was faster: what was decided is changed only from the
    administration. Without an account, the event says that the link of an e-mail was used.
    """
    with transaction.atomic():
        locked = Comment.objects.select_for_update(of=("self",)).filter(pk=comment.pk).first()
        if locked is None or not awaits_decision(locked):
            raise AlreadyDecided
        LIFECYCLE.apply(locked, name, by=by, now=now, reason="" if by.user else BY_THE_LINK)


def keeps_its_place(comment: Comment) -> bool:
    """Whether others have published answers to it, which its erasure must not take away."""
    return comment.answers.filter(state=CommentState.APPROVED).exists()


@transaction.atomic
def erase(comment: Comment, now: datetime) -> bool:
    """Erase a comment at the request of its author, with the e-mails about it.

    Under a comment with published answers, only its place stays. Returns whether it does. Safe to
    repeat.
    """
    locked = Comment.objects.select_for_update(of=("self",)).filter(pk=comment.pk).first()
    if locked is None:
        return False
    # What the team was told of an answer begins with the name of whom it answers.
    answers = [reference_of(answer) for answer in locked.answers.all()]
    OutgoingMessage.objects.about(locked).delete()
    OutgoingMessage.objects.filter(kind=emails.RECEIVED, about__in=answers).delete()
    if not keeps_its_place(locked):
        locked.delete()
        return False
    locked.reports.all().delete()
    CommentEvent.objects.filter(subject=locked).update(reason="")
    blank = dict.fromkeys(("name", "text", "email", "sender", "fingerprint", "reasons"), "")
    changes = blank | {"erased_at": now, "reported_at": None}
    Comment.objects.filter(pk=locked.pk).update(**changes)
    return True


def correct_name(comment: Comment, name: str, *, now: datetime) -> None:
    """Write the name that its author wants to be read under (RGPD, article 16).

    The journal says that it was done, not what stood before. Raises NameMissing, ValidationError.
    """
    if not name.strip():
        raise NameMissing
    with transaction.atomic():
        locked = Comment.objects.select_for_update(of=("self",)).get(pk=comment.pk)
        if name == locked.name:
            return
        locked.name = name
        locked.clean_fields(exclude={field.name for field in Comment._meta.fields} - {"name"})
        locked.save(update_fields=["name"])
        LIFECYCLE.record(locked, locked.state, name="correct_name", by=PERSON, now=now)


def forget_address(comment: Comment) -> None:
    """Its author does not want to be told any more: the address served nothing else."""
    Comment.objects.filter(pk=comment.pk).update(email="")
