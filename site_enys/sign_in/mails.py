"""What the owner of an account reads: a link to choose a password, and what happened to it.

Sent by Django's mail functions, which lead to the outbox (`EMAIL_BACKEND`).
"""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string


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
    full = {"site_url": settings.SITE_URL, "site_name": settings.WAGTAIL_SITE_NAME, **context}
    message = EmailMultiAlternatives(
        subject=render_to_string(f"emails/{kind}.subject.txt", full).strip(),
        body=render_to_string(f"emails/{kind}.txt", full).strip() + "\n",
        to=[to],
    )
    message.attach_alternative(render_to_string(f"emails/{kind}.html", full), "text/html")
    message.send()
