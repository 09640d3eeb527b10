"""Why a document is not delivered, nor a scan taken."""

from collections.abc import Sequence

from site_enys.exceptions import Refused
from site_enys.french import enumeration


class DocumentIncomplete(Refused):
    """What a document says is not all known; `missing` names each item, in the reader's words."""

    def __init__(self, missing: Sequence[str]) -> None:
        super().__init__(f"Il manque\u00a0: {enumeration(missing)}.")
        self.missing = list(missing)


class DocumentNotDue(Refused):
    """This document has no reason to be delivered now."""


class DocumentReplaced(Refused):
    sentence = "Ce document n’est plus en vigueur\u00a0: la page montrait une version d’avant."


class DocumentDamaged(Refused):
    sentence = (
        "Le fichier de ce document est abîmé ou absent, il n’est pas remis\u00a0: "
        "délivrez une nouvelle version."
    )


class ScanRefused(Refused):
    sentence = "Ce fichier n’est ni un PDF, ni une image JPEG ou PNG lisibles."
    field = "scan"


class ScanTooLarge(ScanRefused):
    sentence = (
        "Ce fichier dépasse 10\u00a0Mo\u00a0: numérisez la feuille avec une définition moindre."
    )
    field = "scan"
