"""What the site holds about one application, in the words that its person reads (RGPD, article 15).

Labels are French, values are Python's: `rgpd.documents.own_data` writes them, in her space as in
« Mes données ». Colleagues are named by their role: who they are is theirs. Links that open
something are left out of the messages, since this copy may be lent to somebody.
"""

from datetime import datetime

from django.conf import settings
from django.db.models import prefetch_related_objects

from courrier.models import OutgoingMessage, reference_of
from recrutement.enums import SEEN_BY_THE_PERSON, ApplicationState
from recrutement.models import (
    AccommodationRequest,
    Application,
    ApplicationEvent,
    PoolConsent,
    RecruitmentSettings,
)
from rgpd.exporting import facts
from rgpd.register import REGISTER, Facts
from site_enys.links import without_tokens
from site_enys.models import PrivateFileAccess, User
from site_enys.states import Role

from .retention import countdown

TEAM = "l’équipe"
WHO = {Role.PERSON: "vous-même", Role.SYSTEM: "le site"}
#: What `said_of` reads around an application: asked together, however many there are.
AROUND = (
    "offer",
    "answers",
    "documents",
    "interviews",
    "ratings__reviewer__groups",
    "notes__author__groups",
    "reveals__user__groups",
    "events__user__groups",
)
#: What each event says to the person; one that has its own words keeps them.
EVENTS = {
    "submit": "Candidature reçue",
    "resubmit": "Candidature renvoyée et mise à jour",
    "accept": "Candidature vérifiée et acceptée à l’étude",
    "discard": "Envoi écarté comme indésirable",
    "start_review": "Étude commencée",
    "invite": "Invitation à un entretien",
    "propose": "Proposition du poste",
    "hire": "Recrutement",
    "reject": "Candidature non retenue",
    "withdraw": "Candidature retirée",
    "close": "Recrutement terminé sans suite",
    "reopen": "Étude reprise",
    "hold": "Données gardées pour un litige",
    "lift_hold": "Fin de la garde pour un litige",
    "correct": "Nom ou téléphone corrigé",
    "correct_email": "Adresse électronique corrigée",
    "pool_give": "Accord donné pour le vivier",
    "pool_renew": "Accord renouvelé pour le vivier",
    "pool_withdraw": "Accord retiré pour le vivier",
    "pool_invite": "Invitation à postuler à une autre offre",
}


def said_of(application: Application) -> Facts:
    """What an application says of its person, and all that was written about it."""
    return {**_facts(application), **_around(application)}


def everything_about(application: Application, now: datetime) -> Facts:
    """All of it, with what lies beside the application: for the space of its person."""
    asked = AccommodationRequest.objects.filter(application=application).first()
    consent = PoolConsent.objects.filter(application=application).first()
    return {
        "Établi le": now,
        "Votre candidature": _facts(application),
        **_around(application),
        "Aménagement demandé": accommodation_said(asked) if asked else {},
        "Vivier": consent_said(consent) if consent else {},
        "Messages que nous vous avons écrits": _messages(application),
        "Combien de temps, et pourquoi": _retention(application),
    }


def accommodation_said(asked: AccommodationRequest) -> Facts:
    return facts(asked, "at", "text", text="Demande", at="Demandé le")


def consent_said(consent: PoolConsent) -> Facts:
    names = ("given_at", "text_version", "renewal_asked_at", "renewed_at", "withdrawn_at")
    return {
        **facts(consent, *names, "expires_on", "skills", skills="Ce que vous savez faire"),
        "Diplômes": consent.diploma_names,
        "Où vous voulez travailler": consent.places,
    }


def role_of(user: User | None) -> str:
    """« Recrutement » : the groups of an account, never its name."""
    names = [group.name for group in user.groups.all()] if user else []
    return ", ".join(sorted(names)) or TEAM


