"""What the e-mails of the contact form look like."""

from datetime import UTC, datetime

from site_enys.letters.examples import Contexts, examples

from .enums import MessageTopic
from .models import ContactMessage


@examples
def contact() -> Contexts:
    """The same message, read by both sides."""
    message = ContactMessage(
        pk=31,
        created_at=datetime(2027, 1, 15, 10, tzinfo=UTC),
        name="Nadia Lemoine",
        email="n.lemoine@exemple.example",
        phone="04 00 00 00 00",
        organisation="Association Les Tilleuls",
        topic=MessageTopic.EVALUATION,
        text="Notre foyer prépare son évaluation pour l’automne.\n\n"
        "Pourriez-vous nous dire comment vous travaillez\u202f?",
    )
    return {"contact_receipt": {"message": message}, "contact_staff": {"message": message}}
