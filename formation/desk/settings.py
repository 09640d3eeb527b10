"""Themes, trainers and places: what sessions and courses are made of."""

from formation.models import CourseTheme, Trainer, Venue
from site_enys.admin import PersonalDataViewSet

EVERYTHING = ("add", "change", "delete", "view")


class CourseThemeViewSet(PersonalDataViewSet):
    model = CourseTheme
    icon = "tag"
    menu_label = "Thèmes"
    offered_actions = EVERYTHING
    inspect_view_enabled = False
    list_display = ["name", "slug"]
    search_fields = ["name"]


class TrainerViewSet(PersonalDataViewSet):
    model = Trainer
    icon = "user"
    menu_label = "Formateurs"
    offered_actions = EVERYTHING
    inspect_template_name = "formation/admin/trainer_inspect.html"
    inspect_view_fields = [
        "name",
        "qualifications",
        "email",
        "subcontractor",
        "declaration_number",
    ]
    list_display = ["name", "qualifications"]
    search_fields = ["name", "qualifications"]


class VenueViewSet(PersonalDataViewSet):
    model = Venue
    icon = "site"
    menu_label = "Lieux"
    offered_actions = EVERYTHING
    inspect_view_enabled = False
    list_display = ["name", "city", "address"]
    list_filter = ["city"]
    search_fields = ["name", "city"]
