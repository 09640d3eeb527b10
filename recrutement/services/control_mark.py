"""The address that marks an application as sent by the site to itself.

Its local part carries the instant and a keyed digest of it, in small letters and digits, as the
form writes addresses in lower case. Nobody makes one without the secret key of the site.
"""

import re
from datetime import UTC, datetime, timedelta
from email.utils import parseaddr

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

#: Long enough for one check, even on a busy machine; short for whoever would read the address.
VALID_FOR = timedelta(minutes=5)
LONGEST_LOCAL_PART = 64  # RFC 5321, 4.5.3.1.1
DIGEST = 24  # hexadecimal figures: 96 bits
MARKED = re.compile(rf"(?:.*\+)?controle-([0-9a-f]{{8}})([0-9a-f]{{{DIGEST}}})")


def marked_address(now: datetime) -> str:
    """« ne-pas-repondre+controle-…@enys.test »: our own mailbox, for the next five minutes."""
    mailbox, _, domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].lower().rpartition("@")
    stamp = f"{int(now.timestamp()):08x}"
    mark = f"controle-{stamp}{_digest(stamp)}"
    local = f"{mailbox}+{mark}"
    return f"{local if len(local) <= LONGEST_LOCAL_PART else mark}@{domain or 'localhost'}"


def is_marked(email: str, now: datetime) -> bool:
    """Whether we have made this address ourselves, less than five minutes ago."""
    found = MARKED.fullmatch(email.lower().rpartition("@")[0])
    if found is None or not constant_time_compare(found[2], _digest(found[1])):
        return False
    made_at = datetime.fromtimestamp(int(found[1], 16), UTC)
    return timedelta(seconds=-1) <= now - made_at <= VALID_FOR


def _digest(stamp: str) -> str:
    return salted_hmac("recrutement.control_mark", stamp, algorithm="sha256").hexdigest()[:DIGEST]
