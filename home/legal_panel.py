"""« Complet ? » in the editor of a legal page: what it lacks, and where that is typed."""

from typing import Any

from wagtail.admin.panels import Panel


class LegalStatePanel(Panel):
    """Reads what is saved; a page of no particular kind has no such list."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "home/admin/legal_panel.html"

        def is_shown(self) -> bool:
            from home.services.legal import KINDS  # noqa: PLC0415 - services know the models

            return super().is_shown() and bool(self.instance.pk) and self.instance.kind in KINDS

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            from home.services.legal import Kind, review  # noqa: PLC0415 - idem

            context = super().get_context_data(parent_context)
            return context | {"review": review(Kind(self.instance.kind))}
