"""The blocks of the trade: people, missions, tables, videos, a page opened over another."""

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile

from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

import pytest

from home.blocks import BodyStreamBlock, ReferencesStreamBlock, TextStreamBlock
from home.blocks.faults import sentences
from home.blocks.links import NO_LINK, OptionalLinkBlock
from home.models import CustomDocument, HomePage
from home.models.base import NotPublishable
from home.review import remarks
from tests.factories.blog import PostPageFactory
from tests.factories.formation import CoursePageFactory, CourseThemeFactory
from tests.factories.home import ContactPageFactory, ImageFactory, ServicePageFactory

pytestmark = pytest.mark.django_db

BODY = BodyStreamBlock()
MP4 = b"\x00\x00\x00\x18ftypmp42" + bytes(range(256)) * 8
TESTIMONIAL = {
    "text": "Nous nous y sommes reconnus.",
    "name": "Camille Martin",
    "role": "Directrice",
    "organisation": "",
    "agreed": True,
}
MISSION = {
    "title": "Réécrire un projet",
    "client": "Une association",
    "place": "",
    "years": "",
    "request": "Le refaire.",
    "work": "Neuf ateliers.",
    "outcome": "",
    "link": NO_LINK,
}
VIDEO = {
    "name": "Une journée",
    "duration": "4 min",
    "still": None,
    "film": None,
    "captions": None,
    "url": "",
    "transcript": "<p>Bonjour.</p>",
    "transcript_document": None,
}


def render(name: str, value: dict, **context: object) -> str:
    block = BODY.child_blocks[name]
    return block.render(block.normalize(value), {"block_id": "b1"} | context)


def refused(name: str, value: dict) -> list[str]:
    """The sentences with which a block refuses what it holds; nothing when it accepts it."""
    block = BODY.child_blocks[name]
    try:
        block.clean(block.normalize(value))
    except ValidationError as error:
        return sentences(error)[1:]
    return []


def stored(name: str, content: bytes, **fields: object) -> CustomDocument:
    return CustomDocument.objects.create(
        title=name, file=ContentFile(content, name=name), file_size=len(content), **fields
    )


# -- People -------------------------------------------------------------------------------------


def test_a_person_is_shown_with_what_was_written_and_nothing_else() -> None:
    person = {"name": "Noa", "role": "Évaluatrice", "words": "", "portrait": None, "link": NO_LINK}

    html = render("team", {"title": "L’équipe", "people": [person]})

    assert "<h3>Noa</h3>" in html
    assert "<img" not in html
    assert "href" not in html
    assert html.count("<p ") + html.count("<p>") == 1


def test_a_portrait_says_nothing_more_than_the_name_beside_it() -> None:
    person = {"name": "Noa", "role": "Évaluatrice", "words": "", "link": NO_LINK}

    html = render("team", {"title": "", "people": [person | {"portrait": ImageFactory()}]})

    assert 'alt=""' in html
    assert '<h2 class="people__name">Noa</h2>' in html


def test_the_link_of_a_person_goes_with_its_page() -> None:
    page = ServicePageFactory()
    person = {"name": "Noa", "role": "Évaluatrice", "words": "", "portrait": None}
    link = {"text": "Son parcours", "page": page, "url": ""}
    team = {"title": "", "people": [person | {"link": link}]}
    assert f'href="{page.url}"' in render("team", team)

    page.unpublish()

    assert "Son parcours" not in render("team", team)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [({}, ""), ({"text": "Voir", "url": "https://a.test"}, ""),
     ({"text": "Voir"}, "l’une des deux"), ({"url": "https://a.test"}, "Écrivez les mots")],
)  # fmt: skip
def test_an_optional_link_is_whole_or_absent(typed, sentence) -> None:
    block = OptionalLinkBlock()
    value = block.normalize(NO_LINK | typed)

    if not sentence:
        block.clean(value)
        return
    with pytest.raises(ValidationError) as refusal:
        block.clean(value)
    assert sentence in " ".join(sentences(refusal.value))


def test_nobody_is_quoted_without_a_written_agreement() -> None:
    unsigned = TESTIMONIAL | {"agreed": False}

    assert refused("testimonial", TESTIMONIAL) == []
    assert "sans son accord écrit" in refused("testimonial", unsigned)[0]
    assert render("testimonial", unsigned).strip() == ""
    assert "Directrice</figcaption>" in render("testimonial", TESTIMONIAL)


