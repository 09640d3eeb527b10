"""Pages, feeds and captures of the old site, each read for what it shows."""

import pytest

from blog.old_site.addresses import address_of_file, clean_slug, slug_of_title, spelt_out
from blog.old_site.capture import read_capture
from blog.old_site.feed import read_feed
from blog.old_site.page_reader import read_page
from blog.old_site.records import Origin
from blog.old_site.sidebar import name_at_start
from tests.blog.old_site import export

CAPTURE = """ENYS Conseil

  • ACCUEIL
  • CONSEIL
  • BLOG
    • CONTACT

L'accueil d'une équipe

2/13/2018

1 Commentaire

\u00a0
Une équipe accueille comme elle a été accueillie.
Le second jour compte plus que le premier.

Le premier jour
On montre les lieux et les gens.

  • Les clés
  • Le planning

Le second jour
On laisse faire.
1 Commentaire

Paul
2/14/2018 08:10:00 am

Nous l’avons essayé.

Répondre


Laisser une réponse.

    Auteur

    Jeanne LE GOFF Formatrice. Ce blog parle du quotidien.

    Archives

    Février 2018
    Octobre 2016

    Catégories

    Tout
    Accueil

    Flux RSS

© ENYS Conseil – 2018 | Contact          | Conception
✕"""
OPENED = """Le métier de lien

Le métier de lien

Il tient à peu de choses, et à beaucoup de patience, que les équipes connaissent :

  • Une présence
  • Une parole tenue

Ce qui nous tient

On revient, on recommence, et l’on apprend à compter ce qui ne se compte pas d’ordinaire.
"""


def test_a_captured_article_keeps_its_text_and_leaves_the_rest() -> None:
    reading = read_capture(CAPTURE, "capture.txt")

    (post,) = reading.posts
    assert (post.title, post.date) == ("L'accueil d'une équipe", "2/13/2018")
    assert post.html == (
        "<p>Une équipe accueille comme elle a été accueillie.</p>"
        "<p>Le second jour compte plus que le premier.</p>"
        "<h2>Le premier jour</h2><p>On montre les lieux et les gens.</p>"
        "<ul><li>Les clés</li><li>Le planning</li></ul>"
        "<h2>Le second jour</h2><p>On laisse faire.</p>"
    )
    assert post.author == "Jeanne Le Goff"
    assert reading.authors[0].words == "Formatrice. Ce blog parle du quotidien."
    assert reading.months == {(2018, 2), (2016, 10)}


def test_a_captured_comment_has_its_author_date_and_words() -> None:
    (comment,) = read_capture(CAPTURE, "capture.txt").posts[0].comments

    assert (comment.name, comment.date) == ("Paul", "2/14/2018 08:10:00 am")
    assert comment.text == "Nous l’avons essayé."


def test_a_text_opened_over_another_page_is_a_page() -> None:
    (page,) = read_capture(OPENED, "ouverture.txt").pages

    assert page.title == "Le métier de lien"
    assert page.html.count("Le métier de lien") == 0
    assert "<h2>Ce qui nous tient</h2>" in page.html
    assert "<li>Une présence</li>" in page.html


@pytest.mark.parametrize("text", ["", "\n\n", "trois mots seulement", "✕"])
def test_a_capture_without_text_is_named(text: str) -> None:
    reading = read_capture(text, "vide.txt")

    assert [note.about for note in reading.notes] == ["vide.txt"]


