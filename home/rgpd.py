"""What the pages' side holds about people: what they write to the firm."""

from datetime import timedelta
from typing import Any

from wagtail.models import Site

from rgpd.exporting import facts, journal, left_out_of_journal
from rgpd.register import Facts, Person, PersonalData, register
from rgpd.services.record import tell_controller

from .enums import MessageState
from .models import ContactMessage, ContactMessageEvent, OrganisationSettings


def messages_of(person: Person) -> Any:
    rows = ContactMessage.objects.filter(email__iexact=person.email)
    return rows.prefetch_related("events")


def said_of(message: ContactMessage, _person: Person) -> Facts:
    own = facts(
        message,
        *("topic", "name", "email", "phone", "organisation", "text", "created_at", "state"),
        *("notice_version", "notice_shown_at"),
        state="Suite donnée",
    )
    history = journal(message, MessageState)
    return {"Numéro": message.reference, **own, "Historique": history}


register(
    PersonalData(
        model=ContactMessage,
        processing="Messages de contact",
        purpose="Vous répondre",
        legal_basis="intérêt légitime à répondre à qui nous écrit",
        data="nom, adresse électronique, téléphone et structure s’ils sont donnés, message",
        retention=timedelta(days=365),
        retention_words="12 mois",
        kept_since="la réception du message",
        people="les personnes qui nous écrivent",
        ended=ContactMessage.objects.received_before,
        since=lambda message: message.created_at,
        find=messages_of,
        export=said_of,
        not_exported={
            "public_id": "identifiant technique de la page de confirmation",
            "suspect": "mesure contre les envois de robots",
            "state_changed_at": "la date de la dernière ligne de l’historique",
            **left_out_of_journal(ContactMessageEvent),
        },
        corrections=("name", "phone", "organisation"),
    ),
    followers=(ContactMessageEvent,),
)


@tell_controller
def the_firm() -> list[tuple[str, str]]:
    """Who is responsible, whom to ask, who hosts: as the settings hold it (RGPD, article 30.1)."""
    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        return []
    firm = OrganisationSettings.for_site(site)
    host = ", ".join(filter(None, (firm.host_name, " ".join(firm.host_address.split()))))
    return [
        ("Responsable", " ".join(filter(None, (firm.legal_name, firm.legal_form)))),
        ("Siège", firm.head_office),
        ("Représentant légal", firm.representative),
        ("Contact", firm.data_contact or firm.email),
        ("Hébergeur (sous-traitant)", host),
    ]
