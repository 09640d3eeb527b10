"""The page where an agreement is read and signed, for whoever holds the link and nobody else."""

import re
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

import pytest

from courrier.models import OutgoingMessage
from formation import links
from formation.enums import AgreementState, EnrolmentState
from formation.forms.agreement import AcceptForm, CodeForm, NewCodeForm
from formation.models import Agreement, Enrolment, IssuedDocument
from formation.services import agreements, signatures
from formation.services.agreement_lifecycle import AGREEMENT_LIFECYCLE
from formation.services.lifecycle import ENROLMENT_LIFECYCLE
from site_enys.states import PERSON, Actor, Role
from tests.factories.formation import (
    SessionFactory,
    agreement_to_sign,
    group,
    individual,
    known_firm,
)
from tests.harness.client import SiteClient
from tests.pdfs import text_of as pdf_text

pytestmark = pytest.mark.django_db

STAFF = Actor(Role.STAFF)
ACCEPTED = {"read": "on", "typed_name": "Martine Aubert"}


@pytest.fixture
def agreement():
    return agreement_to_sign(group(1, 2), timezone.now(), SessionFactory(capacity=3))


def path_of(url):
    return "/" + url.split("/", 3)[3]


def opened(client, agreement):
    """The page that the link leads to."""
    return client.get(path_of(links.agreement_url(agreement)))["Location"]


def post(client, url, form, prefix="", **data):
    token = form(now=timezone.now() - timedelta(seconds=30)).new_token()
    name = f"{prefix}-form_token" if prefix else "form_token"
    return client.post(url, {name: token} | data)


def text_of(response):
    return re.sub(r"\s+", " ", response.content.decode()).replace("&nbsp;", " ")


def accept(client, agreement):
    """Accept, and return the page of the code with the code that the e-mail brings."""
    answer = post(client, opened(client, agreement), AcceptForm, **ACCEPTED)
    return answer["Location"], code_sent()


def code_sent():
    mail = OutgoingMessage.objects.filter(kind="formation_agreement_code").latest("pk")
    return re.search(r"^(\d{3})\xa0(\d{3})$", mail.text, re.MULTILINE).expand(r"\1\2")


def wrong(code):
    return f"{(int(code) + 1) % 1_000_000:06}"


def states():
    return list(Enrolment.objects.order_by("pk").values_list("state", flat=True))


# -- Reading ------------------------------------------------------------------------------------


def test_the_link_leads_to_a_page_without_its_token_and_changes_nothing(client, agreement):
    answer = client.get(path_of(links.agreement_url(agreement)))
    page = client.get(answer["Location"])

    assert answer.status_code == 303
    assert answer["Location"] == f"/formation/convention/{agreement.public_id}/"
    assert [one["Referrer-Policy"] for one in (answer, page)] == ["no-referrer", "same-origin"]
    assert "no-store" in page["Cache-Control"]
    assert '<meta name="robots" content="noindex">' in page.text
    agreement.refresh_from_db()
    assert (agreement.state, agreement.evidence) == (AgreementState.SENT, {})


def test_the_page_says_the_essential_and_leads_to_the_document(client, agreement):
    page = client.get(opened(client, agreement))
    pdf = client.get(reverse("formation_agreement_document", args=[agreement.public_id]))

    text = text_of(page)
    for fact in (
        agreement.document.number,
        "14 heures",
        "Aïcha Moreau 1, Aïcha Moreau 2",
        "1 152 €",
    ):
        assert fact in text
    assert "Négocier une commande" in text
    assert pdf["Content-Type"] == "application/pdf"
    assert pdf["Content-Disposition"].startswith("inline;")
    assert "no-store" in pdf["Cache-Control"]
    assert "Convention de formation professionnelle" in pdf_text(b"".join(pdf.streaming_content))


