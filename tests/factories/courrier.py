"""Messages of the outbox."""

from django.utils import timezone

import factory
from factory.django import DjangoModelFactory

from courrier.models import OutgoingMessage


class OutgoingMessageFactory(DjangoModelFactory):
    """A message that is due; `failed=True`: one that staff has to look at."""

    class Meta:
        model = "courrier.OutgoingMessage"

    class Params:
        failed = factory.Trait(
            state=OutgoingMessage.State.FAILED, attempts=7, last_error="SMTPDataError : (550)"
        )
        sent = factory.Trait(
            state=OutgoingMessage.State.SENT, attempts=1, sent_at=factory.LazyFunction(timezone.now)
        )

    kind = "formation/confirmation"
    to = factory.Sequence(lambda number: f"personne-{number}@exemple.test")
    subject = factory.Sequence(lambda number: f"Votre inscription {number}")
    text = "Bonjour,\n\nVotre place est réservée.\n"
    html = "<p>Votre place est réservée.</p>"
    message_id = factory.Sequence(lambda number: f"<{number}@enys.test>")
    next_try_at = factory.LazyFunction(timezone.now)
