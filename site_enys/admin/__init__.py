"""Screens for staff: the hardened base of every list of personal data, and the desk of the day.

Wagtail's snippet views check permissions per model only, offer a chooser to any admin user, let
bulk actions run unchecked and export raw formulas in UTC. Everything here closes those holes once.
"""

from .bulk import SafeBulkAction
from .policies import OfferedActionsPolicy
from .todo import Todo, register_todo
from .viewsets import PersonalDataViewSet, admin_url

__all__ = [
    "OfferedActionsPolicy",
    "PersonalDataViewSet",
    "SafeBulkAction",
    "Todo",
    "admin_url",
    "register_todo",
]
