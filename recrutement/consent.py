"""What a person agrees to when she enters the pool: separate, free, and undone in one click."""

from rgpd.notices import version_of

from .models import RecruitmentSettings

#: The month in which the words below were last written.
WORDED = "2026-11"
CONSENT = (
    "J’accepte qu’ENYS Conseil garde ma candidature {months}\u00a0mois dans son vivier et m’écrive "
    "au sujet d’autres postes. Je peux retirer cet accord à tout moment, ici même, sans avoir à "
    "dire pourquoi."
)


def consent_words() -> str:
    """The sentence beside the box, with the delay that the purge applies."""
    return CONSENT.format(months=RecruitmentSettings.load().pool_months)


def consent_version() -> str:
    """The version that a consent keeps: it changes with the words and with the delay."""
    return version_of(WORDED, consent_words())
