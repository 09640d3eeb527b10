"""What the blog holds about people, why, and until when (`services/retention.py`)."""

from datetime import timedelta

from rgpd.register import PersonalData, register

from .models import Author, Comment, CommentEvent, CommentReport
from .services import retention

register(
    PersonalData(
        model=Comment,
        processing="Commentaires du blog",
        purpose="Publier les réponses des lectrices et des lecteurs, après lecture",
        legal_basis="intérêt légitime à tenir un échange de bonne tenue",
        data=(
            "nom ou pseudonyme, texte ; adresse électronique facultative, effacée après lecture ; "
            "empreinte de la connexion, qui change chaque jour"
        ),
        retention=retention.UNPUBLISHED,
        retention_words=(
            "6 mois pour un commentaire refusé ou non lu ; un commentaire publié reste avec "
            "son article et s’efface sur demande ; l’adresse et l’empreinte, 30 jours au plus"
        ),
        kept_since="la réception, ou la décision de l’équipe",
        ended=lambda limit: retention.ended_comments(limit + retention.UNPUBLISHED),
        erase=retention.erase_comment,
        recipients="les personnes chargées du blog ; tout le monde pour un commentaire publié",
    ),
    followers=(CommentEvent,),
)
register(
    PersonalData(
        model=CommentReport,
        processing="Signalements de commentaires",
        purpose="Examiner un commentaire signalé, et vous dire ce qui a été décidé",
        legal_basis="obligation légale (règlement (UE) 2022/2065, article 16)",
        data=(
            "motif, précisions ; adresse électronique facultative, effacée après la décision ; "
            "empreinte de la connexion, effacée après 30 jours"
        ),
        retention=retention.REPORTS,
        retention_words="6 mois après la décision, un an au plus",
        kept_since="la décision de l’équipe",
        ended=lambda limit: retention.ended_reports(limit + retention.REPORTS),
        erase=retention.erase_report,
        recipients="les personnes chargées du blog",
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
