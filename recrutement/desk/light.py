"""The light of the application form, on the home page of whoever reads applications."""

from typing import Any

from django.utils import timezone

from wagtail.admin.ui.components import Component

from recrutement.services.form_light import form_light


class FormLightPanel(Component):
    name = "formulaire-candidature"
    order = 60
    template_name = "recrutement/admin/form_light.html"

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        return {"light": form_light(timezone.now())}
