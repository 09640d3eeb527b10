"""S4: once a month, what recruitment did with people's data, in counts only."""

from datetime import date, datetime, timedelta
from statistics import median

from django.conf import settings
from django.db import transaction

from wagtail.models import Site

from home.models import OrganisationSettings
from recrutement import emails
from recrutement.enums import ApplicationState
from recrutement.models import AnonymizedApplication, Application, DailyRun
from recrutement.opening import day_in_paris, days_between
from site_enys.months import bounds_of_month, months_later

from .pool import members

LABEL = "Bilan du mois envoyé"
PURGED = "Candidatures effacées"
Figures = list[tuple[str, str]]


def send_report(now: datetime, *, apply: bool) -> int:
    """Send the figures of the last month, on the first run of this one that can."""
    month_begins, _ = bounds_of_month(day_in_paris(now))
    runs = DailyRun.objects.filter(applied=True, at__gte=month_begins)
    if any(run.counts.get(LABEL) == 1 for run in runs):
        return 0
    to = settings.STAFF_EMAIL or _firm_address()
    if not to:
        return 0
    if apply:
        month = (day_in_paris(now).replace(day=1) - timedelta(days=1)).replace(day=1)
        with transaction.atomic():
            emails.monthly_report(to, month, figures_of(month, now))
    return 1


def figures_of(month: date, now: datetime) -> Figures:
    """What happened in that month, and what stands now; those already erased are counted too."""
    begins, ends = bounds_of_month(month)
    kept = Application.objects.filter(synthetic=False).exclude(state=ApplicationState.QUARANTINE)
    gone = AnonymizedApplication.objects.exclude(state=ApplicationState.QUARANTINE)
    received = kept.filter(submitted_at__gte=begins, submitted_at__lt=ends).count()
    decided = kept.filter(decided_at__gte=begins, decided_at__lt=ends).count()
    runs = DailyRun.objects.filter(applied=True, at__gte=begins, at__lt=ends)
    purged = [run.counts.get(PURGED) for run in runs]
    return [
        ("Candidatures reçues", str(received + gone.filter(submitted_month=month).count())),
        ("Décisions", str(decided + gone.filter(decided_month=month).count())),
        ("Délai médian de première réponse", _median_delay(begins, ends)),
        ("Candidatures effacées", str(sum(count for count in purged if isinstance(count, int)))),
        ("Dans le vivier aujourd’hui", str(members(now).count())),
        ("Gardées pour un litige aujourd’hui", str(kept.exclude(held_at=None).count())),
        ("Réponses en retard aujourd’hui", str(kept.overdue(now).count())),
    ]


def received_by_month(now: datetime, months: int = 6) -> dict[date, int]:
    """How many applications each of the last months brought, those already erased included."""
    this_month = day_in_paris(now).replace(day=1)
    counts = {months_later(this_month, -back): 0 for back in reversed(range(months))}
    begins, _ = bounds_of_month(min(counts))
    kept = Application.objects.real().exclude(state=ApplicationState.QUARANTINE)
    gone = AnonymizedApplication.objects.exclude(state=ApplicationState.QUARANTINE)
    days = [
        *map(
            day_in_paris,
            kept.filter(submitted_at__gte=begins).values_list("submitted_at", flat=True),
        ),
        *gone.filter(submitted_month__gte=min(counts)).values_list("submitted_month", flat=True),
    ]
    for day in days:
        if (month := day.replace(day=1)) in counts:
            counts[month] += 1
    return counts


def _firm_address() -> str:
    site = Site.objects.filter(is_default_site=True).first()
    return OrganisationSettings.for_site(site).email if site else ""


def _median_delay(begins: datetime, ends: datetime) -> str:
    answered = Application.objects.filter(
        synthetic=False, first_answer_at__gte=begins, first_answer_at__lt=ends
    )
    days = [
        days_between(sent, answer)
        for sent, answer in answered.values_list("submitted_at", "first_answer_at")
        if answer is not None
    ]
    return f"{median(days):g} j".replace(".", ",") if days else "aucune réponse ce mois-là"
