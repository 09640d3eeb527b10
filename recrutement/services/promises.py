"""The day before which we have said that we would answer."""

from datetime import date, datetime, timedelta

from recrutement.models import Application, JobOfferPage, RecruitmentIndexPage
from recrutement.opening import day_in_paris

Door = JobOfferPage | RecruitmentIndexPage


def promised_day(door: Door, now: datetime) -> date:
    """The last day of the delay that the page one applies through promises."""
    return day_in_paris(now) + timedelta(days=door.answer_by_days)


def renew_promise(application: Application, now: datetime) -> None:
    """Count the delay from now: the person hears of us only now."""
    door = application.offer or RecruitmentIndexPage.objects.first()
    if door:
        application.answer_by = promised_day(door, now)
        application.save(update_fields=["answer_by"])
