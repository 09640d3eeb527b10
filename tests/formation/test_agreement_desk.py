"""The screens of the team about quotes, agreements and contracts: who, what, what is refused."""

from datetime import timedelta

from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

import pytest

from courrier.models import OutgoingMessage
from formation.enums import AgreementState, DocumentKind, EnrolmentState
from formation.models import Agreement, Enrolment, EnrolmentRequest, IssuedDocument
from formation.services import signatures
from formation.services.enrolment import enrol
from formation.services.issue import in_force
from formation.services.lifecycle import ENROLMENT_LIFECYCLE
from site_enys.admin import admin_url
from site_enys.models import PrivateFileAccess
from site_enys.states import PERSON, Actor, Role
from site_enys.templatetags.typography import euros
from tests.desk import lines_waiting
from tests.factories.formation import (
    SessionFactory,
    accepted,
    agreement_to_sign,
    group,
    individual,
    known_firm,
)
from tests.factories.people import UserFactory
from tests.pdfs import accessibility_faults, one_page, text_of

pytestmark = pytest.mark.django_db

STAFF = Actor(Role.STAFF)
SIGNATORY = {"name": "Martine Aubert", "email": "direction@deux-rives.test"}
PDF = one_page()


@pytest.fixture
def demand():
    known_firm()
    return accepted(group(1, 2), timezone.now(), SessionFactory(capacity=3))


@pytest.fixture
def agreement():
    return agreement_to_sign(group(1, 2), timezone.now(), SessionFactory(capacity=3))


@pytest.fixture
def staff(log_in):
    return log_in("formation")


def of_request(word, demand):
    return reverse(f"formation_request_{word}", args=[demand.pk])


def of_agreement(word, agreement):
    return reverse(f"formation_agreement_{word}", args=[agreement.pk])


def file_of(agreement, what):
    return reverse("formation_agreement_file", args=[agreement.pk, what])


def html(response):
    assert response.status_code == 200
    return response.content.decode().replace("&nbsp;", "\u00a0")


def said(client, response):
    assert response.status_code == 302
    return html(client.get(response["Location"]))


def scan(content=PDF):
    return SimpleUploadedFile("scan.pdf", content)


def read(response):
    return b"".join(response.streaming_content)


# -- Who ----------------------------------------------------------------------------------------


def every_address(agreement):
    demand = agreement.request
    return [
        *(of_request(word, demand) for word in ("devis", "convention")),
        *(of_request(f"{word}_project", demand) for word in ("devis", "convention")),
        *(of_agreement(word, agreement) for word in ("renvoyer", "papier")),
        file_of(agreement, "document"),
        reverse("formation_agreements_to_send"),
        admin_url(Agreement, "list"),
        admin_url(Agreement, "inspect", agreement.pk),
        admin_url(Agreement, "transition", agreement.pk, "revoke"),
        admin_url(EnrolmentRequest, "inspect", demand.pk),
    ]


@pytest.mark.parametrize("role", ["formation", "direction"])
def test_the_training_team_and_the_direction_open_every_screen(log_in, agreement, role):
    client = log_in(role)

    for url in every_address(agreement):
        response = client.get(url)
        assert response.status_code == 200, url
        if response.streaming:
            read(response)


@pytest.mark.parametrize("role", ["redaction", "recrutement"])
def test_the_other_roles_open_none(log_in, agreement, role):
    client = log_in(role)

    for url in every_address(agreement):
        assert client.get(url).status_code in {302, 404}, url
        assert client.post(url, SIGNATORY).status_code in {302, 404, 405}, url
    assert Agreement.objects.count() == 1
    assert not PrivateFileAccess.objects.exists()


def test_who_may_only_read_sends_and_changes_nothing(client, agreement):
    user = UserFactory()
    names = ["access_admin", "view_agreement", "view_enrolmentrequest", "view_enrolment"]
    user.user_permissions.set(Permission.objects.filter(codename__in=names))
    client.force_login(user)

    page = html(client.get(admin_url(EnrolmentRequest, "inspect", agreement.request_id)))
    posted = [
        client.post(url, SIGNATORY | {"reason": "Motif."}).status_code
        for url in every_address(agreement)[:6]
    ]

    assert agreement.document.number in page
    assert "Préparer" not in page
    assert "Joindre un exemplaire" not in page
    assert set(posted) <= {302, 405}
    assert Agreement.objects.get().state == AgreementState.SENT


