# ruff: noqa: E501 - the old editor wrote long lines.
"""A small old site as its export folder would be: a feed, pages, lists, pictures. All invented."""

from datetime import UTC, datetime
from email.utils import format_datetime
from io import BytesIO
from pathlib import Path

from PIL import Image

HOST = "www.enys-ancien.fr"
MENU = "".join(
    f"<li class='wsite-menu-item-wrap'><a class='wsite-menu-item' href='/{slug}.html'>{name}</a></li>"
    for slug, name in (
        ("conseil", "CONSEIL"),
        ("strategie", "STRATEGIE"),
        ("blog", "BLOG"),
        ("nos-outils", "NOS OUTILS"),
    )
)
SIDEBAR = """
<td class="blog-sidebar"><div class="column-blog"><div class="blog-sidebar-separator">
<h2 class="blog-author-title">Auteur</h2>
<p>Marie-Laure DURIEUX Cheffe de service et formatrice. Elle écrit sur le travail d’équipe.</p>
<h2 class="blog-archives-title">Archives</h2>
<p class="blog-archive-list">
<a href="/blog/archives/03-2018" class="blog-link">Mars 2018</a><br />
<a href="/blog/archives/01-2017" class="blog-link">Janvier 2017</a><br />
<a href="/blog/archives/10-2016" class="blog-link">Octobre 2016</a><br /></p>
<h2 class="blog-category-title">Catégories</h2>
<p class="blog-category-list"><a href="/blog/category/all" class="blog-link">Tout</a><br />
<a href="/blog/category/travail-deacutequipe" class="blog-link">Travail d'équipe</a><br />
<a href="/blog/category/domicile" class="blog-link">Domicile</a><br /></p>
<p class="blog-feed-link"><a href="https://www.enys-ancien.fr/1/feed"><img src="//cdn1.editmysite.com/bg_feed.gif">
Flux RSS</a></p></div></div></td>
"""


def layout(title: str, content: str, *, head: str = "", sidebar: str = "") -> str:
    return f"""<!DOCTYPE html>
<html lang="fr"><head><title>{title} - ENYS Conseil</title>
<meta http-equiv="Content-Type" content="text/html; charset=utf-8"/>{head}
<script>var _W = _W || {{}};</script><style>.wsite-elements p {{color: red}}</style></head>
<body class="wsite-theme-light"><div id="header-wrap"><div id="header"><span class="wsite-logo">
<a href="/"><span id="wsite-title">ENYS Conseil</span></a></span></div>
<div id="navigation"><ul class="wsite-menu-default">{MENU}</ul></div></div>
<div id="main-wrap"><table id="blogTable"><tbody><tr><td valign="top"><div class="blog-body">
<div id="wsite-content" class="wsite-elements wsite-not-footer">{content}</div></div></td>{sidebar}
</tr></tbody></table></div>
<div id="footer-wrap"><div class="wsite-elements wsite-footer"><div class="paragraph">© ENYS Conseil
– 2018 | Contact</div></div></div>
<script src="https://www.google-analytics.com/analytics.js"></script></body></html>"""


def post(slug: str, title: str, date: str, body: str, *, comments: str = "", more: str = "") -> str:
    """An article as it stands in a list or on its page."""
    return f"""<div id="blog-post-{len(slug)}" class="blog-post"><div class="blog-header">
<h2 class="blog-title"><a class="blog-title-link blog-link" href="//{HOST}/blog/{slug}">{title}</a></h2>
<p class="blog-date"><span class="date-text">{date}</span></p>
<p class="blog-comments"><a href="//{HOST}/blog/{slug}#comments" class="blog-link">0 Commentaires</a></p>
<div class="blog-clear"></div></div><div class="blog-separator">&nbsp;</div>
<div class="blog-content">{body}</div>
<div class="blog-social"><a href="https://twitter.com/share">Tweet</a></div>
<div class="blog-comments-bottom"><a href="//{HOST}/blog/{slug}#comments">0 Commentaires</a></div>
{more}{comments}<div class="blog-post-separator"></div></div>"""


