"""The e-mails of « Mes données », word for word, as `tests/rgpd/mine_mails/` holds them."""

import re
from pathlib import Path

from django.db import transaction

import pytest

from rgpd import emails
from rgpd.enums import RequestKind
from rgpd.models import PersonalAccess, RightsRequest
from rgpd.services.requests import receive
from site_enys.states import PERSON
from tests.harness.clock import paris
from tests.mails import assert_says, last_mail

pytestmark = pytest.mark.django_db

HERE = Path(__file__).parent / "mine_mails"
NOW = paris(2027, 1, 12, 9, 5)
ZOE = "zoe@exemple.test"
HIDDEN = (
    (re.compile(r"(https?://\S+/mes-donnees/lien/)\S+"), r"\1…"),
    (re.compile(r"D-2027-\d{5}"), "D-2027-00012"),
)
LAW = "Preuve de la formation, gardée jusqu’au 23/11/2032 (article L6353-1 du code du travail)."
WENT = [("Messages de contact", 1), ("Commentaires du blog", 3)]
STAYS = [("Inscriptions aux formations", ["Inscription n° 59", "Inscription n° 60"], LAW)]


def asked(kind=RequestKind.OBJECTION, **changes) -> RightsRequest:
    request = receive(ZOE, kind, by=PERSON, now=NOW, about=changes.pop("about", ""))
    for name, value in changes.items():
        setattr(request, name, value)
    return request


def link() -> None:
    emails.link(PersonalAccess.objects.create(email=ZOE, asked_at=NOW))


def all_went() -> None:
    emails.erased(asked(RequestKind.ERASURE, answer="Effacé."), erased=WENT, kept=[])


def some_stays() -> None:
    emails.erased(asked(RequestKind.ERASURE), erased=WENT, kept=STAYS)


def nothing_went() -> None:
    emails.erased(asked(RequestKind.ERASURE), erased=[], kept=STAYS)


SCENES = {
    "link": ("rgpd_link", link),
    "received": ("rgpd_received", lambda: emails.received(asked(about="Messages de contact"))),
    "received_of_all": ("rgpd_received", lambda: emails.received(asked())),
    "erased": ("rgpd_erased", all_went),
    "erased_in_part": ("rgpd_erased", some_stays),
    "nothing_erased": ("rgpd_erased", nothing_went),
}


@pytest.mark.parametrize("name", SCENES)
def test_the_e_mail_says_exactly_this(name):
    kind, scene = SCENES[name]
    with transaction.atomic():
        scene()

    mail = last_mail(kind)
    assert mail.to == ZOE
    assert_says(mail, HERE / f"{name}.txt", *HIDDEN)


def test_what_staff_typed_is_text_in_the_html():
    with transaction.atomic():
        emails.erased(asked(), erased=[("<b>Messages</b>", 1)], kept=[("a", ["b"], "<i>c</i>")])

    html = last_mail("rgpd_erased").html
    assert "&lt;b&gt;Messages&lt;/b&gt;" in html
    assert "<i>c" not in html
