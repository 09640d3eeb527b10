"""The closed lists of sessions, of who signs up for them, and of requests made for one team."""

from django.db import models


class Visibility(models.TextChoices):
    PUBLIC = "public", "Publique"
    LINK = "link", "Accessible par son lien"
    HIDDEN = "hidden", "Masquée"


class SessionState(models.TextChoices):
    """What staff has decided about a session; what visitors see also depends on the clock."""

    DRAFT = "draft", "Brouillon"
    PUBLISHED = "published", "Programmée"
    CONFIRMED = "confirmed", "Maintenue"
    COMPLETED = "completed", "Terminée"
    CANCELLED = "cancelled", "Annulée"
    POSTPONED = "postponed", "Reportée"


#: A session that takes enrolments when its dates allow it.
ENROLLING = frozenset({SessionState.PUBLISHED, SessionState.CONFIRMED})
#: A session that takes place, or has taken place.
HELD = ENROLLING | {SessionState.COMPLETED}


class Availability(models.TextChoices):
    """What a visitor may expect of a session now; computed, never stored."""

    NOT_OPEN = "not_open", "Inscriptions à venir"
    OPEN = "open", "Places disponibles"
    ALMOST_FULL = "almost_full", "Dernières places"
    FULL_WAITLIST = "full_waitlist", "Complet, liste d’attente"
    FULL = "full", "Complet"
    CLOSED = "closed", "Inscriptions closes"
    IN_PROGRESS = "in_progress", "En cours"
    PAST = "past", "Terminée"
    POSTPONED = "postponed", "Reportée"
    CANCELLED = "cancelled", "Annulée"
    DRAFT = "draft", "En préparation"


#: The sign-up form answers: with a seat, or with a rank on the waiting list.
BOOKABLE = frozenset({Availability.OPEN, Availability.ALMOST_FULL, Availability.FULL_WAITLIST})


class EnrolmentState(models.TextChoices):
    REQUESTED = "requested", "Demande reçue"
    WAITLISTED = "waitlisted", "Sur liste d’attente"
    # A freed seat, kept for the person until `offer_expires_at`.
    OFFERED = "offered", "Place proposée"
    PENDING_AGREEMENT = "pending_agreement", "En attente de convention ou de contrat"
    # A person who pays alone may still go back on the contract (L6353-5, L221-18 C. conso).
    WITHDRAWAL_PERIOD = "withdrawal_period", "Délai de rétractation"
    CONFIRMED = "confirmed", "Inscription confirmée"
    # What attendance says of a confirmed person once the session is closed.
    ATTENDED = "attended", "Formation suivie"
    PARTLY_ATTENDED = "partly_attended", "Formation suivie en partie"
    NO_SHOW = "no_show", "Absent"
    # The form looked as if a robot had sent it: no seat, and no e-mail before a person has read it.
    SET_ASIDE = "set_aside", "Mise de côté"
    # The same address asked again for the same session: kept for staff, without a second seat.
    DUPLICATE = "duplicate", "Doublon"
    DECLINED = "declined", "Refusée"
    EXPIRED = "expired", "Proposition sans réponse"
    WITHDRAWN = "withdrawn", "Désistement"
    RETRACTED = "retracted", "Rétractation"
    TRANSFERRED = "transferred", "Reportée sur une autre session"
    SUBSTITUTED = "substituted", "Remplacée par un collègue"
    CANCELLED = "cancelled", "Annulée par l’organisme"


#: How it ended for somebody who was expected.
OUTCOMES = frozenset(
    {EnrolmentState.ATTENDED, EnrolmentState.PARTLY_ATTENDED, EnrolmentState.NO_SHOW}
)
#: Enrolments that became definitive: people expected, or taught. Their proofs are kept.
FIRM = OUTCOMES | {EnrolmentState.CONFIRMED}
#: States that hold a seat: `Session.seats_taken` is their number.
SEATED = FIRM | {
    EnrolmentState.REQUESTED,
    EnrolmentState.OFFERED,
    EnrolmentState.PENDING_AGREEMENT,
    EnrolmentState.WITHDRAWAL_PERIOD,
}
#: States that hold a rank: `Session.waiting_count` is their number.
WAITING = frozenset({EnrolmentState.WAITLISTED})
#: A person has at most one live enrolment in a session.
LIVE = SEATED | WAITING
#: States that nothing leaves.
TERMINAL = frozenset(set(EnrolmentState) - LIVE - {EnrolmentState.SET_ASIDE})


class TraineeStatus(models.TextChoices):
    """Who is taught, as the yearly report asks (BPF, part F-1)."""

    EMPLOYEE = "employee", "Salarié d’un employeur privé"
    APPRENTICE = "apprentice", "Apprenti"
    JOB_SEEKER = "job_seeker", "Personne en recherche d’emploi"
    PRIVATE = "private", "Particulier à ses propres frais"
    OTHER = "other", "Autre (agent public, indépendant, bénévole)"


class Funder(models.TextChoices):
    """Who pays for an employee, as far as the employer knows when asking."""

    EMPLOYER = "employer", "L’entreprise elle-même"
    OPCO = "opco", "Un opérateur de compétences (OPCO)"
    FAF = "faf", "Un fonds d’assurance formation (FAF)"
    PUBLIC = "public", "Un fonds public (État, Région, collectivité)"
    OTHER = "other", "Un autre financeur"


class TailoredState(models.TextChoices):
    """Where a request for a course made for one organisation stands."""

    RECEIVED = "received", "Reçue"
    IN_PROGRESS = "in_progress", "En cours"
    QUOTED = "quoted", "Proposition envoyée"
    WON = "won", "Acceptée"
    CLOSED = "closed", "Sans suite"
    # The form looked as if a robot had sent it: no e-mail before a person has read it.
    SET_ASIDE = "set_aside", "Mise de côté"


#: Requests that the team follows up, or has followed up with success.
TAILORED_FOLLOWED_UP = frozenset(
    {TailoredState.IN_PROGRESS, TailoredState.QUOTED, TailoredState.WON}
)


class Rhythm(models.TextChoices):
    """How the days of a session follow each other."""

    SAME_GAPS = "same_gaps", "Mêmes écarts que l’original"
    CONSECUTIVE = "consecutive", "Jours ouvrés qui se suivent"
    WEEKLY = "weekly", "Un jour par semaine"


class Urgency(models.TextChoices):
    """How soon it must be decided whether a session is held."""

    LATE = "late", "En retard"
    TODAY = "today", "À décider aujourd’hui"
    TO_COME = "to_come", "À venir"
