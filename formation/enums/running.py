"""The closed lists of a session that is held: its documents, its attendance, what is said of it."""

from django.db import models


class DocumentKind(models.TextChoices):
    PROGRAMME = "programme", "Programme"
    QUOTE = "quote", "Devis"
    AGREEMENT = "agreement", "Convention de formation"
    CONTRACT = "contract", "Contrat de formation"
    CONVOCATION = "convocation", "Convocation"
    ATTENDANCE_SHEET = "attendance_sheet", "Feuille d’émargement"
    CERTIFICATE = "certificate", "Certificat de réalisation"
    ATTESTATION = "attestation", "Attestation de fin de formation"


#: What a buyer signs.
TO_SIGN = frozenset({DocumentKind.AGREEMENT, DocumentKind.CONTRACT})


class AgreementState(models.TextChoices):
    SENT = "sent", "À signer"
    SIGNED = "signed", "Signée"
    # Replaced by another one, or the request has led to nothing.
    REVOKED = "revoked", "Annulée"


#: A request has at most one of these.
AGREED_OR_ASKED = frozenset({AgreementState.SENT, AgreementState.SIGNED})


class Presence(models.TextChoices):
    """How somebody was there for one half-day."""

    PRESENT = "present", "Présent"
    LATE = "late", "En retard"
    EXCUSED = "excused", "Absence excusée"
    ABSENT = "absent", "Absent"


#: The person was taught for the whole or for a part of the half-day.
WAS_THERE = frozenset({Presence.PRESENT, Presence.LATE})


class SignedBy(models.TextChoices):
    """What shows that somebody was there."""

    CODE = "code", "Code de la salle"
    PAPER = "paper", "Feuille papier"
    TRAINER = "trainer", "Constat du formateur"


class Assessment(models.TextChoices):
    """What the trainer has found of the objectives at the end (indicator 11)."""

    ACQUIRED = "acquired", "Objectifs atteints"
    PARTLY = "partly", "Objectifs atteints en partie"
    NOT_ACQUIRED = "not_acquired", "Objectifs non atteints"


class SurveyKind(models.TextChoices):
    NEEDS = "needs", "Recueil des besoins"
    HOT = "hot", "Évaluation à chaud"
    COLD = "cold", "Évaluation à froid"
    COMPANY = "company", "Évaluation de l’entreprise"
    FUNDER = "funder", "Évaluation du financeur"
    TRAINER = "trainer", "Bilan du formateur"


class ComplaintState(models.TextChoices):
    RECEIVED = "received", "Reçue"
    ACKNOWLEDGED = "acknowledged", "En cours d’examen"
    ANSWERED = "answered", "Réponse envoyée"
    CLOSED = "closed", "Close"
    # The form looked as if a robot had sent it: no e-mail before a person has read it.
    SET_ASIDE = "set_aside", "Mise de côté"
    DISCARDED = "discarded", "Écartée"


#: Complaints that wait for our answer.
UNANSWERED = frozenset({ComplaintState.RECEIVED, ComplaintState.ACKNOWLEDGED})


class ComplaintChannel(models.TextChoices):
    FORM = "form", "Formulaire du site"
    EMAIL = "email", "Courriel"
    PHONE = "phone", "Téléphone"
    LETTER = "letter", "Courrier"
    SPOKEN = "spoken", "De vive voix"


class ComplainantKind(models.TextChoices):
    TRAINEE = "trainee", "Stagiaire"
    COMPANY = "company", "Entreprise ou organisme"
    FUNDER = "funder", "Financeur"
    TRAINER = "trainer", "Formateur"
    OTHER = "other", "Autre"
