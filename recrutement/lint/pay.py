"""Pay: never below the minimum, always a range, and a range that says something."""

import re
from datetime import date
from decimal import Decimal

from recrutement.enums import ContractType, SalaryUnit, WorkTime
from site_enys.templatetags.typography import euros, long_date

from .findings import Finding, Said, text_of

#: Gross euros an hour, since that day; both change each time that the SMIC does.
SMIC_HOURLY = Decimal("12.02")
SMIC_SINCE = date(2026, 1, 1)
FULL_WEEK = Decimal(35)
#: Hours paid in one unit of time, for 35 hours a week.
HOURS_OF = {
    SalaryUnit.HOUR: Decimal(1),
    SalaryUnit.DAY: Decimal(7),
    SalaryUnit.MONTH: Decimal("151.67"),
    SalaryUnit.YEAR: Decimal(1820),
}
#: Their minimum is another one, or none.
WITHOUT_SMIC = (
    ContractType.APPRENTICESHIP,
    ContractType.INTERNSHIP,
    ContractType.CIVIC_SERVICE,
    ContractType.FREELANCE,
)
_VAGUE = re.compile(
    r"\b(?:salaires?|remunerations?|package)\b[^.;]{0,20}?\b(?:"
    r"selon(?! (?:la |les |une |notre )?(?:convention|grille|classification|accord))"
    r"|a (?:definir|negocier|discuter|convenir)|attracti\w+|motivante?s?|competiti\w+)"
    r"|\bselon (?:le |votre |vos )?(?:profil|experiences?)\b"
)


def pay_warnings(said: Said) -> list[Finding]:
    return [*_below_the_minimum(said), *_vague(said)]


def hourly(amount: Decimal, unit: str, hours_per_week: Decimal | None) -> Decimal:
    """Gross euros an hour. A month or a year is that of the hours of the week, 35 by default."""
    hours = HOURS_OF[SalaryUnit(unit)]
    if unit in {SalaryUnit.MONTH, SalaryUnit.YEAR} and hours_per_week:
        # Above 35 hours, the overtime is not supposed to be in the amount.
        hours = hours * min(hours_per_week, FULL_WEEK) / FULL_WEEK
    return Decimal(amount) / hours


def _below_the_minimum(said: Said) -> list[Finding]:
    low, unit, hours = said.get("salary_min"), said.get("salary_unit"), said.get("hours_per_week")
    unknown = said.get("work_time") == WorkTime.PART and not hours
    if low is None or not unit or said.get("contract_type") in WITHOUT_SMIC:
        return []
    if unknown and unit in {SalaryUnit.MONTH, SalaryUnit.YEAR}:
        return []
    by_hour = hourly(low, unit, hours)
    if by_hour >= SMIC_HOURLY:
        return []
    return [
        Finding(
            "smic",
            "salary_min",
            "Code du travail, art. L3231-2",
            f"Le bas de la fourchette fait {euros(round(by_hour, 2))} de l’heure\u00a0: le SMIC "
            f"est de {euros(SMIC_HOURLY)} brut depuis le {long_date(SMIC_SINCE)}.",
            f"{euros(low)} {SalaryUnit(unit).label}",
        )
    ]


def _vague(said: Said) -> list[Finding]:
    for text in said.texts:
        if match := _VAGUE.search(text.folded):
            return [
                Finding(
                    "salaire-flou",
                    text.field,
                    "Directive (UE) 2023/970, art. 5",
                    "« Selon profil » n’apprend rien\u00a0: la fourchette suffit, ou dites de quoi "
                    "le montant dépend.",
                    text.excerpt(*match.span()),
                )
            ]
    return []


def says_only_it_depends(said: Said) -> bool:
    """« Selon profil » and no amount."""
    extra = text_of("salary_extra", said.get("salary_extra"))
    return bool(_VAGUE.search(extra.folded))
