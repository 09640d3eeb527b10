"""Refusing one person, proposing the post: the rules, then the screens."""

from datetime import date
from decimal import Decimal

from django.urls import reverse

import pytest

from courrier.models import OutgoingMessage
from recrutement.enums import ONGOING, ContractType, RejectReason, SalaryUnit
from recrutement.exceptions import PastDate, PayBelowOffer
from recrutement.models import RecruitmentSettings, RejectionText
from recrutement.services import decisions
from recrutement.services.decisions import Terms
from site_enys.states import PERSON, SYSTEM, TransitionRefused
from tests.factories.recrutement import ApplicationFactory, OfferFactory, in_days
from tests.mails import last_mail

from .scenes import NOW, STAFF, applies

pytestmark = pytest.mark.django_db

TERMS = Terms(contract=ContractType.CDI, pay=Decimal(32000), unit=SalaryUnit.YEAR)
HOSTILE = ["a\u0000b", "\u202egnirts", "x" * 2001]


def refuse(application, **options):
    own = {"by": STAFF, "now": NOW}
    decisions.reject(
        application, RejectReason.EXPERIENCE, "Nous ne la retenons pas.", **own | options
    )


# The rules


def test_a_refusal_keeps_its_reason_and_sends_its_message():
    application = applies()

    refuse(application, note="Trop junior.")

    assert (application.state, application.reject_reason) == ("rejected", "experience")
    assert application.first_answer_at == application.decided_at == NOW
    assert application.events.get().reason == "Trop junior."
    mail = last_mail("recrutement_refus")
    assert "Nous ne la retenons pas." in mail.text
    assert "Trop junior" not in mail.text + mail.html + mail.subject


@pytest.mark.parametrize(
    ("reason", "message", "field"),
    [
        ("", "Non.", "reject_reason"),
        ("inconnue", "Non.", "reject_reason"),
        ("autre", " \n", "message"),
    ],
)
def test_a_refusal_without_its_reason_or_its_words_changes_nothing(reason, message, field):
    application = applies()

    with pytest.raises(TransitionRefused) as refusal:
        decisions.reject(application, reason, message, by=STAFF, now=NOW)

    assert refusal.value.field == field
    application.refresh_from_db()
    assert application.state == "received"
    assert not OutgoingMessage.objects.exists()


@pytest.mark.parametrize("state", ["quarantine", "hired", "rejected", "withdrawn", "closed"])
def test_only_somebody_who_waits_is_refused(state):
    application = applies(state=state)

    with pytest.raises(TransitionRefused):
        refuse(application)

    assert not OutgoingMessage.objects.exists()


@pytest.mark.parametrize("by", [PERSON, SYSTEM])
def test_nobody_but_the_team_refuses(by):
    with pytest.raises(TransitionRefused, match="pas ouverte"):
        refuse(applies(), by=by)


def test_a_second_refusal_sends_nothing():
    application = applies()
    refuse(application)

    with pytest.raises(TransitionRefused):
        refuse(application)

    assert OutgoingMessage.objects.count() == 1


def test_who_was_proposed_the_post_is_only_refused_with_a_reason():
    application = applies(state="offered")

    with pytest.raises(TransitionRefused, match="offre de contrat"):
        refuse(application, note="Motif.")
    with pytest.raises(TransitionRefused, match="motif"):
        refuse(application, forced=True)
    refuse(application, note="Elle a décliné.", forced=True)

    assert application.events.get().forced


def test_every_reason_has_its_words_and_those_of_the_firm_come_first():
    assert all(decisions.usual_messages()[reason] for reason in RejectReason)

    RejectionText.objects.create(
        settings=RecruitmentSettings.load(), reason="autre", text="Nos propres mots."
    )

    assert decisions.usual_messages()[RejectReason.OTHER] == "Nos propres mots."


def test_a_proposal_is_written_and_stays_in_the_journal():
    application = applies(state="reviewing")
    terms = Terms(
        contract=ContractType.CDD,
        months=6,
        pay=Decimal("2500.50"),
        unit=SalaryUnit.MONTH,
        start=date(2027, 3, 1),
    )

    decisions.propose(application, terms, by=STAFF, now=NOW, reason="Vu avec Léa.")

    assert application.state == "offered"
    assert application.events.get().reason == (
        "Proposition\u00a0: CDD, 6\u00a0mois, 2\u202f500,50\u00a0€ brut par mois, "
        "à partir du 1er\u00a0mars 2027. Vu avec Léa."
    )
    mail = last_mail("recrutement_proposition")
    assert "2\u202f500,50\u00a0€ par mois" in mail.text
    assert "Vu avec Léa" not in mail.text + mail.html