COMMENTS = """
<div id="commentArea"><div id="comments"></div>
<div class="blogCommentWrap blogCommentLevel0"><div class="blogCommentHeading">
<div class="blogCommentHeadingInner"><div class="blogCommentAuthor"><span class="name">Nora B.</span></div>
<div class="blogCommentDate">1/18/2017 09:12:44 am</div></div></div>
<div class="blogCommentText">Merci pour ces pistes.<br />Nous allons essayer.</div>
<span class="blog-button reply-comment">Répondre</span></div>
<div class="blogCommentWrap blogCommentLevel1"><div class="blogCommentHeadingInner">
<div class="blogCommentAuthor"><a class="name" href="http://exemple.invalid">Marie-Laure</a></div>
<div class="blogCommentDate">1/19/2017 05:30:01 pm</div></div>
<div class="blogCommentText">Avec plaisir&nbsp;!</div></div>
<div class="blogCommentForm"><form><p>Laisser une réponse.</p><input name="email"/></form></div></div>
"""

MEETING = """
<div class="paragraph" style="text-align:justify;"><font size="3">&#8203;Une réunion d’équipe se prépare.
Chacun y vient avec une question.</font><br /><br /><span></span>Le compte rendu tient sur
<strong>une page</strong>, voir <a href="/blog/le-cahier-de-liaison">le cahier de liaison</a>, la page
<a href="http://www.enys-ancien.fr/conseil.html">Conseil</a> et
<a href="/blog/jamais-ecrit">un texte perdu</a>.<br /></div>
<h2 class="wsite-content-title" style="text-align:left;"><font size="4">Avant la réunion</font><br /></h2>
<div class="paragraph"><ul><li>Un ordre du jour</li><li>Une <em>seule</em> décision</li></ul></div>
<h2 class="wsite-content-title">Pendant la réunion</h2>
<blockquote>On ne décide bien que de ce que l’on a vu.</blockquote>
<div><div class="wsite-multicol"><div class="wsite-multicol-table-wrap"><table class="wsite-multicol-table">
<tbody><tr><td class="wsite-multicol-col" style="width:50%;"><div><div class="wsite-image">
<a><img src="/uploads/1/6/0/5/16055074/tableau.jpg?1484" alt="Un tableau couvert de notes" /></a>
<div style="display:block;font-size:90%">Le tableau d’une équipe</div></div></div></td>
<td class="wsite-multicol-col"><div class="paragraph">À droite du tableau, les tâches.</div></td></tr>
</tbody></table></div></div></div>
<div class="wsite-youtube"><iframe src="//www.youtube.com/embed/abcdefghijk?wmode=opaque"></iframe></div>
<div><img src="/uploads/1/6/0/5/16055074/perdue.png" alt="Picture" /></div>
<script>alert(1)</script><img src="https://www.facebook.com/tr?id=1" width="1" height="1"/>
"""
NOTEBOOK = """<div class="paragraph">Le cahier de liaison dit peu et longtemps. Il se relit le lundi,
avant la réunion dont parle <a href="https://www.enys-ancien.fr/blog/une-reunion-deacutequipe">cet
article</a>.<br /><br />Il n’a pas de marge.</div>"""
HOME_CARE = """<p>À domicile, la porte est celle de quelqu’un d’autre.</p><p>On y entre en
saluant.</p>"""


def picture(kind: str = "JPEG", size: tuple[int, int] = (640, 360), colour: str = "teal") -> bytes:
    content = BytesIO()
    Image.new("RGB", size, colour).save(content, kind)
    return content.getvalue()


