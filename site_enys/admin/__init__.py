"""Screens for staff: the hardened base of every list of personal data, and the desk of the day.

Wagtail's snippet views check permissions per model only, offer a chooser to any admin user, let
bulk actions run unchecked and export raw formulas in UTC. Everything here closes those holes once.
"""

from .bulk import SafeBulkAction
from .choosers import PageChooser
from .pages import DeskMenuItem, DeskPage, Yearly
from .policies import OfferedActionsPolicy
from .screens import DeskForm, Screen
from .today import Figure, register_figure
from .todo import Todo, register_todo
from .viewsets import PersonalDataViewSet, admin_url

__all__ = [
    "DeskForm",
    "DeskMenuItem",
    "DeskPage",
    "Figure",
    "OfferedActionsPolicy",
    "PageChooser",
    "PersonalDataViewSet",
    "SafeBulkAction",
    "Screen",
    "Todo",
    "Yearly",
    "admin_url",
    "register_figure",
    "register_todo",
]