# -- Sending ------------------------------------------------------------------------------------


def test_the_screen_shows_what_will_leave_then_sends_it(staff, demand):
    url = of_request("convention", demand)

    shown = html(staff.get(url))
    preview = html(staff.post(url, SIGNATORY | {"preview": "1"}))
    nothing_yet = Agreement.objects.count()
    done = said(staff, staff.post(url, SIGNATORY))

    assert "Aïcha Moreau 1, Aïcha Moreau 2" in shown
    assert "1\u202f152\u00a0€" in shown
    assert "Un courriel partira" in preview
    assert nothing_yet == 0
    assert "part à direction@deux-rives.test" in done
    assert "à signer, envoyé à Martine Aubert" in done
    assert Agreement.objects.get().signatory_name == "Martine Aubert"


def test_what_is_missing_is_said_instead_of_the_form(staff):
    demand = accepted(group(1), timezone.now())

    for word in ("devis", "convention"):
        page = html(staff.get(of_request(word, demand)))
        posted = html(staff.post(of_request(word, demand), SIGNATORY))
        for shown in (page, posted):
            assert "le numéro de déclaration d’activité (Réglages, Identité du cabinet)" in shown
            assert "Signataire" not in shown
    assert not IssuedDocument.objects.exists()


def test_people_who_are_not_accepted_are_named(staff):
    known_firm()
    demand = enrol(SessionFactory(), group(1, 2), timezone.now())

    page = html(staff.get(of_request("convention", demand)))

    assert "Acceptez d’abord la demande pour Aïcha Moreau 1 et Aïcha Moreau 2" in page


@pytest.mark.parametrize(
    "answers",
    [
        {"name": "", "email": "x@exemple.test"},
        {"name": "Léa", "email": "pas une adresse"},
        {"name": "a\u202eb", "email": "x@exemple.test"},
        {"name": "N" * 10_000, "email": "x@exemple.test"},
        {"name": "a\x00", "email": "x@exemple.test"},
    ],
)
def test_bad_input_is_said_and_nothing_is_sent(staff, demand, answers):
    page = html(staff.post(of_request("convention", demand), answers))

    assert "error-message" in page
    assert not Agreement.objects.exists()


def test_a_contract_too_near_the_session_wants_a_reason(staff):
    known_firm()
    session = SessionFactory(first=timezone.now() + timedelta(days=40))
    demand = accepted(individual(1), timezone.now(), session)
    slots = list(session.slots.all())
    for slot in slots:
        slot.starts_at -= timedelta(days=30)
        slot.ends_at -= timedelta(days=30)
    session.slots = slots
    session.save()
    url = of_request("convention", demand)

    shown, refused = html(staff.get(url)), html(staff.post(url, {}))
    staff.post(url, {"reason": "Vu avec elle."})

    assert "passer outre en écrivant le motif" in shown
    assert "le motif manque" in refused
    assert Agreement.objects.get().events.get().forced


@pytest.mark.parametrize("word", ["devis", "convention"])
def test_the_project_is_read_and_kept_nowhere(staff, demand, word):
    answer = staff.get(of_request(f"{word}_project", demand))

    assert answer["Content-Type"] == "application/pdf"
    assert "no-store" in answer["Cache-Control"]
    assert accessibility_faults(answer.content) == []
    assert "PROJET" in text_of(answer.content)
    assert not IssuedDocument.objects.exists()


def test_a_project_that_cannot_be_drawn_leads_to_what_is_missing(staff):
    demand = accepted(group(1), timezone.now())

    answer = staff.get(of_request("convention_project", demand))

    assert answer["Location"] == of_request("convention", demand)


def test_a_quote_leaves_with_its_file_and_is_downloaded_with_a_trace(staff, demand):
    url = of_request("devis", demand)

    preview = html(staff.post(url, {"preview": "1"}))
    page = said(staff, staff.post(url, {}))

    quote = in_force(DocumentKind.QUOTE, demand)
    assert "Un courriel partira" in preview
    assert (quote.version, OutgoingMessage.objects.filter(kind="formation_quote").count()) == (1, 1)
    assert quote.number in page
    address = reverse("formation_quote_file", args=[demand.pk])
    assert address in page
    assert read(staff.get(address)).startswith(b"%PDF")
    assert PrivateFileAccess.objects.get().subject == f"{quote.number}, version 1"


