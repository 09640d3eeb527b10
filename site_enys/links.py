"""Links that open something to whoever holds them: signed, limited in time, and revocable.

A link is (purpose, object, nonce); the nonce lies on the object, so that changing it revokes
every link sent before. The first GET exchanges the link for a grant in the visitor's session and
leads to an address without the token, which no journal and no `Referer` gives away. Nothing is
ever changed by a GET: mail scanners follow links.
"""

import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from django.core import signing
from django.db.models import Model
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache

from .exceptions import Refused

#: How long a browser may go on without opening the link again, unless the purpose says less.
GRANT_LASTS = timedelta(hours=4)
SESSION_KEY = "liens"
#: What `django.core.signing.dumps` writes, where an address holds it: data, instant, signature.
_TOKEN = re.compile(r"(?<=/)\.?[\w-]+:[\w-]{5,7}:[\w-]{20,}/?")


class LinkRefused(Refused):
    sentence = "Ce lien n’est plus valable, ou il a été coupé en chemin."


@dataclass(frozen=True)
class Purpose:
    """What a link opens: one model with a `link_nonce`, for a while."""

    name: str
    model: type[Model]
    lasts: timedelta = timedelta(days=400)
    grant_lasts: timedelta = GRANT_LASTS

    def token(self, obj: Any) -> str:
        return signing.dumps([str(obj.pk), obj.link_nonce.hex], salt=self._salt)

    def open(self, token: str) -> Any:
        """Return the object; raises LinkRefused when altered, too old, revoked or erased."""
        try:
            pk, nonce = signing.loads(token, salt=self._salt, max_age=self.lasts)
            obj = self.model._default_manager.filter(pk=pk, link_nonce=uuid.UUID(nonce)).first()
        except (signing.BadSignature, ValueError, TypeError) as bad:
            raise LinkRefused from bad
        if obj is None:
            raise LinkRefused
        return obj

    def grant(self, request: HttpRequest, obj: Any, now: datetime) -> None:
        """Let this browser reach the object for as long as the purpose says."""
        grants = request.session.get(SESSION_KEY, {})
        until = (now + self.grant_lasts).isoformat()
        request.session[SESSION_KEY] = grants | {self._key(obj): [obj.link_nonce.hex, until]}

    def is_granted(self, request: HttpRequest, obj: Any, now: datetime) -> bool:
        """Whether this browser has opened a link to the object that is still valid."""
        nonce, until = request.session.get(SESSION_KEY, {}).get(self._key(obj), ("", ""))
        return nonce == obj.link_nonce.hex and now < datetime.fromisoformat(until)

    @property
    def _salt(self) -> str:
        return f"lien:{self.name}"

    def _key(self, obj: Any) -> str:
        return f"{self.name}:{obj.pk}"


def revoke(obj: Any) -> None:
    """Make every link sent so far useless, and every grant that came from one."""
    obj.link_nonce = uuid.uuid4()
    obj.save(update_fields=["link_nonce"])


def without_tokens(text: str) -> str:
    """A message for somebody else than its reader: whoever holds a link acts as the person."""
    return _TOKEN.sub("…", text)


def private(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A page for one person: nobody keeps it, and no other site learns its address.

    Not `no-referrer`, which makes browsers hide the origin of the forms too: Django would refuse
    them. The token itself is only in the address of the link, which leads elsewhere at once.
    """

    @never_cache
    @wraps(view)
    def wrapped(*args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(*args, **kwargs)
        response.setdefault("Referrer-Policy", "same-origin")
        return response

    return wrapped
