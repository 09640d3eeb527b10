"""A document is numbered, printed, kept, and replaced by its next version."""

import hashlib
import json
from datetime import timedelta

from django.conf import settings
from django.core.files.storage import storages
from django.db import IntegrityError
from django.urls import reverse

import pytest

from formation.documents.certificate import certificate
from formation.documents.issued import Draft
from formation.enums import DocumentKind
from formation.exceptions import DocumentIncomplete
from formation.models import IssuedDocument, Numbering
from formation.services.enrolment import enrol
from formation.services.issue import in_force, issue, revoke
from home.models import OrganisationSettings
from site_enys.states import SYSTEM
from tests.factories.formation import SessionFactory, known_firm, sign_up
from tests.harness.clock import paris
from tests.pdfs import accessibility_faults, text_of

pytestmark = pytest.mark.django_db

NOW = paris(2027, 3, 3, 10)


@pytest.fixture
def enrolment():
    return enrol(
        SessionFactory(first=paris(2027, 3, 1, 9)), sign_up(), paris(2027, 1, 15)
    ).enrolments.get()


@pytest.fixture
def draft(enrolment):
    return certificate(enrolment, 420, known_firm())


def content_of(document):
    with document.file.open("rb") as file:
        return file.read()


def files():
    return {path for path in settings.PRIVATE_ROOT.rglob("*") if path.is_file()}


def test_the_first_version_has_a_number_a_file_and_its_fingerprint(draft, enrolment):
    document = issue(draft, by=SYSTEM, now=NOW)

    stored = IssuedDocument.objects.get()
    content = content_of(stored)
    assert (stored.number, stored.version, stored.issued_at) == ("CERT-2027-0001", 1, NOW)
    assert stored.sha256 == hashlib.sha256(content).hexdigest()
    assert (stored.session, stored.request, stored.enrolment) == (
        enrolment.session,
        enrolment.request,
        enrolment,
    )
    assert in_force(DocumentKind.CERTIFICATE, enrolment) == document
    assert "Aïcha Moreau 1" in text_of(content_of(document))
    assert "CERT-2027-0001" in text_of(content_of(document))


def test_the_next_version_keeps_the_number_and_revokes_the_former(draft, enrolment):
    first = issue(draft, by=SYSTEM, now=NOW)
    later = NOW + timedelta(days=1)

    second = issue(draft, by=SYSTEM, now=later, reason="Nom corrigé.")

    first.refresh_from_db()
    assert (second.number, second.version) == (first.number, 2)
    assert (first.revoked_at, first.revoked_reason) == (later, "Nom corrigé.")
    assert in_force(DocumentKind.CERTIFICATE, enrolment) == second
    assert first.file.storage.exists(first.file.name)
    assert first.check_code != second.check_code


def test_a_document_after_a_revocation_is_the_next_version(draft):
    revoke(issue(draft, by=SYSTEM, now=NOW), now=NOW, reason="Erreur.")

    assert issue(draft, by=SYSTEM, now=NOW).version == 2


def test_what_cannot_be_printed_leaves_nothing(draft):
    first = issue(draft, by=SYSTEM, now=NOW)
    before = files()
    broken = Draft(
        draft.kind, draft.about, draft.template, {"letterhead": draft.data["letterhead"]}
    )

    with pytest.raises(Exception, match="representative"):
        issue(broken, by=SYSTEM, now=NOW)

    first.refresh_from_db()
    assert first.is_in_force
    assert IssuedDocument.objects.count() == 1
    assert files() == before
    assert Numbering.objects.get(prefix="CERT").last == 1


def test_a_file_that_was_written_is_taken_back_when_the_row_is_refused(draft, monkeypatch):
    first = issue(draft, by=SYSTEM, now=NOW)
    before = files()
    # The next one draws the same code: the database refuses the row after the file is written.
    field = IssuedDocument._meta.get_field("check_code")
    monkeypatch.setattr(field, "_get_default", lambda: first.check_code)

    with pytest.raises(IntegrityError):
        issue(draft, by=SYSTEM, now=NOW)

    first.refresh_from_db()
    assert first.is_in_force
    assert files() == before


