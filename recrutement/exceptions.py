from site_enys.exceptions import Refused


class OfferClosed(Refused):
    """No application is taken for this offer now; the sentence says why."""


class SpontaneousClosed(Refused):
    sentence = "Nous ne prenons pas de candidature spontanée en ce moment."


class FileRefused(Refused):
    """The file is not a CV that we can open; the sentence says what to do."""

    field = "cv"


class NothingWritten(Refused):
    sentence = "Écrivez d’abord quelque chose."


class RatingRefused(Refused):
    """These marks cannot be kept; the sentence says why."""


class AlreadyRevealed(Refused):
    sentence = "L’identité de cette personne vous est déjà montrée."
