"""« Relecture » : each check alarms when it must, and not when people write as the trade does."""

from types import SimpleNamespace

import pytest

from home.models import ServicePage
from home.review import CHECKS, LABELS, ON_OTHERS, pictures, remarks
from home.review.parts import Picture, Place
from home.review.words import ABBREVIATIONS, VAGUE_LINKS
from site_enys.french import fold

pytestmark = pytest.mark.django_db

GOOD = {
    "title": "Conduire une évaluation",
    "introduction": "Ce que nous faisons, et pour qui.",
    "search_description": "Nous évaluons les établissements avec leurs équipes, en trois mois.",
}


def found(*blocks, without=ON_OTHERS, **fields) -> list[str]:
    """The codes of the remarks about a page that would be right without `blocks` and `fields`."""
    page = ServicePage(**GOOD | fields, body=list(blocks))
    return [remark.code for remark in remarks(page, without=without)]


def paragraph(html):
    return ("paragraph", html if html.startswith("<") else f"<p>{html}</p>")


def link(words, href="https://exemple.fr/a"):
    return f'<p>Voyez <a href="{href}">{words}</a> avant.</p>'


def picture(alt="", *, decorative=False, width=1600, file_size=200_000):
    return SimpleNamespace(
        contextual_alt_text=alt, decorative=decorative, width=width, file_size=file_size
    )


def test_a_good_page_calls_for_no_remark() -> None:
    assert found(paragraph("<h2>Notre manière</h2><p>Partir du terrain.</p>")) == []


def test_each_check_has_its_own_code_and_label() -> None:
    assert len(LABELS) == len(CHECKS)
    assert len(set(LABELS.values())) == len(CHECKS)


def test_the_lists_of_words_are_written_as_they_are_compared() -> None:
    assert [word for word in (*VAGUE_LINKS, *ABBREVIATIONS) if word != fold(word)] == []


# -- Title and description ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "text", "code"),
    [
        ("title", "x" * 71, "titre-long"),
        ("title", "NOTRE MÉTHODE", "titre-capitales"),
        ("title", "ÉVALUATION", "titre-capitales"),
        ("search_description", "", "description"),
        ("search_description", "x" * 49, "description"),
        ("search_description", "x" * 161, "description"),
        ("introduction", "", "introduction"),
        ("introduction", "   ", "introduction"),
    ],
)
def test_what_is_read_before_the_page(field, text, code) -> None:
    assert found(**{field: text}) == [code]


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("title", "x" * 70),
        ("title", "VAE – DEIS – CAFERUIS"),
        ("title", "CAFDES"),
        ("title", "2027"),
        ("search_description", "x" * 50),
        ("search_description", "x" * 160),
    ],
)
def test_what_is_right_before_the_page(field, text) -> None:
    assert found(**{field: text}) == []


def test_the_sentence_says_the_numbers() -> None:
    page = ServicePage(**GOOD | {"search_description": "x" * 172}, body=[])

    assert "172\u00a0signes" in remarks(page, without=ON_OTHERS)[0].sentence


# -- Pictures -----------------------------------------------------------------------------------


def codes_of_picture(image) -> list[str]:
    part = Picture(Place("body"), image, image.contextual_alt_text, image.decorative)
    said = SimpleNamespace(pictures=[part], has_field=lambda name: False)
    return [check.code for check in pictures.CHECKS for _hit in check.find(said)]


@pytest.mark.parametrize(
    ("image", "codes"),
    [
        (picture(""), ["image-sans-texte"]),
        (picture("", decorative=True), []),
        (picture("Trois personnes autour d’une table"), []),
        (picture("DSC_0042.JPG"), ["image-nom-de-fichier"]),
        (picture("reunion-equipe.png"), ["image-nom-de-fichier"]),
        (picture("IMG_20260312"), ["image-nom-de-fichier"]),
        (picture("Image 3"), ["image-nom-de-fichier"]),
        (picture("Capture 2026-03-12 101500"), ["image-nom-de-fichier"]),
        (picture("WhatsApp Image 2026-03-12"), ["image-nom-de-fichier"]),
        (picture("Photo de 12 personnes devant la mairie"), []),
        (picture("Photo 1986 de la première équipe de la maison"), []),
        (picture("Page 12 du rapport"), []),
        (picture("P. Martin et son équipe"), []),
        (picture("Un dessin", width=799), ["image-taille"]),
        (picture("Un dessin", width=800), []),
        (picture("Un dessin", file_size=5_000_000), ["image-taille"]),
        (picture("Un dessin", file_size=None), []),
    ],
    ids=lambda value: getattr(value, "contextual_alt_text", None),
)
def test_pictures(image, codes) -> None:
    assert codes_of_picture(image) == codes


# -- Links --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    ["Cliquez ici", "ici", "ICI", "« ici »", "ici.", "→ En savoir plus", "lire la suite…",
     "Voir plus", "Cliquez ici pour vous inscrire", "ce lien", "Télécharger", "En savoir plus !"],
)  # fmt: skip
def test_vague_links(words) -> None:
    assert found(paragraph(link(words))) == ["lien-vague"]


