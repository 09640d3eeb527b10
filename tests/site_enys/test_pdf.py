"""Documents in PDF: what is typed is what is printed, for everybody, and always the same."""

from io import BytesIO
from pathlib import Path

import pytest
import typst
from pypdf import PdfReader

from site_enys import pdf

DRAWING = """
#import "/documents/style.typ": data, rich, sheet
#show: sheet.with(title: data.title, author: "ENYS", footer: "Pied")
= #data.title
#rich(data.at("blocks", default: ()))
"""


@pytest.fixture
def draw(tmp_path, monkeypatch):
    """Draw data with a template of the test, which shares the style of the site."""
    documents = tmp_path / "documents"
    documents.mkdir()
    style = pdf.TEMPLATES / "documents/style.typ"
    (documents / "style.typ").write_text(style.read_text())
    (documents / "essai.typ").write_text(DRAWING)
    monkeypatch.setattr(pdf, "TEMPLATES", Path(tmp_path))
    return lambda **data: pdf.render_pdf("documents/essai.typ", data)


def text_of(content):
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)


@pytest.mark.parametrize(
    "title",
    [
        "#let x = 1",
        "*gras* _italique_ `code`",
        "$x^2$ et <label> @ref",
        "= Titre // commentaire",
        'Guillemets " et \\ barre',
        "~ -- ... [crochets] {accolades}",
        "« Écrits » : l’œuvre ?",
    ],
)
def test_a_title_is_printed_as_it_was_typed(draw, title):
    assert title in text_of(draw(title=title)).replace("\u00a0", " ")


def test_the_same_data_give_the_same_document(draw):
    assert draw(title="Une formation") == draw(title="Une formation")
    assert draw(title="Une formation") != draw(title="Une autre")


def test_a_document_is_tagged_titled_and_in_french(draw):
    reader = PdfReader(BytesIO(draw(title="Une formation")))

    root = reader.trailer["/Root"]
    assert "pdfuaid:part" in root["/Metadata"].get_object().get_data().decode()
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "fr-FR"
    assert reader.metadata.title == "Une formation"
    assert "/CreationDate" not in (reader.metadata or {})


def test_rich_text_keeps_its_lists_and_its_stresses(draw):
    blocks = [
        {"kind": "p", "runs": [{"text": "Un\nmot", "bold": True, "italic": True}]},
        {"kind": "ol", "items": [[{"kind": "p", "runs": [
            {"text": "premier #1", "bold": False, "italic": False}]}]]},
    ]  # fmt: skip

    text = text_of(draw(title="Titre", blocks=blocks))

    assert "Un\nmot" in text
    assert "1. premier #1" in text


def test_a_template_that_would_not_be_accessible_is_refused(draw):
    (pdf.TEMPLATES / "documents/essai.typ").write_text("= Sans titre de document")

    with pytest.raises(typst.TypstError, match="title"):
        draw(title="")


def test_the_fingerprint_changes_with_the_data_only():
    one, same, other = (pdf.fingerprint("documents/programme.typ", {"a": n}) for n in (1, 1, 2))

    assert one == same != other


@pytest.mark.parametrize(
    "emoji",
    [
        "👩\u200d👩\u200d👧",
        "1\ufe0f\u20e3 👍🏽",
        "a\u20dd",
        "\U0001f3f4\U000e0067\U000e007f",
        "e\u0488",
    ],
)
def test_emoji_made_of_several_signs_spoil_no_letter(draw, emoji):
    """Typst then names a letter at fault, which would go from the whole document."""
    text = text_of(draw(title=f"L’été {emoji} à Saint-Étienne"))

    assert "L’été" in text
    assert "à Saint-Étienne" in text


def fonts_of(content):
    fonts = (
        font.get_object()["/BaseFont"]
        for page in PdfReader(BytesIO(content)).pages
        for font in page["/Resources"]["/Font"].values()
    )
    return {name.partition("+")[2] for name in fonts}


def test_documents_wear_the_families_of_the_site(draw):
    """A sign that they lack is read in the family that typst holds."""
    plain = fonts_of(draw(title="Convention", blocks=[paragraph("Été, œuvre, 30\u202f€")]))
    rare = fonts_of(draw(title="Convention", blocks=[paragraph("≥ Ω")]))

    assert {name.partition("-")[0] for name in plain} == {"EnysTitres", "EnysTexte"}
    assert any(name.startswith("Libertinus") for name in rare)


def paragraph(text):
    return {"kind": "p", "runs": [{"text": text, "bold": False, "italic": False}]}
