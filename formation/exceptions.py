"""Why an enrolment or a plan is refused, in the words that the person reads."""

from collections.abc import Sequence

from site_enys.exceptions import Refused
from site_enys.french import enumeration, plural


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


class TooLateToWithdraw(EnrolmentRefused):
    sentence = (
        "La session commence avant la fin du délai de rétractation que la loi donne aux "
        "particuliers : écrivez-nous, ou choisissez une date plus lointaine."
    )


class GroupTooLarge(EnrolmentRefused):
    """The session could never hold the group, even empty."""

    def __init__(self, capacity: int) -> None:
        super().__init__(
            f"Cette session n’a que {capacity} places en tout : "
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


class DocumentIncomplete(Refused):
    """What a document says is not all known; `missing` names each item, in the reader's words."""

    def __init__(self, missing: Sequence[str]) -> None:
        super().__init__(f"Il manque\u00a0: {enumeration(missing)}.")
        self.missing = list(missing)


class AgreementRefused(Refused):
    """The agreement, the contract or the quote cannot be sent, or signed."""


class NobodyToAgreeFor(AgreementRefused):
    sentence = "Personne n’a de place dans cette demande\u00a0: il n’y a rien à convenir."


class NotAcceptedYet(AgreementRefused):
    """People of the request whose demand is still under study."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(
            f"Acceptez d’abord la demande pour {enumeration(names)}\u00a0: "
            "la convention ou le contrat en fait des inscrits."
        )


class OnlyForCompanies(AgreementRefused):
    sentence = "Un devis s’adresse à une entreprise\u00a0: un particulier reçoit son contrat."


class NotToSign(AgreementRefused):
    sentence = "Ce document n’est plus à signer\u00a0: rechargez la page pour voir où il en est."


class SignedInTheFuture(AgreementRefused):
    sentence = "Indiquez le jour de la signature\u00a0: entre l’envoi du document et aujourd’hui."
    field = "signed_on"


class CodeRefused(Refused):
    """The code that shows who signs is not given, or not taken."""

    field = "code"


class CodeTooSoon(CodeRefused):
    sentence = "Un code vient de partir\u00a0: attendez une minute avant d’en demander un autre."


class CodeExpired(CodeRefused):
    sentence = "Ce code a plus de quinze minutes\u00a0: demandez-en un nouveau."


class CodeSpent(CodeRefused):
    sentence = "Trop d’essais avec ce code\u00a0: demandez-en un nouveau."


class CodeWrong(CodeRefused):
    """Another try is left."""

    def __init__(self, left: int) -> None:
        more = plural(left, "essai")
        super().__init__(f"Ce n’est pas le code que nous avons envoyé. Il vous reste {more}.")


class ScanRefused(Refused):
    """What was joined is not the picture of a paper."""

    field = "scan"