def test_what_is_missing_is_named_before_the_issue(enrolment):
    with pytest.raises(DocumentIncomplete) as refused:
        certificate(enrolment, 0, OrganisationSettings())

    assert len(refused.value.missing) == 3
    assert "les heures suivies" in str(refused.value)


@pytest.mark.parametrize(
    "name",
    [
        'Zoë "la Grande" O’Brien',
        "<b>Aïcha</b> #strong[x] $x$ *gras* _italique_ @cible \\ // /* */",
        "محمد 🙂 אבי 李小龙 한국",
        "👩‍👩‍👧 Ó\u0301 🇫🇷",
        "N" * 80,
        "a\u202eb",
    ],
)
def test_any_name_is_printed_as_it_was_typed(draft, name):
    document = issue(
        Draft(draft.kind, draft.about, draft.template, {**draft.data, "trainee": name}),
        by=SYSTEM,
        now=NOW,
    )

    assert accessibility_faults(content_of(document)) == []
    assert document.data["trainee"] == name
    assert json.loads(json.dumps(document.data)) == document.data
    if name.isascii():
        assert name.replace(" ", "") in text_of(content_of(document)).replace(" ", "").replace(
            "-", ""
        )


def test_the_code_printed_leads_to_what_the_document_is_worth(client, draft):
    document = issue(draft, by=SYSTEM, now=NOW)

    page = client.get(reverse("formation_check", args=[document.check_code]))
    revoke(document, now=NOW, reason="Nom corrigé.")
    after = client.get(reverse("formation_check", args=[document.check_code]))

    assert "authentique et en vigueur" in page.text
    assert "A. M." in page.text
    assert "Moreau" not in page.text
    assert document.sha256 in page.text
    assert "ne vaut plus depuis le 3" in after.text
    assert "Nous l’avons annulé" in after.text
    assert "Nom corrigé." not in after.text  # what staff writes for itself


def test_a_version_that_was_replaced_says_that_there_is_another(client, draft):
    first = issue(draft, by=SYSTEM, now=NOW)
    issue(draft, by=SYSTEM, now=NOW)

    page = client.get(reverse("formation_check", args=[first.check_code]))

    assert "Une version plus récente le remplace" in page.text


@pytest.mark.parametrize("between", [" ", "-", "\u00a0"])
def test_a_code_is_read_as_it_is_typed_from_paper(client, draft, between):
    code = issue(draft, by=SYSTEM, now=NOW).check_code

    answer = client.get(
        reverse("formation_check_find"), {"code": f" {code[:4].lower()}{between}{code[4:]}"}
    )

    assert answer["Location"] == reverse("formation_check", args=[code])


@pytest.mark.parametrize("typed", ["", "   ", "---", "é" * 16, "A" * 41, "\u202e", "🙂"])
def test_what_is_no_code_is_said_beside_the_field_and_stays_there(client, typed):
    answer = client.get(reverse("formation_check_find"), {"code": typed})

    assert answer.status_code == 200
    assert 'class="field__errors"' in answer.text
    assert 'aria-invalid="true"' in answer.text


@pytest.mark.parametrize("code", ["AAAA", "A" * 200, "inconnu"])
def test_an_unknown_code_says_so_and_nothing_more(client, code):
    answer = client.get(reverse("formation_check", args=[code]))

    assert answer.status_code == 404
    assert "Aucun document" in answer.text
    assert f'value="{code[:40]}"' in answer.text


def test_the_file_of_an_erased_document_goes_with_it(draft, django_capture_on_commit_callbacks):
    document = issue(draft, by=SYSTEM, now=NOW)

    with django_capture_on_commit_callbacks(execute=True):
        document.delete()

    assert not storages["private"].exists(document.file.name)
