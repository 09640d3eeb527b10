"""The « Formation » menu."""

from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from .desk import todo  # noqa: F401 - registers the lines of the desk
from .desk.enrolments import EnrolmentRequestViewSet, EnrolmentViewSet
from .desk.sessions import SessionViewSet
from .desk.settings import CourseThemeViewSet, TrainerViewSet, VenueViewSet


class TrainingViewSetGroup(SnippetViewSetGroup):
    menu_label = "Formation"
    menu_icon = "calendar"
    menu_order = 210
    items = (
        SessionViewSet,
        EnrolmentViewSet,
        EnrolmentRequestViewSet,
        CourseThemeViewSet,
        TrainerViewSet,
        VenueViewSet,
    )


register_snippet(TrainingViewSetGroup)