def test_the_page_takes_few_queries_whatever_the_group(client, count_queries):
    now, session = timezone.now(), SessionFactory(capacity=30)
    alone = opened(client, agreement_to_sign(group(1), now, session))
    many = opened(client, agreement_to_sign(group(*range(2, 25)), now, session))
    client.get(alone)

    one, more = (count_queries(lambda page=page: client.get(page)) for page in (alone, many))

    assert one == more
    assert one <= 25


def test_a_person_alone_reads_when_she_pays_and_how_she_may_withdraw(client):
    contract = agreement_to_sign(individual(1), timezone.now())

    text = text_of(client.get(opened(client, contract)))

    assert "172,80 €" in text
    assert "Rien n’est à payer avant." in text


@pytest.mark.parametrize(
    "break_it",
    [
        lambda url: url[:-3] + "AA/",
        lambda url: re.sub(r"/lien/[^/]+/", "/lien/n-importe-quoi/", url),
        lambda url: url.replace("/convention/lien/", "/suivi/lien/demande/"),
    ],
)
def test_an_altered_link_shows_one_neutral_page(client, agreement, break_it):
    answer = client.get(break_it(path_of(links.agreement_url(agreement))))

    assert answer.status_code == 403
    assert "Ce lien n’est plus valable" in text_of(answer)
    assert agreement.document.number not in answer.text


def test_the_addresses_alone_open_nothing(client, agreement):
    names = ("agreement", "agreement_document", "agreement_code", "agreement_new_code")
    urls = [reverse(f"formation_{name}", args=[agreement.public_id]) for name in names]
    other = agreement_to_sign(group(3), timezone.now())
    opened(client, other)

    answers = [client.get(url).status_code for url in urls]
    posted = [client.post(url, ACCEPTED | {"code": "123456"}).status_code for url in urls]

    assert answers == [403, 403, 403, 405]
    assert posted == [403, 405, 403, 403]
    assert not OutgoingMessage.objects.filter(kind="formation_agreement_code").exists()


def test_a_revoked_agreement_closes_its_page_and_its_link(client, agreement):
    page = opened(client, agreement)

    AGREEMENT_LIFECYCLE.apply(agreement, "revoke", by=STAFF, now=timezone.now(), reason="Erreur.")

    document = reverse("formation_agreement_document", args=[agreement.public_id])
    for url in (page, document):
        assert client.get(url).status_code == 403
    assert post(client, page, AcceptForm, **ACCEPTED).status_code == 403


def test_what_has_changed_since_the_sending_is_said_before_signing(client, agreement):
    leaving = agreement.request.enrolments.order_by("pk")[0]
    ENROLMENT_LIFECYCLE.apply(leaving, "withdraw", by=PERSON, now=timezone.now())

    text = text_of(client.get(opened(client, agreement)))

    assert "quelque chose a changé : les personnes, le prix" in text


# -- Accepting ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answers", "error"),
    [
        ({"typed_name": "Martine Aubert"}, "Cochez la case"),
        ({"read": "on", "typed_name": ""}, "obligatoire"),
        ({"read": "on", "typed_name": "N" * 10_000}, "au plus"),
        ({"read": "on", "typed_name": "a\x00b"}, "nul"),
        ({"read": "on", "typed_name": "a\u202eb"}, "invisibles"),
    ],
)
def test_bad_input_is_said_beside_the_field_and_sends_no_code(client, agreement, answers, error):
    answer = post(client, opened(client, agreement), AcceptForm, **answers)

    assert answer.status_code == 200
    assert error in text_of(answer)
    assert not OutgoingMessage.objects.filter(kind="formation_agreement_code").exists()


def test_an_emoji_is_a_name_that_the_form_refuses_or_prints_but_never_an_error(client, agreement):
    answer = post(client, opened(client, agreement), AcceptForm, read="on", typed_name="👩‍👩‍👧 Zoé")

    assert answer.status_code in {200, 303}


