"""Why an enrolment or a plan is refused, in the words that the person reads."""

from site_enys.exceptions import Refused
from site_enys.french import plural


class EnrolmentRefused(Refused):
    """The session does not take this enrolment."""


class SessionNotOpen(EnrolmentRefused):
    sentence = "Les inscriptions à cette session ne sont pas encore ouvertes."


class SessionClosed(EnrolmentRefused):
    sentence = "Les inscriptions à cette session sont closes."


class SessionCancelled(EnrolmentRefused):
    sentence = "Cette session est annulée."


class SessionPostponed(EnrolmentRefused):
    sentence = "Cette session est reportée\u00a0: ses nouvelles dates ne sont pas encore connues."


class SessionFull(EnrolmentRefused):
    sentence = "Cette session est complète et n’a pas de liste d’attente."


class SoldToGroups(EnrolmentRefused):
    sentence = (
        "Cette formation se vend pour un groupe\u00a0: inscrivez-vous par votre employeur, "
        "ou écrivez-nous."
    )


class TooLateToWithdraw(EnrolmentRefused):
    sentence = (
        "La session commence avant la fin du délai de rétractation que la loi donne aux "
        "particuliers\u00a0: écrivez-nous, ou choisissez une date plus lointaine."
    )


class GroupTooLarge(EnrolmentRefused):
    """The session could never hold the group, even empty."""

    def __init__(self, capacity: int) -> None:
        super().__init__(
            f"Cette session n’a que {capacity} places en tout\u00a0: "
            "demandez-nous plutôt une formation pour votre groupe."
        )


class NotEnoughSeats(EnrolmentRefused):
    """The session has no waiting list that could take the others."""

    def __init__(self, seats_left: int) -> None:
        left = plural(seats_left, "place reste libre", "places restent libres")
        super().__init__(f"{left.capitalize()} dans cette session, qui n’a pas de liste d’attente.")


class NoOtherSession(EnrolmentRefused):
    sentence = "Aucune autre session de cette formation n’a de place libre."


class AlreadyEnrolled(EnrolmentRefused):
    """Said to staff only: the public page answers a second request like a first one."""

    sentence = "Cette adresse électronique a déjà une inscription en cours pour cette session."


class StillNeeded(EnrolmentRefused):
    """Said to somebody who asks to be forgotten."""

    sentence = "Cette inscription est la preuve d’une formation\u00a0: elle est gardée."


class PlanRefused(Refused):
    """The half-days of a session cannot be laid out this way."""


class DayPast(PlanRefused):
    sentence = "Choisissez un jour à venir."
    field = "first_day"


class YearImplausible(PlanRefused):
    sentence = "Vérifiez l’année du premier jour."
    field = "first_day"


class CodeTaken(PlanRefused):
    sentence = "Une autre session porte déjà ce code."
    field = "code"