def feed(items: str) -> str:
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title><![CDATA[ENYS Conseil - Blog]]></title>
<link><![CDATA[https://{HOST}/blog]]></link><description>Blog</description>{items}</channel></rss>"""


def item(slug: str, title: str, when: datetime, html: str, *categories: str) -> str:
    filed = "".join(f"<category><![CDATA[{name}]]></category>" for name in categories)
    return f"""<item><title><![CDATA[{title}]]></title>
<link><![CDATA[https://{HOST}/blog/{slug}]]></link><comments>https://{HOST}/blog/{slug}#comments</comments>
<pubDate>{format_datetime(when)}</pubDate>{filed}
<guid isPermaLink="false">https://{HOST}/blog/{slug}</guid>
<content:encoded><![CDATA[{html}]]></content:encoded></item>"""


MEETING_TITLE = "Une réunion d’équipe qui sert"
NOTEBOOK_TITLE = "Le cahier de liaison"
HOME_TITLE = "À domicile : entrer sans déranger"
PAGE_WORDS = (
    "<p>Trois grilles simples, à imprimer. Elles tiennent dans une poche.</p><p>On les relit.</p>"
)


def make_export(root: Path) -> Path:
    """Write the folder; three articles, each seen in several places, and two pages."""
    blog = root / "blog"
    uploads = root / "uploads/1/6/0/5/16055074"
    for folder in (blog / "archives", blog / "category", uploads):
        folder.mkdir(parents=True)
    when = datetime(2017, 1, 17, 9, 0, tzinfo=UTC)
    (root / "feed.xml").write_text(
        feed(
            item("une-reunion-deacutequipe", MEETING_TITLE, when, MEETING, "Travail d'équipe")
            + item(
                "a-domicile", HOME_TITLE, datetime(2018, 3, 2, 8, tzinfo=UTC), HOME_CARE, "Domicile"
            )
        ),
        encoding="utf-8",
    )
    canonical = f'<link rel="canonical" href="https://{HOST}/blog/une-reunion-deacutequipe"/>'
    meeting = post(
        "une-reunion-deacutequipe", MEETING_TITLE, "1/17/2017", MEETING, comments=COMMENTS
    )
    page = layout(MEETING_TITLE, meeting, head=canonical, sidebar=SIDEBAR)
    (blog / "une-reunion-deacutequipe.html").write_text(page, encoding="utf-8")
    saved = "<!-- saved from url=(0050)https://www.enys-ancien.fr/blog/le-cahier-de-liaison -->\n"
    notebook = post("le-cahier-de-liaison", NOTEBOOK_TITLE, "10/4/2016", NOTEBOOK)
    page = layout(NOTEBOOK_TITLE, notebook, sidebar=SIDEBAR).replace("utf-8", "iso-8859-1")
    (root / "Le cahier - ENYS.htm").write_bytes(
        (saved + page).encode("cp1252", "xmlcharrefreplace")
    )
    cut = '<p>Une réunion…</p><div class="blog-read-more"><a href="#">Lire la suite</a></div>'
    listed = (
        post("a-domicile", HOME_TITLE, "3/2/2018", HOME_CARE)
        + post("une-reunion-deacutequipe", MEETING_TITLE, "1/17/2017", cut)
        + '<div class="blog-page-nav-previous"><a href="/blog/previous/2">Précédent</a></div>'
    )
    (root / "blog.html").write_text(layout("BLOG", listed, sidebar=SIDEBAR), encoding="utf-8")
    one = layout("Archives", post("a-domicile", HOME_TITLE, "3/2/2018", HOME_CARE), sidebar=SIDEBAR)
    (blog / "archives/03-2018.html").write_text(one, encoding="utf-8")
    (blog / "category/domicile.html").write_text(one, encoding="utf-8")
    tools = (
        f'<h2 class="wsite-content-title">NOS OUTILS</h2><div class="paragraph">{PAGE_WORDS}</div>'
    )
    (root / "nos-outils.html").write_text(layout("NOS OUTILS", tools), encoding="utf-8")
    advice = '<div class="paragraph">Le conseil d’avant, en une page.</div>'
    (root / "conseil.html").write_text(layout("CONSEIL", advice), encoding="utf-8")
    (root / "index.html").write_text(layout("ACCUEIL", advice), encoding="utf-8")
    (uploads / "tableau.jpg").write_bytes(picture(size=(200, 100)))
    (uploads / "tableau_orig.jpg").write_bytes(picture())
    return root
