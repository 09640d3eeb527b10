"""The e-mails of the space, of the pool and about the data, word for word: `space_mails/`."""

import re
from datetime import date
from pathlib import Path

from django.db import transaction

import pytest

from courrier.models import OutgoingMessage
from recrutement import emails
from recrutement.links import address_token
from recrutement.models import Application, PoolConsent
from tests.factories.recrutement import ApplicationFactory, OfferFactory
from tests.harness.clock import paris

pytestmark = pytest.mark.django_db

HERE = Path(__file__).parent / "space_mails"
LINK = re.compile(r"(https?://\S+/suivi/(?:lien|adresse)/)\S+")


def a_consent(application: Application) -> PoolConsent:
    return PoolConsent.objects.create(
        application=application,
        given_at=paris(2027, 1, 15),
        text_version="2026-11",
        expires_on=date(2029, 1, 14),
    )


def an_open_offer() -> OfferFactory:
    return OfferFactory(
        title="Formateur·rice DEIS", slug="formateur", closing_date=date(2027, 3, 1)
    )


CASES = {
    "recrutement_lien": emails.link_again,
    "recrutement_adresse_a_confirmer": lambda one: emails.address_to_confirm(
        one, "nouvelle@exemple.test", address_token(one, "nouvelle@exemple.test")
    ),
    "recrutement_adresse_confirmee": lambda one: emails.address_changed(one, "a@exemple.test"),
    "recrutement_adresse_remplacee": lambda one: emails.address_changed(one, "a@exemple.test"),
    "recrutement_efface": lambda one: emails.erased(one.email),
    "recrutement_efface_equipe": emails.staff_told_of_erasure,
    "recrutement_amenagement": emails.staff_told_of_accommodation,
    "recrutement_vivier_invitation": lambda one: emails.invited_from_the_pool(one, an_open_offer()),
    "recrutement_vivier_renouvellement": lambda one: emails.renewal_asked(a_consent(one)),
    "recrutement_bilan": lambda one: emails.monthly_report(
        "equipe@enys.test", date(2027, 1, 1), [("Candidatures reçues", "3"), ("Décisions", "2")]
    ),
}


@pytest.mark.parametrize("kind", CASES)
def test_the_words_of(kind, time_machine):
    time_machine.move_to(paris(2027, 1, 15, 10))
    application = ApplicationFactory(
        id="00000000-0000-4000-8000-000000000042",
        reference="C-2026-0042",
        offer=OfferFactory(title="Chargé·e d’études & d’évaluation", closing_date=date(2027, 2, 1)),
    )
    with transaction.atomic():
        CASES[kind](application)
    message = OutgoingMessage.objects.get(kind=kind)

    said = LINK.sub(r"\1…", f"À : {message.to}\nObjet : {message.subject}\n\n{message.text}")
    said = re.sub(r"personne-\d+@", "personne@", said)

    assert said == (HERE / f"{kind}.txt").read_text()
    assert message.html.startswith("<!doctype html>")


def test_no_file_is_left_over():
    assert {path.stem for path in HERE.iterdir()} == set(CASES)
