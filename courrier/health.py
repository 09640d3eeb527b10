"""Whether the mail leaves."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, time, timedelta

from django.db.models import Count, Min, Q
from django.utils import timezone

from site_enys.charts import Bar, Chart, columns
from site_enys.french import plural
from site_enys.health import (
    Finding,
    Measure,
    State,
    register_chart,
    register_check,
    register_measures,
)
from site_enys.templatetags.typography import long_moment

from .models import OutgoingMessage
from .services import heartbeat, outbox

DAYS_DRAWN = 14
# The worker looks every second: a message that waits this long has no worker, or no server.
LATE, LOST = timedelta(minutes=15), timedelta(hours=2)


@register_check(
    "courrier",
    "Envoi du courrier",
    on_desk=False,  # « courriels en échec » and « ne part pas » are lines of the desk already
    advice="Vérifiez que manage.py worker tourne et que le serveur d’envoi répond. Rien n’est "
    "perdu\u00a0: ce qui attend part dès que l’envoi reprend\u00a0; ce qui a échoué se renvoie "
    "depuis «\u00a0Courriels\u00a0».",
)
def mail(now: datetime) -> Finding:
    # What waits for a later try has met a refusal: it is late since it was written.
    waits, fails = Q(state=OutgoingMessage.State.QUEUED), Q(state=OutgoingMessage.State.FAILED)
    told = OutgoingMessage.objects.filter(waits | fails).aggregate(
        number=Count("pk", filter=waits),
        oldest=Min("created_at", filter=waits),
        failed=Count("pk", filter=fails),
    )
    failed = told["failed"]
    measure = f"{told['number']} en attente, {failed} en échec"
    if not outbox.sending_is_configured():
        return Finding(State.LOOK, "Aucun serveur d’envoi n’est réglé (EMAIL_HOST).", measure)
    age = now - told["oldest"] if told["oldest"] else timedelta(0)
    if age > LOST:
        return Finding(State.DOWN, "Le courrier ne part plus depuis plus de deux heures.", measure)
    if age > LATE:
        return Finding(State.LOOK, "Un courriel attend depuis plus d’un quart d’heure.", measure)
    if failed:
        return Finding(State.LOOK, f"{plural(failed, 'courriel')} en échec.", measure)
    return Finding(State.OK, "Le courrier part.", measure)


@register_check(
    "envoi",
    "Programme d’envoi",
    advice="Relancez manage.py worker (systemctl restart enys-worker, ou son conteneur) et lisez "
    "son journal. Rien n’est perdu\u00a0: ce qui attend part dès son retour.",
)
def worker(now: datetime) -> Finding:
    """Whether somebody carries the mail: without it, the next e-mail waits whatever it says."""
    seen = heartbeat.last_beat()
    if seen is None:
        return Finding(State.LOOK, "manage.py worker n’a encore jamais tourné.")
    if not heartbeat.is_silent(seen, now):
        seconds = max(0, round((now - seen).total_seconds()))
        return Finding(State.OK, "manage.py worker tourne.", f"il y a {seconds}\u00a0s")
    measure = f"dernier signe le {long_moment(seen)}"
    if outbox.sending_is_configured() and OutgoingMessage.objects.due(now).exists():
        sentence = "manage.py worker ne tourne plus, et des courriels attendent."
        return Finding(State.DOWN, sentence, measure)
    sentence = "manage.py worker ne tourne plus\u00a0: le prochain courriel attendra."
    return Finding(State.LOOK, sentence, measure)


@register_chart
def sent_lately(now: datetime) -> Chart | None:
    """E-mails sent in each of the last days, on the calendar of Paris."""
    today = timezone.localdate(now)
    days = [today - timedelta(days=back) for back in reversed(range(DAYS_DRAWN))]
    since = timezone.make_aware(datetime.combine(days[0], time.min))
    instants = OutgoingMessage.objects.filter(sent_at__gte=since).values_list("sent_at", flat=True)
    counts = Counter(timezone.localdate(instant) for instant in instants.iterator())
    if not counts:
        return None
    points = [Bar(f"{day:%d}", counts[day], str(counts[day])) for day in days]
    title = f"Courriels envoyés chaque jour depuis le {days[0]:%d/%m}"
    return columns(title, points, headings=("Jour", "Courriels"))


@register_measures
def queue(now: datetime) -> Iterator[Measure]:
    counts = dict(
        OutgoingMessage.objects.order_by()
        .values_list("state")
        .annotate(number=Count("pk"))
        .values_list("state", "number")
    )
    for state in OutgoingMessage.State.values:
        labels = {"state": state}
        yield Measure("mail_messages", "Courriels, par état.", counts.get(state, 0), labels)
    oldest = OutgoingMessage.objects.filter(state=OutgoingMessage.State.QUEUED).aggregate(
        oldest=Min("created_at")
    )["oldest"]
    age = (now - oldest).total_seconds() if oldest else 0
    if seen := heartbeat.last_beat():
        silence = (now - seen).total_seconds()
        yield Measure("mail_worker_silence_seconds", "Silence du programme d’envoi.", silence)
    yield Measure("mail_oldest_seconds", "Âge du plus ancien courriel en attente.", age)
