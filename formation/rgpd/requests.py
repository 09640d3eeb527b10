"""Who asks for places: the contact, who signs, who pays; each reads what is about them."""

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from formation.enums import AgreementState
from formation.models import Agreement, AgreementEvent, EnrolmentRequest
from formation.services.forgetting import (
    forget_around_request,
    forget_in_request,
    request_needed,
)
from formation.services.scans import SUFFIXES, type_of
from rgpd.exporting import KEY, facts, journal, left_out_of_journal
from rgpd.register import Facts, HeldFile, Person, PersonalData, register

from .enrolments import TEAM, session_told
from .proofs import (
    UNCONVERTED_KEPT,
    end_of_request,
    is_proof,
    kept_as_proof,
    requests_due,
)

#: What each line of the proof of a signature says.
EVIDENCE = {
    "sha256": "Empreinte du document lu",
    "opened_at": "Texte ouvert le",
    "code_sent_at": "Code envoyé le",
    "signed_at": "Signé le",
    "signed_on": "Jour de l’exemplaire papier",
    "scan_sha256": "Empreinte de l’exemplaire papier",
    "email": "Adresse",
    "typed_name": "Nom écrit",
    "provider": "Procédé",
}


def requests_of(person: Person) -> QuerySet[EnrolmentRequest]:
    """Where she is the contact, signs, receives the invoice, or asks for herself alone."""
    alone = Q(contact_email="", enrolments__email_key=person.email)
    named = Q(contact_email__iexact=person.email) | Q(signatory_email__iexact=person.email)
    paid = Q(billing_email__iexact=person.email)
    signs = Q(agreements__signatory_email__iexact=person.email)
    rows = EnrolmentRequest.objects.filter(alone | named | paid | signs)
    return (
        rows.distinct()
        .select_related("session__course", "session__venue")
        .prefetch_related(
            "enrolments", "agreements__document", "agreements__signed_copy", "agreements__events"
        )
    )


def is_hers(request: EnrolmentRequest, person: Person) -> bool:
    """Whether she has sent the request: the contact, or the person who asks alone."""
    return request.contact_email.lower() in {person.email, ""}


def may_follow(request: EnrolmentRequest, address: str) -> bool:
    """Whether the request, beyond an enrolment, is the business of this address."""
    named = {request.contact_email, request.signatory_email, request.billing_email}
    return address.lower() in {one.lower() for one in named if one}


def said_of(request: EnrolmentRequest, person: Person) -> Facts:
    """What the contact has typed, to the contact; to the others, their own part."""
    said: dict[str, Any] = {
        "Demande": request.reference,
        **session_told(request.session),
        **facts(request, "buyer_type", "organisation", "siret", "created_at"),
    }
    if is_hers(request, person):
        said |= _sent(request)
    for part, title in (("signatory", "signataire"), ("billing", "facturation")):
        address = getattr(request, f"{part}_email")
        if is_hers(request, person) or address.lower() == person.email:
            said |= {
                f"Nom ({title})": getattr(request, f"{part}_name"),
                f"Adresse ({title})": address,
            }
    agreements = [one for one in request.agreements.all() if _may_read(one, person)]
    return said | {"Conventions et contrats": [_agreement(one, person) for one in agreements]}


def _sent(request: EnrolmentRequest) -> dict[str, Any]:
    people = sorted(request.enrolments.all(), key=lambda one: one.pk)
    return {
        **facts(
            request,
            *("contact_name", "contact_email", "contact_phone", "message", "order_reference"),
            *("funder", "funder_name", "accept_partial", "notice_version", "notice_shown_at"),
            *("answered_state", "answered_seats", "answered_rank"),
        ),
        "Personnes inscrites": [one.full_name for one in people],
    }


def _may_read(agreement: Agreement, person: Person) -> bool:
    return is_hers(agreement.request, person) or _signs(agreement, person)


def _signs(agreement: Agreement, person: Person) -> bool:
    return agreement.signatory_email.lower() == person.email


def _agreement(agreement: Agreement, person: Person) -> dict[str, Any]:
    """To the one who signs, how she signed; to the contact, where it stands."""
    said: dict[str, Any] = {
        "Document": agreement.document.number,
        "Exemplaire signé": agreement.signed_copy.number if agreement.signed_copy else "",
        **facts(agreement, "amount", "state", "state_changed_at", "sent_at", "signed_at"),
    }
    if not _signs(agreement, person):
        return said
    return {
        **said,
        **facts(
            agreement,
            *("signatory_name", "signatory_email", "typed_name", "reminders", "reminded_at"),
            *("code_sent_at", "code_tries"),
        ),
        "Preuve de signature": {
            EVIDENCE.get(name, name): what for name, what in agreement.evidence.items()
        },
        "Historique": journal(agreement, AgreementState),
    }


def scans_of(request: EnrolmentRequest, person: Person) -> list[HeldFile]:
    """The paper that she has signed."""
    return [
        _scan(agreement)
        for agreement in request.agreements.all()
        if agreement.scan and _signs(agreement, person)
    ]


def _scan(agreement: Agreement) -> HeldFile:
    store, path = agreement.scan.storage, str(agreement.scan.name)
    try:
        with store.open(path, "rb") as stored:
            kind = type_of(stored.read(16))
    except FileNotFoundError:
        kind = ""
    name = f"{agreement.document.number.lower()}-signe{SUFFIXES.get(kind, '')}"
    return HeldFile(name, kind or "application/octet-stream", lambda: store.open(path, "rb"))


def kept(request: EnrolmentRequest, now: datetime) -> str:
    """A contract first, then a proof."""
    why = request_needed(request, now)
    if why or not is_proof(request):
        return why
    return (
        f"{kept_as_proof(request.session, 'La demande, la convention ou le contrat')} Le message "
        "et le téléphone, qui ne prouvent rien, sont effacés."
    )


register(
    PersonalData(
        model=EnrolmentRequest,
        processing="Demandes d’inscription aux formations",
        purpose="Étudier votre demande, vous répondre et tenir la liste d’attente",
        legal_basis="mesures précontractuelles prises à votre demande",
        data=(
            "identité, coordonnées, employeur le cas échéant, noms et adresses de qui signe et "
            "de qui reçoit la facture, message, souhait d’être contacté pour un aménagement, "
            "convention ou contrat et preuve de sa signature"
        ),
        retention=UNCONVERTED_KEPT,
        retention_words="6 mois",
        kept_since="la fin de la session, si la demande n’aboutit pas",
        people="les personnes qui demandent une inscription, signent ou paient",
        ended=requests_due(EnrolmentRequest, "", UNCONVERTED_KEPT),
        countdown=end_of_request,
        recipients=TEAM,
        find=requests_of,
        export=said_of,
        files=scans_of,
        not_exported={
            "public_id": KEY,
            "link_nonce": KEY,
            "suspect": "mesure contre les envois de robots",
            "Agreement.public_id": KEY,
            "Agreement.link_nonce": KEY,
            "Agreement.code_digest": "empreinte d’un code de signature, oubliée après usage",
            "Agreement.scan": "l’exemplaire lui-même est remis",
            **left_out_of_journal(AgreementEvent),
        },
        kept_by_law=kept,
        erase_on_request=lambda request, person, now: forget_in_request(request, person.email, now),
        erase_around=lambda request, person, now: forget_around_request(request, person.email),
    ),
    followers=(Agreement, AgreementEvent),
)