def test_publication_by_any_way_says_that_an_agreement_is_missing() -> None:
    page = ServicePageFactory(live=False, body=[("testimonial", TESTIMONIAL | {"agreed": False})])

    with pytest.raises(NotPublishable) as refusal:
        page.save_revision().publish()

    assert any("sans son accord écrit" in sentence for sentence in refusal.value.sentences)


# -- Missions and tables ------------------------------------------------------------------------


def test_a_mission_without_its_optional_parts_leaves_no_trace_of_them() -> None:
    html = render("client_reference", MISSION)

    assert "Ce qui a changé" not in html
    assert "·" not in html
    assert "href" not in html
    assert "Ce qui a changé" in render("client_reference", MISSION | {"outcome": "Il est lu."})


TABLE = {
    "caption": "Le calendrier",
    "columns": [{"type": "text", "heading": "Mois"}, {"type": "number", "heading": "Jours"}],
    "rows": [{"values": ["Mars", 3]}, {"values": ["Avril", None]}],
}


def test_a_table_has_a_caption_and_headings() -> None:
    html = render("table", TABLE)

    assert refused("table", TABLE) == []
    assert "<caption><span>Le calendrier</span></caption>" in html
    assert html.count('<th scope="col">') == 2
    assert "None" not in html


def test_a_number_in_a_table_is_written_in_french_under_the_others() -> None:
    html = render("table", TABLE | {"rows": [{"values": ["Mars", "1234567.50"]}]})

    assert '<td class="number">1\u202f234\u202f567,5</td>' in html


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [({"caption": " "}, "une légende"), ({"rows": []}, "est vide"),
     ({"columns": [{"type": "text", "heading": ""}] * 2}, "un titre à chaque colonne"),
     ({"rows": [{"values": ["Mars", 3]}] * 41}, "joignez un document")],
)  # fmt: skip
def test_a_table_that_cannot_be_heard_is_refused(wrong, sentence) -> None:
    assert sentence in " ".join(refused("table", TABLE | wrong))


# -- Videos -------------------------------------------------------------------------------------


def test_a_film_of_ours_waits_for_the_click_and_has_its_captions() -> None:
    film, captions = stored("film.mp4", MP4), stored("film.vtt", b"WEBVTT\n")

    html = render("video", VIDEO | {"film": film, "captions": captions, "still": ImageFactory()})

    assert 'preload="none"' in html
    assert f'<source src="{film.url}" type="video/mp4">' in html
    assert f'src="{captions.url}"' in html
    assert "poster=" in html
    assert "<iframe" not in html


def test_a_video_of_another_site_is_only_a_link_that_says_where_it_leads() -> None:
    html = render("video", VIDEO | {"url": "https://www.peertube.example/w/1"})

    assert 'href="https://www.peertube.example/w/1"' in html
    assert "Ce lien quitte notre site" in html
    assert html.count("peertube.example") == 3
    assert "<video" not in html
    assert "src=" not in html


@pytest.mark.parametrize("fate", ["private", "deleted"])
def test_a_film_that_is_gone_leaves_nothing(fate) -> None:
    film = stored("film.mp4", MP4)
    value = VIDEO | {"film": film}
    if fate == "private":
        film.collection = Collection.get_first_root_node().add_child(name="Réservé")
        film.save()
        CollectionViewRestriction.objects.create(
            collection=film.collection, restriction_type="login"
        )
    else:
        value["film"] = None

    assert render("video", value).strip() == ""


def test_a_transcript_in_a_document_is_offered_while_it_is_there() -> None:
    document = stored("texte.txt", b"Bonjour.")
    value = VIDEO | {"url": "https://film.example/1", "transcript": ""}
    assert document.url in render("video", value | {"transcript_document": document})

    assert "Lire ce qui se dit" not in render("video", value)


def test_a_video_must_be_seen_heard_and_read() -> None:
    still, text = ImageFactory(), stored("texte.txt", b"Bonjour.")
    film, captions = stored("film.mp4", MP4), stored("film.vtt", b"WEBVTT\n")
    whole = VIDEO | {"still": still, "film": film, "captions": captions}
    faults = {
        "l’un des deux": {"film": None, "captions": None},
        "n’est pas une vidéo": {"film": text},
        "Ajoutez les sous-titres": {"captions": None},
        "ne contient pas de sous-titres": {"captions": text},
        "Écrivez ce qui se dit": {"transcript": ""},
    }

    said = {
        sentence: " ".join(refused("video", whole | wrong)) for sentence, wrong in faults.items()
    }

    assert refused("video", whole) == []
    assert [sentence for sentence, found in said.items() if sentence not in found] == []


# -- A page over another ------------------------------------------------------------------------


def opening(page) -> dict:
    return {"text": "Le métier", "page": page, "lead": ""}