def test_an_articles_own_page_gives_text_comments_and_panels() -> None:
    body = export.post("a", "Titre", "1/17/2017", "<p>Texte.</p>", comments=export.COMMENTS)
    head = '<meta property="og:url" content="https://www.enys-ancien.fr/blog/a"/>'
    reading = read_page(export.layout("Titre", body, head=head, sidebar=export.SIDEBAR), "x.html")

    (post,) = reading.posts
    assert (post.address, post.title, post.date) == ("/blog/a", "Titre", "1/17/2017")
    assert post.origin is Origin.PAGE
    assert post.html.strip() == "<p>Texte.</p>"
    assert post.author == "Marie-Laure Durieux"
    assert [(c.name, c.text, c.is_answer) for c in post.comments] == [
        ("Nora B.", "Merci pour ces pistes.\nNous allons essayer.", False),
        ("Marie-Laure", "Avec plaisir !", True),
    ]
    assert reading.months == {(2018, 3), (2017, 1), (2016, 10)}
    assert reading.categories["/blog/category/domicile"] == "Domicile"


def told(name: str, text: str, *, box: str = "blogCommentBlock", inside: str = "") -> str:
    return (
        f'<div class="{box}"><div class="heading"><span class="blogCommentAuthor">{name}</span>'
        f'<div class="blogCommentDate">2/22/2018</div></div>'
        f'<div class="blogCommentText"><p>{text}</p></div>{inside}</div>'
    )


@pytest.mark.parametrize(
    "comments",
    [
        # All in one box, one box each, the answer inside what it answers, no box at all.
        f'<div class="blogCommentWrap">{told("A", "a")}{told("B", "b", box="is-reply")}</div>',
        told("A", "a", box="blogCommentWrap") + told("B", "b", box="blogCommentLevel1"),
        told("A", "a", inside=told("B", "b")),
        told("A", "a", box="x") + told("B", "b", box="is-reply"),
    ],
)
def test_comments_are_told_apart_whatever_the_boxes_around_them(comments: str) -> None:
    body = export.post("a", "Titre", "1/17/2017", "<p>Texte.</p>", comments=comments)

    (post,) = read_page(export.layout("Titre", body), "blog/a.html").posts

    found = [(c.name, c.date, c.text, c.is_answer) for c in post.comments]
    assert found == [("A", "2/22/2018", "a", False), ("B", "2/22/2018", "b", True)]


def test_comments_side_by_side_in_one_box_are_no_answers() -> None:
    both = f'<div class="blogCommentWrap">{told("A", "a")}{told("B", "b")}</div>'
    body = export.post("a", "Titre", "1/17/2017", "<p>Texte.</p>", comments=both)

    (post,) = read_page(export.layout("Titre", body), "blog/a.html").posts

    assert [comment.is_answer for comment in post.comments] == [False, False]


def test_an_article_is_also_known_by_its_former_address_but_not_by_that_of_the_site() -> None:
    head = (
        '<link rel="canonical" href="https://www.enys-ancien.fr/blog/a"/>'
        '<meta property="og:url" content="https://www.enys-ancien.fr/5/post/2018/02/{}"/>'
    )
    body = export.post("a", "Titre", "1/17/2017", "<p>Texte.</p>")

    known, other = (
        read_page(export.layout("Titre", body, head=head.format(end)), "x.html").posts[0]
        for end in ("a.html", "")
    )

    assert known.also == {"/blog/a", "/5/post/2018/02/a.html"}
    assert other.also == {"/blog/a"}


def test_a_list_gives_its_articles_and_knows_those_cut_short() -> None:
    cut = '<p>Le début</p><div class="blog-read-more"><a href="#">Lire la suite</a></div>'
    body = export.post("a", "A", "1/17/2017", cut) + export.post("b", "B", "1/18/2017", "<p>b</p>")

    reading = read_page(export.layout("BLOG", body), "blog.html")

    assert [post.origin for post in reading.posts] == [Origin.EXTRACT, Origin.LIST]
    assert "Lire la suite" not in reading.posts[0].html


def test_a_page_loses_its_menu_and_foot() -> None:
    (page,) = read_page(export.layout("NOS OUTILS", export.PAGE_WORDS), "nos-outils.html").pages

    assert (page.title, page.address) == ("Nos outils", "/nos-outils")
    assert "STRATEGIE" not in page.html
    assert "2018" not in page.html