@pytest.mark.parametrize(
    "words",
    ["le calendrier des formations", "Télécharger le programme (PDF)", "ici, à Lille, l’équipe",
     "Lire l’entretien avec Sylvie", "le site de la HAS", "Là-bas", "Iciéo",
     "la page des références"],
)  # fmt: skip
def test_links_that_say_where_they_lead(words) -> None:
    assert found(paragraph(link(words))) == []


@pytest.mark.parametrize(
    "words",
    ["https://www.has-sante.fr/upload/docs.pdf", "www.cnsa.fr", "has-sante.fr", "http://x.test/a"],
)
def test_an_address_is_no_link_text(words) -> None:
    assert found(paragraph(link(words))) == ["lien-adresse"]


def test_an_e_mail_address_is_its_own_name() -> None:
    assert found(paragraph(link("contact@enys.fr", "mailto:contact@enys.fr"))) == []


def test_a_link_without_words() -> None:
    assert found(paragraph('<p>Voyez<a href="https://a.fr"> </a>avant.</p>')) == ["lien-sans-mots"]


def test_the_same_words_to_two_places() -> None:
    twice = link("Le référentiel", "https://a.fr") + link("le référentiel", "https://b.fr")

    assert found(paragraph(twice)) == ["liens-semblables"]


def test_the_same_link_twice_is_fine() -> None:
    assert found(paragraph(link("Le référentiel") * 2)) == []


def test_an_address_without_protection() -> None:
    assert found(paragraph(link("La loi", "http://exemple.fr"))) == ["lien-http"]


def test_the_words_of_a_button_are_read_too() -> None:
    value = {"title": "Agir", "text": "", "link": {"text": "Ici", "url": "https://a.fr"}}

    assert found(("call_to_action", value)) == ["lien-vague"]


def test_a_button_that_leads_nowhere() -> None:
    value = {"title": "Agir", "text": "", "link": {"text": "Nous écrire", "url": ""}}

    assert found(("call_to_action", value), without=frozenset()) == ["lien-mort"]


# -- Headings -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("blocks", "codes"),
    [
        ([paragraph("<h3>Un</h3>")], ["ordre-titres"]),
        ([paragraph("<h2>Un</h2><h3>Deux</h3>")], []),
        ([("heading", {"text": "Un", "lead": ""}), paragraph("<h3>Deux</h3>")], []),
        ([paragraph("<h2>Un</h2><h4>Deux</h4>")], ["ordre-titres"]),
        ([paragraph("<h2>Un</h2><h3>Deux</h3><h2>Trois</h2><h3>Quatre</h3>")], []),
        ([("steps", {"title": "Un", "steps": []}), paragraph("<h3>b</h3>")], []),
        ([paragraph("<h2></h2>")], ["titre-vide"]),
        ([("heading", {"text": " ", "lead": ""})], ["titre-vide"]),
        ([paragraph("<h2>NOS VALEURS</h2>")], ["intertitre-capitales"]),
        ([paragraph("<h2>IME, ESAT, SESSAD</h2>")], []),
        ([paragraph("<h2>Notre manière.</h2>")], ["point-final"]),
        ([paragraph("<h2>Rapports, notes, etc.</h2>")], []),
        ([paragraph("<h2>Et après…</h2>")], []),
        ([paragraph("<h2>Pourquoi ?</h2>")], []),
        ([paragraph("<p><b>Notre manière</b></p><p>Partir du terrain.</p>")], ["gras-titre"]),
        ([paragraph("<p><b>Notre manière</b></p>")], []),
        ([paragraph("<p><b>Attention</b> : le délai court.</p><p>Suite.</p>")], []),
        ([paragraph("<p><b>Le délai court déjà.</b></p><p>Suite.</p>")], []),
    ],
)  # fmt: skip
def test_headings(blocks, codes) -> None:
    assert found(*blocks) == codes


# -- Prose --------------------------------------------------------------------------------------

SENTENCE = "Nous partons du terrain et nous y revenons. "


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("mot " * 51, ["phrase-longue"]),
        ("mot " * 50, []),
        (SENTENCE * 19, ["paragraphe-long"]),
        (SENTENCE * 18, []),
        ("Venez ! Bravo !", ["exclamations"]),
        ("Venez !", []),
        ("Deux  espaces", ["espaces"]),
        ("Un\u00a0: juste", []),
        ("« juste\u00a0»\u202f! et", []),
        ("Et puis...", ["points-suspension"]),
        ("Et puis…", []),
        ("Un....", []),
        ('<p class="MsoNormal">a</p>', ["traitement-de-texte"]),
        ("<p>a</p><p></p><p>b</p>", ["paragraphe-vide"]),
        ("<p>a</p><p>\u00a0</p><p>b</p>", ["paragraphe-vide"]),
        ("<p>a</p><p></p>", []),
    ],
)
def test_prose(text, codes) -> None:
    assert found(paragraph(text)) == codes


