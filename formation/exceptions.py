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


class SurveyClosed(Refused):
    sentence = "Ce questionnaire est clos\u00a0: merci de l’intérêt que vous lui portez."


class NoMoreReminders(Refused):
    """Whoever does not answer after two reminders is left in peace."""

    sentence = "Cette personne a déjà reçu deux relances\u00a0: on n’écrit plus."


class AlreadyAnswered(Refused):
    sentence = "Ce questionnaire a déjà sa réponse."


class DocumentNotDue(Refused):
    """This document has no reason to be delivered now."""


class DocumentReplaced(Refused):
    sentence = "Ce document n’est plus en vigueur : la page montrait une version d’avant."


class DocumentDamaged(Refused):
    sentence = (
        "Le fichier de ce document est abîmé ou absent, il n’est pas remis : "
        "délivrez une nouvelle version."
    )


class AttendanceRefused(Refused):
    """The attendance sheet does not take this."""


class WrongCode(AttendanceRefused):
    sentence = (
        "Ce n’est pas le code affiché en ce moment : il change toutes les minutes, "
        "recopiez celui que vous voyez."
    )
    field = "code"


class TooManyCodes(AttendanceRefused):
    """Nobody finds a code by trying them one after the other."""

    field = "code"

    def __init__(self, minutes: int) -> None:
        super().__init__(
            f"Trop de codes ont été essayés : réessayez dans {minutes}\u00a0min, ou dites-le au "
            "formateur, qui constatera votre présence."
        )


class SigningClosed(AttendanceRefused):
    sentence = (
        "Aucune demi-journée n’est à signer en ce moment : la signature s’ouvre un quart "
        "d’heure avant le début et se ferme une demi-heure après la fin."
    )


class NotExpected(AttendanceRefused):
    sentence = (
        "Cette inscription n’est pas confirmée : dites-le au formateur, qui préviendra l’équipe."
    )


class SessionNotHeld(AttendanceRefused):
    sentence = "Cette session n’a pas lieu à ces dates : rien n’est à signer."


class NotTheirHalfDay(AttendanceRefused):
    sentence = "Cette demi-journée est confiée à quelqu’un d’autre."


class SheetClosed(AttendanceRefused):
    sentence = (
        "Cette demi-journée est contresignée : elle ne change plus que par une correction motivée."
    )


class TooEarlyToCountersign(AttendanceRefused):
    sentence = (
        "Une demi-journée se contresigne à partir du dernier quart d’heure : "
        "d’ici là, quelqu’un peut encore arriver ou partir."
    )


class HalfDayToCome(AttendanceRefused):
    sentence = "Cette demi-journée n’a pas encore eu lieu."


class StillUnsigned(AttendanceRefused):
    """The trainer says of everybody whether they were there."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(f"Indiquez si ces personnes étaient là\u00a0: {enumeration(names)}.")


class MinutesImplausible(AttendanceRefused):
    """A part of the half-day, neither none of it nor the whole."""

    field = "minutes"

    def __init__(self, name: str, whole: int, field: str | None = None) -> None:
        super().__init__(
            f"{name} : indiquez combien de minutes ont été suivies, de 1 à {whole - 1}.",
            field=field,
        )


class NothingCorrected(AttendanceRefused):
    sentence = "C’est déjà ce que dit la feuille : rien n’est à corriger."


class ReasonWanted(AttendanceRefused):
    sentence = (
        "Écrivez pourquoi : ce qui change une feuille après coup se justifie, "
        "et l’ancienne valeur est gardée."
    )
    field = "reason"


class ScanWanted(AttendanceRefused):
    sentence = "Joignez la feuille signée, numérisée ou photographiée."
    field = "scan"


class ScanRefused(Refused):
    sentence = "Ce fichier n’est ni un PDF, ni une image JPEG ou PNG lisibles."
    field = "scan"


class ScanTooLarge(ScanRefused):
    sentence = "Ce fichier dépasse 10\u00a0Mo : numérisez la feuille avec une définition moindre."
    field = "scan"


class HalfDaysSigned(Refused):
    sentence = (
        "Des demi-journées de cette session sont déjà émargées : leurs dates font preuve et ne "
        "changent plus. Pour la suite, créez une autre session."
    )


class AttendanceMissing(Refused):
    """What the closing of a session would leave unknown; staff may set it aside."""


class TrainerWithoutAddress(Refused):
    sentence = "Ce formateur n’a pas d’adresse électronique : indiquez-la d’abord sur sa fiche."


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
