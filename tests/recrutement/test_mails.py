"""Every e-mail of recruitment, word for word, as `tests/recrutement/mails/` holds it."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from django.db import transaction

import pytest

from courrier.models import OutgoingMessage
from recrutement import emails
from recrutement.enums import ContractType, SalaryUnit
from recrutement.models import Application
from recrutement.services import decisions, extensions, interviews, reminders
from recrutement.services.closing import close_all, end_offer
from recrutement.services.lifecycle import LIFECYCLE
from tests.mails import assert_says, kinds_of, last_mail

from .scenes import NOW, STAFF, applies, plan, thomas

pytestmark = pytest.mark.django_db

HERE = Path(__file__).parent / "mails"
LINK = re.compile(r"(https?://\S+/suivi/lien/)\S+")
RECORD = re.compile(r"/application/inspect/[0-9a-f-]{36}/")
OFFER = re.compile(r"(offer=|/offres/)\d+")
HIDDEN = ((LINK, r"\1…"), (RECORD, "/application/inspect/…/"), (OFFER, r"\1…"))
TERMS = decisions.Terms(
    contract=ContractType.CDD,
    months=6,
    pay=Decimal(32500),
    unit=SalaryUnit.YEAR,
    start=date(2027, 3, 1),
    words="Les tickets restaurant s’y ajoutent.",
)


def queued(function: Callable[..., object], *args: object, **options: object) -> None:
    with transaction.atomic():
        function(*args, **options)


def move(application: Application, name: str, **options: object) -> None:
    LIFECYCLE.apply(application, name, by=STAFF, now=NOW, **options)


def invited(application: Application) -> object:
    return interviews.invite(application, plan(), by=STAFF, now=NOW)


def refused(application: Application) -> None:
    """While an interview was planned: the same e-mail takes it out of the calendar."""
    invited(application)
    message = decisions.usual_messages()["autre-profil"]
    decisions.reject(application, "autre-profil", message, by=STAFF, now=NOW)


def ended(application: Application) -> None:
    end_offer(application.offer, "filled", by=STAFF, now=NOW)
    close_all(application.offer, by=STAFF, now=NOW)


#: The kind of the e-mail, and what makes it leave.
SCENES: dict[str, Callable[[Application], object]] = {
    "accuse": lambda who: queued(emails.acknowledged, who),
    "nouvelle": lambda who: queued(emails.staff_told, who),
    "delai": lambda who: extensions.extend(
        who, date(2027, 2, 20), "Une collègue est absente.", by=STAFF, now=NOW
    ),
    "dernier_recours": lambda who: reminders.answer_as_last_resort(
        NOW + timedelta(days=60), apply=True
    ),
    "entretien": invited,
    "entretien_deplace": lambda who: interviews.change(
        invited(who), plan(minutes=60), by=STAFF, now=NOW
    ),
    "entretien_annule": lambda who: interviews.call_off(
        invited(who), words="Thomas Roy est souffrant.", by=STAFF, now=NOW
    ),
    "proposition": lambda who: (
        move(who, "start_review"),
        decisions.propose(who, TERMS, by=STAFF, now=NOW),
    ),
    "recrutee": lambda who: (
        move(who, "start_review"),
        decisions.propose(who, TERMS, by=STAFF, now=NOW),
        move(who, "hire"),
    ),
    "refus": refused,
    "retrait": lambda who: move(who, "withdraw"),
    "sans_suite": ended,
    "offre_close": lambda who: reminders.tell_of_closed_offers(
        NOW + timedelta(days=50), apply=True
    ),
    "promesses": lambda who: (
        applies(reference="C-2026-0043", email="b@exemple.test", offer=who.offer),
        applies(reference="C-2026-0044", email="c@exemple.test", answer_by=date(2027, 1, 20)),
        Application.objects.filter(pk=who.pk).update(answer_by=date(2027, 1, 10)),
        Application.objects.update(offer=who.offer),
        reminders.remind_of_promises(NOW + timedelta(days=14), apply=True),
    ),
}


@pytest.mark.parametrize("kind", SCENES)
def test_the_e_mail_says_exactly_this(kind):
    SCENES[kind](applies())

    assert_says(last_mail(f"recrutement_{kind}"), HERE / f"{kind}.txt", *HIDDEN)


def test_every_e_mail_written_here_has_its_file():
    assert set(SCENES) <= kinds_of("recrutement")
    assert set(SCENES) <= {path.stem for path in HERE.glob("*.txt")}


@pytest.mark.parametrize("kind", sorted(set(SCENES) - {"nouvelle", "offre_close", "promesses"}))
def test_what_a_person_reads_leads_to_her_space_and_to_her_recruiter(kind):
    who = applies()

    SCENES[kind](who)

    mail = last_mail(f"recrutement_{kind}")
    assert "/recrutement/suivi/lien/" in mail.text
    assert who.reference in mail.text + mail.subject
    assert (mail.to, mail.reply_to) == ("ines@exemple.test", "thomas@enys.test")


@pytest.mark.parametrize("kind", ["nouvelle", "offre_close", "promesses"])
def test_what_the_team_reads_names_nobody(kind):
    SCENES[kind](applies())

    mail = last_mail(f"recrutement_{kind}")
    for secret in ("Inès", "Garnier", "exemple.test"):
        assert secret not in mail.text + mail.html + mail.subject
    assert mail.to == "thomas@enys.test"


def test_the_acknowledgement_of_an_update():
    queued(emails.acknowledged, applies(), updated=True)

    assert (
        "Vous avez renvoyé le formulaire\u00a0: votre candidature est mise à jour, et le dernier "
        "envoi compte. Si ce n’était pas vous, répondez à ce message."
    ) in last_mail("recrutement_accuse").text


def test_the_acknowledgement_carries_no_word_of_the_sender():
    queued(emails.acknowledged, applies(first_name="gagnez.test", last_name="gagnez.test"))

    mail = last_mail("recrutement_accuse")
    assert "gagnez" not in mail.text + mail.html + mail.subject


def test_a_cancelled_offer_is_not_called_filled():
    who = applies()
    end_offer(who.offer, "cancelled", by=STAFF, now=NOW)

    close_all(who.offer, by=STAFF, now=NOW)

    text = last_mail("recrutement_sans_suite").text
    assert "Nous avons dû renoncer à ce recrutement" in text
    assert "pourvu" not in text


def test_a_spontaneous_application_has_its_words_and_the_address_of_the_team():
    queued(emails.acknowledged, applies(offer=None))

    mail = last_mail("recrutement_accuse")
    assert "Candidature spontanée" in mail.text
    assert mail.reply_to == "equipe@enys.test"


def test_what_a_stranger_writes_stays_text():
    who = applies(first_name="<a href=x>{{ 7|add:7 }}</a>")

    decisions.reject(who, "autre", "<b>Non</b> & merci.\n\n{{ x }}", by=STAFF, now=NOW)

    mail = last_mail("recrutement_refus")
    assert "<a href=x>" not in mail.html
    assert "&lt;b&gt;Non&lt;/b&gt; &amp; merci.<br><br>{{ x }}" in mail.html
    assert "<b>Non</b> & merci.\n\n{{ x }}" in mail.text


def test_the_delays_are_those_of_the_settings():
    from recrutement.models import RecruitmentSettings  # noqa: PLC0415

    settings = RecruitmentSettings.load()
    settings.kept_months, settings.pool_months = 2, 12
    settings.save()

    decisions.reject(applies(), "autre", "Non.", by=STAFF, now=NOW)

    text = last_mail("recrutement_refus").text
    assert "votre candidature 12 mois" in text
    assert "effacées dans 2 mois" in text


def test_without_anybody_to_tell_nothing_is_queued(settings):
    settings.STAFF_EMAIL = ""

    queued(emails.staff_told, applies(offer=None))

    assert not OutgoingMessage.objects.exists()


def test_a_recruiter_without_an_address_leaves_the_team_to_answer():
    nobody = thomas()
    nobody.email = ""
    nobody.save()
    who = applies()
    who.offer.recruiter = nobody

    queued(emails.acknowledged, who)

    assert last_mail("recrutement_accuse").reply_to == "equipe@enys.test"
