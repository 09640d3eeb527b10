"""Who reads a delivered document: by a link, at the desk, and what the check page says of it."""

import re
from datetime import timedelta

from django.conf import settings
from django.urls import reverse

import pytest

from formation import links
from formation.enums import DocumentKind
from formation.models import Enrolment, IssuedDocument, Session
from formation.services import paperwork
from formation.services.issue import issue
from formation.services.stored_files import read
from site_enys.admin import admin_url
from site_enys.links import revoke
from site_enys.models import PrivateFileAccess
from site_enys.states import SYSTEM
from tests.desk import lines_waiting
from tests.factories.formation import group, individual
from tests.factories.paperwork import AFTER, BEFORE, confirmed, session_to_hold, taught
from tests.pdfs import text_of

pytestmark = pytest.mark.django_db

K = DocumentKind


@pytest.fixture(autouse=True)
def _afterwards(time_machine):
    time_machine.move_to(AFTER + timedelta(hours=1))


@pytest.fixture
def session():
    return session_to_hold(capacity=6)


@pytest.fixture
def colleagues(session):
    """Two people of one employer and one alone, each convoked; the programme and a sheet."""
    people = [*confirmed(session, group(1, 2)), *confirmed(session, individual(3))]
    for kind in (K.PROGRAMME, K.CONVOCATION, K.ATTENDANCE_SHEET):
        paperwork.deliver_all(kind, session, by=SYSTEM, now=BEFORE)
    return people


def opened(client, thing):
    url = (
        links.request_url(thing) if not isinstance(thing, Enrolment) else links.enrolment_url(thing)
    )
    return client.get("/" + url.split("/", 3)[3])["Location"]


def convocation_of(enrolment):
    return IssuedDocument.objects.get(kind=K.CONVOCATION, enrolment=enrolment)


def spoil(document):
    path = settings.PRIVATE_ROOT / document.file.name
    path.chmod(0o600)
    path.write_bytes(b"%PDF abime")


def body(response):
    return b"".join(response.streaming_content)


# -- By the link of an e-mail -------------------------------------------------------------------


def test_a_trainee_reads_her_own_documents_and_the_programme(client, colleagues):
    page = opened(client, colleagues[0])

    html = client.get(page).text
    mine = f"{page}documents/{convocation_of(colleagues[0]).pk}/"

    assert mine in html
    assert html.count("/documents/") == 2
    assert "Programme" in html
    assert "Feuille d’émargement" not in html
    assert client.get(mine).status_code == 200


def test_the_contact_of_the_employer_reads_those_of_all_the_people(client, colleagues):
    page = opened(client, colleagues[0].request)

    html = client.get(page).text

    for enrolment in colleagues[:2]:
        address = f"{page}documents/{convocation_of(enrolment).pk}/"
        assert address in html
        assert client.get(address).status_code == 200
    assert html.count("/documents/") == 3


def test_the_file_is_the_one_delivered_and_nobody_keeps_it_on_the_way(client, colleagues):
    document = convocation_of(colleagues[0])
    page = opened(client, colleagues[0])

    response = client.get(f"{page}documents/{document.pk}/")

    assert body(response) == read(document)
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == f'attachment; filename="{document.filename}"'
    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "same-origin"
    assert "sandbox" in response["Content-Security-Policy"]


def test_somebody_elses_link_gives_no_document_of_mine(client, colleagues):
    page = opened(client, colleagues[2])
    mine = convocation_of(colleagues[0])
    sheet = IssuedDocument.objects.filter(kind=K.ATTENDANCE_SHEET).first()

    assert client.get(f"{page}documents/{mine.pk}/").status_code == 404
    assert client.get(f"{page}documents/{sheet.pk}/").status_code == 404
    assert client.get(f"{page}documents/999999/").status_code == 404


def test_a_colleague_reads_only_her_own(client, colleagues):
    page = opened(client, colleagues[1])

    assert client.get(f"{page}documents/{convocation_of(colleagues[0]).pk}/").status_code == 404


def test_the_address_alone_gives_nothing(client, colleagues):
    document = convocation_of(colleagues[0])
    address = reverse(
        "formation_follow_document", args=["inscription", colleagues[0].public_id, document.pk]
    )

    assert client.get(address).status_code == 403
    assert client.post(address).status_code == 405


def test_a_revoked_link_gives_nothing_more(client, colleagues):
    page = opened(client, colleagues[0])
    enrolment = Enrolment.objects.get(pk=colleagues[0].pk)
    revoke(enrolment)

    address = f"{page}documents/{convocation_of(enrolment).pk}/"

    assert client.get(address).status_code == 403


