"""The desk: who may do what, at which address."""

import io

from django.contrib.auth.models import Permission
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

import openpyxl
import pytest

from recrutement.desk.todo import closing_soon, overdue, quarantined, to_read
from recrutement.models import Application, ApplicationEvent
from site_enys.models import PrivateFileAccess
from site_enys.private_storage import private_storage
from tests.desk import lines_waiting
from tests.factories.recrutement import (
    ApplicationFactory,
    DocumentFactory,
    OfferFactory,
    in_days,
)
from tests.recrutement import pdfs

pytestmark = pytest.mark.django_db

LIST = "/admin/snippets/recrutement/application/"
ALLOWED, FORBIDDEN = ("direction", "recrutement"), ("redaction", "formation")
EVERY_ROLE = (*ALLOWED, *FORBIDDEN)
NAMESPACE = "wagtailsnippets_recrutement_application"


def address(name: str, *args: object) -> str:
    return reverse(f"{NAMESPACE}:{name}", args=args)


def download_address(document) -> str:
    return reverse("recrutement_document", args=[document.pk])


def is_refused(response) -> bool:
    """Wagtail sends people without the permission home, anonymous ones to the sign-in page."""
    return response.status_code in {302, 403, 404} and b"Garnier" not in response.content


@pytest.mark.parametrize("role", EVERY_ROLE)
def test_who_sees_the_list_an_application_and_the_spreadsheet(log_in, role):
    application = DocumentFactory().application
    client = log_in(role)

    for url in (
        address("list"),
        address("list_results"),
        address("inspect", application.pk),
        f"{address('list')}?export=xlsx",
    ):
        response = client.get(url)
        if role in ALLOWED:
            assert response.status_code == 200
        else:
            assert is_refused(response)


def test_a_visitor_sees_nothing(client):
    document = DocumentFactory()

    for url in (
        address("list"),
        address("inspect", document.application.pk),
        address("transition", document.application.pk, "reject"),
        download_address(document),
    ):
        response = client.get(url)
        assert response.status_code == 302
        assert "/admin/login/" in response.url


@pytest.mark.parametrize("role", EVERY_ROLE)
def test_who_reads_a_cv_and_each_reading_is_noted(log_in, role):
    document = DocumentFactory(application__reference="C-2026-0042")
    client = log_in(role)

    response = client.get(download_address(document))

    access = PrivateFileAccess.objects.get()
    assert (access.user, access.subject) == (client.user, "CV C-2026-0042")
    assert access.refused == (role in FORBIDDEN)
    if role in FORBIDDEN:
        assert is_refused(response)
        return
    assert b"".join(response.streaming_content) == pdfs.pdf()
    assert response.headers["Content-Type"] == "application/pdf"
    assert 'attachment; filename="CV-C-2026-0042.pdf"' in response.headers["Content-Disposition"]
    assert "no-store" in response.headers["Cache-Control"]
    assert "private" in response.headers["Cache-Control"]
    assert "sandbox" in response.headers["Content-Security-Policy"]


def test_seeing_applications_is_not_reading_their_files(log_in):
    document = DocumentFactory()
    client = log_in("redaction")
    client.user.user_permissions.add(Permission.objects.get(codename="view_application"))

    assert is_refused(client.get(download_address(document)))
    page = client.get(address("inspect", document.application.pk))
    assert page.status_code == 200
    assert download_address(document) not in page.content.decode()


def test_reading_files_is_not_enough_without_seeing_applications(log_in):
    document = DocumentFactory()
    client = log_in("redaction")
    client.user.user_permissions.add(Permission.objects.get(codename="view_applicationdocument"))

    assert client.get(download_address(document)).status_code == 404
    assert PrivateFileAccess.objects.get().refused


def test_a_file_that_does_not_exist_or_is_gone_is_not_found(log_in):
    document = DocumentFactory()
    client = log_in("recrutement")
    private_storage().delete(document.file.name)

    assert client.get(download_address(document)).status_code == 404
    assert client.get("/admin/recrutement/pieces/999999/").status_code == 404
    assert client.post(download_address(document)).status_code == 405


