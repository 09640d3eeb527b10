"""The figure of the recruitment team on its home page: how many people apply, month by month."""

from datetime import datetime

from django.http import HttpRequest

from recrutement.models import Application
from recrutement.services import access, monthly
from site_enys.admin import Figure, admin_url, register_figure
from site_enys.charts import Bar, columns, month_under


@register_figure(access.READ_ALL)
def applications_of_each_month(request: HttpRequest, now: datetime) -> Figure | None:
    received = monthly.received_by_month(now)
    if not any(received.values()):
        return None
    bars = [Bar(month_under(month), count, str(count)) for month, count in received.items()]
    chart = columns(
        "Candidatures reçues, mois par mois", bars, headings=("Mois", "Candidatures reçues")
    )
    return Figure(chart, "Toutes les candidatures", admin_url(Application, "list"))
