"""« Vivier » : a consent that is given, changed, renewed and withdrawn as easily (RGPD, art. 7)."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from courrier.models import OutgoingMessage
from recrutement import emails
from recrutement.consent import consent_version, consent_words
from recrutement.enums import ENDED, ONGOING, ApplicationState
from recrutement.exceptions import InvitationRefused, NotInThePool, PoolRefused
from recrutement.models import (
    Application,
    ApplicationEvent,
    Diploma,
    JobOfferPage,
    PoolConsent,
    RecruitmentSettings,
)
from recrutement.notice import POOL
from recrutement.opening import day_in_paris
from rgpd.services.notices import remember
from site_enys.french import stems
from site_enys.months import bounds_of_day, months_later
from site_enys.states import PERSON, Actor

from .lifecycle import LIFECYCLE
from .retention import in_archive, is_discarded

State = ApplicationState
ONE_DAY = timedelta(days=1)
#: Whom the pool is for: somebody hired is no candidate any more.
WELCOME = frozenset({*ONGOING, *ENDED} - {State.HIRED})


@dataclass(frozen=True)
class Wishes:
    """What the person chose to say of herself for the pool."""

    skills: str = ""
    places: str = ""
    diplomas: Iterable[Diploma] = ()


def refuse_unless_welcome(application: Application) -> None:
    """Raise PoolRefused for somebody hired, or a sending that nobody let in."""
    if application.state not in WELCOME or is_discarded(application):
        raise PoolRefused


@transaction.atomic
def give(application: Application, wishes: Wishes, *, now: datetime) -> PoolConsent:
    """Record the consent, or what has changed in it; what runs keeps its last day.

    A consent withdrawn or run out begins anew. Raises PoolRefused.
    """
    locked = _lock(application)
    refuse_unless_welcome(locked)
    consent = PoolConsent.objects.filter(application=locked).first()
    if consent is None or not consent.is_active(now):
        version = consent_version()
        remember(POOL, version, consent_words(), now)
        consent, _ = PoolConsent.objects.update_or_create(
            application=locked,
            defaults={
                "given_at": now,
                "text_version": version,
                "expires_on": last_day(now),
                "renewal_asked_at": None,
                "renewed_at": None,
                "withdrawn_at": None,
            },
        )
        _note(locked, "pool_give", "Accord donné pour le vivier", now)
    consent.skills, consent.places = wishes.skills, wishes.places
    consent.save(update_fields=["skills", "places"])
    consent.diplomas.set(wishes.diplomas)
    return consent


@transaction.atomic
def renew(application: Application, *, now: datetime) -> PoolConsent:
    """Begin the months again from today. Raises NotInThePool once the consent has ended."""
    consent = _active(application, now)
    refuse_unless_welcome(consent.application)
    consent.renewed_at, consent.renewal_asked_at = now, None
    consent.expires_on = last_day(now)
    consent.save(update_fields=["renewed_at", "renewal_asked_at", "expires_on"])
    _note(consent.application, "pool_renew", "Accord renouvelé pour le vivier", now)
    return consent


@transaction.atomic
def withdraw(application: Application, *, now: datetime) -> None:
    """End the consent at once (RGPD, art. 7.3). Raises NotInThePool when none runs."""
    consent = _active(application, now)
    consent.withdrawn_at = now
    consent.save(update_fields=["withdrawn_at"])
    _note(consent.application, "pool_withdraw", "Accord retiré pour le vivier", now)


@transaction.atomic
def forget(consent: PoolConsent, *, now: datetime) -> None:
    """Erase the consent and what it says, because the person asks; her application stays.

    Safe to repeat, and once the application is gone.
    """
    with suppress(NotInThePool, PoolRefused):
        withdraw(consent.application, now=now)
    OutgoingMessage.objects.about(consent).delete()
    PoolConsent.objects.filter(pk=consent.pk).delete()


def last_day(now: datetime) -> date:
    """The last day of a consent given now; the file may be erased the day after."""
    return months_later(day_in_paris(now), RecruitmentSettings.load().pool_months) - ONE_DAY


def members(now: datetime) -> QuerySet[PoolConsent]:
    """The people whom the desk may write to: nobody hidden, nobody that is only archived."""
    hidden = Q(application__offer__blind_review=True, application__state__in=ONGOING)
    archived = in_archive(now, RecruitmentSettings.load()).values("pk")
    return (
        PoolConsent.objects.active(now)
        .filter(application__state__in=WELCOME, application__synthetic=False)
        .exclude(hidden)
        .exclude(application__in=archived)
        .select_related("application__offer")
        .prefetch_related("diplomas")
    )


def found(rows: QuerySet[PoolConsent], query: str) -> list[int]:
    """The keys of the consents that speak of every word of the query, in any of its forms."""
    wanted = set(stems(query))
    return [row.pk for row in rows if wanted <= set(stems(_text_of(row)))]


def invite(consent: PoolConsent, offer: JobOfferPage, *, by: Actor, now: datetime) -> None:
    """Tell somebody of the pool about an open offer; once for each person and offer.

    The consent runs no longer for it: only an answer of the person would be a contact. Raises
    InvitationRefused, or NotInThePool when the consent has ended meanwhile.
    """
    with transaction.atomic():
        consent = _active(consent.application, now)
        if reason := offer.why_closed(now):
            raise InvitationRefused(reason)
        same_person = Application.objects.filter(email=consent.application.email)
        if same_person.filter(offer=offer).exists():
            raise InvitationRefused("Cette personne a déjà répondu à cette offre.")
        words = f"Invitation à postuler\u00a0: {offer.reference}"
        invitations = ApplicationEvent.objects.filter(transition="pool_invite", reason=words)
        if invitations.filter(subject__in=same_person).exists():
            raise InvitationRefused("Cette personne a déjà été invitée à répondre à cette offre.")
        _note(consent.application, "pool_invite", words, now, by=by)
        emails.invited_from_the_pool(consent.application, offer)


def ask_for_renewals(now: datetime, *, apply: bool) -> int:
    """E9: to those whose consent ends soon, once; no answer lets it run out."""
    days = timedelta(days=RecruitmentSettings.load().pool_renewal_days)
    soon = PoolConsent.objects.active(now).filter(
        expires_on__lte=day_in_paris(now) + days,
        renewal_asked_at=None,
        application__state__in=WELCOME,
        application__held_at=None,
        application__synthetic=False,
    )
    if not apply:
        return soon.count()
    return sum(_ask_for_renewal(pk, soon, now) for pk in list(soon.values_list("pk", flat=True)))


def ended_consents(now: datetime) -> QuerySet[PoolConsent]:
    """Those that have run out or were withdrawn before today, and those of people hired."""
    begins, _ = bounds_of_day(day_in_paris(now))
    ended = Q(expires_on__lt=day_in_paris(now)) | Q(withdrawn_at__lt=begins)
    return PoolConsent.objects.filter(ended | Q(application__state=State.HIRED))


@transaction.atomic
def _ask_for_renewal(pk: int, soon: QuerySet[PoolConsent], now: datetime) -> bool:
    consent = soon.select_for_update(of=("self",)).filter(pk=pk).first()
    if consent is None:
        return False
    consent.renewal_asked_at = now
    consent.save(update_fields=["renewal_asked_at"])
    emails.renewal_asked(consent)
    return True


def _text_of(consent: PoolConsent) -> str:
    return f"{consent.skills} {consent.places} {consent.diploma_names}"


def _lock(application: Application) -> Application:
    """The application, locked: the acts of one person come in turn."""
    rows = Application.objects.select_for_update(of=("self",))
    locked = rows.filter(pk=application.pk).first()
    if locked is None:
        raise PoolRefused
    return locked


def _active(application: Application, now: datetime) -> PoolConsent:
    locked = _lock(application)
    consent = PoolConsent.objects.active(now).filter(application=locked).first()
    if consent is None:
        raise NotInThePool
    consent.application = locked
    return consent


def _note(
    application: Application, name: str, words: str, now: datetime, *, by: Actor = PERSON
) -> None:
    LIFECYCLE.record(application, application.state, name=name, by=by, now=now, reason=words)
