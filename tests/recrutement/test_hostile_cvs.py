"""One hostile file after another, and honest ones that look like them."""

import json
import os
import subprocess
import sys
import time
import zlib
from pathlib import Path
from threading import Event, Thread

from django.conf import settings

import pytest

from recrutement.exceptions import FileRefused
from recrutement.models import Application, ApplicationDocument, RecruitmentSettings
from recrutement.services import cv
from recrutement.services.cv import REFUSALS
from site_enys.kept_files import names_under
from site_enys.pdf import render_pdf
from site_enys.private_storage import private_storage
from site_enys.uploads import pdf, pdf_inspection
from site_enys.uploads.pdf_dangers import leads_astray
from tests.factories.recrutement import OfferFactory
from tests.recrutement import pdfs, raw_pdfs
from tests.recrutement.posting import address, post
from tests.recrutement.posting import cv as upload
from tests.recrutement.raw_pdfs import (
    CATALOG,
    PAGE,
    PAGES,
    PLAIN,
    SCRIPT,
    content,
    in_catalog,
    link,
    on_page,
    raw,
    stream,
    with_xref_stream,
)

FIELD = b"<< /FT /Tx /T (nom) %b >>"
BOMB = pdfs.deflated_zeros(400_000_000)
IN_UTF_16 = "\ufeffjavascript:1".encode("utf-16-be").hex().encode()
AES = b"/Encrypt << /Filter /Standard /V 5 /R 6 /Length 256 /O (%b) /U (%b) /P -4 >>" % (
    b"o" * 48,
    b"u" * 48,
)


def filled(**fields: bytes) -> bytes:
    return in_catalog(b"/AcroForm << /Fields [10 0 R] >>", n10=FIELD % b"", **fields)


def verdict(data: bytes) -> object:
    answer = pdf_inspection.verdict(data)
    return answer.get("refusal", answer.get("pages"))


