from datetime import timedelta

from rgpd.register import PersonalData, register

from .models import ContactMessage, ContactMessageEvent

register(
    PersonalData(
        model=ContactMessage,
        processing="Messages de contact",
        purpose="Vous répondre",
        legal_basis="intérêt légitime à répondre à qui nous écrit",
        data="nom, adresse électronique, téléphone et structure s’ils sont donnés, message",
        retention=timedelta(days=365),
        retention_words="12 mois",
        kept_since="la réception du message",
        ended=ContactMessage.objects.received_before,
    ),
    followers=(ContactMessageEvent,),
)
