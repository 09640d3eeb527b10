"""Identifiers that people type."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator

LA_POSTE = "356000000"

one_to_five_codes = RegexValidator(
    r"^[0-9]{5}( ?, ?[0-9]{5}){0,4}\Z",
    "Écrivez un à cinq codes de cinq chiffres, séparés par des virgules.",
)
one_to_ten_codes = RegexValidator(
    r"^[0-9]{5}( ?, ?[0-9]{5}){0,9}\Z",
    "Écrivez un à dix codes de cinq chiffres, séparés par des virgules.",
)
three_digits = RegexValidator(r"^[0-9]{3}\Z", "Un code NSF a trois chiffres.")
certification_number = RegexValidator(
    r"^(RNCP|RS) ?[0-9]{1,6}\Z",
    "Écrivez le code comme «\u00a0RNCP12345\u00a0» ou «\u00a0RS1234\u00a0».",
)


def clean_siret(text: str) -> str:
    """Return the 14 digits of a SIRET typed with or without spaces.

    Raises ValidationError when the digits or their Luhn key are wrong; La Poste's establishments
    follow a rule of their own (the sum of the digits is a multiple of five).
    """
    digits = re.sub(r"[\s.\u00a0\u202f-]", "", text)
    if not re.fullmatch(r"[0-9]{14}", digits):
        raise ValidationError("Un SIRET a 14 chiffres.")
    valid = _luhn(digits) or (digits.startswith(LA_POSTE) and sum(map(int, digits)) % 5 == 0)
    if not valid:
        raise ValidationError("Ce numéro SIRET n’existe pas\u00a0: vérifiez ses chiffres.")
    return digits


def siret(text: str) -> None:
    """The same rule, as a validator of a field."""
    clean_siret(text)


def _luhn(digits: str) -> bool:
    doubled = (
        sum(divmod(int(digit) * (1 + rank % 2), 10)) for rank, digit in enumerate(reversed(digits))
    )
    return sum(doubled) % 10 == 0