ACTIVE = {
    "script at opening": lambda: in_catalog(b"/OpenAction " + SCRIPT),
    "script by reference": lambda: in_catalog(b"/OpenAction 10 0 R", n10=SCRIPT),
    "page opened on the web": lambda: in_catalog(b"/OpenAction << /S /URI /URI (http://x.fr) >>"),
    "program at opening": lambda: in_catalog(b"/OpenAction << /S /Launch /F (cmd.exe) >>"),
    "printed at opening": lambda: in_catalog(b"/OpenAction << /S /Named /N /Print >>"),
    "script in an object stream": lambda: with_xref_stream(PLAIN, {20: SCRIPT}),
    "catalogue in an object stream": lambda: with_xref_stream(
        {2: PAGES, 3: PAGE}, {1: CATALOG[:-2] + b"/OpenAction 20 0 R >>", 20: SCRIPT}
    ),
    "script that no table names": lambda: raw(PLAIN, header=b"50 0 obj\n%b\nendobj\n" % SCRIPT),
    "script behind comments": lambda: raw(PLAIN, header=b"50 %%\n0 %%1\nobj%b\n" % SCRIPT),
    "stream that no table names": lambda: raw({**PLAIN, 50: raw_pdfs.packed({60: SCRIPT})}),
    "script in the names": lambda: in_catalog(
        b"/Names << /J#61vaScript << /Names [(a) 10 0 R] >> >>", n10=b"<< /#53 /Java#53cript >>"
    ),
    "script of a former version": raw_pdfs.script_under_an_update,
    "packed script of a former version": raw_pdfs.packed_script_under_an_update,
    "trailer of a former version": lambda: raw_pdfs.updated(
        raw(PLAIN, trailer=b"/X << /OpenAction %b >>" % SCRIPT), {3: PAGE}
    ),
    "script after another action": lambda: link(b"/S /GoTo /D [3 0 R /Fit] /Next [ %b ]" % SCRIPT),
    "actions of a page": lambda: on_page(b"/AA << /O << /S /Named /N /Print >> >>"),
    "actions of a field": lambda: in_catalog(
        b"/AcroForm << /Fields [10 0 R] >>", n10=FIELD % b"/AA << /K 11 0 R >>", n11=SCRIPT
    ),
    "field that is sent": lambda: in_catalog(
        b"/AcroForm << /Fields [10 0 R] >>", n10=FIELD % b"/A << /S /SubmitForm /F (//x.fr) >>"
    ),
    "XFA": lambda: in_catalog(b"/AcroForm << /XFA [(a) 10 0 R] >>", n10=stream(b"<xdp/>")),
    "program behind a link": lambda: link(b"/S /Launch /F (calc.exe)"),
    "folder of another machine": lambda: link(rb"/S /GoToR /F (\\\\192.0.2.1\\x)"),
    "attached to a page": lambda: on_page(
        b"/Annots [10 0 R]", n10=b"<< /Subtype /FileAttachment /FS << /F (a.exe) >> >>"
    ),
    "attached to the names": lambda: in_catalog(b"/Names << /EmbeddedFiles << /Names [] >> >>"),
    "film": lambda: on_page(b"/Annots [10 0 R]", n10=b"<< /Subtype /RichMedia >>"),
    "object in three dimensions": lambda: on_page(b"/Annots [10 0 R]", n10=b"<< /Subtype /3D >>"),
    "contents elsewhere": lambda: on_page(
        b"/Contents 10 0 R", n10=stream(b"", b"/F (http://x.fr/x)")
    ),
    "base of the links": lambda: in_catalog(b"/URI << /Base (javascript:) >>"),
    "link in hexadecimal": lambda: link(b"/S /URI /URI <6a6176617363726970743a31>"),
    "link in UTF-16": lambda: link(b"/S /URI /URI <%b>" % IN_UTF_16),
    "PHP after": lambda: raw(PLAIN) + b"<?php system($_GET[0]); ?>\n%%EOF\n",
    "page of the web after": lambda: raw(PLAIN) + b"<SCRIPT>alert(1)</SCRIPT>\n%%EOF\n",
    "page of the web before": lambda: raw(PLAIN, header=b"%<html><body onload=alert(1)>\n"),
    "archive after": pdfs.zip_polyglot,
    "RAR after": lambda: raw(PLAIN) + b"Rar!\x1a\x07\x01\x00\n%%EOF\n",
    "program after": lambda: raw(PLAIN) + b"MZ This program cannot be run in DOS mode\n%%EOF\n",
}  # fmt: skip
TOO_LONG = {
    "ten thousand pages": lambda: raw_pdfs.chain_of_pages(10_000, announced=10_000),
    "ten thousand pages, one announced": lambda: raw_pdfs.chain_of_pages(10_000, announced=1),
    "billions of pages announced": lambda: raw(
        {**PLAIN, 2: b"<< /Type /Pages /Kids [3 0 R] /Count 99999999999 >>"}
    ),
}
TOO_HEAVY = {
    "bomb": lambda: content(BOMB, b"/FlateDecode"),
    "bomb in a bomb": lambda: content(zlib.compress(BOMB), b"[/FlateDecode /Fl]"),
    "filter by reference": lambda: raw(
        {**PLAIN, 10: stream(BOMB, b"/Filter 11 0 R"), 11: b"/FlateDecode"}
    ),
    "filters by reference": lambda: raw(
        {**PLAIN, 10: stream(b"x", b"/Filter [11 0 R 11 0 R]"), 11: b"/FlateDecode"}
    ),
    "many small bombs": lambda: raw(
        PLAIN
        | dict.fromkeys(
            range(10, 30), stream(pdfs.deflated_zeros(40_000_000), b"/Filter /FlateDecode")
        )
    ),
    "bomb in figures": lambda: content(
        BOMB.hex().encode() + b">", b"[/ASCIIHexDecode /FlateDecode]"
    ),
    "runs": lambda: content(b"\x81\x00" * 2_000_000 + b"\x80", b"/RunLengthDecode"),
    "figures in figures": lambda: raw_pdfs.nested(2),
    "figures twelve times": lambda: raw_pdfs.nested(12),
    "bomb in an object stream": lambda: with_xref_stream(
        PLAIN, {20: b"[" + b"0 " * 50_000_000 + b"]"}
    ),
    "two billions of objects": lambda: raw({**PLAIN, 50: raw_pdfs.packed({60: b"1"}, count=2**31)}),
    "table of two billions": lambda: with_xref_stream(PLAIN, {20: b"<< >>"}).replace(
        b"/Index [1 1 ", b"/Index [1 2000000000 "
    ),
    "length beyond the file": lambda: raw({**PLAIN, 10: stream(b"x", length=99_999_999_999)}),
    "picture as large as a field": lambda: raw(
        {**PLAIN, 10: stream(b"x", b"/Subtype /Image /Width 100000 /Height 100000")}
    ),
    "a hundred thousand brackets": lambda: raw({**PLAIN, 10: b"[" * 100_000 + b"]" * 100_000}),
    "a thousand dictionaries": lambda: raw({**PLAIN, 10: b"<</A " * 1000 + b"1" + b">>" * 1000}),
    "tree that never ends": lambda: raw_pdfs.deep_tree(3000),
    "tree that multiplies": raw_pdfs.wide_loop,
    "objects without number": lambda: raw(PLAIN, header=b"1 0 obj 1\n" * 30_000),
    "tables without number": lambda: raw(PLAIN, header=b"trailer<<>>" * 30_000),
}  # fmt: skip
BROKEN = {
    "pages that turn in circles": raw_pdfs.loop_of_pages,
    "number of pages in letters": lambda: raw(
        {**PLAIN, 2: b"<< /Type /Pages /Kids [3 0 R] /Count (x) >>"}
    ),
    "noise": lambda: b"%PDF-1.7\n" + os.urandom(100_000) + b"\n%%EOF",
    "figures": lambda: b"%PDF-1.7\n" + b"1" * 400_000 + b"\n%%EOF",
    "open brackets": lambda: b"%PDF-1.7\n1 0 obj\n" + b"(" * 400_000 + b"\n%%EOF",
    "columns without number": lambda: with_xref_stream(
        PLAIN, {20: b"<< >>"}, entries=b"/DecodeParms << /Predictor 12 /Columns 99999999 >>"
    ),
}
LOCKED = {
    "one password": pdfs.encrypted,
    "the owner’s alone": lambda: pdfs.pdf(
        change=lambda writer: writer.encrypt("", "secret", algorithm="RC4-128")
    ),
    "a recent cipher": lambda: raw(PLAIN, trailer=AES),
}
HOSTILE = [
    pytest.param(make, code, id=name)
    for code, makers in (
        ("active", ACTIVE),
        ("long", TOO_LONG),
        ("bomb", TOO_HEAVY),
        ("unreadable", BROKEN),
        ("encrypted", LOCKED),
    )
    for name, make in makers.items()
]


