"""What a request costs, as documents say it; `services.pricing` reckons it."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from formation.enums import VatRegime
from site_enys.templatetags.typography import euros

_VAT_WORDS = {
    VatRegime.EXEMPT: "Exonération de TVA, article 261-4-4° a du code général des impôts.",
    VatRegime.STANDARD: "TVA au taux de 20\u00a0%.",
    VatRegime.FRANCHISE: "TVA non applicable, article 293 B du code général des impôts.",
}


@dataclass(frozen=True)
class Line:
    """One thing that is paid: so many of it, at so much each, in euros before tax."""

    label: str
    quantity: Decimal
    unit_price: Decimal

    @property
    def total(self) -> Decimal:
        return (self.quantity * self.unit_price).quantize(Decimal("0.01"))


@dataclass(frozen=True)
class Cost:
    """What a request costs, in euros."""

    lines: tuple[Line, ...]
    vat: Decimal
    regime: VatRegime

    @property
    def excl_tax(self) -> Decimal:
        return sum((line.total for line in self.lines), Decimal(0))

    @property
    def incl_tax(self) -> Decimal:
        return self.excl_tax + self.vat


@dataclass(frozen=True)
class Instalment:
    """A part of the price, tax included, and when it is due."""

    when: str
    amount: Decimal


def cost_data(cost: Cost) -> dict[str, Any]:
    """The same for a template, in words."""
    return {
        "lines": [
            [
                line.label,
                f"{line.quantity.normalize():f}".replace(".", ","),
                euros(line.unit_price),
                euros(line.total),
            ]
            for line in cost.lines
        ],
        "excl_tax": euros(cost.excl_tax),
        "vat": euros(cost.vat),
        "incl_tax": euros(cost.incl_tax),
        "taxed": cost.regime == VatRegime.STANDARD,
        "vat_words": _VAT_WORDS[cost.regime],
    }
