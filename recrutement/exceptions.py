from site_enys.exceptions import Refused, StoreUnavailable


class OfferClosed(Refused):
    """No application is taken for this offer now; the sentence says why."""


class SpontaneousClosed(Refused):
    sentence = "Nous ne prenons pas de candidature spontanée en ce moment."


class FileRefused(Refused):
    """The file is not a CV that we can open; the sentence says what to do."""

    field = "cv"


class CVNotStored(StoreUnavailable):
    """The store of files is away: nothing of the application is written."""

    field = "cv"
    sentence = (
        "Votre CV n’a pas pu être enregistré\u00a0: notre stockage de fichiers est momentanément "
        "indisponible. Vos réponses restent ci-dessous\u00a0; joignez à nouveau votre CV et "
        "envoyez-les dans quelques minutes."
    )
    kept_sentence = (
        "Votre CV n’a pas pu être relu\u00a0: notre stockage de fichiers est momentanément "
        "indisponible. Envoyez à nouveau vos réponses dans quelques minutes, ou joignez "
        "votre CV encore une fois."
    )


class NothingWritten(Refused):
    sentence = "Écrivez d’abord quelque chose."


class RatingRefused(Refused):
    """These marks cannot be kept; the sentence says why."""


class AlreadyRevealed(Refused):
    sentence = "L’identité de cette personne vous est déjà montrée."


class PastDate(Refused):
    sentence = "Cette date est passée\u00a0: choisissez-en une à venir."


class InterviewClash(Refused):
    """Whoever receives has something else at that time."""

    field = "starts_at"


class InterviewOver(Refused):
    sentence = "Cet entretien est passé ou annulé\u00a0: il ne se change plus."


class PayBelowOffer(Refused):
    """The pay is below the range that the offer announced."""

    field = "pay"


class PromiseAlreadyExtended(Refused):
    sentence = "Ce délai a déjà été prolongé une fois\u00a0: répondez maintenant."


class PreviewOutdated(Refused):
    """What is confirmed is not what was read: the page shows it again."""

    sentence = (
        "Rien n’est parti\u00a0: le texte, les personnes ou leur situation ont changé depuis que "
        "vous les avez relus. Relisez, puis confirmez."
    )


class CheckFailed(Refused):
    """The site could not apply through its own form; the sentence says what was found."""


class HeldForADispute(Refused):
    """RGPD, art. 17.3.e: what is needed to establish or defend rights is not erased."""

    sentence = (
        "Nous ne pouvons pas effacer ces données maintenant\u00a0: elles sont gardées pour la "
        "constatation, l’exercice ou la défense de droits en justice (RGPD, article 17.3.e). "
        "Elles le seront dès que ce motif aura disparu."
    )


class AddressRefused(Refused):
    """The new address cannot be taken; the sentence says nothing of who already uses it."""

    field = "email"
    sentence = (
        "Cette adresse ne peut pas être enregistrée pour cette candidature. Choisissez-en une "
        "autre, ou écrivez-nous."
    )


class NoLongerOngoing(Refused):
    sentence = "Cette candidature n’est plus en cours\u00a0: il n’y a plus rien à retirer."


class NotInvited(Refused):
    sentence = "Un aménagement se demande une fois l’entretien proposé, et jusqu’à notre réponse."


class NotInThePool(Refused):
    sentence = "Vous n’êtes pas, ou plus, dans notre vivier."


class PoolRefused(Refused):
    """The consent for the pool cannot be given for this application."""

    sentence = "Le vivier ne concerne pas cette candidature."


class InvitationRefused(Refused):
    """This person is not to be invited to apply for this offer; the sentence says why."""

    field = "offer"


class HoldRefused(Refused):
    """The hold cannot be put or lifted; the sentence says why."""