@pytest.mark.parametrize(("make", "code"), HOSTILE)
def test_a_hostile_file_is_refused(make, code):
    assert verdict(make()) == code


HONEST = {
    "plain": lambda: raw(PLAIN),
    "saved twice": lambda: raw_pdfs.updated(raw(PLAIN), {3: PAGE}),
    "table in a stream": lambda: with_xref_stream(PLAIN, {20: b"<< /A 1 >>"}),
    "written for the web": raw_pdfs.linearized,
    "with a photograph": lambda: raw(
        {
            **PLAIN,
            10: stream(
                raw_pdfs.jpeg(), b"/Subtype /Image /Width 400 /Height 300 /Filter /DCTDecode"
            ),
        }
    ),
    "with links": lambda: on_page(
        b"/Annots [10 0 R 11 0 R]",
        n10=b"<< /Subtype /Link /A << /S /URI /URI (https://exemple.fr/JS?a=javascript:1) >> >>",
        n11=b"<< /Subtype /Link /A << /S /URI /URI (mailto:ines@exemple.fr) >> >>",
    ),
    "that opens at a page": lambda: in_catalog(b"/OpenAction [3 0 R /Fit]"),
    "that goes to a page": lambda: in_catalog(b"/OpenAction << /S /GoTo /D [3 0 R /Fit] >>"),
    "that speaks of programs": lambda: in_catalog(
        b"", n10=b"<< /Title (CV Python/JS, AA, /Launch) /Author (In\xe8s) >>"
    ),
    "with metadata": lambda: in_catalog(
        b"/Metadata 10 0 R", n10=stream(b"<?xpacket begin=''?><x:xmpmeta/>", b"/Type /Metadata")
    ),
    "in two filters": lambda: content(
        zlib.compress(b"BT ET").hex().encode() + b">", b"[/ASCIIHexDecode /FlateDecode]"
    ),
    "with a form that does nothing": filled,
}  # fmt: skip


@pytest.mark.parametrize("make", HONEST.values(), ids=HONEST)
def test_an_honest_file_is_accepted(make):
    assert verdict(make()) == 1


def test_what_the_site_itself_prints_is_accepted():
    data = {"number": "42"}

    printed = render_pdf("documents/control_cv.typ", data)

    assert verdict(printed) == 1


@pytest.mark.parametrize(
    "address",
    [
        "javascript:1", " JavaScript:1", "java\tscript:1", "javascript:80/x", "vbscript:x",
        "file:///etc", "data:,x", "\\\\192.0.2.1\\x", "smb://x/y", "ms-msdt:/id",
    ],
)  # fmt: skip
def test_an_address_that_leads_astray(address):
    assert leads_astray(address)


@pytest.mark.parametrize(
    "address",
    [
        "http://x.fr", "HTTPS://X.fr", "mailto:a@b.fr", "tel:+33", "www.x.fr", "x.fr:8080/y",
        "//x.fr/y", "?q=javascript:1", "",
    ],
)  # fmt: skip
def test_an_address_as_cvs_have_them(address):
    assert not leads_astray(address)


# -- The process that looks ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "make",
    [
        TOO_HEAVY["bomb in an object stream"],
        TOO_HEAVY["runs"],
        TOO_HEAVY["bomb in figures"],
        TOO_LONG["ten thousand pages, one announced"],
    ],
)
def test_the_worst_files_are_judged_alone_within_the_limits(make):
    began = time.monotonic()

    done = subprocess.run(
        [sys.executable, "-I", "-B", pdf_inspection.__file__],
        input=make(),
        capture_output=True,
        check=True,
        env={},
    )

    assert json.loads(done.stdout)["refusal"] in {"bomb", "long"}
    assert time.monotonic() - began < 20


