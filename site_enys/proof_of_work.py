"""A small computation asked of the senders' browsers, only while an attack lasts.

The direction switches it on in the settings of the administration; nothing is deployed, and no
third party takes part (ALTCHA v2, a library of which we keep the two functions of the server).
Whoever sends without it, for want of JavaScript, is set aside for a person to read, and is answered
like the others.

A solution is bound to the one-use token of its form, so it serves one sending of one form.
"""

import json
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.crypto import salted_hmac

import altcha

from .models import FormProtection

#: Each try costs about 2 ms to a computer, ten to an old telephone; one in 256 succeeds.
ALGORITHM = "PBKDF2/SHA-256"
PREFIX = "00"
LONGEST_ANSWER = 3_000  # characters


def is_wanted() -> bool:
    """Whether the forms ask for it now."""
    return FormProtection.objects.filter(proof_of_work=True).exists()


def challenge(bound_to: str, *, now: datetime, lasts: timedelta) -> str:
    """What the browser is asked to solve, in JSON; `bound_to` names one form shown once."""
    asked = altcha.create_challenge(
        ALGORITHM,
        settings.PROOF_OF_WORK_COST,
        key_prefix=PREFIX,
        expires_at=now + lasts,
        data={"form": bound_to},
        hmac_secret=_secret(),
    )
    return json.dumps(asked.to_dict())


def is_solved(answer: str, bound_to: str) -> bool:
    """Whether the browser has solved the challenge that was made for `bound_to`, in time."""
    if not answer or len(answer) > LONGEST_ANSWER:
        return False
    try:
        payload = altcha.Payload.from_base64(answer)
        result = altcha.verify_solution(payload, _secret())
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, OverflowError):
        return False
    return result.verified and payload.challenge.parameters.data == {"form": bound_to}


def solve(asked: str) -> str:
    """The answer that a browser would send: for the visitor by which the site checks itself."""
    given = altcha.Challenge.from_dict(json.loads(asked))
    solution = altcha.solve_challenge(given)
    return altcha.Payload(given, solution).to_base64() if solution else ""


def _secret() -> str:
    return salted_hmac("site_enys.proof_of_work", "v2", algorithm="sha256").hexdigest()
