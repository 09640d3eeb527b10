"""The screens where staff does something to a session or to somebody in it, in one step."""

from collections.abc import Callable
from typing import Any

from django.db.models import Model

from courrier.services.rehearsal import rehearse
from formation.models import Enrolment, Session
from site_enys.admin import Screen as BaseScreen


class Screen(BaseScreen):
    model: type[Model] = Enrolment
    permission = "formation.change_enrolment"
    rehearse: Callable[[Callable[[], object]], list[Any]] | None = staticmethod(rehearse)


class SessionScreen(Screen):
    model = Session
    header_icon = "calendar"
