"""What the owner of an account reads: a link to choose a password, and what happened to it.

Sent by Django's mail functions, which lead to the outbox (`EMAIL_BACKEND`).
"""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from site_enys.letters import compose


def tell_owner(user: Any, what: str, *, now: datetime, where: str = "", to: str = "") -> None:
    """Tell the owner that `what` (a sentence) has just happened, from the browser `where`."""
    address = to or user.email
    if address:
        context = {"what": what, "now": now, "where": where, "username": user.get_username()}
        _send("compte_securite", address, context)


def send_reset_link(user: Any, url: str) -> None:
    hours = settings.PASSWORD_RESET_TIMEOUT // 3600
    context = {"url": url, "username": user.get_username(), "hours": hours}
    _send("compte_mot_de_passe", user.email, context)


def _send(kind: str, to: str, context: dict[str, Any]) -> None:
    letter = compose(kind, context)
    message = EmailMultiAlternatives(subject=letter.subject, body=letter.text, to=[to])
    message.attach_alternative(letter.html, "text/html")
    message.send()