def test_a_person_alone_has_no_quote_screen(staff):
    known_firm()
    demand = accepted(individual(1), timezone.now())

    assert "Un devis s’adresse à une entreprise" in html(staff.get(of_request("devis", demand)))
    assert "Préparer un devis" not in html(
        staff.get(admin_url(EnrolmentRequest, "inspect", demand.pk))
    )
    assert staff.get(reverse("formation_quote_file", args=[demand.pk])).status_code == 404


# -- After the sending --------------------------------------------------------------------------


def test_the_screen_of_the_request_says_that_the_document_no_longer_fits(staff, agreement):
    leaving = agreement.request.enrolments.order_by("pk")[0]
    url = admin_url(EnrolmentRequest, "inspect", agreement.request_id)
    before = html(staff.get(url))

    ENROLMENT_LIFECYCLE.apply(leaving, "withdraw", by=PERSON, now=timezone.now())
    after = html(staff.get(url))

    assert "ne correspond plus" not in before
    assert "Ont changé\u00a0: les personnes, le prix." in after
    assert "En envoyer une nouvelle" in after


def test_the_same_link_is_sent_again(staff, agreement):
    staff.post(of_agreement("renvoyer", agreement), {})

    kinds = OutgoingMessage.objects.filter(to=agreement.signatory_email)
    assert kinds.filter(kind="formation_agreement").count() == 2
    assert agreement.events.get(transition="send_again").user == staff.user


def test_the_team_revokes_by_the_button_of_the_table(staff, agreement):
    url = admin_url(Agreement, "transition", agreement.pk, "revoke")

    shown = html(staff.get(url))
    without = html(staff.post(url, {}))
    staff.post(url, {"reason": "Erreur de prix."})

    assert "Un courriel partira" in shown
    assert "le motif manque" in without
    agreement.refresh_from_db()
    assert agreement.state == AgreementState.REVOKED
    for word in ("renvoyer", "papier"):
        assert "n’est plus à signer" in html(staff.get(of_agreement(word, agreement)))


def test_signing_has_no_generic_button(staff, agreement):
    answers = [
        staff.post(admin_url(Agreement, "transition", agreement.pk, name), {"reason": "Motif."})
        for name in ("sign", "sign_on_paper", "replace", "lapse")
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404, 200]
    assert "Cette action ne vous est pas ouverte" in html(answers[3])
    agreement.refresh_from_db()
    assert agreement.state == AgreementState.SENT


def test_a_scan_is_attached_with_its_day_and_downloaded_with_a_trace(staff, agreement):
    today = timezone.localdate()

    page = said(
        staff,
        staff.post(of_agreement("papier", agreement), {"signed_on": today, "scan": scan()}),
    )

    agreement.refresh_from_db()
    answer = staff.get(file_of(agreement, "exemplaire-papier"))
    assert "est enregistrée" in page
    assert "exemplaire papier" in page
    assert agreement.state == AgreementState.SIGNED
    states = set(Enrolment.objects.values_list("state", flat=True))
    assert states == {EnrolmentState.CONFIRMED}
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment;")
    assert read(answer) == PDF
    assert PrivateFileAccess.objects.get().subject.endswith("exemplaire papier")


@pytest.mark.parametrize(
    ("answers", "error"),
    [
        ({}, "Choisissez un fichier"),
        ({"scan": b"<html>"}, "ni un PDF, ni une image"),
        ({"scan": b""}, "vide"),
        ({"scan": PDF, "signed_on": "2001-01-01"}, "entre l’envoi du document et aujourd’hui"),
        ({"scan": PDF, "signed_on": "demain"}, "date"),
        ({"scan": PDF, "signed_on": "2999-01-01"}, "entre l’envoi"),
    ],
)
def test_what_is_no_signature_is_refused_beside_its_field(staff, agreement, answers, error):
    values = {"signed_on": timezone.localdate()} | answers
    if "scan" in answers:
        values["scan"] = scan(answers["scan"])

    page = html(staff.post(of_agreement("papier", agreement), values))

    assert error in page
    agreement.refresh_from_db()
    assert (agreement.state, agreement.scan.name) == (AgreementState.SENT, "")


