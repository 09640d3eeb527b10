"""The information notices of the public forms, drawn from the register of personal data."""

import hashlib
from dataclasses import dataclass

from formation.models import Complaint, Enrolment, EnrolmentRequest, TailoredRequest
from rgpd.register import REGISTER, PersonalData


@dataclass(frozen=True)
class Notice:
    """What the person reads above the button (RGPD, article 13)."""

    entries: tuple[PersonalData, ...]

    @property
    def version(self) -> str:
        """A fingerprint of the promise: it changes when, and only when, the promise does."""
        said = repr(
            [
                (
                    entry.processing,
                    entry.purpose,
                    entry.legal_basis,
                    entry.data,
                    entry.delay_words,
                    entry.kept_since,
                    entry.recipients,
                )
                for entry in self.entries
            ]
        )
        return hashlib.sha256(said.encode()).hexdigest()[:12]


def notice() -> Notice:
    """What who signs up is told."""
    return Notice((REGISTER[EnrolmentRequest], REGISTER[Enrolment]))


def tailored_notice() -> Notice:
    """What who asks for a course made for a team is told."""
    return Notice((REGISTER[TailoredRequest],))


def complaint_notice() -> Notice:
    """What who complains is told."""
    return Notice((REGISTER[Complaint],))
