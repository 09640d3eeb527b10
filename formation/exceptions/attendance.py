"""Why the sheet of a half-day does not take something."""

from collections.abc import Sequence

from site_enys.exceptions import Refused
from site_enys.french import enumeration


class AttendanceRefused(Refused):
    """The attendance sheet does not take this."""


class WrongCode(AttendanceRefused):
    sentence = (
        "Ce n’est pas le code affiché en ce moment\u00a0: il change toutes les minutes, "
        "recopiez celui que vous voyez."
    )
    field = "code"


class TooManyCodes(AttendanceRefused):
    """Nobody finds a code by trying them one after the other."""

    field = "code"

    def __init__(self, minutes: int) -> None:
        super().__init__(
            f"Trop de codes ont été essayés\u00a0: réessayez dans {minutes}\u00a0min, ou "
            f"dites-le au "
            "formateur, qui constatera votre présence."
        )


class SigningClosed(AttendanceRefused):
    sentence = (
        "Aucune demi-journée n’est à signer en ce moment\u00a0: la signature s’ouvre un quart "
        "d’heure avant le début et se ferme une demi-heure après la fin."
    )


class NotExpected(AttendanceRefused):
    sentence = (
        "Cette inscription n’est pas confirmée\u00a0: dites-le au formateur, qui "
        "préviendra l’équipe."
    )


class SessionNotHeld(AttendanceRefused):
    sentence = "Cette session n’a pas lieu à ces dates\u00a0: rien n’est à signer."


class NotTheirHalfDay(AttendanceRefused):
    sentence = "Cette demi-journée est confiée à quelqu’un d’autre."


class SheetClosed(AttendanceRefused):
    sentence = (
        "Cette demi-journée est contresignée\u00a0: elle ne change plus que par une "
        "correction motivée."
    )


class TooEarlyToCountersign(AttendanceRefused):
    sentence = (
        "Une demi-journée se contresigne à partir du dernier quart d’heure\u00a0: "
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
            f"{name}\u00a0: indiquez combien de minutes ont été suivies, de 1 à {whole - 1}.",
            field=field,
        )


class NothingCorrected(AttendanceRefused):
    sentence = "C’est déjà ce que dit la feuille\u00a0: rien n’est à corriger."


class ReasonWanted(AttendanceRefused):
    sentence = (
        "Écrivez pourquoi\u00a0: ce qui change une feuille après coup se justifie, "
        "et l’ancienne valeur est gardée."
    )
    field = "reason"


class ScanWanted(AttendanceRefused):
    sentence = "Joignez la feuille signée, numérisée ou photographiée."
    field = "scan"


class HalfDaysSigned(Refused):
    sentence = (
        "Des demi-journées de cette session sont déjà émargées\u00a0: leurs dates font "
        "preuve et ne "
        "changent plus. Pour la suite, créez une autre session."
    )


class AttendanceMissing(Refused):
    """What the closing of a session would leave unknown; staff may set it aside."""


class TrainerWithoutAddress(Refused):
    sentence = (
        "Ce formateur n’a pas d’adresse électronique\u00a0: indiquez-la d’abord sur sa fiche."
    )
