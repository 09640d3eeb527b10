"""How long the proofs of a session are kept: six years, ten when Europe pays a part of it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Model, Q, QuerySet

#: Supporting evidence of a training action, then that of one with European funds.
PROOFS_KEPT = timedelta(days=6 * 365 + 2)
COFINANCED_KEPT = timedelta(days=10 * 365 + 3)
PROOFS_KEPT_WORDS = "6 ans"
PROOFS_SINCE = "la fin de la session (10 ans si l’Union européenne la cofinance)"


def proofs_due(model: type[Model], session: str = "session") -> Callable[[datetime], QuerySet[Any]]:
    """`ended` of a model whose rows prove a session, reached by the path `session`."""

    def ended(limit: datetime) -> QuerySet[Any]:
        longer = limit + PROOFS_KEPT - COFINANCED_KEPT
        ordinary = Q(**{f"{session}__cofinanced": False, f"{session}__ends_at__lt": limit})
        cofinanced = Q(**{f"{session}__cofinanced": True, f"{session}__ends_at__lt": longer})
        return model._default_manager.filter(ordinary | cofinanced)

    return ended
