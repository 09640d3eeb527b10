"""The old site brought over for good: what is made, what is left, what the addresses become."""

import hashlib
import os
import struct
import zipfile
import zlib
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from wagtail.contrib.redirects.models import Redirect

import pytest

from blog.models import Author, BlogIndexPage, Category, Comment, ImportedThing, PostPage
from blog.old_site import bring_over
from home.models import CustomImage, ServicePage
from search.models import SearchEntry
from tests.blog.old_site import export
from tests.factories.blog import PostPageFactory
from tests.factories.home import ServicePageFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return export.make_export(tmp_path)


OLD_AND_NEW = (
    ("/blog/une-reunion-deacutequipe", "/blog/une-reunion-deacutequipe/"),
    ("/blog/une-reunion-deacutequipe.html", "/blog/une-reunion-deacutequipe/"),
    ("/blog/a-domicile?utm_source=x", "/blog/a-domicile/?utm_source=x"),
    ("/blog/archives/01-2017", "/blog/archives/2017/01/"),
    ("/blog/archives/03-2018", "/blog/archives/2018/03/"),
    ("/blog/archives", "/blog/"),
    ("/blog/category/travail-deacutequipe", "/blog/categorie/travail-dequipe/"),
    ("/blog/category/domicile", "/blog/categorie/domicile/"),
    ("/blog/category/all", "/blog/"),
    ("/blog/previous/2", "/blog/"),
    ("/blog.html", "/blog/"),
    ("/index.html", "/"),
    ("/nos-outils.html", "/nos-outils/"),
    ("/nos-outils", "/nos-outils/"),
    ("/conseil.html", "/conseil/"),
    ("/1/feed", "/blog/flux/"),
    ("/blog/feed", "/blog/flux/"),
)


def run(*paths: Path, apply: bool = True, **more):
    return bring_over(list(paths), apply=apply, now=NOW, **more)


