"""« Résultats mis en avant » in the admin."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views import snippets

from search.models import Promotion
from search.models.promotions import LONGEST_PHRASE
from site_enys.admin import PageChooser, PersonalDataViewSet


class PromotionCreateView(snippets.CreateView):
    """The form, with the words of the search that somebody came from."""

    def get_initial_form_instance(self) -> Promotion:
        typed = self.request.GET.get("mots", "").replace("\x00", "")
        return Promotion(phrases=" ".join(typed.split())[:LONGEST_PHRASE])


class PromotionViewSet(PersonalDataViewSet):
    model = Promotion
    icon = "pick"
    menu_label = "Mis en avant"
    add_view_class = PromotionCreateView
    offered_actions = ("view", "add", "change", "delete")
    # Who takes a page away reads that it is advised here.
    add_to_reference_index = True
    inspect_view_enabled = False
    list_display = [
        "__str__",
        Column("page", label="Page conseillée", sort_key="page__title"),
        Column("state_of_page", label="Où elle en est"),
        Column("rank", label="Ordre", sort_key="rank"),
    ]
    search_fields = ["phrases", "sentence", "page__title"]
    list_export = ["phrases", "page", "sentence", "rank", "state_of_page"]
    export_headings = {"state_of_page": "où elle en est"}
    export_filename = "resultats-mis-en-avant"
    panels = [
        FieldPanel("phrases"),
        FieldPanel("page", widget=PageChooser),
        FieldPanel("sentence"),
        FieldPanel("rank"),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("page")