def test_the_amount_is_in_euros(staff, agreement):
    page = html(staff.get(admin_url(Agreement, "inspect", agreement.pk)))

    assert euros(agreement.amount) in page


def test_the_evidence_is_shown_and_each_file_is_served_with_a_trace(staff, agreement):
    now = timezone.now()
    signatures.accept(agreement, "Martine Aubert", now, now=now)
    signatures.sign(agreement, now=now)

    page = html(staff.get(admin_url(Agreement, "inspect", agreement.pk)))
    copy = read(staff.get(file_of(agreement, "exemplaire-signe")))
    read(staff.get(file_of(agreement, "document")))

    assert "Preuve de la signature" in page
    assert agreement.document.sha256 in page
    assert "code à usage unique" in page
    assert "Lu et accepté par Martine Aubert" in text_of(copy)
    number = agreement.document.number
    assert list(PrivateFileAccess.objects.order_by("pk").values_list("subject", flat=True)) == [
        f"{number}, version 2",
        f"{number}, version 1",
    ]
    assert staff.get(file_of(agreement, "exemplaire-papier")).status_code == 404
    assert staff.get(file_of(agreement, "autre-chose")).status_code == 404


# -- Lists --------------------------------------------------------------------------------------


def test_what_is_to_send_stands_on_the_desk_and_in_its_list(staff, demand, rf):
    request = rf.get("/admin/")
    request.user = staff.user
    now = timezone.now()

    desk = [line.sentence for line in lines_waiting(request, now)]
    listed = html(staff.get(reverse("formation_agreements_to_send")))
    staff.post(of_request("convention", demand), SIGNATORY)
    later = [line.sentence for line in lines_waiting(request, now + timedelta(days=8))]

    assert "1\u00a0convention ou contrat à envoyer" in desk
    assert demand.reference in listed
    assert "1\u00a0convention ou contrat sans signature depuis plus de sept jours" in later
    assert "Tout est envoyé." in html(staff.get(reverse("formation_agreements_to_send")))


@pytest.mark.parametrize(
    "query", ["?state=sent", "?q=rives", "?document__kind=agreement", "?q=CONV"]
)
def test_the_list_is_filtered_and_searched(staff, agreement, query):
    other = agreement_to_sign(individual(9), timezone.now())
    signatures.sign(other, now=timezone.now())

    page = html(staff.get(admin_url(Agreement, "list") + query))

    assert agreement.document.number in page
    assert other.document.number not in page


def test_the_list_is_exported_with_its_amounts(staff, agreement):
    answer = staff.get(admin_url(Agreement, "list") + "?export=csv")

    text = b"".join(answer.streaming_content).decode()
    assert agreement.document.number in text
    assert "960" in text


def test_the_list_keeps_its_number_of_queries(staff, count_queries):
    session = SessionFactory(capacity=40)
    url = admin_url(Agreement, "list")
    agreement_to_sign(group(1), timezone.now(), session)
    staff.get(url)
    few = count_queries(lambda: staff.get(url))
    first = Agreement.objects.get()

    for number in range(2, 31):
        copy_of(first, number)

    assert count_queries(lambda: staff.get(url)) == few


def copy_of(agreement, number):
    """Another agreement like this one, without drawing its document."""
    demand, document = agreement.request, agreement.document
    request = EnrolmentRequest.objects.create(
        reference=f"F-9999-{number:04}",
        session=demand.session,
        buyer_type=demand.buyer_type,
        organisation=f"Organisme {number}",
        contact_name="Martine Aubert",
        contact_email="direction@deux-rives.test",
        answered_state=demand.answered_state,
        created_at=demand.created_at,
    )
    paper = IssuedDocument.objects.create(
        kind=document.kind,
        number=f"CONV-9999-{number:04}",
        subject=f"request:{request.pk}",
        session=demand.session,
        request=request,
        data=document.data,
        issued_at=document.issued_at,
    )
    return Agreement.objects.create(
        request=request,
        document=paper,
        signatory_name="Martine Aubert",
        signatory_email="direction@deux-rives.test",
        amount=agreement.amount,
        state=AgreementState.SENT,
        state_changed_at=agreement.sent_at,
        sent_at=agreement.sent_at,
    )