@pytest.mark.parametrize(("pay", "refused"), [(29999, True), (30000, False)])
def test_a_pay_below_the_offer_needs_a_reason(pay, refused):
    application = applies(state="interview")
    terms = Terms(contract=ContractType.CDI, pay=Decimal(pay), unit=SalaryUnit.YEAR)

    if refused:
        with pytest.raises(PayBelowOffer, match="30\u202f000"):
            decisions.propose(application, terms, by=STAFF, now=NOW)
    decisions.propose(application, terms, by=STAFF, now=NOW, reason="À mi-temps." * refused)

    assert application.state == "offered"


def test_a_pay_in_another_unit_or_without_an_offer_is_compared_to_nothing():
    monthly = Terms(contract=ContractType.CDI, pay=Decimal(2500), unit=SalaryUnit.MONTH)
    decisions.propose(applies(state="reviewing"), monthly, by=STAFF, now=NOW)
    alone = applies(state="reviewing", offer=None, reference="C-2026-0043")

    decisions.propose(alone, TERMS, by=STAFF, now=NOW)

    assert alone.state == "offered"


@pytest.mark.parametrize(("start", "refused"), [(date(2027, 1, 14), True), (NOW.date(), False)])
def test_a_post_begins_today_at_the_earliest(start, refused):
    application = applies(state="reviewing")
    terms = Terms(contract=ContractType.CDI, pay=Decimal(32000), unit=SalaryUnit.YEAR, start=start)

    if not refused:
        decisions.propose(application, terms, by=STAFF, now=NOW)
        return
    with pytest.raises(PastDate):
        decisions.propose(application, terms, by=STAFF, now=NOW)


# The screens


def screen(name, application):
    return reverse(f"recrutement_{name}", args=[application.pk])


def sealed(client, url, data):
    """The same form, with the token of the preview that was shown."""
    page = client.post(url, data | {"preview": ""})
    return data | {"message": page.context["form"]["message"].value(), "lu": page.context["lu"]}


def test_a_refusal_leaves_once_it_was_read(log_in):
    client, application = log_in("recrutement"), ApplicationFactory()
    url = screen("reject", application)

    page = client.post(url, {"reject_reason": "experience", "preview": ""})
    (mail,) = page.context["mails"]
    assert mail.text.startswith("Bonjour Inès,")
    assert decisions.usual_messages()[RejectReason.EXPERIENCE] in mail.text
    assert "/suivi/lien/…" in mail.text
    assert not OutgoingMessage.objects.exists()
    sent = client.post(url, sealed(client, url, {"reject_reason": "experience"}))

    application.refresh_from_db()
    assert sent.url == reverse(
        "wagtailsnippets_recrutement_application:inspect", args=[application.pk]
    )
    assert (application.state, application.reject_reason) == ("rejected", "experience")
    assert (
        OutgoingMessage.objects.get().text.split("Suivre votre candidature")[0]
        == (mail.text.split("Suivre votre candidature")[0])
    )


@pytest.mark.parametrize(
    "change",
    [
        {"lu": ""},
        {"lu": "faux"},
        {"message": "Un autre texte."},
        {"reject_reason": "autre"},
    ],
)
def test_a_refusal_that_was_not_read_does_not_leave(log_in, change):
    client, application = log_in("recrutement"), ApplicationFactory()
    url = screen("reject", application)
    data = sealed(client, url, {"reject_reason": "experience"})

    page = client.post(url, data | change)

    assert "Rien n’est parti" in page.content.decode()
    assert page.context["lu"]  # what is shown now may be confirmed
    assert not OutgoingMessage.objects.exists()


def test_what_another_account_has_read_is_not_read(log_in):
    application = ApplicationFactory()
    url = screen("reject", application)
    data = sealed(log_in("direction"), url, {"reject_reason": "experience"})

    page = log_in("recrutement").post(url, data)

    assert "Rien n’est parti" in page.content.decode()


def test_another_reason_brings_its_words_but_never_loses_ours(log_in):
    client, application = log_in("recrutement"), ApplicationFactory()
    url = screen("reject", application)
    usual = decisions.usual_messages()

    changed = client.post(
        url, {"reject_reason": "autre", "message": usual["experience"], "preview": ""}
    )
    ours = client.post(url, {"reject_reason": "autre", "message": "Nos mots.", "preview": ""})

    assert (
        changed.context["form"]["message"].value() == decisions.usual_messages()[RejectReason.OTHER]
    )
    assert ours.context["form"]["message"].value() == "Nos mots."


