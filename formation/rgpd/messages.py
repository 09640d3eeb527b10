"""Which e-mails of the training desk prove something: what was agreed, given and announced."""

from datetime import datetime

from courrier.models import OutgoingMessage
from courrier.services.proofs import proves
from formation.models import EnrolmentRequest
from rgpd.register import REGISTER
from site_enys.templatetags.typography import long_date

from . import enrolments, requests

#: The information due before a course (article L6353-8), what was agreed, and what was delivered.
PROOFS = (
    "formation_received",
    "formation_company_received",
    "formation_accepted",
    "formation_quote",
    "formation_agreement",
    "formation_agreement_signed",
    "formation_contract_signed",
    "formation_confirmed",
    "formation_convocation",
    "formation_moved",
    "formation_postponed",
    "formation_rescheduled",
    "formation_cancelled",
    "formation_documents_ready",
    "formation_company_documents",
)


def kept(message: OutgoingMessage, now: datetime) -> str:
    """As long as the enrolment of its reader, or the request that she follows, is a proof."""
    request = _request_of(message)
    if request is None:
        return ""
    own = request.enrolments.filter(email_key=message.to.lower()).select_related("session")
    whys = [enrolments.kept(enrolment, now) for enrolment in own]
    if requests.may_follow(request, message.to):
        whys.append(requests.kept(request, now))
    if not any(whys):
        return ""
    until = REGISTER[OutgoingMessage].countdown_of(message).day
    return (
        f"Preuve de ce qui vous a été écrit d’une formation, gardée jusqu’au {long_date(until)} "
        "(articles L6353-1 et L6353-8 du code du travail)."
    )


def _request_of(message: OutgoingMessage) -> EnrolmentRequest | None:
    label, _, key = message.about.partition(":")
    if label != EnrolmentRequest._meta.label_lower or not key.isdecimal():
        return None
    rows = EnrolmentRequest.objects.select_related("session")
    return rows.filter(pk=int(key)).first()


proves(*PROOFS, why=kept)
