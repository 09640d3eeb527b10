from site_enys.exceptions import Refused


class OfferClosed(Refused):
    """No application is taken for this offer now; the sentence says why."""


class SpontaneousClosed(Refused):
    sentence = "Nous ne prenons pas de candidature spontanée en ce moment."


class FileRefused(Refused):
    """The file is not a CV that we can open; the sentence says what to do."""

    field = "cv"


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
