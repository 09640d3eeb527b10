"""Why an enrolment or a plan is refused, in the words that the person reads."""

from site_enys.exceptions import Refused


class EnrolmentRefused(Refused):
    """The session does not take this enrolment."""


class SessionNotOpen(EnrolmentRefused):
    sentence = "Les inscriptions à cette session ne sont pas encore ouvertes."


class SessionClosed(EnrolmentRefused):
    sentence = "Les inscriptions à cette session sont closes."


class SessionCancelled(EnrolmentRefused):
    sentence = "Cette session est annulée."


class SessionPostponed(EnrolmentRefused):
    sentence = "Cette session est reportée : ses nouvelles dates ne sont pas encore connues."


class SessionFull(EnrolmentRefused):
    sentence = "Cette session est complète et n’a pas de liste d’attente."


class SoldToGroups(EnrolmentRefused):
    sentence = (
        "Cette formation se vend pour un groupe : inscrivez-vous par votre employeur, "
        "ou écrivez-nous."
    )


class AlreadyEnrolled(EnrolmentRefused):
    """Said to staff only: the public page answers a second request like a first one."""

    sentence = "Cette adresse électronique a déjà une inscription en cours pour cette session."


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