def test_a_page_opens_over_this_one_and_has_a_link_of_its_own(client) -> None:
    target = PostPageFactory(body=[("paragraph", "<p>Un texte d’article.</p>")])
    page = ServicePageFactory(body=[("opened_page", opening(target))] * 2)

    html = client.get(page.url).content.decode()

    names = [block["id"] for block in page.body.raw_data]
    assert all(f'id="ouverte-{name}" popover aria-labelledby' in html for name in names)
    assert html.count("Un texte d’article.") == 2
    assert f'<a class="sheet-link" href="{target.url}">Le métier</a>' in html
    assert "data-once" not in html


def test_pages_that_open_each_other_stop_at_the_first(client) -> None:
    first, second = ServicePageFactory(), ServicePageFactory()
    for one, other in [(first, second), (second, first)]:
        one.body = [("opened_page", opening(other))]
        one.save_revision().publish()

    html = client.get(first.url).content.decode()

    assert html.count('id="ouverte-') == 2  # the sheet and its title
    assert html.count('class="sheet-link"') == 1


@pytest.mark.parametrize("kind", ["behind a door", "of another nature"])
def test_a_page_that_may_not_open_here_is_led_to(kind) -> None:
    target = ServicePageFactory() if kind == "behind a door" else ContactPageFactory()
    if kind == "behind a door":
        PageViewRestriction.objects.create(page=target, restriction_type="password", password="x")

    html = render("opened_page", opening(target))

    assert "popover" not in html
    assert f'href="{target.url}"' in html


@pytest.mark.parametrize("fate", ["unpublished", "deleted"])
def test_nothing_is_offered_of_a_page_that_is_gone(fate) -> None:
    target = ServicePageFactory()
    if fate == "unpublished":
        target.unpublish()

    assert render("opened_page", opening(None if fate == "deleted" else target)).strip() == ""


# -- Teasers ------------------------------------------------------------------------------------


def test_themes_are_shown_with_their_courses_when_they_have_some(count_queries) -> None:
    theme = CourseThemeFactory(name="Enquêter", slug="enqueter")
    CourseThemeFactory(name="Sans formation", slug="sans")
    CoursePageFactory(theme=theme)
    teaser = {"kind": "themes", "count": 6}

    html = render("teaser", teaser)
    few = count_queries(lambda: render("teaser", teaser))
    for number in range(5):
        CoursePageFactory(theme=CourseThemeFactory(name=f"T{number}", slug=f"t{number}"))

    assert "?theme=enqueter" in html
    assert "1\u00a0formation" in html
    assert "Sans formation" not in html
    assert count_queries(lambda: render("teaser", teaser)) == few


# -- Search, review, offer ----------------------------------------------------------------------


def test_what_the_blocks_say_is_found_by_the_search() -> None:
    page = ServicePageFactory(
        live=False,
        body=[
            ("testimonial", TESTIMONIAL), ("client_reference", MISSION), ("table", TABLE),
            ("lead", "Un chapô."), ("video", VIDEO | {"url": "https://film.example/1"}),
        ]
    )  # fmt: skip

    text = page.plain_text()

    for words in ("reconnus", "Camille Martin", "Neuf ateliers", "calendrier", "chapô", "Bonjour"):
        assert words in text


def test_the_review_reads_inside_the_new_blocks() -> None:
    vague = '<p><a href="https://a.test">cliquez ici</a></p>'
    page = ServicePageFactory(
        live=False,
        body=[
            ("client_reference", MISSION | {"title": "UNE GRANDE MISSION POUR TOUS"}),
            ("video", VIDEO | {"url": "http://film.example/1", "transcript": vague}),
            ("opened_page", opening(None)),
        ],
    )

    said = {(remark.code, remark.place.where) for remark in remarks(page)}

    assert ("intertitre-capitales", "bloc 1, Référence client") in said
    assert ("lien-vague", "bloc 2, Vidéo") in said
    assert ("lien-mort", "bloc 3, Page ouverte par-dessus") in said
    assert not any(where.startswith("bloc 1") and code == "lien-mort" for code, where in said)


def test_each_kind_of_page_offers_the_blocks_of_its_trade() -> None:
    assert not {"team", "client_reference"} & set(TextStreamBlock().child_blocks)
    assert {"team", "client_reference"} < set(BODY.child_blocks)
    assert {"client_reference", "testimonial"} < set(ReferencesStreamBlock().child_blocks)
    assert HomePage._meta.get_field("body").stream_block.child_blocks.keys() == (
        BODY.child_blocks.keys()
    )
