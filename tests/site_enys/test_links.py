"""A message that is shown to somebody else than its reader opens nothing."""

import uuid

from django.core import signing

import pytest

from site_enys.links import Purpose, without_tokens
from site_enys.models import FormSubmission

TOKEN = signing.dumps(["12", uuid.UUID(int=7).hex], salt="lien:essai")


class Linked:
    pk = 12
    link_nonce = uuid.UUID(int=7)


@pytest.mark.parametrize("token", [TOKEN, Purpose("essai", FormSubmission).token(Linked())])
@pytest.mark.parametrize("end", ["", "/", "/\n\nBien à vous", ". Bien à vous"])
def test_the_token_goes_and_the_address_stays_readable(token, end):
    said = without_tokens(f"Suivre : https://enys.test/formation/suivi/demande/{token}{end}")

    assert token not in said
    assert signing_part(token) not in said
    assert said.startswith("Suivre : https://enys.test/formation/suivi/demande/…")


def signing_part(token):
    return token.rpartition(":")[2]


@pytest.mark.parametrize(
    "text",
    [
        "Rendez-vous à 10:30, salle 3.",
        "https://enys.test/formation/recherche-action/?session=RA-2027-1",
        "https://enys.test:8000/formation/verifier/K7QF2M9RXB3D5TVW/",
        "urn:uuid:8f14e45f-ceea-467f-a0b5-5e2e6f1d3a11",
    ],
)
def test_what_opens_nothing_is_left(text):
    assert without_tokens(text) == text
