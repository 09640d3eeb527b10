"""What the blog notes of a visitor's connection."""

from django.http import HttpRequest
from django.utils import timezone

from site_enys.clients import client_network, daily_hash
from site_enys.public_forms import PublicForm


def sender_of(request: HttpRequest, form: PublicForm) -> str:
    """A hash of the connection, for this form and this day only."""
    day = timezone.localdate(form.now)
    return daily_hash(form.purpose, client_network(request), day=day)
