"""The facts of an offer in plain words, once for the poster and for the sheets to copy."""

from recrutement.enums import RemotePolicy
from recrutement.models import JobOfferPage
from site_enys.french import plural
from site_enys.templatetags.typography import euros, long_date


def contract(offer: JobOfferPage) -> str:
    """« CDD de 6 mois », « CDI »."""
    kind = offer.get_contract_type_display()
    return f"{kind} de {offer.contract_months}\u00a0mois" if offer.contract_months else kind


def work_time(offer: JobOfferPage) -> str:
    """« Temps partiel, 28 h par semaine »."""
    kind = offer.get_work_time_display()
    hours = offer.hours_per_week
    if not hours:
        return kind
    figure = f"{hours.normalize():f}".replace(".", ",")
    return f"{kind}, {figure}\u00a0h par semaine"


def salary(offer: JobOfferPage) -> str:
    """« de 30 000 € à 36 000 € brut par an »; nothing without a range."""
    low, high = offer.salary_min, offer.salary_max
    if low is None or high is None:
        return ""
    amount = euros(low) if low == high else f"de {euros(low)} à {euros(high)}"
    return f"{amount} brut {offer.get_salary_unit_display()}".strip()


def place(offer: JobOfferPage) -> str:
    """« Lyon (69), télétravail partiel, 2 jours par semaine »."""
    words = [offer.place]
    if offer.remote_policy == RemotePolicy.HYBRID:
        words.append("télétravail partiel")
        if offer.remote_days:
            words.append(f"{plural(offer.remote_days, 'jour')} par semaine")
    return ", ".join(words)


def start(offer: JobOfferPage) -> str:
    if offer.asap:
        return "Dès que possible"
    return long_date(offer.start_on) if offer.start_on else "À convenir"


def recruiting(offer: JobOfferPage) -> str:
    """Who recruits, as the offer lets it be said."""
    if offer.employer:
        return offer.employer
    return "ENYS Conseil, pour une structure non nommée" if offer.on_behalf_of else "ENYS Conseil"
