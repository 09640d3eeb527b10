"""What the outbox holds about people: what was written to them, and to the team about them."""

import io
from collections.abc import Iterable
from datetime import timedelta
from functools import partial
from typing import IO

from django.db.models import Prefetch, Q, QuerySet

from rgpd.exporting import facts
from rgpd.register import Facts, HeldFile, Person, PersonalData, register
from site_enys.links import without_tokens

from .models import Attachment, OutgoingMessage
from .services.proofs import kept_by_law

TECHNICAL = "réglage technique de l’envoi"
KEY = "Il tenait lieu de clé\u00a0: il n’est pas gardé après l’envoi, ni recopié ici."


def messages_of(person: Person) -> QuerySet[OutgoingMessage]:
    """What was written to her, and to the team on her behalf."""
    rows = OutgoingMessage.objects.filter(
        Q(to__iexact=person.email) | Q(reply_to__iexact=person.email)
    )
    # A piece may be large: it is read when it is taken away.
    return rows.prefetch_related(Prefetch("attachments", Attachment.objects.defer("content")))


def is_hers(message: OutgoingMessage, person: Person) -> bool:
    return message.to.lower() == person.email


def said_of(message: OutgoingMessage, person: Person) -> Facts:
    """The message as she has received it, without the links that act for her.

    The team's own message says no more than what she has sent: only that it left is told.
    """
    dates = facts(message, "created_at", "sent_at", "state")
    if not is_hers(message, person):
        return {"Destinataire": "l’équipe, à votre sujet", "Répondre à": message.reply_to, **dates}
    return {
        **facts(message, "to", "subject"),
        "Texte": KEY if message.secret else without_tokens(message.text),
        "Pièces jointes": [attachment.name for attachment in message.attachments.all()],
        **dates,
    }


def files_of(message: OutgoingMessage, person: Person) -> Iterable[HeldFile]:
    if not is_hers(message, person):
        return
    for attachment in message.attachments.all():
        yield HeldFile(attachment.name, attachment.content_type, partial(_opened, attachment))


def _opened(attachment: Attachment) -> IO[bytes]:
    return io.BytesIO(bytes(attachment.content))


register(
    PersonalData(
        model=OutgoingMessage,
        processing="Courriels envoyés par le site",
        purpose="Vous répondre, et garder la preuve de ce qui vous a été envoyé",
        legal_basis="exécution de mesures précontractuelles ou du contrat",
        data="adresse électronique, contenu du message",
        retention=timedelta(days=365),
        retention_words="12 mois",
        kept_since="la rédaction du message",
        people="les personnes à qui le site écrit",
        ended=lambda limit: OutgoingMessage.objects.filter(created_at__lt=limit),
        since=lambda message: message.created_at,
        find=messages_of,
        export=said_of,
        files=files_of,
        not_exported={
            "kind": "nom du modèle de message",
            "html": "les mêmes mots que le texte, mis en forme",
            "secret": "dit si le texte tenait lieu de clé\u00a0: il est alors dit à sa place",
            "about": "numéro interne de la fiche dont parle le message",
            "message_id": TECHNICAL,
            "attempts": TECHNICAL,
            "next_try_at": TECHNICAL,
            "leased_until": TECHNICAL,
            "last_error": "réponse du serveur d’envoi, quand un essai a échoué",
            "Attachment.content_type": "dit par la pièce elle-même, qui est remise",
            "Attachment.content": "la pièce elle-même est remise",
        },
        kept_by_law=kept_by_law,
    ),
    followers=(Attachment,),
)
