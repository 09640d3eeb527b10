"""What readers answered, in every state that the team meets."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from blog.enums import CommentState, ReportReason, Suspicion
from blog.models import Comment, CommentReport, PostPage
from blog.services.quarantine import fingerprint


@dataclass(frozen=True)
class DemoComment:
    days: int  # after the article
    name: str
    text: str
    state: CommentState = CommentState.APPROVED
    answers: int | None = None  # which of the comments above, from zero
    by_team: bool = False
    reasons: tuple[Suspicion, ...] = ()
    reported: str = ""


COMMENTS: Mapping[str, tuple[DemoComment, ...]] = {
    "preparer-evaluation-has": (
        DemoComment(
            3,
            "Hélène D.",
            "Merci pour le conseil des dix critères. Nous étions partis pour tout reprendre, et "
            "l’équipe n’en pouvait déjà plus.",
        ),
        DemoComment(
            9,
            "Chef de service en MAS",
            "Comment faites-vous quand la personne suivie par l’accompagné traceur ne parle pas ? "
            "Nous cherchons des exemples.",
            CommentState.PENDING,
        ),
        DemoComment(
            10,
            "logiciel-qualite",
            "Gagnez du temps : https://exemple.invalid/essai https://exemple.invalid/prix "
            "https://exemple.invalid/offre",
            CommentState.PENDING,
            reasons=(Suspicion.HASTE, Suspicion.LINKS),
        ),
    ),
    "participation-au-dela-du-cvs": (
        DemoComment(
            2,
            "Malik",
            "Je suis représentant depuis deux ans. Le temps de préparation entre nous a tout "
            "changé : avant, on découvrait les papiers sur la table.",
        ),
        DemoComment(
            5,
            "Sylvie Yonli",
            "Merci Malik. Auriez-vous un ordre du jour à partager, pour d’autres conseils ?",
            answers=0,
            by_team=True,
        ),
        DemoComment(
            6,
            "Malik",
            "Bien sûr : un tour de table d’abord, puis deux sujets, jamais trois.",
            answers=0,
        ),
    ),
    "recherche-action-mode-d-emploi": (
        DemoComment(
            20,
            "Agnès",
            "L’étape des indices d’échec acceptés d’avance est celle que nous avions oubliée.",
        ),
        DemoComment(
            60,
            "promo-express",
            "Visitez http://exemple.invalid pour gagner du temps !",
            CommentState.SPAM,
            reasons=(Suspicion.WORDS,),
        ),
    ),
    "services-a-la-personne-qualite": (
        DemoComment(
            31,
            "Nadège, responsable de secteur",
            "Trente minutes d’équipe par semaine, nous l’avons fait. Il a fallu convaincre, mais "
            "les arrêts ont baissé.",
        ),
        DemoComment(
            40,
            "Un ancien du secteur",
            "Chez nous, c’est Mme Lebrun, au siège, qui refusait ces réunions.",
            reported="La personne est nommée, et tout le monde la reconnaît.",
        ),
    ),
    "que-fait-un-ingenieur-social": (
        DemoComment(14, "Étudiant DEIS", "Je garde la formule : rendre à l’équipe son problème."),
    ),
}


def add_comments(post: PostPage, now: datetime) -> None:
    """The comments of a new article; the demonstration never adds to one that exists."""
    made: list[Comment] = []
    for row in COMMENTS.get(post.slug, ()):
        comment = _comment(post, row, made)
        made.append(comment)
        if row.reported:
            _report(comment, row.reported, now)


def _comment(post: PostPage, row: DemoComment, above: list[Comment]) -> Comment:
    at = post.date + timedelta(days=row.days, hours=2)
    comment = Comment.objects.create(
        post=post,
        parent=None if row.answers is None else above[row.answers],
        name=row.name,
        by_team=row.by_team,
        text=row.text,
        fingerprint=fingerprint(row.text),
        created_at=at,
        state=row.state,
        state_changed_at=at,
        suspect=bool(row.reasons),
        reasons=",".join(row.reasons),
        announced=True,
    )
    transition, role = ("answer", "staff") if row.by_team else ("leave", "person")
    comment.events.create(at=at, transition=transition, to_state=row.state, role=role)
    return comment


def _report(comment: Comment, detail: str, now: datetime) -> None:
    at = now - timedelta(days=1)
    CommentReport.objects.create(
        comment=comment, reason=ReportReason.PERSONAL, detail=detail, created_at=at
    )
    comment.reported_at = at
    comment.save(update_fields=["reported_at"])
