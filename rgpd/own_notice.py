"""What is told, on « Mes données », of the address that one types there."""

from .models import PersonalAccess
from .notices import RegisterNotice, declare
from .register import REGISTER

MINE = "mes-donnees"
declare(MINE, "Mes données", PersonalAccess)


def mine_notice() -> RegisterNotice:
    entry = REGISTER[PersonalAccess]
    lead = (
        "Cette adresse sert à vous envoyer le lien, et à rien d’autre. La trace de votre demande "
        f"est effacée {entry.delay_words} après {entry.kept_since}."
    )
    return RegisterNotice(MINE, lead, (entry,))
