from datetime import timedelta

from rgpd.register import PersonalData, register

from .models import Attachment, OutgoingMessage

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
        ended=lambda limit: OutgoingMessage.objects.filter(created_at__lt=limit),
    ),
    followers=(Attachment,),
)
