"""An offer in the words of schema.org, as Google reads them (JobPosting).

Only typed fields, only what the page shows too. A closed offer has none: see `is_open`.
"""

from datetime import datetime, time
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import escape, linebreaks

from wagtail.rich_text import expand_db_html

from bs4 import BeautifulSoup

from recrutement.enums import ContractType, RemotePolicy, SalaryUnit, WorkTime
from recrutement.models import JobOfferPage

_TYPES = {
    ContractType.CDI: [],
    ContractType.CDD: ["TEMPORARY"],
    ContractType.CDDU: ["TEMPORARY"],
    ContractType.APPRENTICESHIP: ["OTHER"],
    ContractType.INTERNSHIP: ["INTERN"],
    ContractType.FREELANCE: ["CONTRACTOR"],
    ContractType.CIVIC_SERVICE: ["VOLUNTEER"],
    ContractType.OTHER: ["OTHER"],
}
#: Contracts of which the working time says the most.
_BY_TIME = (ContractType.CDI, ContractType.CDD, ContractType.CDDU)
_UNITS = {
    SalaryUnit.HOUR: "HOUR",
    SalaryUnit.DAY: "DAY",
    SalaryUnit.MONTH: "MONTH",
    SalaryUnit.YEAR: "YEAR",
}
#: What Google reads in a description.
_KEPT = {"p", "ul", "li", "br"}
_RENAMED = {"ol": "ul", "h2": "p", "h3": "p", "h4": "p", "h5": "p", "h6": "p", "div": "p"}


def job_posting(offer: JobOfferPage) -> dict[str, Any]:
    """The JobPosting of an open offer. Days and instants are those of Paris (ISO 8601)."""
    data = {
        "@type": "JobPosting",
        "title": _job_only(offer.title),
        "description": description(offer),
        "url": offer.full_url,
        "identifier": {
            "@type": "PropertyValue",
            "name": "ENYS Conseil",
            "value": offer.reference,
        },
        "datePosted": offer.published_on.isoformat() if offer.published_on else None,
        "validThrough": _last_second(offer),
        "employmentType": employment_type(offer),
        "hiringOrganization": _organisation(offer),
        "baseSalary": _salary(offer),
        "directApply": True,
        "jobImmediateStart": True if offer.asap else None,
        "jobStartDate": offer.start_on.isoformat() if offer.start_on and not offer.asap else None,
        "totalJobOpenings": offer.positions if offer.positions > 1 else None,
        **_place(offer),
    }
    return {name: value for name, value in data.items() if value is not None}


def description(offer: JobOfferPage) -> str:
    """The whole text of the page as paragraphs and lists, without attribute or link."""
    parts = (
        ("", linebreaks(offer.introduction, autoescape=True)),
        ("La structure", offer.employer_intro),
        ("Les missions", offer.missions),
        ("Le profil attendu", offer.profile),
        ("Le déroulement du recrutement", offer.process),
        ("Les aménagements possibles", linebreaks(offer.accommodation, autoescape=True)),
    )
    return "".join(
        (f"<p>{escape(title)}</p>" if title else "") + _simple(html)
        for title, html in parts
        if html
    )


def employment_type(offer: JobOfferPage) -> list[str]:
    """Full or part time for an employment contract, and what kind it is when it has an end."""
    kind = ContractType(offer.contract_type)
    part = offer.work_time == WorkTime.PART
    time_kind = ["PART_TIME" if part else "FULL_TIME"] if kind in _BY_TIME else []
    return time_kind + _TYPES[kind]


def _job_only(title: str) -> str:
    """The title is the job alone, for Google: no « (H/F) », which the page keeps."""
    for mark in ("(H/F)", "(F/H)", "H/F", "F/H"):
        title = title.replace(mark, "")
    return " ".join(title.split()).strip(" -–,")


def _last_second(offer: JobOfferPage) -> str:
    """The closing day is open until midnight in Paris, in summer as in winter."""
    last = datetime.combine(offer.closing_date, time(23, 59, 59))
    return timezone.make_aware(last, timezone.get_default_timezone()).isoformat()


def _organisation(offer: JobOfferPage) -> dict[str, Any]:
    """Who employs. Naming us for a client that keeps its name to itself would be false.

    The property is required, and must be true: then it says that the name is withheld, as the
    page does.
    """
    if offer.on_behalf_of:
        return {"@type": "Organization", "name": offer.employer or "confidential"}
    return {
        "@type": "Organization",
        "name": "ENYS Conseil",
        "sameAs": settings.SITE_URL,
        "logo": f"{settings.SITE_URL}{static('icons/favicon.svg')}",
    }


def _place(offer: JobOfferPage) -> dict[str, Any]:
    """The place of work; for a post wholly at a distance, from which country instead."""
    if offer.remote_policy == RemotePolicy.REMOTE:
        country = {"@type": "Country", "name": offer.get_remote_area_display()}
        return {"jobLocationType": "TELECOMMUTE", "applicantLocationRequirements": country}
    address = {
        "@type": "PostalAddress",
        "streetAddress": offer.street,
        "addressLocality": offer.city,
        "postalCode": offer.postcode,
        "addressRegion": offer.region,
        "addressCountry": offer.country,
    }
    known = {name: value for name, value in address.items() if value}
    return {"jobLocation": {"@type": "Place", "address": known}}


def _salary(offer: JobOfferPage) -> dict[str, Any] | None:
    if offer.salary_min is None or offer.salary_max is None or not offer.salary_unit:
        return None
    low, high = _number(offer.salary_min), _number(offer.salary_max)
    amounts = {"value": low} if low == high else {"minValue": low, "maxValue": high}
    unit = _UNITS[SalaryUnit(offer.salary_unit)]
    return {
        "@type": "MonetaryAmount",
        "currency": "EUR",
        "value": {"@type": "QuantitativeValue", **amounts, "unitText": unit},
    }


def _number(amount: Decimal) -> int | float:
    return int(amount) if amount == amount.to_integral_value() else float(amount)


def _simple(html: str) -> str:
    soup = BeautifulSoup(expand_db_html(html), "html.parser")
    for tag in soup.find_all():
        tag.name = _RENAMED.get(tag.name, tag.name)
        tag.attrs = {}
        if tag.name not in _KEPT:
            tag.unwrap()
    return str(soup).strip()
