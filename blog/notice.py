"""What who comments, or reports a comment, is told of what is typed."""

from rgpd.notices import RegisterNotice, declare
from rgpd.register import REGISTER

from .models import Comment, CommentReport

COMMENT = "commentaire"
REPORT = "signalement"

declare(COMMENT, "Commentaire du blog", Comment)
declare(REPORT, "Signalement d’un commentaire", CommentReport)


def comment_notice() -> RegisterNotice:
    lead = (
        "Votre nom et votre texte paraissent sous l’article une fois lus par l’équipe. Votre "
        "adresse, si vous la donnez, n’est jamais montrée."
    )
    return RegisterNotice(COMMENT, lead, (REGISTER[Comment],))


def report_notice() -> RegisterNotice:
    lead = "Vos réponses servent à examiner ce commentaire, et à rien d’autre."
    return RegisterNotice(REPORT, lead, (REGISTER[CommentReport],))
