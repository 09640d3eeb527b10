"""What the e-mails about accounts look like."""

from datetime import datetime

from django.conf import settings

from .letters.examples import Contexts, examples


@examples
def accounts() -> Contexts:
    """Read by somebody of the team, who answers to nobody."""
    account = {"username": "claire.vasseur", "answerable": False}
    return {
        "compte_mot_de_passe": account | {"url": f"{settings.SITE_URL}/admin/exemple/", "hours": 3},
        "compte_securite": account
        | {
            "what": "Le mot de passe de votre compte vient de changer.",
            "now": datetime(2027, 1, 15, 10, 5),  # noqa: DTZ001 - shown, never compared
            "where": "Firefox, sous Linux",
        },
    }
