"""Why an agreement, a contract or a quote is not sent, or not signed."""

from collections.abc import Sequence

from site_enys.exceptions import Refused
from site_enys.french import enumeration, plural


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
