"""« Maintien des sessions »: what is to be decided, and the e-mails that each decision sends."""

from typing import Any

from django.utils import timezone

from formation.enums import Urgency
from formation.models import Session
from formation.services.board import board
from formation.services.sessions import SESSION_LIFECYCLE
from site_enys.admin import admin_url
from site_enys.admin.pages import DeskPage
from site_enys.states import staff

#: The two decisions that the board is about.
DECISIONS = ("confirm", "cancel")


class BoardView(DeskPage):
    permission = "formation.view_session"
    template_name = "formation/admin/board.html"
    page_title = "Maintien des sessions"
    header_icon = "calendar-check"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        now = timezone.now()
        by = staff(self.request.user)
        may_change = self.request.user.has_perm("formation.change_session")
        rows = [
            {
                "line": line,
                "pressing": line.urgency != Urgency.TO_COME,
                "url": admin_url(Session, "inspect", line.session.pk),
                "actions": [
                    (row.label, admin_url(Session, "transition", line.session.pk, row.name))
                    for row in SESSION_LIFECYCLE.possible(line.session, by, now)
                    if may_change and row.name in DECISIONS
                ],
                "alternatives": [
                    (other, admin_url(Session, "inspect", other.session.pk))
                    for other in line.alternatives
                ],
            }
            for line in board(now)
        ]
        return super().get_context_data(rows=rows, **kwargs)