def test_a_document_of_the_request_is_its_buyers_and_not_her_employees(client, colleagues):
    draft = paperwork.PAPERS[K.PROGRAMME].draft(
        colleagues[0].session, paperwork.held(colleagues[0].session)
    )
    agreement = issue(
        type(draft)(K.AGREEMENT, colleagues[0].request, draft.template, draft.data),
        by=SYSTEM,
        now=BEFORE,
    )

    company = opened(client, colleagues[0].request)
    employee = opened(client, colleagues[0])

    assert client.get(f"{company}documents/{agreement.pk}/").status_code == 200
    assert client.get(f"{employee}documents/{agreement.pk}/").status_code == 404


def test_a_revoked_document_is_not_given_any_more(client, colleagues):
    document = convocation_of(colleagues[0])
    page = opened(client, colleagues[0])
    paperwork.withdraw(document, now=BEFORE, reason="Erreur.")

    assert client.get(f"{page}documents/{document.pk}/").status_code == 404
    assert f"documents/{document.pk}/" not in client.get(page).text


def test_a_damaged_file_is_not_given_and_the_page_says_what_to_do(client, colleagues):
    document = convocation_of(colleagues[0])
    page = opened(client, colleagues[0])
    spoil(document)

    response = client.get(f"{page}documents/{document.pk}/", follow=True)

    assert response.redirect_chain == [(f"{page}?indisponible", 303)]
    assert "Ce document ne peut pas être remis pour l’instant" in response.text


def test_the_page_costs_the_same_with_two_people_and_with_six(client, session, count_queries):
    few = confirmed(session, group(1))
    many = confirmed(session, group(2, 3, 4, 5))
    paperwork.deliver_all(K.CONVOCATION, session, by=SYSTEM, now=BEFORE)
    small, large = (opened(client, people[0].request) for people in (few, many))
    client.get(small)

    assert count_queries(lambda: client.get(small)) >= count_queries(lambda: client.get(large)) - 1


# -- The desk -----------------------------------------------------------------------------------


def address_of(session):
    return reverse("formation_session_documents", args=[session.pk])


def screens(session, document):
    return [
        address_of(session),
        reverse("formation_issued_file", args=[document.pk]),
        reverse("formation_issue_again", args=[document.pk]),
        reverse("formation_withdraw_document", args=[document.pk]),
        reverse("formation_project", args=[session.pk, K.PROGRAMME, f"session:{session.pk}"]),
        admin_url(IssuedDocument, "list"),
        admin_url(IssuedDocument, "inspect", document.pk),
    ]


@pytest.mark.parametrize("role", ["formation", "direction"])
def test_the_training_team_opens_every_screen_and_reading_changes_nothing(
    log_in, session, colleagues, role
):
    client = log_in(role)
    before = list(IssuedDocument.objects.order_by("pk").values())

    for url in screens(session, convocation_of(colleagues[0])):
        assert client.get(url).status_code == 200, url
    assert list(IssuedDocument.objects.order_by("pk").values()) == before


@pytest.mark.parametrize("role", ["redaction", "recrutement"])
def test_the_other_roles_open_none(log_in, session, colleagues, role):
    client = log_in(role)

    for url in screens(session, convocation_of(colleagues[0])):
        response = client.get(url)
        assert response.status_code in {302, 403}, url
        assert "Moreau" not in response.text
    assert client.post(address_of(session), {"nature": "programme"}).status_code in {302, 403}


def test_each_person_has_a_line_with_what_is_delivered_or_missing(log_in, session):
    confirmed(session, group(1, 2))
    client = log_in("formation")
    client.post(address_of(session), {"nature": "programme"})
    Session.objects.filter(pk=session.pk).update(venue=None, delivery_mode="online")

    html = re.sub(r"\s+", " ", client.get(address_of(session)).text)

    assert "PROG-" in html
    assert "Il manque" in html
    assert "l’outil et l’équipement à distance" in html.replace("&#x27;", "’")
    assert "Personne n’a encore suivi cette session" in html


def test_everybody_is_delivered_at_once_and_a_second_click_delivers_nothing_more(log_in, session):
    confirmed(session, group(1, 2))
    client = log_in("formation")

    first = client.post(address_of(session), {"nature": "convocation"}, follow=True)
    second = client.post(address_of(session), {"nature": "convocation"}, follow=True)

    assert "2\u00a0documents délivrés" in first.text
    assert "0\u00a0document délivré" in second.text
    assert IssuedDocument.objects.count() == 2
    assert {document.issued_by for document in IssuedDocument.objects.all()} == {client.user}


