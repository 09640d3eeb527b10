from site_enys.exceptions import Refused


class OfferClosed(Refused):
    """No application is taken for this offer now; the sentence says why."""


class SpontaneousClosed(Refused):
    sentence = "Nous ne prenons pas de candidature spontanée en ce moment."


class FileRefused(Refused):
    """The file is not a CV that we can open; the sentence says what to do."""

    field = "cv"


class CheckFailed(Refused):
    """The site could not apply through its own form; the sentence says what was found."""
