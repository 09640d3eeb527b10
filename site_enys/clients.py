"""What the site knows of a visitor's address, and for how long."""

import hashlib
import hmac
from datetime import date
from ipaddress import IPv6Address, ip_address, ip_network

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


def client_network(request: HttpRequest) -> str:
    """What one subscriber holds: the address in IPv4, the /64 in IPv6, where addresses are free."""
    address = client_address(request)
    try:
        parsed = ip_address(address)
    except ValueError:  # a Unix socket has no address
        return address
    if isinstance(parsed, IPv6Address):
        return str(ip_network((parsed, 64), strict=False))
    return address


def daily_hash(*parts: str, day: date | None = None) -> str:
    """A keyed hash that changes every day: enough to count, useless to follow somebody."""
    message = "|".join(((day or timezone.localdate()).isoformat(), *parts))
    return hmac.new(settings.SECRET_KEY.encode(), message.encode(), hashlib.sha256).hexdigest()
