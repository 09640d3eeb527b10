"""« Effacement » in the lists and inspections of every registered model: when the purge comes."""

from datetime import timedelta
from typing import Any

from django.db.models import Model, QuerySet
from django.utils import timezone

from django_filters import ChoiceFilter

from rgpd.register import FOLLOWERS, REGISTER, PersonalData
from site_enys.admin.additions import Addition, register_addition

LABEL = "Effacement"
DELAYS = (("7", "d’ici 7 jours"), ("30", "d’ici 30 jours"), ("90", "d’ici 90 jours"))


@register_addition
def countdown_of_rows(model: type[Model]) -> Addition | None:
    """The countdown of each row, or of the row that it follows.

    Nothing for what an app erases by its own work: it shows its own countdown.
    """
    leader = FOLLOWERS.get(model, model)
    entry = REGISTER.get(leader)
    if entry is None or entry.own_job or not (entry.since or entry.countdown):
        return None
    path = "" if leader is model else _path_to(model, leader)
    return Addition(
        label=LABEL,
        value=lambda row: entry.countdown_of(getattr(row, path) if path else row).sentence,
        relations=tuple(filter(None, [path, *_below(path, entry.reads)])),
        in_lists=not entry.asks_for_each,
        filters={"efface": _soon(entry, path)},
    )


def _path_to(model: type[Model], leader: type[Model]) -> str:
    """The foreign key by which a follower goes with its leader."""
    return next(
        field.name
        for field in model._meta.get_fields()
        if field.many_to_one and field.concrete and issubclass(leader, field.related_model)  # type: ignore[arg-type]
    )


def _below(path: str, relations: tuple[str, ...]) -> list[str]:
    return [f"{path}__{name}" if path else name for name in relations]


def _soon(entry: PersonalData, path: str) -> ChoiceFilter:
    """Those whose retention ends within so many days."""

    def narrow(rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        limit = timezone.now() + timedelta(days=int(value)) - entry.delay
        ended = entry.ended(limit).order_by().values("pk")
        return rows.filter(**{f"{path or 'pk'}__in": ended})

    return ChoiceFilter(label=LABEL, choices=DELAYS, method=narrow, empty_label="peu importe")
