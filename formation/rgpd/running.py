"""What a session that was held leaves: documents, and sheets with signatures."""

from formation.models import AttendanceSheet, IssuedDocument
from rgpd.register import PersonalData, register

from .proofs import PROOFS_KEPT, PROOFS_KEPT_WORDS, PROOFS_SINCE, proofs_due

LEGAL = "obligation légale (articles L6353-1 et L6361-5 du code du travail)"
RECIPIENTS = (
    "les personnes de l’équipe chargées de la formation, vous-même et, pour une convention, "
    "votre employeur et son financeur"
)

register(
    PersonalData(
        model=IssuedDocument,
        processing="Documents délivrés",
        purpose="Prouver ce qui a été convenu, suivi et attesté",
        legal_basis=LEGAL,
        data="identité, organisme, session, heures suivies, acquis",
        retention=PROOFS_KEPT,
        retention_words=PROOFS_KEPT_WORDS,
        kept_since=PROOFS_SINCE,
        ended=proofs_due(IssuedDocument),
        recipients=RECIPIENTS,
    )
)
register(
    PersonalData(
        model=AttendanceSheet,
        processing="Feuilles d’émargement",
        purpose="Prouver la présence, demi-journée par demi-journée",
        legal_basis=LEGAL,
        data="nom du formateur qui contresigne, feuille signée numérisée",
        retention=PROOFS_KEPT,
        retention_words=PROOFS_KEPT_WORDS,
        kept_since=PROOFS_SINCE,
        ended=proofs_due(AttendanceSheet, "slot__session"),
        recipients=RECIPIENTS,
    )
)