def test_one_person_is_delivered_alone(log_in, session):
    people = confirmed(session, group(1, 2))
    client = log_in("formation")

    data = {"nature": "convocation", "qui": f"enrolment:{people[1].pk}"}
    client.post(address_of(session), data)

    assert IssuedDocument.objects.get().enrolment == people[1]


def test_what_is_missing_is_said_for_each_person(log_in, session):
    people = taught(session, group(1, 2), assessment="")
    client = log_in("formation")

    response = client.post(address_of(session), {"nature": "attestation"}, follow=True)

    for enrolment in people:
        assert f"{enrolment.full_name}\u00a0: Il manque" in response.text
    assert not IssuedDocument.objects.exists()


@pytest.mark.parametrize(
    "data",
    [
        {"nature": "agreement"},
        {"nature": "n'importe"},
        {},
        {"nature": "convocation", "qui": "enrolment:999999"},
        {"nature": "convocation", "qui": "\x00"},
        {"nature": "convocation", "qui": "🙂" * 5000},
    ],
)
def test_a_word_that_is_not_offered_changes_nothing(log_in, session, data):
    confirmed(session)

    assert log_in("formation").post(address_of(session), data).status_code == 404
    assert not IssuedDocument.objects.exists()


def test_documents_of_a_whole_session_are_exported_with_those_of_people(log_in, colleagues):
    response = log_in("formation").get(admin_url(IssuedDocument, "list"), {"export": "csv"})

    lines = body(response).decode().splitlines()
    assert len(lines) == 1 + IssuedDocument.objects.count()
    assert IssuedDocument.objects.filter(enrolment=None).exists()


def test_somebody_of_another_session_is_not_delivered_from_here(log_in, session):
    other = session_to_hold(first=BEFORE + timedelta(days=100))
    [stranger] = confirmed(other, individual(9))
    data = {"nature": "convocation", "qui": f"enrolment:{stranger.pk}"}

    assert log_in("formation").post(address_of(session), data).status_code == 404


@pytest.mark.parametrize("word", ["formation_issue_again", "formation_withdraw_document"])
def test_a_reason_is_wanted_and_its_absence_is_said_beside_the_field(
    log_in, session, colleagues, word
):
    document = convocation_of(colleagues[0])

    response = log_in("formation").post(reverse(word, args=[document.pk]), {"reason": "  "})

    document.refresh_from_db()
    assert "Écrivez pourquoi\u00a0: le motif manque." in response.text
    assert document.is_in_force


def test_a_new_version_with_a_reason_replaces_the_one_in_force(log_in, session, colleagues):
    document = convocation_of(colleagues[0])
    client = log_in("formation")
    url = reverse("formation_issue_again", args=[document.pk])

    response = client.post(url, {"reason": "Nom corrigé."}, follow=True)
    again = client.post(url, {"reason": "Nom corrigé."})

    assert "version 2, est délivré" in response.text
    assert response.redirect_chain == [(address_of(session), 302)]
    assert "n’est plus en vigueur" in again.text
    assert IssuedDocument.objects.filter(enrolment=colleagues[0]).count() == 2


def test_a_document_is_revoked_with_its_reason(log_in, session, colleagues):
    document = convocation_of(colleagues[0])

    log_in("formation").post(
        reverse("formation_withdraw_document", args=[document.pk]), {"reason": "Erreur."}
    )

    document.refresh_from_db()
    assert (document.is_in_force, document.revoked_reason) == (False, "Erreur.")


def test_a_download_is_noted_without_the_name(log_in, session, colleagues):
    document = convocation_of(colleagues[0])
    client = log_in("formation")

    response = client.get(reverse("formation_issued_file", args=[document.pk]))

    assert body(response) == read(document)
    noted = PrivateFileAccess.objects.get()
    assert (noted.user, noted.subject) == (client.user, f"Convocation {document.number}")


def test_a_damaged_file_is_said_to_staff_and_not_served(log_in, session, colleagues):
    document = convocation_of(colleagues[0])
    spoil(document)

    response = log_in("formation").get(
        reverse("formation_issued_file", args=[document.pk]), follow=True
    )

    assert "est abîmé ou absent" in response.text
    assert not PrivateFileAccess.objects.exists()


def test_a_project_is_read_and_kept_nowhere(log_in, session):
    [enrolment] = confirmed(session)
    subject = f"enrolment:{enrolment.pk}"

    response = log_in("formation").get(
        reverse("formation_project", args=[session.pk, K.CONVOCATION, subject])
    )

    assert "Projet" in text_of(response.content)
    assert "no-store" in response["Cache-Control"]
    assert not IssuedDocument.objects.exists()