def test_sentences_separated_by_semicolons_are_several() -> None:
    assert found(paragraph("; ".join(["une chose à faire avec soin"] * 20) + ".")) == []


def test_figures_without_their_source() -> None:
    figures = [{"value": "3", "text": "mois"}, {"value": "2", "text": "personnes"}]

    assert found(("key_figures", {"figures": figures, "source": ""})) == ["source"]
    assert found(("key_figures", {"figures": figures, "source": "DREES, 2025"})) == []


# -- What must not alarm ------------------------------------------------------------------------

SENTENCES_OF_THE_TRADE = """
La loi n° 2002-2 du 2 janvier 2002 rénove l’action sociale et médico-sociale.
L’article L. 312-1 du code de l’action sociale et des familles énumère les établissements.
L’IME, l’ESAT et le SESSAD travaillent avec la MDPH.
Le CAFERUIS et le DEIS ouvrent sur des fonctions d’encadrement.
Qu’est-ce qu’évaluer, au fond ?
« Ici, on ne juge pas », dit une éducatrice.
Ici comme ailleurs, la confiance se construit.
La suite se joue sur le terrain.
Voir la personne avant le dossier : tel est le principe.
Les chargé·es de mission rencontrent les professionnel·les.
M. Martin, Mme Diallo et le Dr Lefèvre forment le comité.
Le budget est de 12 500 € HT, soit 15 000 € TTC.
Le taux d’encadrement passe de 0,8 à 1,2 ETP.
La mission dure 3 mois ; elle commence en mars.
De 9 h à 17 h, du lundi au vendredi.
HAS, ANESM, CNSA : qui fait quoi ?
L’évaluation (interne puis externe) a changé en 2022.
Cf. le référentiel de la HAS, p. 12.
Etc., etc. : la liste n’est jamais close.
La personne accompagnée est experte de sa vie.
L’accompagnement « hors les murs » suppose une équipe.
Un projet d’établissement se réécrit tous les cinq ans.
Savoir, savoir-faire, savoir-être : trois mots, un métier.
« Rien pour nous sans nous ! »
La maraude du SAMU social part à 20 h 30.
Le foyer de l’enfance accueille 40 enfants de 0 à 18 ans.
Les TISF interviennent à domicile.
Une AEMO n’est pas une mesure de placement.
Le CSE est consulté avant la décision.
Les proches aidants disent leur fatigue.
On entend « c’est compliqué », et l’on se tait.
Les écrits professionnels engagent leur auteur.
L’analyse des pratiques réunit dix personnes.
Rue de la République, le SAAD reçoit sans rendez-vous.
La gouvernance associative repose sur des bénévoles.
Les CPOM se négocient avec l’ARS et le département.
Le PCPE, créé en 2016, évite les ruptures de parcours.
Deux mondes se parlent : le soin et le social.
On lit, on écoute, on restitue.
La charte des droits et libertés est affichée à l’entrée.
Le DUERP est revu chaque année.
Tout commence par une question simple…
""".strip().splitlines()


def test_there_are_forty_of_them() -> None:
    assert len(SENTENCES_OF_THE_TRADE) >= 40


@pytest.mark.parametrize("sentence", SENTENCES_OF_THE_TRADE)
def test_a_sentence_of_the_trade_does_not_alarm(sentence) -> None:
    as_text = paragraph(f"<h2>Une partie</h2><p>{sentence}</p><p>Puis la suite.</p>")
    as_link = paragraph(link(sentence))
    as_lead = ("heading", {"text": "Une partie", "lead": sentence})

    assert found(as_text) == []
    assert found(as_link) == []
    assert found(as_lead) == []


def test_a_page_of_the_trade_does_not_alarm() -> None:
    body = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES_OF_THE_TRADE)

    assert found(paragraph(f"<h2>Une partie</h2>{body}")) == []


# -- Hostile and odd ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "html",
    ["", "<", "<p>", "<a>", "<h2><h3>", "\x00", "\u202e", "😀" * 200, "<p>" + "a" * 100_000,
     "<b>" * 500, "<a href>x</a>", '<a linktype="page" id="zzz">x</a>', "!" * 10_000],
)  # fmt: skip
def test_odd_texts_are_read_without_a_fault(html) -> None:
    assert isinstance(found(("paragraph", html), without=ON_OTHERS), list)


def test_a_long_excerpt_is_cut() -> None:
    page = ServicePage(**GOOD, body=[paragraph("mot " * 200)])

    assert all(len(remark.excerpt) <= 95 for remark in remarks(page, without=ON_OTHERS))


def test_the_remark_says_in_which_block() -> None:
    page = ServicePage(**GOOD, body=[paragraph("Bien."), paragraph(link("ici"))])

    remark = remarks(page, without=ON_OTHERS)[0]

    assert remark.place.field == "body"
    assert remark.place.where == "bloc 2, Texte"
    assert remark.excerpt == "ici"