def test_a_feed_gives_whole_articles() -> None:
    item = export.item(
        "a", "L’été", export.datetime(2017, 1, 17, tzinfo=export.UTC), "<p>x</p>", "Été"
    )

    (post,) = read_feed(export.feed(item), "feed.xml").posts

    assert (post.title, post.address, post.categories) == ("L’été", "/blog/a", {"Été"})
    assert post.origin is Origin.FEED


def test_a_broken_feed_gives_what_it_can_and_is_named() -> None:
    item = export.item("a", "A & B", export.datetime(2017, 1, 17, tzinfo=export.UTC), "<p>x</p>")
    broken = export.feed(item).replace("</channel>", "<item><title>coupé & ouvert")

    reading = read_feed(broken, "feed.xml")

    assert reading.posts[0].title == "A & B"
    assert [note.about for note in reading.notes] == ["feed.xml"]


@pytest.mark.parametrize(
    "entity", ["<!ENTITY a SYSTEM 'file:///etc/passwd'>", "<!ENTITY a 'bombe'>"]
)
def test_entities_are_never_expanded(entity: str) -> None:
    xml = (
        f"<?xml version='1.0'?><!DOCTYPE rss [{entity}<!ENTITY b '&a;&a;&a;&a;'>]>"
        "<rss version='2.0'><channel><item><title>t &b;</title><description>&b;</description>"
        "<link>http://a.invalid/blog/x</link></item></channel></rss>"
    )

    reading = read_feed(xml, "feed.xml")

    said = " ".join(post.title + post.html for post in reading.posts)
    assert "root:" not in said
    assert "bombebombe" not in said


def test_an_atom_feed_and_a_feed_of_comments_are_read() -> None:
    atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Blog</title><entry><title>A</title>'
        '<link href="http://a.invalid/blog/a"/><updated>2017-01-17T09:00:00Z</updated>'
        "<author><name>Jeanne</name></author><content type='html'>&lt;p&gt;x&lt;/p&gt;</content>"
        "</entry></feed>"
    )
    comments = (
        "<rss version='2.0'><channel><title>Commentaires sur A</title><item><title>Paul</title>"
        "<link>http://a.invalid/blog/a#comment1</link><author>Paul</author>"
        "<description>Oui.</description></item></channel></rss>"
    )

    (post,) = read_feed(atom, "atom.xml").posts
    ((key, comment),) = read_feed(comments, "comments.xml").comments

    assert (post.author, post.html) == ("Jeanne", "<p>x</p>")
    assert (key, comment.name, comment.text) == ("/blog/a", "Paul", "Oui.")


@pytest.mark.parametrize(
    ("line", "name", "rest"),
    [
        ("Jeanne LE GOFF Formatrice.", "Jeanne Le Goff", "Formatrice."),
        ("Marie-Laure DURIEUX", "Marie-Laure Durieux", ""),
        ("Jeanne Dupont", "Jeanne Dupont", ""),
        ("Ce blog parle du quotidien.", "", "Ce blog parle du quotidien."),
        ("Formatrice au CREAI depuis 2010", "", "Formatrice au CREAI depuis 2010"),
    ],
)
def test_the_name_that_opens_the_panel(line: str, name: str, rest: str) -> None:
    assert name_at_start(line) == (name, rest)


def test_slugs_of_the_old_site() -> None:
    assert slug_of_title("L’ingénierie d'équipe") == "lingenierie-dequipe"
    assert spelt_out("L'évaluation à deux") == "leacutevaluation-agrave-deux"
    assert clean_slug("/blog/L%C3%A9gende", "x") == "lc3a9gende"
    assert clean_slug("/blog/Légende.html", "x") == "legende"


def test_where_a_file_lay() -> None:
    assert address_of_file("site/blog/archives/03-2018.html") == "/blog/archives/03-2018"
    assert address_of_file("site/conseil.html") == "/conseil"
    assert address_of_file("Le cahier - ENYS.htm") == ""
