"""Documents of the library: what their name announces, and nothing that runs."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile

import pytest
from pypdf import PdfWriter

from site_enys.uploads import archives, documents
from site_enys.uploads.documents import DocumentRefused, checked
from tests.recrutement import pdfs
from tests.site_enys.uploads import files

EXTERNAL = (
    b'<Relationships><Relationship Type="http://x/relationships/attachedTemplate" '
    b'Target="https://mal.example/a.dotm" TargetMode="External"/></Relationships>'
)
QUOTED = EXTERNAL.replace(b'TargetMode="External"', b"TargetMode = 'External'")
SPELT = EXTERNAL.replace(b"attached", b"&#97;ttached").replace(b"a.dotm", b"a>b.dotm")
LINK = EXTERNAL.replace(b"attachedTemplate", b"hyperlink")


def upload(data, name):
    return SimpleUploadedFile(name, data)


def refusal_of(data, name):
    with pytest.raises(DocumentRefused) as refusal:
        checked(upload(data, name))
    return refusal.value.code


def a_pdf():
    out, writer = io.BytesIO(), PdfWriter()
    writer.add_blank_page(595, 842)
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (a_pdf(), "Programme.PDF"),
        *((files.office(kind), f"a.{kind}") for kind in ("docx", "xlsx", "odt", "ods")),
        (files.office("docx", {"word/_rels/document.xml.rels": LINK}), "liens.docx"),
        ("nom;prénom\nAnaïs;É\n".encode(), "a.csv"),
        ("Déjà".encode("cp1252"), "a.txt"),
        ("\ufeffDéjà".encode(), "a.txt"),
        (files.archive({"notice.txt": "é", "dossier/a.docx": files.docx()}), "a.zip"),
        (b"\0\0\0\x18ftypmp42\0\0", "a.mp4"),
        (b"\x1a\x45\xdf\xa3\x01\0\0\0\0\0\0\x1fB\x82\x84webm", "a.webm"),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\nDéjà\n".encode(), "a.vtt"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_an_honest_document_passes_unchanged(data, name):
    assert checked(upload(data, name)).read() == data


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "a.pdf", "empty"),
        (b"x", "a.exe", "extension"),
        (b"x", "a", "extension"),
        (b"<svg/>", "a.svg", "extension"),
        (files.docx(), "a.docm", "extension"),
        (b"<html>", "a.pdf", "signature"),
        (pdfs.with_javascript(), "a.pdf", "active"),
        (pdfs.encrypted(), "a.pdf", "encrypted"),
        (a_pdf()[:200], "a.pdf", "broken"),
        (b"Bonjour", "a.docx", "signature"),
        (b"MZ\0\0\0\0\0\0", "a.mp4", "signature"),
        (b"\x1a\x45\xdf\xa3\0\0matroska", "a.webm", "signature"),
        (b"<html>", "a.vtt", "signature"),
        (b"WEBVTT\n\0\0", "a.vtt", "text"),
        (files.office("xlsx"), "a.docx", "signature"),
        (files.office("odt"), "a.ods", "signature"),
        (files.archive({"mimetype": "text/html", "content.xml": b"<o/>"}), "a.odt", "signature"),
        (files.archive({"content.xml": b"<o/>"}), "a.odt", "signature"),
        (b"MZ" + files.docx(), "a.docx", "signature"),
        (files.docx()[:-30], "a.docx", "broken"),
        (b"PK\x03\x04" + bytes(60), "a.docx", "broken"),
        (files.office("docx", {"word/vbaProject.bin": b"x"}), "a.docx", "active"),
        (files.office("docx", {"word/activeX/a.xml": b"x"}), "a.docx", "active"),
        (files.office("docx", {"word/embeddings/oleObject1.bin": b"x"}), "a.docx", "active"),
        (files.office("docx", {"word/_rels/settings.xml.rels": EXTERNAL}), "a.docx", "active"),
        (files.office("docx", {"word/_rels/settings.xml.rels": QUOTED}), "a.docx", "active"),
        (files.office("docx", {"word/_rels/settings.xml.rels": SPELT}), "a.docx", "active"),
        (files.office("docx", {"word/_rels/settings.xml.rels": b"<R"}), "a.docx", "broken"),
        (files.office("docx", {"word/a.xml": b"<!DOCTYPE lolz>"}), "a.docx", "active"),
        (files.office("docx", {"word/a.xml": "<!DOCTYPE a>".encode("utf-16")}), "a.docx", "active"),
        (files.office("xlsx", {"xl/macrosheets/a.xml": b"x"}), "a.xlsx", "active"),
        (files.office("ods", {"Basic/a.xml": b"x"}), "a.ods", "active"),
        (files.office("odt", {"Scripts/python/a.py": b"x"}), "a.odt", "active"),
        (files.archive({"a.txt": b"x"}, encrypted=True), "a.zip", "encrypted"),
        (files.archive({"../a.txt": b"x"}), "a.zip", "outside"),
        (files.archive({"/etc/passwd": b"x"}), "a.zip", "outside"),
        (files.archive({"C:/a.txt": b"x"}), "a.zip", "outside"),
        (files.archive({"a\u202etxt.a": b"x"}), "a.zip", "outside"),
        (files.archive({"a.EXE": b"x"}), "a.zip", "program"),
        (files.archive({"a.html": b"x"}), "a.zip", "program"),
        (files.archive({"a.zip": b"x"}), "a.zip", "program"),
        (files.archive({"a.txt": bytes(30_000_000)}), "a.zip", "bomb"),
        (files.office("docx", {"word/b.xml": bytes(30_000_000)}), "a.docx", "bomb"),
        (b"a\x00b", "a.txt", "text"),
        (b"\xff\xfea\x00", "a.csv", "text"),
        (b"MZ\x90\x00\x03", "a.csv", "text"),
        (b"\x81\x8d", "a.txt", "text"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_anything_else_is_refused_with_a_sentence(data, name, code):
    assert refusal_of(data, name) == code


def test_a_document_of_more_than_twenty_megabytes_is_refused_without_being_opened(monkeypatch):
    monkeypatch.setattr(documents, "refuse_unless_sound", lambda *_: pytest.fail("ouvert"))

    assert refusal_of(bytes(20 * 1024 * 1024 + 1), "a.pdf") == "size"


def test_too_many_members_are_a_bomb(monkeypatch):
    monkeypatch.setattr(archives, "MOST_MEMBERS", 3)

    assert refusal_of(files.archive({f"{n}.txt": b"" for n in range(4)}), "a.zip") == "bomb"
    assert checked(upload(files.archive({f"{n}.txt": b"" for n in range(3)}), "a.zip"))


def test_members_of_honest_size_add_up_to_a_bomb(monkeypatch):
    monkeypatch.setattr(archives, "LARGEST_EXPANDED", 1_000)

    assert refusal_of(files.archive({"a.txt": b"a" * 600, "b.txt": b"b" * 600}), "a.zip") == "bomb"


def test_an_infected_document_is_refused(settings, tmp_path):
    program = tmp_path / "clamdscan"
    program.write_text("#!/bin/sh\ncat > /dev/null\nexit 1\n")
    program.chmod(0o755)
    settings.CLAMDSCAN = str(program)

    assert refusal_of(b"Bonjour", "a.txt") == "infected"


def test_the_name_is_a_name():
    assert checked(upload(b"Bonjour", "../..\\a\u202eb.txt")).name == "ab.txt"


def test_relations_without_end_are_a_bomb(monkeypatch):
    relations = {f"word/_rels/{n}.rels": LINK for n in range(3)}
    monkeypatch.setattr(archives, "LARGEST_RELATIONS", 3 * len(LINK))
    assert checked(upload(files.office("docx", relations), "a.docx"))

    relations["word/_rels/3.rels"] = LINK

    assert refusal_of(files.office("docx", relations), "a.docx") == "bomb"