@pytest.mark.django_db
def test_no_more_than_two_files_are_opened_at_once(monkeypatch, tmp_path):
    slow = tmp_path / "slow.py"
    slow.write_text(
        "import pathlib, time\n"
        f"go = pathlib.Path({str(tmp_path / 'go')!r})\n"
        "while not go.exists(): time.sleep(0.02)\n"
        "print('{\"pages\": 1}')"
    )
    monkeypatch.setattr(pdf_inspection, "__file__", str(slow))
    monkeypatch.setattr(pdf, "WAIT_SECONDS", 0.2)
    started, seen = Event(), []

    def look() -> None:
        started.set()
        seen.append(cv.inspect(b""))

    two = [Thread(target=look) for _ in range(2)]
    for thread in two:
        thread.start()
    started.wait()
    deadline = time.monotonic() + 5
    while pdf._SLOTS._value and time.monotonic() < deadline:
        time.sleep(0.01)
    with pytest.raises(FileRefused, match="à temps"):
        cv.inspect(b"")
    (tmp_path / "go").touch()
    for thread in two:
        thread.join(10)

    assert seen == [1, 1]
    assert cv.inspect(b"") == 1  # the places are free again


# -- Through the form: nothing is stored ---------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.usefixtures("quick_inspection")
@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("CV.pdf", b""),
        ("CV.docx", raw(PLAIN)),
        ("CV.pdf.exe", raw(PLAIN)),
        ("CV\u202efdp.exe", raw(PLAIN)),
        ("CV.pdf", b"GIF89a" + raw(PLAIN)),
        ("CV.pdf", raw_pdfs.jpeg() + raw(PLAIN)),
        ("CV.pdf", b"<?php ?>" + raw(PLAIN)),
        ("CV.pdf", b"PK\x03\x04" + raw(PLAIN)),
        ("CV.pdf", raw(PLAIN)[:-40]),
        ("CV.pdf", raw(PLAIN) + bytes(6 * 1024 * 1024)),
        ("CV.pdf", in_catalog(b"/OpenAction " + SCRIPT)),
        ("CV.pdf", pdfs.encrypted()),
        ("CV.pdf", pdfs.pdf(21)),
    ],
)
def test_a_refused_file_gets_one_sentence_and_leaves_nothing(client, name, data):
    offer = OfferFactory()

    response = post(client, offer, cv=upload(data, name))

    assert response.status_code == 200
    sentences = response.context["form"].errors["cv"]
    assert len(sentences) == 1
    assert sentences[0] in {words.format(megabytes=5) for words in REFUSALS.values()}
    assert not Application.objects.exists()
    assert not ApplicationDocument.objects.exists()
    assert list(names_under(private_storage(), ".")) == []
    assert not Path(settings.MEDIA_ROOT).exists()
    assert 'name="cv_joint" value=' not in response.content.decode()


@pytest.mark.django_db
@pytest.mark.usefixtures("quick_inspection")
@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../../etc/CV.pdf", "CV.pdf"),
        ("C:\\temp\\CV.pdf", "CV.pdf"),
        ("\u202eCV\u202c.pdf", "CV.pdf"),
        ("CV\u2066\u200f d’Inès.pdf", "CV d’Inès.pdf"),
        ("😀.pdf", "😀.pdf"),
        ("é" * 300 + ".pdf", "é" * 116 + ".pdf"),
    ],
)
def test_a_strange_name_is_only_ever_text(client, name, shown):
    sent = post(client, OfferFactory(), cv=upload(name=name))

    document = ApplicationDocument.objects.get()
    assert sent.status_code == 303
    assert document.original_name == shown
    assert "CV" not in document.file.name


@pytest.mark.django_db
@pytest.mark.usefixtures("quick_inspection")
def test_the_largest_size_is_a_setting_that_form_and_refusal_tell(client):
    limits = RecruitmentSettings.load()
    limits.max_file_megabytes = 2
    limits.save()
    offer = OfferFactory()

    page = client.get(address(offer)).content.decode()
    refused = post(client, offer, cv=upload(pdfs.with_stream(os.urandom(2 * cv.MEGABYTE))))
    accepted = post(client, offer, cv=upload(pdfs.with_stream(os.urandom(2 * cv.MEGABYTE - 600))))

    assert "Un fichier PDF de 2\u00a0Mo" in page
    assert "dépasse 2\u00a0Mo" in refused.context["form"].errors["cv"][0]
    assert accepted.status_code == 303
