"""Files that a stranger sends; each refusal is one sentence, and nothing is stored."""

import os
import sys
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile

import pytest

from recrutement.demo.cv import cv_of
from recrutement.exceptions import FileRefused
from recrutement.services import cv
from recrutement.services.cv import REFUSALS, check_cv
from site_enys.uploads import pdf, pdf_inspection
from site_enys.uploads.names import display_name
from tests.recrutement import pdfs

pytestmark = pytest.mark.django_db


def checked(content: bytes, name: str = "CV.pdf") -> cv.CheckedCV:
    return check_cv(ContentFile(content, name=name))


def refusal_of(content: bytes, name: str = "CV.pdf") -> str:
    with pytest.raises(FileRefused) as refusal:
        checked(content, name)
    sentence = str(refusal.value)
    return next(code for code, words in REFUSALS.items() if words.format(megabytes=5) == sentence)


@pytest.mark.parametrize("pages", [1, 3, 20])
def test_a_plain_pdf_is_accepted_with_its_facts(pages):
    content = pdfs.pdf(pages)

    accepted = checked(content)

    assert (accepted.pages, accepted.size, accepted.name) == (pages, len(content), "CV.pdf")
    assert len(accepted.sha256) == 64


def test_a_pdf_that_opens_at_a_page_is_accepted():
    assert checked(pdfs.with_destination()).pages == 1


def test_a_pdf_with_compressed_text_is_accepted():
    assert checked(pdfs.with_stream(pdfs.deflated_zeros(2_000_000), "FlateDecode")).pages == 1


def test_the_demonstration_cv_is_a_valid_pdf():
    assert checked(cv_of("Inès (née) Garnier \\", ["Éducatrice, 8 ans"])).pages == 1


def test_capitals_in_the_extension_are_accepted():
    assert checked(pdfs.pdf(), "CV.PDF").pages == 1


@pytest.mark.parametrize("name", ["CV.docx", "CV", "CV.pdf.exe", "pdf", ".pdf", "CV.pdf."])
def test_a_file_that_is_not_named_pdf_is_refused(name):
    assert refusal_of(pdfs.pdf(), name) == "extension"


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: b"", "empty"),
        (lambda: b"Bonjour, voici mon CV.", "signature"),
        (lambda: b"PK\x03\x04" + bytes(100), "signature"),
        (lambda: b"<?php system($_GET[0]); ?>\n" + pdfs.pdf(), "signature"),
        (lambda: b"\n" + pdfs.pdf(), "signature"),
        (lambda: b"%PDF-", "truncated"),
        (lambda: pdfs.pdf(3)[:-300], "truncated"),
        (lambda: pdfs.pdf()[:200], "truncated"),
        (lambda: b"%PDF-1.7\n" + os.urandom(4000) + b"\n%%EOF\n", "unreadable"),
        (lambda: b"%PDF-1.7\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n", "unreadable"),
        (lambda: pdfs.pdf(0), "empty"),
        (lambda: pdfs.pdf(21), "long"),
        (lambda: pdfs.pdf(10_000), "long"),
        (lambda: pdfs.with_lying_count(21), "long"),
        (pdfs.encrypted, "encrypted"),
        (pdfs.with_javascript, "active"),
        (lambda: pdfs.with_open_action("JavaScript"), "active"),
        (pdfs.with_launch, "active"),
        (pdfs.with_additional_action, "active"),
        (pdfs.with_embedded_file, "active"),
        (pdfs.with_xfa, "active"),
        (pdfs.zip_polyglot, "active"),
        (pdfs.bomb, "bomb"),
        (pdfs.nested_bomb, "bomb"),
    ],
)
def test_a_hostile_file_is_refused_with_the_right_sentence(make, code):
    assert refusal_of(make()) == code


def test_a_script_hidden_behind_an_escaped_name_is_found():
    hidden = pdfs.with_open_action("JavaScript").replace(b"/JS ", b"/J#53 ")
    hidden = hidden.replace(b"/JavaScript", b"/Jav#61Script")

    assert refusal_of(hidden) == "active"


def test_a_file_of_six_megabytes_is_refused_without_being_opened(monkeypatch):
    monkeypatch.setattr(cv, "inspect", lambda data: pytest.fail("ouvert"))

    assert refusal_of(pdfs.pdf() + bytes(6 * 1024 * 1024)) == "size"


def test_five_megabytes_are_accepted():
    content = pdfs.with_stream(os.urandom(5 * cv.MEGABYTE - 600))

    assert len(content) <= 5 * cv.MEGABYTE
    assert checked(content).size == len(content)


def test_an_inspection_that_lasts_is_stopped(monkeypatch, tmp_path):
    slow = tmp_path / "slow.py"
    slow.write_text("import time; time.sleep(60)")
    monkeypatch.setattr(pdf, "MAX_SECONDS", 0.1)
    monkeypatch.setattr(pdf_inspection, "__file__", str(slow))

    assert refusal_of(pdfs.pdf()) == "busy"


@pytest.mark.parametrize(
    "greed",
    [
        "while True: pass",
        "bytearray(2_000_000_000)",
        "open('{folder}/essai', 'w').write('x' * 100_000)",
    ],
)
def test_an_inspection_has_little_time_little_memory_and_writes_no_file(
    monkeypatch, tmp_path, greed
):
    program = tmp_path / "greedy.py"
    folder = Path(pdf_inspection.__file__).parent
    program.write_text(
        f"import sys; sys.path.insert(0, {str(folder)!r}); import pdf_inspection\n"
        "pdf_inspection.CPU_SECONDS = 1\n"
        f"pdf_inspection.limit_resources()\n{greed.format(folder=tmp_path)}\n"
        "print('{\"pages\": 1}')"
    )
    monkeypatch.setattr(pdf_inspection, "__file__", str(program))

    assert refusal_of(pdfs.pdf()) == "bomb"


def test_a_slot_is_free_again_after_a_refusal():
    for _ in range(3):
        refusal_of(pdfs.pdf(21))

    assert checked(pdfs.pdf()).pages == 1


def test_the_inspection_knows_nothing_of_the_site():
    source = Path(pdf_inspection.__file__).read_text(encoding="utf-8")

    assert "django" not in source.lower()
    assert "import recrutement" not in source
    assert sys.executable


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("CV.pdf", "CV.pdf"),
        ("../../etc/CV.pdf", "CV.pdf"),
        ("C:\\Users\\ines\\CV.pdf", "CV.pdf"),
        ("CV\u202efdp.exe.pdf", "CVfdp.exe.pdf"),
        ("CV\x00\n\r.pdf", "CV.pdf"),
        ("CV d’Inès Garnier.pdf", "CV d’Inès Garnier.pdf"),
        ("", "cv"),
    ],
)
def test_the_displayed_name_has_neither_path_nor_invisible_characters(raw, shown):
    assert display_name(raw, "cv") == shown


def test_a_very_long_name_keeps_its_extension():
    shown = display_name("é" * 300 + ".pdf", "cv")

    assert len(shown) == 120
    assert shown.endswith(".pdf")


def test_refusing_stores_nothing():
    refusal_of(pdfs.with_javascript())

    assert not Path(settings.PRIVATE_ROOT).exists()
    assert not Path(settings.MEDIA_ROOT).exists()
