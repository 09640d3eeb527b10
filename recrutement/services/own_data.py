"""Everything the site holds about one application, in plain French (RGPD, articles 15 and 20).

Colleagues are named by their role: who they are is theirs. Links that open something are left
out of the messages, since this copy may be lent to somebody.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Model
from django.utils import timezone

from courrier.models import OutgoingMessage, reference_of
from recrutement.enums import SEEN_BY_THE_PERSON, ApplicationState
from recrutement.models import Application, ApplicationEvent, RecruitmentSettings
from rgpd.register import REGISTER
from site_enys.links import without_tokens
from site_enys.models import PrivateFileAccess, User
from site_enys.states import Role

from .retention import countdown

Data = dict[str, Any]
TEAM = "l’équipe"
WHO = {Role.PERSON: "vous-même", Role.SYSTEM: "le site"}
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
    "correct_email": "Adresse électronique corrigée",
    "pool_give": "Accord donné pour le vivier",
    "pool_renew": "Accord renouvelé pour le vivier",
    "pool_withdraw": "Accord retiré pour le vivier",
    "pool_invite": "Invitation à postuler à une autre offre",
}


def everything_about(application: Application, now: datetime) -> Data:
    """All of it, as plain values: what the JSON file holds, and what the PDF prints."""
    return {
        "etabli_le": _at(now),
        "candidature": _facts(application),
        "message": application.message,
        "reponses": [
            {"question": one.question, "reponse": one.answer} for one in application.answers.all()
        ],
        "pieces": [_document(one) for one in application.documents.all()],
        "amenagement": _accommodation(application),
        "entretiens": [_interview(one) for one in application.interviews.all()],
        "vivier": _consent(application),
        "evaluations": [_rating(one) for one in _with_author(application.ratings, "reviewer")],
        "notes_de_l_equipe": [_note(one) for one in _with_author(application.notes, "author")],
        "levees_d_anonymat": [
            {"le": _at(one.at), "par": role_of(one.user), "motif": one.reason}
            for one in _with_author(application.reveals, "user")
        ],
        "historique": [_event(one) for one in _with_author(application.events, "user")],
        "ouvertures_de_pieces": _accesses(application),
        "messages": _messages(application),
        "conservation": _retention(application),
    }


def role_of(user: User | None) -> str:
    """« Recrutement » : the groups of an account, never its name."""
    names = [group.name for group in user.groups.all()] if user else []
    return ", ".join(sorted(names)) or TEAM


def _facts(application: Application) -> Data:
    return {
        "numero": application.reference,
        "pour": application.subject,
        "prenom": application.first_name,
        "nom": application.last_name,
        "adresse_electronique": application.email,
        "telephone": application.phone,
        "offre_connue_par": application.get_source_display() if application.source else "",
        "etat": SEEN_BY_THE_PERSON[ApplicationState(application.state)],
        "envoyee_le": _at(application.submitted_at),
        "information_lue_version": application.notice_version,
        "information_montree_le": _at(application.notice_shown_at),
        "reponse_promise_avant_le": application.answer_by.isoformat(),
        "lue_le": _at(application.first_read_at),
        "premiere_reponse_le": _at(application.first_answer_at),
        "close_le": _at(application.decided_at),
        "raison_du_refus": application.get_reject_reason_display()
        if application.reject_reason
        else "",
    }


def _document(document: Any) -> Data:
    return {
        "nature": document.get_kind_display(),
        "nom_d_origine": document.original_name,
        "pages": document.pages,
        "taille_octets": document.size,
        "empreinte_sha256": document.sha256,
        "antivirus": document.get_scan_state_display(),
        "deposee_le": _at(document.created_at),
    }


def _accommodation(application: Application) -> Data | None:
    asked = getattr(application, "accommodation_request", None)
    return {"le": _at(asked.at), "demande": asked.text} if asked else None


def _interview(interview: Any) -> Data:
    return {
        "debut": _at(interview.starts_at),
        "fin": _at(interview.ends_at),
        "forme": interview.get_kind_display(),
        "lieu": interview.place,
        "precisions": interview.details,
        "annule_le": _at(interview.cancelled_at),
    }


def _consent(application: Application) -> Data | None:
    consent = getattr(application, "pool_consent", None)
    if consent is None:
        return None
    return {
        "donne_le": _at(consent.given_at),
        "texte_accepte_version": consent.text_version,
        "renouvele_le": _at(consent.renewed_at),
        "retire_le": _at(consent.withdrawn_at),
        "jusqu_au": consent.expires_on.isoformat(),
        "savoir_faire": consent.skills,
        "diplomes": consent.diploma_names,
        "lieux": consent.places,
    }


def _rating(rating: Any) -> Data:
    return {
        "critere": rating.criterion,
        "note_sur_4": rating.score,
        "le": _at(rating.at),
        "par": role_of(rating.reviewer),
    }


def _note(note: Any) -> Data:
    return {"le": _at(note.at), "par": role_of(note.author), "note": note.text}


def _event(event: ApplicationEvent) -> Data:
    words = EVENTS.get(event.transition) or SEEN_BY_THE_PERSON[ApplicationState(event.to_state)]
    return {
        "le": _at(event.at),
        "fait": words,
        "par": role_of(event.user) if event.role == Role.STAFF else WHO[Role(event.role)],
        "motif": event.reason if event.reason != words else "",
    }


def _accesses(application: Application) -> list[Data]:
    """Who opened her files; a number may be drawn again, so not before this application."""
    first = application.events.first()
    since = min(first.at, application.submitted_at) if first else application.submitted_at
    opened = PrivateFileAccess.objects.filter(
        at__gte=since, subject__contains=application.reference
    )
    return [
        {
            "le": _at(access.at),
            "piece": access.subject,
            "par": role_of(access.user) if access.user else "vous-même, par votre lien",
            "refuse": access.refused,
        }
        for access in opened.select_related("user").prefetch_related("user__groups").order_by("at")
        if application.reference in access.subject.split()
    ]


def _messages(application: Application) -> list[Data]:
    """What was written to her; what the team received of it says no more than the history."""
    team = {settings.STAFF_EMAIL, *User.objects.exclude(email="").values_list("email", flat=True)}
    about = [reference_of(one) for one in (application, *application.interviews.all())]
    sent = OutgoingMessage.objects.filter(about__in=about).order_by("created_at", "pk")
    return [
        {
            "redige_le": _at(message.created_at),
            "envoye_le": _at(message.sent_at),
            "a": message.to,
            "objet": message.subject,
            "texte": without_tokens(message.text),
        }
        for message in sent
        if message.to not in team or message.to == application.email
    ]


def _retention(application: Application) -> Data:
    settings_now = RecruitmentSettings.load()
    entry = REGISTER[Application]
    return {
        "quand": countdown(application, settings_now).sentence,
        "regle": f"{entry.delay_words} après {entry.kept_since}",
        "finalite": entry.purpose,
        "fondement": entry.legal_basis,
        "destinataires": entry.recipients,
        "gardee_pour_un_litige_depuis": _at(application.held_at),
        "droits": "accès, rectification, effacement, limitation, opposition, réclamation à la CNIL",
    }


def _with_author(rows: Any, name: str) -> Iterable[Any]:
    followers: Iterable[Model] = rows.select_related(name).prefetch_related(f"{name}__groups")
    return followers


def _at(instant: datetime | None) -> str | None:
    """An instant as clocks in Paris show it, in ISO 8601."""
    if instant is None:
        return None
    local = timezone.localtime(instant, timezone.get_default_timezone())
    return local.isoformat(timespec="seconds")
