"""What Wagtail keeps of the team's work: journals, versions of pages, comments, forms half typed.

The publications of a page and the version that each one names are proofs of what the page said on
a past day (`home/services/history.py`): they live ten years, as long as the longest proof of a
session. The rest is a journal, or a draft.

Elsewhere Wagtail keeps nothing about people: a redirect and an index hold words of public pages,
the choices of an account (`UserProfile`) follow it, and a pending upload is a file of the library.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, F, Model, OuterRef, Q, QuerySet
from django.utils import timezone

from wagtail.admin.models import EditingSession, FormState
from wagtail.models import (
    Comment,
    CommentReply,
    ModelLogEntry,
    Page,
    PageLogEntry,
    Revision,
    WorkflowState,
)

from rgpd.countdowns import Countdown
from rgpd.exporting import facts
from rgpd.register import TEAM, Facts, Person, PersonalData, register
from site_enys.templatetags.typography import long_date

from .accounts import accounts_of
from .delays import ONE_YEAR

TEN_YEARS = timedelta(days=10 * 365 + 3)
TWO_DAYS = timedelta(days=2)
PUBLICATIONS = (
    "wagtail.publish",
    "wagtail.publish.scheduled",
    "wagtail.unpublish",
    "wagtail.unpublish.scheduled",
)
BASIS = "intérêt légitime (savoir qui a fait quoi sur le site)"
WORK = "ce que l’équipe a fait pour le site, et non ce que le site sait d’elle"
TECHNICAL = "réglage technique de l’éditeur"
JOURNAL: dict[str, Any] = {
    "people": TEAM,
    "recipients": "les personnes qui écrivent le site, la direction",
    "legal_basis": BASIS,
}


def by(person: Person, column: str = "user") -> Q:
    """The rows of her accounts; the journals point to accounts that may be gone."""
    return Q(**{f"{column}__in": accounts_of(person).values("pk")})


def kept_for_work(until: datetime | None) -> str:
    day = f" jusqu’au {long_date(until)}" if until else ""
    return (
        f"Cette trace de travail est gardée{day}, pour que le site puisse répondre de ce qu’il a "
        "publié (RGPD, articles 5.2 et 32)."
    )


# -- The journal of pages ------------------------------------------------------------------------


def followed_by(**when: Any) -> Exists:
    """Whether the page was published or withdrawn again."""
    later = PageLogEntry.objects.filter(
        Q(timestamp__gt=OuterRef("timestamp")) | Q(timestamp=OuterRef("timestamp"), pk__gt=F("pk")),
        page=OuterRef("page"),
        action__in=PUBLICATIONS,
        **when,
    )
    return Exists(later)


def old_page_entries(limit: datetime) -> QuerySet[PageLogEntry]:
    """Publications replaced ten years ago, and all the rest after a year."""
    entries = PageLogEntry.objects.order_by("pk")
    replaced = entries.filter(followed_by(timestamp__lt=limit), action__in=PUBLICATIONS)
    others = entries.exclude(action__in=PUBLICATIONS).filter(
        timestamp__lt=limit + TEN_YEARS - ONE_YEAR
    )
    return PageLogEntry.objects.filter(Q(pk__in=replaced) | Q(pk__in=others))


def end_of_page_entry(entry: PageLogEntry) -> Countdown:
    if entry.action not in PUBLICATIONS:
        return Countdown(timezone.localdate(entry.timestamp + ONE_YEAR))
    after = PageLogEntry.objects.filter(
        page=entry.page_id, action__in=PUBLICATIONS, timestamp__gt=entry.timestamp
    ).order_by("timestamp")
    replaced = after.values_list("timestamp", flat=True).first()
    if replaced is None:
        return Countdown(None, waits_for="tant que la page en est là")
    return Countdown(timezone.localdate(replaced + TEN_YEARS), "preuve de ce que disait la page")


def said_of_entry(entry: Any, _person: Person) -> Facts:
    return {
        "Sur": entry.label,
        "Acte": entry.formatter.format_message(entry),
        "Le": entry.timestamp,
    }


LOG_LEFT_OUT = {
    "uuid": TECHNICAL,
    "content_type": TECHNICAL,
    "user": "c’est votre compte",
    "revision": "la version est une donnée à part",
    "data": "le détail de l’acte, dit par ses mots",
    "content_changed": TECHNICAL,
    "deleted": "dit par l’acte",
}
register(
    PersonalData(
        model=PageLogEntry,
        processing="Historique des pages",
        purpose="Savoir qui a écrit et publié quoi, et prouver ce qu’une page disait un jour donné",
        data="compte, page, acte, date",
        retention=TEN_YEARS,
        retention_words="12 mois (10 ans pour les publications)",
        kept_since="l’acte, ou la publication suivante",
        ended=old_page_entries,
        countdown=end_of_page_entry,
        find=lambda person: PageLogEntry.objects.filter(by(person)),
        export=said_of_entry,
        not_exported=LOG_LEFT_OUT | {"page": "nommée par «\u00a0Sur\u202f»"},
        kept_by_law=lambda entry, now: kept_for_work(None),
        **JOURNAL,
    )
)
register(
    PersonalData(
        model=ModelLogEntry,
        processing="Historique de l’administration",
        purpose="Savoir qui a changé quoi dans l’administration du site",
        data="compte, fiche changée, acte, date",
        retention=ONE_YEAR,
        retention_words="12 mois",
        kept_since="l’acte",
        ended=lambda limit: ModelLogEntry.objects.filter(timestamp__lt=limit),
        since=lambda entry: entry.timestamp,
        find=lambda person: ModelLogEntry.objects.filter(by(person)),
        export=said_of_entry,
        not_exported=LOG_LEFT_OUT | {"object_id": TECHNICAL},
        kept_by_law=lambda entry, now: kept_for_work(entry.timestamp + ONE_YEAR),
        **JOURNAL,
    )
)


# -- Versions of pages ---------------------------------------------------------------------------


def in_use() -> Q:
    """Versions that are shown, edited, scheduled, being approved, or named by the journal."""
    own = Page.objects.filter(Q(latest_revision=OuterRef("pk")) | Q(live_revision=OuterRef("pk")))
    named = PageLogEntry.objects.filter(revision=OuterRef("pk"), action__in=PUBLICATIONS)
    running = (WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES)
    return (
        Q(Exists(own))
        | Q(Exists(named))
        | Q(approved_go_live_at__isnull=False)
        | Q(task_states__workflow_state__status__in=running)
    )


def old_drafts(limit: datetime) -> QuerySet[Revision]:
    used = Revision.objects.filter(in_use()).values("pk")
    return Revision.page_revisions.filter(created_at__lt=limit).exclude(pk__in=used)


def draft_of(revision: Revision) -> datetime | None:
    """When a version that nothing uses was saved; None for the others."""
    used = Revision.objects.filter(in_use(), pk=revision.pk).exists()
    return None if used else revision.created_at


register(
    PersonalData(
        model=Revision,
        processing="Versions des pages",
        purpose="Revenir à un texte antérieur, et prouver ce qu’une page disait",
        data="compte, texte de la page, date",
        retention=ONE_YEAR,
        retention_words="12 mois (10 ans pour ce qui a été publié)",
        kept_since="l’enregistrement du brouillon, ou la publication suivante",
        ended=old_drafts,
        since=draft_of,
        waits_for="tant que la page ou l’historique de ses publications s’en sert",
        find=lambda person: Revision.page_revisions.filter(by(person)),
        export=lambda revision, person: {
            "Page": revision.object_str,
            "Enregistrée le": revision.created_at,
        },
        not_exported={
            "content": f"le texte de la page\u00a0: {WORK}",
            "user": "c’est votre compte",
            "content_type": TECHNICAL,
            "base_content_type": TECHNICAL,
            "object_id": TECHNICAL,
            "approved_go_live_at": "date de publication de la page",
        },
        kept_by_law=lambda revision, now: kept_for_work(None),
        **JOURNAL,
    )
)


# -- Comments and forms of editors ---------------------------------------------------------------


def typed_by(model: type[Model]) -> Any:
    return lambda person: model._default_manager.filter(by(person))


register(
    PersonalData(
        model=Comment,
        processing="Commentaires entre rédacteurs",
        purpose="Relire une page à plusieurs",
        data="compte, commentaire, réponses, dates",
        retention=ONE_YEAR,
        retention_words="12 mois",
        kept_since="le jour où le commentaire est résolu",
        ended=lambda limit: Comment.objects.filter(resolved_at__lt=limit),
        since=lambda comment: comment.resolved_at,
        waits_for="tant que le commentaire n’est pas résolu",
        find=lambda person: Comment.objects.filter(
            by(person) | by(person, "replies__user")
        ).distinct(),
        export=lambda comment, person: {
            "Page": str(comment.page),
            "Commentaire": comment.text if _wrote(comment, person) else "d’un collègue",
            "Écrit le": comment.created_at,
            "Résolu le": comment.resolved_at,
            "Vos réponses": [
                {"Le": reply.created_at, "Texte": reply.text}
                for reply in comment.replies.all()
                if _wrote(reply, person)
            ],
        },
        not_exported={
            "user": "c’est votre compte, ou celui d’un collègue",
            "contentpath": TECHNICAL,
            "position": TECHNICAL,
            "updated_at": TECHNICAL,
            "revision_created": TECHNICAL,
            "resolved_by": "c’est le compte d’un membre de l’équipe",
            "CommentReply.user": "c’est votre compte, ou celui d’un collègue",
            "CommentReply.updated_at": TECHNICAL,
        },
        kept_by_law=lambda comment, now: kept_for_work(None),
        **JOURNAL,
    ),
    followers=(CommentReply,),
)
for model, held, column in (
    (FormState, "ce qui est tapé dans un formulaire et pas encore enregistré", "last_updated_at"),
    (EditingSession, "compte, fiche ouverte, instant", "last_seen_at"),
):
    register(
        PersonalData(
            model=model,
            processing="Travail en cours dans l’éditeur",
            purpose="Montrer un aperçu, et prévenir quand deux personnes écrivent à la fois",
            data=held,
            retention=TWO_DAYS,
            retention_words="2 jours",
            kept_since="le dernier geste dans l’éditeur",
            ended=lambda limit, model=model, column=column: model._default_manager.filter(  # type: ignore[misc]
                **{f"{column}__lt": limit}
            ),
            since=lambda row, column=column: getattr(row, column),  # type: ignore[misc]
            find=typed_by(model),
            export=lambda row, person, column=column: facts(  # type: ignore[misc]
                row, column, **{column: "Dernier geste le"}
            ),
            not_exported={
                "user": "c’est votre compte",
                "content_type": TECHNICAL,
                "object_id": TECHNICAL,
                **(
                    {"data": f"brouillon d’aperçu\u00a0: {WORK}", "parent_object_id": TECHNICAL}
                    if model is FormState
                    else {"is_editing": TECHNICAL}
                ),
            },
            **JOURNAL,
        )
    )


def _wrote(row: Any, person: Person) -> bool:
    return bool(row.user.email) and row.user.email.lower() == person.email