def test_a_project_that_lacks_something_says_what(log_in, session):
    [enrolment] = taught(session, assessment="")
    subject = f"enrolment:{enrolment.pk}"

    response = log_in("formation").get(
        reverse("formation_project", args=[session.pk, K.ATTESTATION, subject]), follow=True
    )

    assert "le résultat de l’évaluation des acquis" in response.text


@pytest.mark.parametrize("subject", ["enrolment:0", "session:x", "..", "%00"])
def test_a_project_of_nobody_does_not_exist(log_in, session, subject):
    address = f"{address_of(session)}convocation/{subject}.pdf"

    assert log_in("formation").get(address).status_code == 404


def test_the_list_is_filtered_searched_and_never_edited(log_in, session, colleagues):
    client = log_in("formation")
    paperwork.withdraw(convocation_of(colleagues[0]), now=BEFORE, reason="Erreur.")
    url = admin_url(IssuedDocument, "list")

    def listed(query):
        return sorted(re.findall(r"inspect/(\d+)/", client.get(url + query).text))

    def keys(**wanted):
        return sorted(
            {str(pk) for pk in IssuedDocument.objects.filter(**wanted).values_list("pk", flat=True)}
        )

    assert sorted(set(listed("?kind=programme"))) == keys(kind="programme")
    assert sorted(set(listed("?state=annule"))) == keys(revoked_at__isnull=False)
    assert sorted(set(listed(f"?session={session.pk}&state=en-vigueur"))) == keys(revoked_at=None)
    assert sorted(set(listed("?q=moreau"))) == keys(enrolment__isnull=False)
    code = convocation_of(colleagues[1]).check_code
    assert sorted(set(listed(f"?q={code}"))) == keys(enrolment=colleagues[1])
    for view in ("add", "edit", "delete"):
        assert f"/{view}/" not in client.get(url).text


def test_the_screen_costs_the_same_with_two_people_and_with_thirty(log_in, count_queries):
    client = log_in("formation")
    small, large = (
        session_to_hold(),
        session_to_hold(first=BEFORE + timedelta(days=90), capacity=30),
    )
    taught(small, group(1, 2))
    taught(large, group(*range(30)))
    for session in (small, large):
        paperwork.deliver_all(K.CERTIFICATE, session, by=SYSTEM, now=AFTER)
    client.get(address_of(small))

    few = count_queries(lambda: client.get(address_of(small)))

    assert count_queries(lambda: client.get(address_of(large))) == few <= 40


def test_the_screen_of_the_session_leads_to_its_documents(log_in, session):
    html = log_in("formation").get(admin_url(Session, "inspect", session.pk)).text

    assert address_of(session) in html


def test_the_desk_says_who_waits_for_a_document(log_in, session, rf):
    taught(session, assessment="")
    client = log_in("formation")
    request = rf.get("/")
    request.user = client.user

    lines = lines_waiting(request, AFTER + timedelta(days=1))

    [line] = [line for line in lines if "document" in line.sentence]
    assert line.sentence == "1\u00a0personne attend un document auquel il manque quelque chose"
    assert line.url == address_of(session)


# -- The check ----------------------------------------------------------------------------------


def test_the_check_says_what_is_needed_and_nothing_more(client, colleagues):
    document = convocation_of(colleagues[0])

    page = client.get(reverse("formation_check", args=[document.check_code]))

    for said in ("Convocation", document.number, "A. M.", document.sha256):
        assert said in page.text
    for hidden in ("Moreau", "Deux Rives", "exemple.test", colleagues[0].request.reference):
        assert hidden not in page.text
    assert "no-store" in page["Cache-Control"]
    assert page.text.count("<h1") == 1


def test_every_page_leads_to_the_check(client):
    assert f'href="{reverse("formation_check_find")}"' in client.get("/").text


def test_the_code_of_the_page_is_the_one_of_the_document(colleagues):
    document = convocation_of(colleagues[0])

    printed = text_of(read(document))

    assert reverse("formation_check", args=[document.check_code]) in printed
    # On each page, and not at the end alone.
    assert printed.count(f"{document.number}, code") == printed.count("/ 2")


def test_a_person_who_no_longer_exists_takes_her_documents_with_her(colleagues):
    document = convocation_of(colleagues[0])

    Enrolment.objects.get(pk=colleagues[0].pk).delete()

    assert not IssuedDocument.objects.filter(pk=document.pk).exists()
