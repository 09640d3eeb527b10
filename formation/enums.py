"""The closed lists of the training module."""

from django.db import models


class DeliveryMode(models.TextChoices):
    ONSITE = "onsite", "En présence"
    ONLINE = "online", "À distance"
    BLENDED = "blended", "Mixte (présence et distance)"


class PriceUnit(models.TextChoices):
    PERSON = "person", "par personne"
    GROUP = "group", "pour le groupe"
    DAY = "day", "par jour et pour le groupe"


class VatRegime(models.TextChoices):
    """Which VAT rule the price follows (CGI)."""

    EXEMPT = "exempt", "exonéré de TVA (article 261-4-4° a du CGI)"
    STANDARD = "standard", "TVA de 20\u00a0%"
    FRANCHISE = "franchise", "TVA non applicable (article 293 B du CGI)"


class Visibility(models.TextChoices):
    PUBLIC = "public", "Publique"
    LINK = "link", "Accessible par son lien"
    HIDDEN = "hidden", "Masquée"


class BuyerType(models.TextChoices):
    COMPANY = "company", "Entreprise"
    INDIVIDUAL = "individual", "Particulier"
    # Never enrolled here: the platform's own terms stand for the agreement (D6353-1 III).
    CPF = "cpf", "CPF"


#: How the addresses of the site name each kind of buyer.
BUYER_WORDS = {
    "entreprise": BuyerType.COMPANY,
    "particulier": BuyerType.INDIVIDUAL,
    "cpf": BuyerType.CPF,
}


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


#: States that hold a seat: `Session.seats_taken` is their number.
SEATED = frozenset(
    {
        EnrolmentState.REQUESTED,
        EnrolmentState.OFFERED,
        EnrolmentState.PENDING_AGREEMENT,
        EnrolmentState.WITHDRAWAL_PERIOD,
        EnrolmentState.CONFIRMED,
    }
)
#: States that hold a rank: `Session.waiting_count` is their number.
WAITING = frozenset({EnrolmentState.WAITLISTED})
#: A person has at most one live enrolment in a session.
LIVE = SEATED | WAITING
#: States that nothing leaves.
TERMINAL = frozenset(set(EnrolmentState) - LIVE - {EnrolmentState.SET_ASIDE})


class Funder(models.TextChoices):
    """Who pays for an employee, as far as the employer knows when asking."""

    EMPLOYER = "employer", "L’entreprise elle-même"
    OPCO = "opco", "Un opérateur de compétences (OPCO)"
    FAF = "faf", "Un fonds d’assurance formation (FAF)"
    PUBLIC = "public", "Un fonds public (État, Région, collectivité)"
    OTHER = "other", "Un autre financeur"


class CourseLevel(models.TextChoices):
    """How far a course goes into its subject."""

    INITIATION = "initiation", "Initiation"
    DEEPENING = "approfondissement", "Approfondissement"
    EXPERTISE = "expertise", "Expertise"


class Funding(models.TextChoices):
    """Who may pay for a course."""

    EMPLOYER = "employeur", "Employeur (plan de développement des compétences)"
    OPCO = "opco", "Opérateur de compétences (OPCO)"
    FAF = "faf", "Fonds d’assurance formation des indépendants (FAF)"
    FRANCE_TRAVAIL = "france-travail", "France Travail"
    CPF = "cpf", "Compte personnel de formation (CPF)"
    PERSONAL = "personnel", "Financement personnel"


#: Funds that only pay a body with the quality certification (article L6316-1).
ASK_FOR_CERTIFICATION = frozenset({Funding.OPCO, Funding.FRANCE_TRAVAIL, Funding.CPF})


class EntryLevel(models.TextChoices):
    """The level wanted at the start; the codes are those of LHEO's table of levels."""

    NONE = "1", "Sans niveau spécifique"
    LEVEL_3 = "13", "Niveau 3 (CAP, BEP)"
    LEVEL_4 = "14", "Niveau 4 (baccalauréat)"
    LEVEL_5 = "15", "Niveau 5 (bac + 2)"
    LEVEL_6 = "16", "Niveau 6 (licence, bac + 3 ou 4)"
    LEVEL_7 = "17", "Niveau 7 (master, bac + 5)"
    LEVEL_8 = "18", "Niveau 8 (doctorat)"


class CoursePath(models.TextChoices):
    """How far a course adapts to each person; LHEO's table of paths."""

    GROUP = "1", "En groupe, non personnalisable"
    INDIVIDUAL = "2", "Individualisé"
    MODULAR = "3", "Modularisé"
    MIXED = "4", "Mixte"


class CourseLength(models.TextChoices):
    """How visitors think of a duration."""

    SHORT = "courte", "Un jour au plus"
    MEDIUM = "moyenne", "Plus d’un jour, trois au plus"
    LONG = "longue", "Plus de trois jours"


class CourseOrder(models.TextChoices):
    TITLE = "", "Alphabétique"
    DATE = "date", "Prochaine date"
    LENGTH = "duree", "Durée croissante"
    PRICE = "tarif", "Tarif croissant"


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