def _facts(application: Application) -> Facts:
    before = ("first_name", "last_name", "email", "phone", "message", "source")
    after = ("state_changed_at", "submitted_at", "notice_version", "notice_shown_at", "answer_by")
    dates = ("first_read_at", "first_answer_at", "last_resort_at", "decided_at", "reject_reason")
    return {
        "Numéro": application.reference,
        "Pour": application.subject,
        **facts(application, *before, source="Offre connue par"),
        "État": SEEN_BY_THE_PERSON[ApplicationState(application.state)],
        **facts(application, *after, *dates, "held_at"),
    }


def _around(application: Application) -> Facts:
    prefetch_related_objects([application], *AROUND)
    return {
        "Vos réponses": [facts(one, "question", "answer") for one in application.answers.all()],
        "Vos pièces": [
            facts(
                *(one, "kind", "original_name", "pages", "size", "sha256", "scan_state"),
                "created_at",
                sha256="Empreinte (SHA-256)",
            )
            for one in application.documents.all()
        ],
        "Entretiens": [
            facts(
                *(one, "kind", "starts_at", "minutes", "place", "details"),
                *("created_at", "cancelled_at"),
                place="Lieu",
                details="Précisions",
            )
            for one in application.interviews.all()
        ],
        "Évaluations de l’équipe": [
            {
                **facts(one, "criterion", "score", "at", score="Note sur 4"),
                "Par": role_of(one.reviewer),
            }
            for one in application.ratings.all()
        ],
        "Notes de l’équipe": [
            {**facts(one, "at", "text"), "Par": role_of(one.author)}
            for one in application.notes.all()
        ],
        "Levées d’anonymat": [
            {**facts(one, "at", "reason"), "Par": role_of(one.user)}
            for one in application.reveals.all()
        ],
        "Historique": [_event(one) for one in application.events.all()],
        "Qui a ouvert vos pièces": _accesses(application),
    }


def _event(event: ApplicationEvent) -> Facts:
    words = EVENTS.get(event.transition) or SEEN_BY_THE_PERSON[ApplicationState(event.to_state)]
    return {
        "Le": event.at,
        "Fait": words,
        "Par": role_of(event.user) if event.role == Role.STAFF else WHO[Role(event.role)],
        "Motif": event.reason if event.reason != words else "",
    }


def _accesses(application: Application) -> list[Facts]:
    """Who opened her files; a number may be drawn again, so not before this application."""
    first = min((event.at for event in application.events.all()), default=application.submitted_at)
    opened = PrivateFileAccess.objects.filter(
        at__gte=min(first, application.submitted_at), subject__contains=application.reference
    )
    return [
        {
            "Le": access.at,
            "Pièce": access.subject,
            "Par": role_of(access.user) if access.user else "vous-même, par votre lien",
            "Accès refusé": access.refused or None,
        }
        for access in opened.select_related("user").prefetch_related("user__groups").order_by("at")
        if application.reference in access.subject.split()
    ]


def _messages(application: Application) -> list[Facts]:
    """What was written to her; what the team received of it says no more than the history."""
    team = {settings.STAFF_EMAIL, *User.objects.exclude(email="").values_list("email", flat=True)}
    about = [reference_of(one) for one in (application, *application.interviews.all())]
    sent = OutgoingMessage.objects.filter(about__in=about).order_by("created_at", "pk")
    return [
        {
            "Rédigé le": message.created_at,
            "Envoyé le": message.sent_at,
            "À": message.to,
            "Objet": message.subject,
            "Texte": without_tokens(message.text),
        }
        for message in sent
        if message.to not in team or message.to == application.email
    ]


def _retention(application: Application) -> Facts:
    entry = REGISTER[Application]
    return {
        "Quand": countdown(application, RecruitmentSettings.load()).sentence,
        "Règle": f"{entry.delay_words} après {entry.kept_since}",
        "Finalité": entry.purpose,
        "Fondement": entry.legal_basis,
        "Destinataires": entry.recipients,
        "Droits": "accès, rectification, effacement, limitation, opposition, réclamation à la CNIL",
    }
