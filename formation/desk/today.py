"""The figure of the training team on its home page: how full the sessions to come are."""

from datetime import datetime

from django.http import HttpRequest
from django.template.defaultfilters import date as date_filter

from formation.models import Session
from formation.services import agenda
from site_enys.admin import Figure, admin_url, register_figure
from site_enys.charts import Bar, horizontal_bars

#: As many as are read at a glance.
SHOWN = 6


@register_figure("formation.view_session")
def seats_of_the_sessions_to_come(request: HttpRequest, now: datetime) -> Figure | None:
    bars = [
        Bar(
            f"{session.course.title}, {date_filter(session.first_day, 'j F')}",
            session.seats_taken / session.capacity,
            f"{session.seats_taken} / {session.capacity}",
        )
        for session in agenda.coming(now)[:SHOWN]
    ]
    if not bars:
        return None
    chart = horizontal_bars(
        "Places prises des prochaines sessions",
        bars,
        most=1,
        headings=("Session", "Places prises"),
    )
    return Figure(chart, "Toutes les sessions", admin_url(Session, "list"))
