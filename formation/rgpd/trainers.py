"""Who teaches."""

from datetime import datetime, timedelta

from django.db.models import Max, QuerySet
from django.utils import timezone

from formation.models import CoursePage, Trainer
from formation.services.trainers import half_days_of
from rgpd.countdowns import Countdown
from rgpd.exporting import KEY, facts
from rgpd.register import Facts, Person, PersonalData, register
from site_enys.templatetags.typography import long_date

from .enrolments import TEAM
from .proofs import LAW

TRAINER_KEPT = timedelta(days=6 * 365 + 2)


def ended_trainers(limit: datetime) -> QuerySet[Trainer]:
    """Trainers shown on no course, whose last session ended before `limit`."""
    gone = Trainer.objects.filter(courses=None, slots__ends_at__lt=limit)
    return gone.exclude(slots__ends_at__gte=limit).distinct()


def courses_of(trainer: Trainer) -> QuerySet[CoursePage]:
    """The pages that name her."""
    return CoursePage.objects.filter(trainers=trainer)


def last_taught(trainer: Trainer) -> datetime | None:
    last: datetime | None = trainer.slots.aggregate(last=Max("ends_at"))["last"]
    return last


def end_of_trainer(trainer: Trainer) -> Countdown:
    if courses_of(trainer).exists():
        return Countdown(None, waits_for="tant qu’une formation présente cette personne")
    last = last_taught(trainer)
    if last is None:
        return Countdown(None, waits_for="tant qu’aucune session n’a été animée")
    return Countdown(timezone.localdate(last + TRAINER_KEPT))


def said_of(trainer: Trainer, _person: Person) -> Facts:
    return {
        **facts(
            trainer,
            *("name", "qualifications", "email", "subcontractor", "declaration_number"),
        ),
        "Formations qui vous présentent": [course.title for course in courses_of(trainer)],
        "Demi-journées": [
            {"Session": slot.session.code, "Début": slot.starts_at, "Fin": slot.ends_at}
            for slot in half_days_of(trainer)
        ],
    }


def kept(trainer: Trainer, _now: datetime) -> str:
    if courses_of(trainer).exists():
        return (
            "Une formation vous présente, et la loi veut que vos titres y soient dits (article "
            "L6353-8 du code du travail). Demandez-nous de vous en retirer d’abord."
        )
    last = last_taught(trainer)
    if last is None:
        return ""
    until = timezone.localdate(last + TRAINER_KEPT)
    return (
        "Votre nom et vos titres font partie des preuves des sessions que vous avez animées, "
        f"gardées jusqu’au {long_date(until)} ({LAW})."
    )


register(
    PersonalData(
        model=Trainer,
        processing="Formateurs",
        purpose="Présenter les personnes qui enseignent, avec leurs titres",
        legal_basis="obligation légale (articles L6353-4 et L6353-8 du code du travail)",
        data="nom, titres et qualités, adresse électronique",
        retention=TRAINER_KEPT,
        retention_words="le temps de la collaboration, puis 6 ans",
        kept_since="la dernière session animée",
        people="les formateurs, salariés ou indépendants",
        ended=ended_trainers,
        countdown=end_of_trainer,
        asks_for_each=True,
        recipients=f"{TEAM}, et le public pour le nom et les titres",
        find=lambda person: Trainer.objects.filter(email__iexact=person.email).exclude(email=""),
        export=said_of,
        not_exported={"public_id": KEY, "link_nonce": KEY},
        kept_by_law=kept,
    )
)
