"""Who signs shows that it is really them: one small interface, and the provider of this site.

A qualified service is another class with the same three names, given by its dotted path in the
setting SIGNATURE_PROVIDER.
"""

import secrets
from datetime import datetime, timedelta
from typing import Protocol

from django.conf import settings
from django.db.models import F
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.module_loading import import_string

from formation import emails
from formation.enums import AgreementState
from formation.exceptions import CodeExpired, CodeSpent, CodeTooSoon, CodeWrong, NotToSign
from formation.models import Agreement
from site_enys.exceptions import Refused

CODE_LASTS = timedelta(minutes=15)
CODE_EVERY = timedelta(minutes=1)
MOST_TRIES = 5


class Provider(Protocol):
    """What shows that the person who accepts is the signatory."""

    #: Kept in the evidence.
    name: str

    def ask(self, agreement: Agreement, now: datetime) -> str:
        """Ask the signatory for a proof, inside the caller's transaction.

        Returns the address where she gives it, or nothing for our own page, which then hands her
        answer to `verify`. Raises a Refused.
        """

    def verify(self, agreement: Agreement, answer: str, now: datetime) -> None:
        """Raise the Refused that says why the answer is not a proof.

        Called outside of any transaction: what it counts stays counted.
        """


class EmailCode:
    """A code of six figures, sent to the address of the signatory, good for one signature."""

    name = "code à usage unique envoyé par courriel"

    def ask(self, agreement: Agreement, now: datetime) -> str:
        """Send a new code, which replaces the former. Raises CodeTooSoon."""
        if agreement.code_sent_at and now - agreement.code_sent_at < CODE_EVERY:
            raise CodeTooSoon
        code = f"{secrets.randbelow(1_000_000):06}"
        agreement.code_sent_at, agreement.code_tries = now, 0
        agreement.code_digest = _digest(agreement, code)
        agreement.save(update_fields=["code_digest", "code_sent_at", "code_tries"])
        emails.agreement_code(agreement, code)
        return ""

    def verify(self, agreement: Agreement, answer: str, now: datetime) -> None:
        """Count a try, then compare. Raises a CodeRefused, or NotToSign when there is no code."""
        rows = Agreement.objects.filter(pk=agreement.pk, state=AgreementState.SENT)
        asked = rows.exclude(code_digest="")
        # Counted before it is looked at: many answers at once are no more than five tries.
        counted = asked.filter(code_tries__lt=MOST_TRIES).update(code_tries=F("code_tries") + 1)
        fresh = asked.first()
        if fresh is None or fresh.code_sent_at is None:
            raise NotToSign
        if not counted:
            raise CodeSpent
        if now - fresh.code_sent_at >= CODE_LASTS:
            raise CodeExpired
        if constant_time_compare(_digest(fresh, answer), fresh.code_digest):
            return
        left = MOST_TRIES - fresh.code_tries
        raise CodeWrong(left) if left else CodeSpent


def provider() -> Provider:
    """The one that the settings name."""
    made: Provider = import_string(settings.SIGNATURE_PROVIDER)()
    return made


def refusal_of(agreement: Agreement, answer: str, now: datetime) -> Refused | None:
    """Why the answer is no proof; a try that is counted stays so, whatever comes after."""
    try:
        provider().verify(agreement, answer, now)
    except Refused as refusal:
        return refusal
    return None


def _digest(agreement: Agreement, code: str) -> str:
    """Under the key of the site: whoever reads the database alone cannot find the code."""
    sent_at = agreement.code_sent_at
    said = f"{agreement.pk}:{sent_at and sent_at.timestamp()}:{code}"
    return salted_hmac("formation.signature", said, algorithm="sha256").hexdigest()
