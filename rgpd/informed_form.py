"""A public form that says, above its button, what becomes of what is typed."""

from typing import Any

from site_enys.public_forms import PublicForm

from .notices import Notice
from .services.notices import remember_notice


class InformedForm(PublicForm):
    """Subclasses say what `make_notice` shows; their records keep `shown`.

    The version is part of what signs the form: one that was opened with other words is shown again
    with the present ones, nothing typed being lost, so that a record never names words that its
    author did not have before her.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.notice = self.make_notice()
        super().__init__(*args, **kwargs)

    def make_notice(self) -> Notice:
        raise NotImplementedError

    @property
    def shown(self) -> dict[str, Any]:
        """The columns of a record that prove what its author was told, and when."""
        return {"notice_version": self.notice.version, "notice_shown_at": self.opened_at}

    def accepted(self) -> None:
        super().accepted()
        remember_notice(self.notice, self.now)

    @property
    def _salt(self) -> str:
        return f"{super()._salt}:{self.notice.version}"
