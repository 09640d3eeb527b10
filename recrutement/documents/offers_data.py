"""Offers as data for other machines: no person, nothing that the page does not show."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.conf import settings

from recrutement.models import JobOfferPage

from .posting import description


def offers_as_data(now: datetime) -> list[dict[str, Any]]:
    """The open offers of `offres.json`, those that close first at the top."""
    offers = JobOfferPage.objects.to_show(now)
    return [
        offer_as_data(offer)
        for offer in offers.prefetch_related("tagged_items__tag", "diploma_items__tag")
    ]


def offer_as_data(offer: JobOfferPage) -> dict[str, Any]:
    """One offer; amounts in gross euros, days in ISO 8601."""
    return {
        "reference": offer.reference,
        "intitule": offer.title,
        "adresse": offer.full_url,
        "postuler": f"{settings.SITE_URL}{offer.apply_url}",
        "resume": offer.introduction,
        "description_html": description(offer),
        "employeur": _employer(offer),
        "contrat": offer.get_contract_type_display(),
        "duree_mois": offer.contract_months,
        "temps_de_travail": offer.get_work_time_display(),
        "heures_par_semaine": _number(offer.hours_per_week),
        "postes": offer.positions,
        "prise_de_poste": offer.start_on,
        "des_que_possible": offer.asap,
        "lieu": {
            "rue": offer.street,
            "code_postal": offer.postcode,
            "ville": offer.city,
            "region": offer.region,
            "pays": offer.country,
        },
        "teletravail": offer.get_remote_policy_display(),
        "jours_de_teletravail": offer.remote_days,
        "salaire": {
            "min": _number(offer.salary_min),
            "max": _number(offer.salary_max),
            "unite": offer.get_salary_unit_display(),
            "en_plus": offer.salary_extra,
        },
        "convention_collective": offer.get_collective_agreement_display(),
        "classification": offer.coefficient,
        "niveau": offer.qualification_level,
        "diplomes": offer.diploma_names,
        "code_rome": offer.rome_code,
        "etiquettes": [str(item.tag) for item in offer.tagged_items.all()],
        "amenagements": offer.accommodation,
        "reponse_sous_jours": offer.answer_by_days,
        "publiee_le": offer.published_on,
        "date_limite": offer.closing_date,
    }


def _employer(offer: JobOfferPage) -> str | None:
    """None when the offer keeps the name of the client to itself."""
    return offer.employer or (None if offer.on_behalf_of else "ENYS Conseil")


def _number(amount: Decimal | None) -> float | None:
    return None if amount is None else float(amount)
