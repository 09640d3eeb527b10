"""`/sante/` for load balancers, `/sante/detail/` and `/metrics` for whoever watches."""

from django.conf import settings
from django.db import Error
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from site_enys.telemetry import counting

from .measures import Measure, measures
from .processes import memory_of_the_server
from .registry import State, can_answer, look, worst

PERMISSION = "site_enys.view_jobrun"


@require_safe
@never_cache
def health(_request: HttpRequest) -> JsonResponse:
    """Whether this machine can answer, and nothing else: anybody may ask."""
    if can_answer(timezone.now()):
        return JsonResponse({"etat": "ok"})
    return JsonResponse({"etat": "indisponible"}, status=503)


@require_safe
@never_cache
def health_detail(request: HttpRequest) -> JsonResponse:
    """Every check. Raises Http404 for whoever has neither the token nor the right."""
    if not (has_token(request) or _is_chief(request)):
        raise Http404
    results = look(timezone.now())
    lost = any(result.check.vital and result.state == State.DOWN for result in results)
    answer = {
        "etat": worst(results),
        "version": settings.RELEASE,
        "controles": [
            {
                "nom": result.check.name,
                "libelle": result.check.label,
                "etat": result.state,
                "vital": result.check.vital,
                "mesure": result.finding.measure,
                "depuis": result.since.isoformat(timespec="seconds"),
                "constat": result.finding.sentence,
            }
            for result in results
        ],
    }
    return JsonResponse(answer, status=503 if lost else 200)


@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """The figures, for Prometheus. Raises Http404 without the token."""
    counters = counting.counters()
    if counters is None or not has_token(request):
        raise Http404
    from site_enys.telemetry.figures import told  # noqa: PLC0415 - loaded already, if at all

    return HttpResponse(
        told(counters, _read()), content_type="text/plain; version=0.0.4; charset=utf-8"
    )


def _read() -> list[Measure]:
    """A database that is away is a figure too."""
    now = timezone.now()
    up, read = "La base répond\u00a0: 1, ou non\u00a0: 0.", []
    try:
        read = [*measures(now), Measure("database_up", up, 1)]
    except Error:
        counting.database_failed()
        read = [Measure("database_up", up, 0)]
    memory = memory_of_the_server()
    return [*read, Measure("memory_bytes", "Mémoire des processus du serveur.", memory)]


def has_token(request: HttpRequest) -> bool:
    """Whether the request carries METRICS_TOKEN; never when none is set."""
    scheme, _, given = request.headers.get("Authorization", "").partition(" ")
    return (
        bool(settings.METRICS_TOKEN)
        and scheme.lower() == "bearer"
        and constant_time_compare(given.strip(), settings.METRICS_TOKEN)
    )


def _is_chief(request: HttpRequest) -> bool:
    try:
        return request.user.has_perm(PERMISSION)
    except Error:  # nobody is known without database: the token is
        return False