def test_a_double_click_refuses_once(log_in):
    client, application = log_in("recrutement"), ApplicationFactory()
    url = screen("reject", application)
    data = sealed(client, url, {"reject_reason": "experience"})

    client.post(url, data)
    again = client.post(url, data)

    assert "n’est pas possible" in again.content.decode()
    assert OutgoingMessage.objects.count() == 1


@pytest.mark.parametrize("message", HOSTILE)
def test_hostile_words_are_refused_beside_the_field_or_kept_as_text(log_in, message):
    client, application = log_in("recrutement"), ApplicationFactory()

    page = client.post(
        screen("reject", application),
        {"reject_reason": "autre", "message": message, "preview": ""},
    )

    assert page.status_code == 200
    assert page.context["form"].errors.get("message") or page.context["mails"]


@pytest.mark.parametrize("role", ["redaction", "formation"])
@pytest.mark.parametrize("name", ["reject", "propose", "extend", "invite"])
def test_other_roles_reach_no_screen(log_in, role, name):
    application = ApplicationFactory()

    response = log_in(role).post(screen(name, application), {"reject_reason": "autre"})

    assert response.status_code in {302, 403, 404}
    assert b"Garnier" not in response.content
    application.refresh_from_db()
    assert application.state == "received"


def test_the_proposal_is_filled_in_from_the_offer(log_in):
    client = log_in("recrutement")
    offer = OfferFactory(contract_type="cdd", contract_months=9, start_on=in_days(40))
    application = ApplicationFactory(offer=offer, state="interview")
    url = screen("propose", application)

    page = client.get(url)
    initial = {name: page.context["form"][name].value() for name in ("contract", "months", "pay")}
    sent = client.post(
        url, {"contract": "cdd", "months": "9", "pay": "31000,50", "unit": "an", "start": ""}
    )

    assert initial == {"contract": "cdd", "months": 9, "pay": 30000}
    assert sent.status_code == 302
    assert "31\u202f000,50\u00a0€ par an" in last_mail("recrutement_proposition").text


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"contract": "cdd"}, "Indiquez la durée"),
        ({"pay": "0"}, "supérieure ou égale à 1"),
        ({"pay": "beaucoup"}, "Saisissez un nombre"),
        ({"start": "2020-01-01"}, "Cette date est passée"),
        ({"pay": "20000"}, "L’offre annonce 30\u202f000"),
        ({"words": "a\u0000b"}, "caract"),
    ],
)
def test_a_proposal_that_lacks_something_says_what(log_in, typed, sentence):
    application = ApplicationFactory(state="interview")
    data = {"contract": "cdi", "pay": "32000", "unit": "an"}

    page = log_in("recrutement").post(screen("propose", application), data | typed)

    assert sentence in page.content.decode()
    assert not OutgoingMessage.objects.exists()


def test_a_low_pay_leaves_with_its_reason(log_in):
    application = ApplicationFactory(state="interview")
    data = {"contract": "cdi", "pay": "20000", "unit": "an", "reason": "À mi-temps."}

    sent = log_in("recrutement").post(screen("propose", application), data)

    assert sent.status_code == 302


def test_each_screen_says_when_it_is_useless(log_in):
    client = log_in("recrutement")
    application = ApplicationFactory(state="withdrawn")

    for name in ("reject", "propose", "invite", "extend"):
        page = client.get(screen(name, application))
        assert page.status_code == 200
        assert "<textarea" not in page.content.decode()


@pytest.mark.parametrize("state", [*ONGOING, "hired", "rejected", "quarantine"])
def test_each_act_that_is_shown_works(log_in, state):
    client = log_in("recrutement")
    application = ApplicationFactory(state=state)
    url = reverse("wagtailsnippets_recrutement_application:inspect", args=[application.pk])

    shown = client.get(url).context["acts"]

    assert bool(shown) == (state in ONGOING)
    for _, act in shown:
        assert "<form" in client.get(act).content.decode().split("<main")[1]


def test_after_hiring_the_others_are_proposed_to_be_closed(log_in):
    client = log_in("recrutement")
    hired = ApplicationFactory(state="offered")
    ApplicationFactory(offer=hired.offer)
    inspect = reverse("wagtailsnippets_recrutement_application:inspect", args=[hired.pk])
    transition = "wagtailsnippets_recrutement_application:transition"

    client.post(reverse(transition, args=[hired.pk, "hire"]))
    page = client.get(inspect).content.decode()

    assert "1\u00a0personne attend encore" in page
    assert reverse("recrutement_close_offer", args=[hired.offer.pk]) in page