def whole_database() -> dict[str, str]:
    """A fingerprint of every row of every table."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            rows = sorted(map(repr, cursor.fetchall()))
            found[table] = hashlib.sha256("".join(rows).encode()).hexdigest()
    return found


def meeting() -> PostPage:
    return PostPage.objects.get(slug="une-reunion-deacutequipe")


def test_a_dry_run_writes_nothing_and_says_what_would_be_made(folder: Path) -> None:
    before = whole_database()

    report = run(folder, apply=False)

    assert whole_database() == before
    assert report.made["articles"] == 3
    assert report.made["commentaires"] == 2
    assert report.made["images"] == 1


def test_the_report_of_a_dry_run_and_of_the_writing_agree(folder: Path) -> None:
    foreseen = run(folder, apply=False)
    done = run(folder)

    for kind in ("articles", "pages", "auteurs", "catégories", "commentaires", "images"):
        assert foreseen.made[kind] == done.made[kind], kind


def test_an_article_seen_in_several_places_is_made_once_with_the_best_of_each(folder: Path) -> None:
    run(folder)

    assert PostPage.objects.count() == 3
    post = meeting()
    assert post.title == export.MEETING_TITLE
    assert timezone.localtime(post.date).strftime("%d/%m/%Y %H:%M") == "17/01/2017 10:00"
    assert post.author.name == "Marie-Laure Durieux"
    assert post.author.bio.startswith("Cheffe de service")
    assert [category.name for category in post.categories.all()] == ["Travail d'équipe"]
    assert post.introduction.startswith("Une réunion d’équipe se prépare.")
    assert [block.block_type for block in post.body] == [
        "paragraph",
        "quote",
        "picture",
        "paragraph",
    ]


def test_comments_keep_their_author_date_and_order(folder: Path) -> None:
    run(folder)

    comments = list(meeting().comments.approved())
    assert [comment.name for comment in comments] == ["Nora B.", "Marie-Laure"]
    assert comments[0].text == "Merci pour ces pistes.\nNous allons essayer."
    assert timezone.localtime(comments[1].created_at).strftime("%d/%m %H:%M") == "19/01 17:30"
    assert [comment.email for comment in comments] == ["", ""]


def test_pages_lead_to_each_other_to_themselves_and_to_what_the_site_has(tmp_path: Path) -> None:
    ServicePageFactory(title="Nos valeurs", slug="nos-valeurs")
    links = "".join(f'<a href="/{name}.html">{name}</a> ' for name in ("un", "deux", "nos-valeurs"))
    for name in ("un", "deux"):
        page = export.layout(name, f"<div class='paragraph'>Texte. {links}</div>")
        (tmp_path / f"{name}.html").write_text(page)

    report = run(tmp_path)

    made = {page.slug: page for page in ServicePage.objects.all()}
    for page in (made["un"], made["deux"]):
        text = page.body.raw_data[0]["value"]
        for target in (made["un"], made["deux"], made["nos-valeurs"]):
            assert f'linktype="page" id="{target.pk}"' in text
    assert not [note for note in report.notes if "lien mort" in note.sentence]


def test_an_answer_stays_under_what_it_answers(folder: Path) -> None:
    run(folder)

    answer = Comment.objects.get(name="Marie-Laure")
    assert answer.parent == Comment.objects.get(name="Nora B.")
    assert answer.announced


def test_links_lead_to_the_new_pages_and_lost_ones_are_named(folder: Path) -> None:
    report = run(folder)

    first = meeting().body[0].value.source
    notebook = PostPage.objects.get(slug="le-cahier-de-liaison")
    assert f'<a linktype="page" id="{notebook.pk}">le cahier de liaison</a>' in first
    assert "un texte perdu" in first
    assert "jamais-ecrit" not in first
    assert any("jamais-ecrit" in note.sentence for note in report.notes)
    # This one links to an article made after it.
    assert f'id="{meeting().pk}"' in notebook.body[0].value.source


def test_the_picture_keeps_its_words_and_the_lost_one_is_named(folder: Path) -> None:
    report = run(folder)

    picture = next(block.value for block in meeting().body if block.block_type == "picture")
    assert picture["image"].contextual_alt_text == "Un tableau couvert de notes"
    assert picture["image"].width == 640  # the larger copy
    assert picture["caption"] == "Le tableau d’une équipe"
    assert any("perdue.png" in note.about for note in report.notes)


def test_running_again_changes_nothing_at_all(folder: Path) -> None:
    run(folder)
    before = whole_database()

    report = run(folder)

    assert whole_database() == before
    assert not any(report.made.values())


def test_what_staff_has_changed_or_deleted_is_left_alone(folder: Path) -> None:
    run(folder)
    post = meeting()
    post.title = "Retouché"
    post.save_revision().publish()
    PostPage.objects.get(slug="a-domicile").delete()
    Comment.objects.filter(name="Nora B.").delete()
    Redirect.objects.filter(old_path="/blog/category/all").delete()

    report = run(folder)

    assert meeting().title == "Retouché"
    assert not PostPage.objects.filter(slug="a-domicile").exists()
    assert not Comment.objects.filter(name="Nora B.").exists()
    assert not Redirect.objects.filter(old_path="/blog/category/all").exists()
    assert report.left["articles"] == 1


def test_a_redirect_made_by_hand_is_left_alone(folder: Path) -> None:
    Redirect.objects.create(old_path="/1/feed", redirect_link="/ailleurs/")

    run(folder)

    assert Redirect.objects.get(old_path="/1/feed").redirect_link == "/ailleurs/"


def test_each_old_address_leads_to_its_page(folder: Path, client) -> None:
    run(folder)

    for old, new in OLD_AND_NEW:
        response = client.get(old, follow=True)
        assert (response.status_code, response.redirect_chain[-1][0]) == (200, new), old
        assert all(status == 301 for _, status in response.redirect_chain), old


def test_every_redirect_that_is_made_is_alive(folder: Path, client) -> None:
    run(folder)

    targets = {redirect.link for redirect in Redirect.objects.all()}
    assert {client.get(target).status_code for target in targets} == {200}


@pytest.mark.usefixtures("public_search")
def test_the_public_search_knows_the_articles(folder: Path) -> None:
    run(folder)

    assert SearchEntry.objects.filter(page=meeting()).exists()


def test_an_article_already_on_the_site_is_not_made_again(folder: Path) -> None:
    there = PostPageFactory(title=export.HOME_TITLE, date=datetime(2018, 3, 2, 9, tzinfo=UTC))

    report = run(folder)

    assert PostPage.objects.filter(title=export.HOME_TITLE).get() == there
    assert report.kept["articles"] == 1
    assert Redirect.objects.get(old_path="/blog/a-domicile").redirect_page_id == there.pk


def test_reserved_and_taken_slugs_get_a_number(tmp_path: Path, client) -> None:
    PostPageFactory(slug="bilan", title="Un autre bilan")
    when = datetime(2017, 1, 17, tzinfo=UTC)
    items = export.item("flux", "Flux", when, "<p>a</p>") + export.item(
        "bilan", "Bilan", when, "<p>b</p>"
    )
    (tmp_path / "feed.xml").write_text(export.feed(items), encoding="utf-8")

    run(tmp_path)

    assert set(ImportedThing.objects.filter(kind="post").values_list("page__slug", flat=True)) == {
        "flux-2",
        "bilan-2",
    }


def test_an_article_without_a_date_waits_as_a_draft(tmp_path: Path, client) -> None:
    item = export.item("sans-date", "Sans date", datetime(2017, 1, 17, tzinfo=UTC), "<p>a</p>")
    item = item.replace("17 Jan 2017", "47 Jan 2017")
    (tmp_path / "feed.xml").write_text(export.feed(item), encoding="utf-8")

    report = run(tmp_path)

    assert not PostPage.objects.get(slug="sans-date").live
    assert any("Sans date" in line and "brouillon" in line for line in report.details)
    assert client.get("/blog/sans-date", follow=True).redirect_chain[-1][0] == "/blog/"


def test_a_bare_site_gets_its_blog(folder: Path, bare_site) -> None:
    run(folder)

    assert BlogIndexPage.objects.get().live
    assert ServicePage.objects.get(slug="conseil").live


def test_a_page_of_the_site_is_never_overwritten(folder: Path, bare_site) -> None:
    run(folder)
    ServicePage.objects.filter(slug="conseil").update(title="Le conseil, autrement")
    ImportedThing.objects.filter(kind="page").delete()

    run(folder)

    assert ServicePage.objects.get(slug="conseil").title == "Le conseil, autrement"


def test_later_files_bring_the_comments_that_were_missing(folder: Path) -> None:
    run(folder / "feed.xml")
    assert not Comment.objects.exists()

    run(folder)

    assert Comment.objects.count() == 2
    assert PostPage.objects.filter(title=export.MEETING_TITLE).count() == 1


def test_an_archive_is_read_in_place(folder: Path, tmp_path_factory) -> None:
    archive = tmp_path_factory.mktemp("zip") / "export.zip"
    with zipfile.ZipFile(archive, "w") as out:
        for path in sorted(folder.rglob("*")):
            out.write(path, path.relative_to(folder))
        out.writestr("../../evasion.html", "<html><p>x</p></html>")

    report = run(archive)

    assert report.made["articles"] == 3
    assert report.made["images"] == 1
    assert any("hors de l’archive" in note.sentence for note in report.notes)


def test_the_default_author_signs_what_nobody_signs(tmp_path: Path) -> None:
    item = export.item("a", "A", datetime(2017, 1, 17, tzinfo=UTC), "<p>a</p>")
    (tmp_path / "feed.xml").write_text(export.feed(item), encoding="utf-8")

    run(tmp_path, author="Jeanne Le Goff")

    assert PostPage.objects.get(slug="a").author == Author.objects.get(slug="jeanne-le-goff")


def test_a_category_that_exists_under_another_spelling_is_taken(folder: Path) -> None:
    there = Category.objects.create(name="Travail d’équipe", slug="travail-dequipe")

    run(folder)

    assert list(meeting().categories.all()) == [there]


HOSTILE = {
    "vide.html": b"",
    "nul.html": b"\0" * 500,
    "compresse.html": b"\x1f\x8b\x08\0\0\0\0\0",
    "binaire.html": bytes(range(32)) * 400,
    "enorme.html": b"<p>" + b"x" * (6 * 1024 * 1024),
    "profond.html": b"<html>" + b"<div>" * 100_000,
    "casse.xml": b"<rss><channel><item",
    "texte.html": b"un mot sans balise",
    "lisezmoi.docx": b"PK\x03\x04",
    "abimee.zip": b"PK\x03\x04 rien",
}


def test_each_hostile_file_is_named_and_the_others_go_on(folder: Path) -> None:
    for name, content in HOSTILE.items():
        (folder / name).write_bytes(content)
    (folder / "boucle").symlink_to(folder, target_is_directory=True)
    os.mkfifo(folder / "tuyau.html")

    report = run(folder)

    named = {note.about for note in report.notes}
    assert {*HOSTILE, "boucle", "tuyau.html"} <= named
    assert report.made["articles"] == 3


@pytest.mark.parametrize(
    "content",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>x</script></svg>",
        b"\xff\xd8\xff pas une image",
    ],
)
def test_a_hostile_picture_is_refused_and_named(folder: Path, content: bytes) -> None:
    for path in folder.rglob("tableau*.jpg"):
        path.write_bytes(content)

    report = run(folder)

    assert not CustomImage.objects.exists()
    assert any("tableau" in note.about for note in report.notes)


@pytest.mark.parametrize("side", [7_000, 60_000])
def test_an_image_of_too_many_points_is_refused_unopened(folder: Path, side: int) -> None:
    size = b"IHDR" + struct.pack(">II", side, side) + b"\x08\x02\0\0\0"
    head = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + size + struct.pack(">I", zlib.crc32(size))
    for path in folder.rglob("tableau*.jpg"):
        path.write_bytes(head + export.picture("PNG")[33:])

    report = run(folder)

    assert not CustomImage.objects.exists()
    assert any("refusée" in note.sentence for note in report.notes)


def test_an_article_of_ten_megabytes_is_named_and_the_others_go_on(tmp_path: Path) -> None:
    when = datetime(2017, 1, 17, tzinfo=UTC)
    large = export.item("gros", "Gros", when, f"<p>{'mot ' * 2_600_000}</p>")
    small = export.item("petit", "Petit", when, "<p>a</p>")
    (tmp_path / "feed.xml").write_text(export.feed(large + small), encoding="utf-8")

    report = run(tmp_path)

    assert PostPage.objects.get().slug == "petit"
    assert any("trop gros" in note.sentence for note in report.notes)


def test_a_trap_inside_a_feed_is_named_and_the_others_go_on(tmp_path: Path) -> None:
    when = datetime(2017, 1, 17, tzinfo=UTC)
    trap = export.item("piege", "Piège", when, "<div>" * 5_000)
    small = export.item("petit", "Petit", when, "<p>a</p>")
    (tmp_path / "feed.xml").write_text(export.feed(trap + small), encoding="utf-8")

    report = run(tmp_path)

    assert PostPage.objects.get().slug == "petit"
    assert any("emboîtées" in note.sentence for note in report.notes)


def test_odd_characters_and_a_taken_slug_of_an_author_stop_nothing(folder: Path) -> None:
    Author.objects.create(name="Autre", slug="marie-laure-durieux")
    page = (folder / "blog/une-reunion-deacutequipe.html").read_text(encoding="utf-8")
    (folder / "blog/une-reunion-deacutequipe.html").write_text(
        page.replace("On ne décide bien", "On\x1fne\ufffedécide bien"), encoding="utf-8"
    )

    report = run(folder)

    assert report.failed == 0
    assert meeting().author.slug == "marie-laure-durieux-2"


def test_the_command_speaks_plain_french(folder: Path) -> None:
    out = StringIO()

    call_command("import_old_site", str(folder), stdout=out)

    said = out.getvalue()
    assert "Rien n’a changé : ajoutez --apply pour le faire." in said
    assert "lues mois/jour/année" in said
    assert not PostPage.objects.exists()


def test_the_command_fails_when_nothing_can_be_read(tmp_path: Path) -> None:
    with pytest.raises(CommandError):
        call_command("import_old_site", str(tmp_path / "absent"), stdout=StringIO())