@pytest.mark.parametrize("role", EVERY_ROLE)
def test_who_changes_the_state(log_in, role):
    application = ApplicationFactory()
    client = log_in(role)
    url = address("transition", application.pk, "withdraw")

    page = client.get(url)
    sent = client.post(url, {"reason": "Autre profil."})

    application.refresh_from_db()
    if role in ALLOWED:
        assert page.status_code == 200
        assert sent.url == address("inspect", application.pk)
        assert application.state == "withdrawn"
        event = ApplicationEvent.objects.get()
        assert (event.user, event.reason) == (client.user, "Autre profil.")
    else:
        assert is_refused(page)
        assert is_refused(sent)
        assert application.state == "received"


def test_a_transition_without_its_reason_is_refused_on_the_screen(log_in):
    application = ApplicationFactory(state="rejected")

    response = log_in("recrutement").post(address("transition", application.pk, "reopen"))

    assert "Écrivez pourquoi\u00a0: le motif manque." in response.content.decode()


def test_only_the_transitions_that_work_are_shown(log_in):
    application = ApplicationFactory(state="offered")

    text = log_in("recrutement").get(address("inspect", application.pk)).content.decode()

    for name in ("hire", "withdraw"):
        assert address("transition", application.pk, name) in text
    assert reverse("recrutement_reject", args=[application.pk]) in text
    for name in ("accept", "start_review", "invite", "propose", "reject", "close", "reopen"):
        assert address("transition", application.pk, name) not in text


def test_the_message_is_shown_in_paragraphs_and_never_as_html(log_in):
    application = ApplicationFactory(message="Bonjour.\n\n<script>alert(1)</script>")

    text = log_in("recrutement").get(address("inspect", application.pk)).content.decode()

    assert "<p>Bonjour.</p>" in text
    assert "<p>&lt;script&gt;" in text


@pytest.mark.parametrize("name", ["add", "edit", "copy"])
def test_nobody_writes_an_application_by_hand(log_in, name):
    application = ApplicationFactory()
    client = log_in("direction")
    client.user.is_superuser = True
    client.user.save()
    try:
        url = address(name) if name == "add" else address(name, application.pk)
    except NoReverseMatch:
        return

    assert is_refused(client.get(url))
    assert is_refused(client.post(url, {"first_name": "X"}))
    assert Application.objects.count() == 1


@pytest.mark.parametrize("role", EVERY_ROLE)
def test_who_deletes_an_application(log_in, role):
    application = ApplicationFactory()

    response = log_in(role).post(address("delete", application.pk))

    assert response.status_code == 302
    assert Application.objects.exists() == (role in FORBIDDEN)


def test_there_is_no_chooser_of_applications(log_in):
    client = log_in("redaction")

    with pytest.raises(NoReverseMatch):
        reverse("wagtailsnippetchoosers_recrutement_application:choose")
    assert client.get("/admin/snippets/choose/recrutement/application/").status_code == 404


def test_the_bulk_deletion_of_wagtail_asks_for_the_permission(log_in):
    application = ApplicationFactory()
    url = f"/admin/bulk/recrutement/application/delete/?id={application.pk}&next=/admin/"

    log_in("formation").post(url)

    assert Application.objects.exists()


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", {"A", "B", "C", "D"}),
        ("state=received", {"A", "C"}),
        ("state=received&state=quarantine", {"A", "B", "C"}),
        ("overdue=oui", {"C"}),
        ("kind=spontanee", {"D"}),
        ("q=garnier", {"A", "B", "C", "D"}),
        ("q=C-2026-7777", {"B"}),
        ("q=d@exemple.test", {"D"}),
        ("q=%22", set()),
        ("state=inconnu&submitted_at_after=hier", {"A", "B", "C", "D"}),
    ],
)
def test_the_list_is_filtered_and_searched(log_in, query, expected):
    ApplicationFactory(first_name="A")
    ApplicationFactory(first_name="B", state="quarantine", reference="C-2026-7777")
    ApplicationFactory(first_name="C", answer_by=in_days(-1))
    ApplicationFactory(first_name="D", email="d@exemple.test", offer=None, state="reviewing")

    response = log_in("recrutement").get(f"{LIST}?{query}")

    assert response.status_code == 200
    assert {row.first_name for row in response.context["object_list"]} == expected


