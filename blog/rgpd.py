from datetime import timedelta

from rgpd.register import PersonalData, register

from .enums import CommentState
from .models import Author, Comment

register(
    PersonalData(
        model=Comment,
        processing="Commentaires du blog",
        purpose="Publier les réponses des lectrices et des lecteurs, après lecture",
        legal_basis="intérêt légitime à tenir un échange de bonne tenue",
        data="nom ou pseudonyme, texte ; adresse électronique facultative, effacée après lecture",
        retention=timedelta(days=180),
        retention_words=(
            "6 mois pour un commentaire refusé ou non lu ; un commentaire publié reste avec "
            "son article et s’efface sur demande"
        ),
        kept_since="la réception, ou la décision de l’équipe",
        ended=lambda limit: Comment.objects.exclude(state=CommentState.APPROVED).filter(
            state_changed_at__lt=limit
        ),
        recipients="les personnes chargées du blog ; tout le monde pour un commentaire publié",
    ),
)
register(
    PersonalData(
        model=Author,
        processing="Auteurs du blog",
        purpose="Présenter qui signe les articles",
        legal_basis="intérêt légitime à signer ce que nous publions",
        data="nom, fonction, présentation, portrait",
        retention=timedelta(days=3650),
        retention_words="tant que leurs articles sont en ligne",
        kept_since="la publication du dernier article",
        # A signature leaves with the last article: staff deletes it, nothing here expires alone.
        ended=lambda limit: Author.objects.none(),
        recipients="tout le monde",
    ),
)
