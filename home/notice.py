"""What who writes to the firm is told of the use of the message."""

from rgpd.notices import RegisterNotice, declare
from rgpd.register import REGISTER

from .models import ContactMessage

CONTACT = "contact"
#: The version of the privacy page itself (`services/privacy_versions.py`).
PRIVACY = "confidentialite"

declare(CONTACT, "Message de contact", ContactMessage)
declare(PRIVACY, "Page «\u00a0Données personnelles\u202f»")


def contact_notice() -> RegisterNotice:
    entry = REGISTER[ContactMessage]
    lead = (
        "Vos réponses servent à vous répondre, et à rien d’autre. Elles sont effacées "
        f"{entry.delay_words} après {entry.kept_since}."
    )
    return RegisterNotice(CONTACT, lead, (entry,))
