"""Every block renders with its example, and survives what happens to its targets."""

from wagtail.blocks import StructBlockValidationError
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction
from wagtail.rich_text import RichText

import pytest

from home.blocks import BodyStreamBlock, ReferencesStreamBlock
from home.blocks.links import LinkBlock
from tests.factories.home import DocumentFactory, ImageFactory, ServicePageFactory

pytestmark = pytest.mark.django_db

BODY = BodyStreamBlock()
OFFERED = [*BODY.child_blocks.items(), *ReferencesStreamBlock().child_blocks.items()]


def render(name: str, value: dict) -> str:
    block = BODY.child_blocks[name]
    return block.render(block.normalize(value))


@pytest.mark.parametrize(("name", "block"), OFFERED, ids=[name for name, _ in OFFERED])
def test_block_renders_its_example_on_our_paper(client, log_in, name, block) -> None:
    html = block.render(block.get_preview_value())

    assert "{{" not in html
    assert block.get_description()


def test_call_to_action_without_reachable_page_has_no_button() -> None:
    page = ServicePageFactory()
    value = {"title": "Parlons-en", "link": {"text": "Voir", "page": page, "url": ""}}
    assert f'href="{page.url}"' in render("call_to_action", value)

    page.unpublish()
    page.refresh_from_db()
    value["link"]["page"] = page

    assert "href" not in render("call_to_action", value)


def test_call_to_action_survives_a_deleted_page() -> None:
    value = {"title": "Parlons-en", "link": {"text": "Voir", "page": None, "url": ""}}

    assert "Parlons-en" in render("call_to_action", value)


def test_choice_of_pages_leaves_out_drafts_private_and_deleted_pages() -> None:
    first, draft, private, last = (ServicePageFactory(title=f"Page {n}") for n in "ABCD")
    draft.unpublish()
    PageViewRestriction.objects.create(page=private, restriction_type="login")

    html = render("pages", {"title": "À lire", "pages": [last, draft, None, private, first]})

    assert html.index("Page D") < html.index("Page A")
    assert "Page B" not in html
    assert "Page C" not in html


def test_choice_of_pages_says_nothing_when_none_is_left() -> None:
    assert render("pages", {"title": "À lire", "pages": [None]}).strip() == ""


@pytest.mark.parametrize(
    ("with_page", "url", "accepted"),
    [(True, "", True), (False, "https://exemple.test", True), (False, "", False),
     (True, "https://exemple.test", False)],
)  # fmt: skip
def test_link_leads_to_a_page_or_an_address(with_page, url, accepted) -> None:
    block = LinkBlock()
    value = block.normalize(
        {"text": "Voir", "page": ServicePageFactory() if with_page else None, "url": url}
    )

    if accepted:
        block.clean(value)
    else:
        with pytest.raises(StructBlockValidationError):
            block.clean(value)


def test_picture_is_offered_in_three_formats_with_its_text() -> None:
    image = ImageFactory(credit="Léa Martin")
    image.contextual_alt_text = "Une réunion d’équipe"
    image.decorative = False

    html = render("picture", {"image": image, "caption": "En réunion", "width": "text"})

    assert 'type="image/avif"' in html
    assert 'type="image/webp"' in html
    assert 'alt="Une réunion d’équipe"' in html
    assert "© Léa Martin" in html


def test_picture_survives_a_deleted_image() -> None:
    assert render("picture", {"image": None, "caption": "", "width": "text"}).strip() == ""


def test_document_says_its_format_and_size() -> None:
    document = DocumentFactory(title="Le rapport")

    html = render("document", {"document": document, "text": ""})

    assert "Le rapport" in html
    assert "octet" in html.lower() or "o)" in html.lower()


def test_private_or_deleted_document_is_not_offered() -> None:
    collection = Collection.get_first_root_node().add_child(name="Réservé")
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    document = DocumentFactory(collection=collection)

    assert "href" not in render("document", {"document": document, "text": ""})
    assert "href" not in render("document", {"document": None, "text": ""})


def test_rich_text_gets_french_spaces() -> None:
    html = BODY.child_blocks["paragraph"].render(RichText("<p>Qui a besoin de quoi ?</p>"))

    assert "quoi\u202f?" in html


def test_body_of_a_page_shows_every_kind_of_block(client) -> None:
    image = ImageFactory()
    image.contextual_alt_text, image.decorative = "Un dessin", False
    chosen = {"picture", "document", "pages", "call_to_action", "video", "opened_page"}
    blocks = [
        (name, block.get_preview_value())
        for name, block in BODY.child_blocks.items()
        if name not in chosen
    ]
    page = ServicePageFactory(body=[*blocks, ("picture", {"image": image})])

    assert client.get(page.url).status_code == 200
