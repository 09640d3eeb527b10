"""The field in which a page is chosen."""

from typing import Any

from wagtail.admin.widgets import AdminPageChooser
from wagtail.models import Page


class PageChooser(AdminPageChooser):
    """Wagtail's, which answers an error 500 to a key that is no number: here, an empty choice."""

    def get_instance(self, value: Any) -> Page | None:
        try:
            page: Page | None = super().get_instance(value)
        except (ValueError, TypeError, OverflowError):
            return None
        return page
