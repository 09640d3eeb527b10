"""What the blog holds about people, why, and until when (`services/retention.py`)."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from rgpd.exporting import facts
from rgpd.register import Consent, Facts, Person, PersonalData, register

from .models import Author, Comment, CommentEvent, CommentReport
from .services import moderation, retention

READERS = "les lectrices et les lecteurs du blog"
BLOG_TEAM = "les personnes chargées du blog"
SHOWN = ("notice_version", "notice_shown_at")
TECHNICAL = "identifiant technique"
AGAINST_ROBOTS = "mesure contre les envois de robots"
TRACE = "empreinte illisible, qui ne dit rien de vous et s’efface en 30 jours"


def comments_of(person: Person) -> QuerySet[Comment]:
    """Those that wait to be read, with the address by which their author wanted to be told."""
    return Comment.objects.filter(email__iexact=person.email).select_related("post")


def comment_said(comment: Comment, _person: Person) -> Facts:
    """Nothing of the comment that it answers: that one is somebody else's."""
    answering = "un autre commentaire" if comment.parent_id else ""
    names = ("created_at", "name", "email", "text", "state", "state_changed_at", "reported_at")
    return {
        "Sous l’article": comment.post.title,
        "En réponse à": answering,
        **facts(comment, *names, *SHOWN, state_changed_at="Dans cet état depuis"),
    }


def correct_comment(comment: Comment, values: Mapping[str, Any], now: datetime) -> None:
    if "name" in values:
        moderation.correct_name(comment, values["name"], now=now)


register(
    PersonalData(
        model=Comment,
        processing="Commentaires du blog",
        purpose="Publier les réponses des lectrices et des lecteurs, après lecture",
        legal_basis="intérêt légitime à tenir un échange de bonne tenue",
        data=(
            "nom ou pseudonyme, texte\u202f; adresse électronique facultative, effacée après "
            "lecture\u202f; empreinte de la connexion, qui change chaque jour"
        ),
        people=READERS,
        retention=retention.UNPUBLISHED,
        retention_words=(
            "6 mois pour un commentaire refusé ou non lu\u202f; un commentaire publié reste avec "
            "son article et s’efface sur demande\u202f; l’adresse et l’empreinte, 30 jours au plus"
        ),
        kept_since="la réception, ou la décision de l’équipe",
        ended=lambda limit: retention.ended_comments(limit + retention.UNPUBLISHED),
        countdown=retention.countdown_of_comment,
        erase=retention.erase_comment,
        recipients=f"{BLOG_TEAM}\u202f; tout le monde pour un commentaire publié",
        find=comments_of,
        not_found_because=(
            "Un commentaire laissé sans adresse, ou déjà lu par l’équipe, n’en porte plus\u00a0: "
            "rien ne dit de qui il est. Pour le faire effacer, suivez «\u00a0Signaler\u202f» "
            "sous ce commentaire, choisissez «\u00a0Donnée personnelle\u202f» et dites qu’il est "
            "de vous."
        ),
        export=comment_said,
        not_exported={
            "reference": TECHNICAL,
            "link_nonce": "clé du lien de lecture, qui ne doit pas circuler",
            "parent": "le commentaire auquel vous répondez est à quelqu’un d’autre",
            "by_team": "vrai pour les réponses de l’équipe seulement",
            "suspect": AGAINST_ROBOTS,
            "reasons": AGAINST_ROBOTS,
            "fingerprint": "empreinte du texte, qui est donné lui-même",
            "sender": TRACE,
            "announced": "dit si l’équipe a reçu un courriel",
            "erased_at": "un commentaire effacé ne porte plus d’adresse",
            "CommentEvent": (
                "l’état et sa date sont donnés\u202f; le reste est le travail de l’équipe"
            ),
        },
        erase_on_request=lambda comment, person, now: moderation.erase(comment, now),
        corrections=("name",),
        correct=correct_comment,
        consents=(
            Consent(
                question="Me prévenir de la publication de mon commentaire",
                given=lambda comment: comment.created_at if comment.email else None,
                version=lambda comment: comment.notice_version,
                withdraw=lambda comment, now: moderation.forget_address(comment),
            ),
        ),
    ),
    followers=(CommentEvent,),
)


def reports_of(person: Person) -> QuerySet[CommentReport]:
    rows = CommentReport.objects.filter(email__iexact=person.email)
    return rows.select_related("comment__post")


def report_said(report: CommentReport, _person: Person) -> Facts:
    """Nothing of the comment but where it stands: its text is somebody else's."""
    said = facts(report, "created_at", "reason", "detail", "email", *SHOWN)
    return {"Sous l’article": report.comment.post.title, **said}


register(
    PersonalData(
        model=CommentReport,
        processing="Signalements de commentaires",
        purpose="Examiner un commentaire signalé, et vous dire ce qui a été décidé",
        legal_basis="obligation légale (règlement (UE) 2022/2065, article 16)",
        data=(
            "motif, précisions\u202f; adresse électronique facultative, effacée après la "
            "décision\u202f; empreinte de la connexion, effacée après 30 jours"
        ),
        people=READERS,
        retention=retention.REPORTS,
        retention_words="6 mois après la décision, un an au plus",
        kept_since="la décision de l’équipe",
        ended=lambda limit: retention.ended_reports(limit + retention.REPORTS),
        countdown=retention.countdown_of_report,
        erase=retention.erase_report,
        recipients=BLOG_TEAM,
        find=reports_of,
        not_found_because=(
            "Un signalement laissé sans adresse, ou déjà examiné, n’en porte plus\u00a0: rien ne "
            "dit qui l’a envoyé."
        ),
        export=report_said,
        not_exported={
            "reference": TECHNICAL,
            "comment": "le commentaire signalé est à quelqu’un d’autre\u202f; son article est dit",
            "sender": TRACE,
            "suspect": AGAINST_ROBOTS,
            "decided_at": "vide tant que le signalement porte votre adresse",
        },
        # The team still has to look at what was reported.
        erase_on_request=lambda report, person, now: retention.forget_reporter(report),
        consents=(
            Consent(
                question="Me dire ce qui a été décidé de mon signalement",
                given=lambda report: report.created_at if report.email else None,
                version=lambda report: report.notice_version,
                withdraw=lambda report, now: retention.forget_address(report),
            ),
        ),
    ),
)
register(
    PersonalData(
        model=Author,
        processing="Auteurs du blog",
        purpose="Présenter qui signe les articles",
        legal_basis="intérêt légitime à signer ce que nous publions",
        data="nom, fonction, présentation, portrait",
        people="les membres de l’équipe qui signent un article",
        retention=timedelta(days=3650),
        retention_words="tant que leurs articles sont en ligne",
        kept_since="la publication du dernier article",
        # A signature leaves with the last article: staff deletes it, nothing here expires alone.
        ended=lambda limit: Author.objects.none(),
        waits_for="tant que ses articles sont en ligne",
        recipients="tout le monde",
        not_found_because=(
            "Une signature ne porte pas d’adresse électronique\u202f; tout ce qu’elle dit se lit "
            "sur la page de l’auteur. Pour la corriger ou la retirer, écrivez à l’équipe."
        ),
    ),
)