def test_the_spreadsheet_is_in_local_time_and_runs_no_formula(log_in):
    sent = timezone.now().replace(microsecond=0)
    ApplicationFactory(last_name="=HYPERLINK(1)", submitted_at=sent, source="apec")

    response = log_in("recrutement").get(f"{LIST}?export=xlsx")

    content = b"".join(response.streaming_content)
    head, row = openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)
    line = dict(zip(head, row, strict=True))
    assert line["Nom"] == "=HYPERLINK(1)"  # text, never computed
    assert line["Envoyée le"] == timezone.localtime(sent).replace(tzinfo=None)
    assert line["État"] == "Reçue"
    assert "Apec" in line.values()


def test_the_number_of_queries_does_not_grow_with_the_list(log_in, count_queries):
    client, offer = log_in("recrutement"), OfferFactory()
    ApplicationFactory(offer=offer)
    urls = (LIST, f"{LIST}?export=xlsx")

    def costs() -> list[int]:
        for url in urls:
            client.get(url)
        return [
            count_queries(lambda url=url: b"".join(client.get(url).streaming_content))
            if "export" in url
            else count_queries(lambda url=url: client.get(url))
            for url in urls
        ]

    with_one = costs()
    for _ in range(29):
        ApplicationFactory(offer=offer)

    assert costs() == with_one
    assert max(with_one) <= 20


@pytest.mark.parametrize("role", EVERY_ROLE)
def test_who_sees_the_menu(log_in, role):
    text = log_in(role).get("/admin/").content.decode()

    assert ("/admin/snippets/recrutement/application/" in text) == (role in ALLOWED)
    assert ("/admin/offres/" in text) == (role in ALLOWED)


def test_the_table_of_offers_counts_who_waits(log_in):
    offer = OfferFactory(title="Chargé·e d’études")
    ApplicationFactory(offer=offer)
    ApplicationFactory(offer=offer, state="interview")
    ApplicationFactory(offer=offer, state="rejected")

    response = log_in("recrutement").get("/admin/offres/")

    (row,) = response.context["object_list"]
    assert (row.title, row.ongoing_count) == ("Chargé·e d’études", 2)
    assert offer.reference in response.content.decode()
    assert not log_in("formation").get("/admin/offres/").context["object_list"]


def test_the_table_of_offers_costs_the_same_with_one_and_with_thirty(log_in, count_queries):
    client = log_in("recrutement")
    OfferFactory(recruiter=client.user)
    client.get("/admin/offres/")
    with_one = count_queries(lambda: client.get("/admin/offres/"))
    for _ in range(29):
        ApplicationFactory(offer=OfferFactory(recruiter=client.user))

    assert count_queries(lambda: client.get("/admin/offres/")) == with_one <= 20
    assert str(client.user) in client.get("/admin/offres/").content.decode()


def test_the_lines_of_the_desk(rf, log_in):
    now = timezone.now()
    ApplicationFactory(answer_by=in_days(-1))
    ApplicationFactory(state="interview", answer_by=in_days(-1))
    ApplicationFactory(state="rejected", answer_by=in_days(-1))
    ApplicationFactory(state="quarantine", answer_by=in_days(-1))
    OfferFactory(closing_date=in_days(7))
    OfferFactory(closing_date=in_days(-1))
    request = rf.get("/admin/")
    request.user = log_in("recrutement").user

    sentences = [line(request, now).sentence for line in (to_read, overdue, quarantined)]
    assert sentences == [
        "1\u00a0candidature à lire",
        "2\u00a0réponses promises et en retard",
        "1\u00a0candidature à vérifier",
    ]
    assert closing_soon(request, now).sentence == "1\u00a0offre se ferme sous sept jours"


@pytest.mark.parametrize("role", EVERY_ROLE)
def test_each_line_of_the_desk_leads_where_it_says(log_in, role, rf):
    ApplicationFactory(answer_by=in_days(-1))
    ApplicationFactory(state="quarantine")
    OfferFactory(closing_date=in_days(3))
    client = log_in(role)
    request = rf.get("/admin/")
    request.user = client.user

    lines = [
        line
        for line in lines_waiting(request, timezone.now())
        if "offres" in line.url or LIST in line.url
    ]

    assert len(lines) == (4 if role in ALLOWED else 0)
    for line in lines:
        assert client.get(line.url).status_code == 200
