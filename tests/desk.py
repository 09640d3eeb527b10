"""The home page of the administration, as tests read it."""

from datetime import datetime

from django.http import HttpRequest

from site_enys.admin.todo import Todo, waiting


def lines_waiting(request: HttpRequest, now: datetime) -> list[Todo]:
    """Every line of the desk, what comes first before the rest."""
    return [line for group in waiting(request, now) for line in group.lines]