def test_a_double_click_sends_one_code(client, agreement):
    page = opened(client, agreement)
    token = AcceptForm(now=timezone.now() - timedelta(seconds=30)).new_token()

    answers = [client.post(page, {"form_token": token} | ACCEPTED) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert OutgoingMessage.objects.filter(kind="formation_agreement_code").count() == 1


def test_a_second_code_waits_a_minute(client, agreement, time_machine):
    now = timezone.now()
    time_machine.move_to(now, tick=False)
    page, first = accept(client, agreement)
    again = f"{page}nouveau/"

    soon = post(client, again, NewCodeForm, prefix="autre")
    time_machine.move_to(now + timedelta(minutes=1), tick=False)
    later = post(client, again, NewCodeForm, prefix="autre")

    assert soon.status_code == 200
    assert "attendez une minute" in text_of(soon)
    assert later["Location"] == f"{page}?nouveau"
    assert "Un nouveau code vient de partir" in text_of(client.get(later["Location"]))
    assert post(client, page, CodeForm, code=first).status_code == (
        303 if first == code_sent() else 200
    )


# -- Signing ------------------------------------------------------------------------------------


def test_the_code_signs_and_the_page_gives_the_signed_copy(client, agreement):
    page, code = accept(client, agreement)

    answer = post(client, page, CodeForm, code=f"{code[:3]} {code[3:]}")
    signed = client.get(answer["Location"])

    agreement.refresh_from_db()
    document = client.get(reverse("formation_agreement_document", args=[agreement.public_id]))
    assert answer.status_code == 303
    assert "La convention est signée." in text_of(signed)
    assert "Recevoir le code" not in signed.text
    assert agreement.evidence["typed_name"] == "Martine Aubert"
    assert agreement.evidence["opened_at"] < agreement.evidence["code_sent_at"]
    assert states() == [EnrolmentState.CONFIRMED] * 2
    assert "Lu et accepté par Martine Aubert" in pdf_text(b"".join(document.streaming_content))


def test_a_wrong_code_is_counted_although_its_form_is_undone(client, agreement):
    page, code = accept(client, agreement)

    answers = [post(client, page, CodeForm, code=wrong(code)) for _ in range(5)]
    right = post(client, page, CodeForm, code=code)

    assert "Il vous reste 4\u00a0essais." in text_of(answers[0]).replace(
        "4 essais", "4\u00a0essais"
    )
    assert "Trop d’essais" in text_of(answers[4])
    assert "Trop d’essais" in text_of(right)
    assert states() == [EnrolmentState.PENDING_AGREEMENT] * 2
    agreement.refresh_from_db()
    assert agreement.code_tries == 5


@pytest.mark.parametrize("code", ["", "12345", "1234567", "abcdef", "١٢٣٤٥٦", "1" * 10_000, "\x00"])
def test_what_is_no_code_costs_no_try(client, agreement, code):
    page, _ = accept(client, agreement)

    answer = post(client, page, CodeForm, code=code)

    agreement.refresh_from_db()
    assert answer.status_code == 200
    assert agreement.code_tries == 0


def test_a_code_is_too_old_after_fifteen_minutes(client, agreement, time_machine):
    now = timezone.now()
    time_machine.move_to(now, tick=False)
    page, code = accept(client, agreement)
    time_machine.move_to(now + timedelta(minutes=15), tick=False)

    answer = post(client, page, CodeForm, code=code)

    assert "plus de quinze minutes" in text_of(answer)
    assert states() == [EnrolmentState.PENDING_AGREEMENT] * 2


def test_a_double_click_signs_once_and_gets_twice_the_same_answer(client, agreement):
    page, code = accept(client, agreement)
    token = CodeForm(now=timezone.now() - timedelta(seconds=30)).new_token()

    answers = [client.post(page, {"form_token": token, "code": code}) for _ in range(2)]

    assert [answer["Location"] for answer in answers] == [
        f"/formation/convention/{agreement.public_id}/?signe"
    ] * 2
    assert IssuedDocument.objects.count() == 2
    assert OutgoingMessage.objects.filter(kind="formation_agreement_signed").count() == 1


def test_a_second_tab_is_led_to_what_is_signed(client, agreement):
    page, code = accept(client, agreement)
    post(client, page, CodeForm, code=code)

    answer = post(client, page, CodeForm, code=code)
    accepted_again = post(
        client, reverse("formation_agreement", args=[agreement.public_id]), AcceptForm, **ACCEPTED
    )

    assert answer["Location"] == f"/formation/convention/{agreement.public_id}/"
    assert "La convention est signée." in text_of(accepted_again)
    assert IssuedDocument.objects.count() == 2


def test_the_page_of_the_code_leads_back_when_no_code_is_awaited(client, agreement):
    page = opened(client, agreement)

    answer = client.get(f"{page}code/")

    assert (answer.status_code, answer["Location"]) == (303, page)


def test_the_link_of_a_signed_agreement_still_gives_the_copy(agreement):
    agreement.typed_name = "Martine Aubert"
    agreement.save(update_fields=["typed_name"])
    signatures.sign(agreement, now=timezone.now())

    client = SiteClient()

    assert "La convention est signée." in text_of(client.get(opened(client, agreement)))


# -- From the page that follows the request -----------------------------------------------------


def test_the_buyer_finds_the_document_on_the_page_of_the_request(client, agreement):
    page = client.get(path_of(links.request_url(agreement.request)))["Location"]
    url = reverse("formation_follow_agreement", args=[agreement.request.public_id])

    before = text_of(client.get(page))
    signatures.sign(agreement, now=timezone.now())
    after = client.get(page)

    assert "avec le lien pour la signer" in before
    assert "Lire l’exemplaire signé (PDF)" in after.text
    content = b"".join(client.get(url).streaming_content)
    assert "version 2" in pdf_text(content)


def test_the_contact_who_signs_goes_from_the_request_to_the_signature(client, agreement):
    page = client.get(path_of(links.request_url(agreement.request)))["Location"]
    url = reverse("formation_follow_sign", args=[agreement.request.public_id])

    assert "Lire et signer" in client.get(page).text
    answer = client.get(url)
    assert answer.status_code == 303
    assert "Recevoir le code" in client.get(answer["Location"]).text


def test_a_contact_does_not_sign_for_the_signatory_and_nobody_without_the_link(client, agreement):
    Agreement.objects.update(signatory_email="direction@ailleurs.test")
    url = reverse("formation_follow_sign", args=[agreement.request.public_id])

    assert client.get(url).status_code == 403
    page = client.get(path_of(links.request_url(agreement.request)))["Location"]
    assert "Lire et signer" not in client.get(page).text
    assert client.get(url).status_code == 404


def test_what_is_signed_is_not_offered_for_signature_nor_shown_twice(client, agreement):
    signatures.sign(agreement, now=timezone.now())
    url = reverse("formation_follow_sign", args=[agreement.request.public_id])
    page = client.get(path_of(links.request_url(agreement.request)))["Location"]

    text = client.get(page).text
    assert "Lire et signer" not in text
    assert text.count("(PDF)") == 1
    assert client.get(url).status_code == 404


def test_a_trainee_of_an_employer_sees_neither_agreement_nor_price(client, agreement):
    trainee = agreement.request.enrolments.order_by("pk")[0]
    page = client.get(path_of(links.enrolment_url(trainee)))["Location"]

    text = text_of(client.get(page))

    assert agreement.document.number not in text
    url = reverse("formation_follow_agreement", args=[agreement.request.public_id])
    assert client.get(url).status_code == 403


def test_a_request_without_agreement_has_no_document(client, agreement):
    page = client.get(path_of(links.request_url(agreement.request)))["Location"]
    AGREEMENT_LIFECYCLE.apply(agreement, "revoke", by=STAFF, now=timezone.now(), reason="Motif.")

    assert client.get(f"{page}convention.pdf").status_code == 404


def test_the_former_page_is_closed_by_a_new_sending(client, agreement):
    page = opened(client, agreement)

    agreements.send(agreement.request, known_firm(), by=STAFF, now=timezone.now())

    assert client.get(page).status_code == 403
    assert Agreement.objects.filter(state=AgreementState.SENT).count() == 1
