"""What the site knows of a visitor's address, and for how long."""

import hashlib
import hmac

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone


def client_address(request: HttpRequest) -> str:
    """The visitor's IP address, read behind `PROXY_COUNT` trusted proxies.

    A header that no trusted proxy wrote is never believed.
    """
    forwarded = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
    hops = settings.PROXY_COUNT
    if hops and len(forwarded) >= hops and forwarded[-hops]:
        return forwarded[-hops]
    return request.META.get("REMOTE_ADDR", "")


def daily_hash(*parts: str) -> str:
    """A keyed hash that changes every day: enough to count, useless to follow somebody."""
    message = "|".join((timezone.localdate().isoformat(), *parts))
    return hmac.new(settings.SECRET_KEY.encode(), message.encode(), hashlib.sha256).hexdigest()
