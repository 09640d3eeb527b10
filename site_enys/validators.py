"""What people type, and robots too: names and one-line texts that we send back."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator

name_characters = RegexValidator(
    r"^[^\d<>@:/\\]+\Z", message="Un nom s’écrit sans chiffre ni adresse."
)
#: Our e-mails quote these texts: they must not carry somebody's advertisement.
no_web_address = RegexValidator(
    r"://|www\.|[<>]",
    message="Écrivez ce texte sans adresse de site.",
    inverse_match=True,
    flags=re.IGNORECASE,
)


def something_visible(text: str) -> None:
    """Refuse a text of which nothing would show: blanks of no width, directions of writing."""
    if not any(unicodedata.category(char)[0] not in "CZ" for char in text):
        raise ValidationError("Ce texte ne contient aucun signe visible.", code="invisible")


phone_number = RegexValidator(
    r"^\+?[0-9][0-9 .\u00a0\u202f()-]{7,24}\Z",
    "Écrivez un numéro comme 01\u00a023\u00a045\u00a067\u00a089 "
    "ou +33\u00a01\u00a023\u00a045\u00a067\u00a089.",
)
