"""The figures that are counted, and how they are told. Loads prometheus_client."""

from collections.abc import Iterable, Iterator
from functools import cache

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from site_enys.health.measures import Measure

#: Seconds: a kept page takes less than the first, nobody waits for longer than the last.
BUCKETS = (0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)


class Figures:
    """The counters of this process."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        requests = Counter(
            "enys_requests", "Réponses, par genre de page et code.", ["page", "status"],
            registry=self.registry,
        )  # fmt: skip
        seconds = Histogram(
            "enys_request_seconds", "Durée des réponses, par famille.", ["family"],
            buckets=BUCKETS, registry=self.registry,
        )  # fmt: skip
        kept = Counter(
            "enys_kept_pages", "Pages gardées\u00a0: rendues ou refaites.", ["outcome"],
            registry=self.registry,
        )  # fmt: skip
        self.kept = {True: kept.labels("rendue"), False: kept.labels("refaite")}
        self.database_errors = Counter(
            "enys_database_errors", "Requêtes que la base n’a pas servies.",
            registry=self.registry,
        )  # fmt: skip
        # To look a series up each time costs more than to count in it.
        self.of_requests = cache(lambda route, status: requests.labels(route, str(status)))
        self.of_seconds = cache(lambda route: seconds.labels(family_of(route)))

    def answered(self, route: str, status: int, seconds: float) -> None:
        self.of_requests(route, status).inc()
        self.of_seconds(route).observe(seconds)


def family_of(route: str) -> str:
    """Few: each has as many series as there are durations."""
    if route in {"gardée", "statique", "aucune"}:
        return route
    return "administration" if route.startswith("wagtail") and ":" in route else "site"


class FromTheDatabase(Collector):
    """What is the same for every process: read when it is asked."""

    def __init__(self, measures: Iterable[Measure]) -> None:
        self.measures = measures

    def collect(self) -> Iterator[Metric]:
        families: dict[str, GaugeMetricFamily] = {}
        for measure in self.measures:
            family = families.setdefault(
                measure.name,
                GaugeMetricFamily(f"enys_{measure.name}", measure.help, labels=[*measure.labels]),
            )
            family.add_metric([*measure.labels.values()], measure.value)
        yield from families.values()


def told(counted: Figures, measures: Iterable[Measure]) -> bytes:
    """Everything, in the text format of Prometheus."""
    read = CollectorRegistry()
    read.register(FromTheDatabase(measures))
    return generate_latest(_of_every_process(counted)) + generate_latest(read)


def _of_every_process(counted: Figures) -> CollectorRegistry:
    everybody = CollectorRegistry()
    try:
        MultiProcessCollector(everybody)
    except ValueError:  # no common folder: this process is alone
        return counted.registry
    return everybody
