"""Public pages are made once, given to everybody who is not known, and never anything else."""

import re
from collections.abc import Callable
from datetime import timedelta

from django.conf import LazySettings
from django.utils import timezone

from wagtail.contrib.redirects.models import Redirect
from wagtail.models import PageViewRestriction, Site

import pytest
import time_machine

from blog.models import BlogIndexPage
from formation.models import Session
from home.models import HomePage, OrganisationSettings
from site_enys.page_cache.board import board
from tests.factories.blog import CommentFactory, PostPageFactory
from tests.factories.formation import CoursePageFactory, SessionFactory
from tests.factories.home import ContactPageFactory, ServicePageFactory
from tests.harness.client import SiteClient
from tests.site_enys.page_cache.conftest import NewProcess

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("either_board")]
CountQueries = Callable[[Callable[[], object]], int]
Commit = Callable[[], None]


@pytest.fixture
def page(keeping: None):
    return ServicePageFactory(title="Conseil")


def is_kept(visitor: SiteClient, address: str, count_queries: CountQueries) -> bool:
    visitor.get(address)
    return count_queries(lambda: visitor.get(address)) == 0


def test_a_page_is_made_once(page, visitor: SiteClient, count_queries: CountQueries) -> None:
    made = visitor.get(page.url)

    kept = visitor.get(page.url)

    assert count_queries(lambda: visitor.get(page.url)) == 0
    assert kept.content == made.content
    own = {"X-Request-ID": made["X-Request-ID"]}  # of one request, never kept with the page
    assert kept["X-Request-ID"] != made["X-Request-ID"]
    assert dict(kept.items()) | own == dict(made.items())
    assert "default-src 'none'" in kept["Content-Security-Policy"]


def test_a_proxy_may_keep_it_a_second_and_a_browser_asks_again(page, visitor: SiteClient) -> None:
    response = visitor.get(page.url)

    directives = set(response["Cache-Control"].split(", "))
    assert directives == {"public", "max-age=0", "s-maxage=1", "must-revalidate"}
    assert {"Cookie", "Accept-Encoding"} <= set(response["Vary"].split(", "))


def test_who_has_the_page_already_hears_304(page, visitor: SiteClient) -> None:
    tag = visitor.get(page.url)["ETag"]

    again = visitor.get(page.url, headers={"If-None-Match": tag})
    other = visitor.get(page.url, headers={"If-None-Match": '"autre"'})

    assert (again.status_code, again.content) == (304, b"")
    assert other.status_code == 200


def test_the_first_visitor_may_have_it_already(page, new_process: NewProcess) -> None:
    tag = new_process().get(page.url)["ETag"]
    visitor = new_process()

    assert visitor.get(page.url, headers={"If-None-Match": tag}).status_code == 304
    assert visitor.get(page.url).status_code == 200


def test_a_page_made_again_for_who_has_it_is_whole_for_the_others(
    page, visitor: SiteClient, commit: Commit, count_queries: CountQueries
) -> None:
    tag = visitor.get(page.url)["ETag"]
    redirect_somewhere(page)
    commit()

    assert visitor.get(page.url, headers={"If-None-Match": tag}).status_code == 304
    assert count_queries(lambda: visitor.get(page.url)) == 0
    assert "Conseil" in visitor.get(page.url).text


def test_head_has_the_headers_of_the_page(page, visitor: SiteClient) -> None:
    first = visitor.head(page.url)
    made = visitor.get(page.url)
    kept = visitor.head(page.url)

    assert first.content == kept.content == b""
    assert made["ETag"] == kept["ETag"]


def test_compressed_and_plain_are_kept_apart(page, visitor: SiteClient) -> None:
    visitor.checks_html = False  # which it cannot read when it is compressed
    zipped = visitor.get(page.url, headers={"Accept-Encoding": "gzip"})
    plain = visitor.get(page.url)

    assert zipped["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain
    assert visitor.get(page.url, headers={"Accept-Encoding": "gzip"}).content == zipped.content


@pytest.mark.parametrize("cookie", ["sessionid", "messages"])
def test_who_is_known_is_answered_alone(
    cookie: str, page, visitor: SiteClient, count_queries: CountQueries, settings: LazySettings
) -> None:
    visitor.get(page.url)
    visitor.cookies[settings.SESSION_COOKIE_NAME if cookie == "sessionid" else cookie] = "x"

    assert not is_kept(visitor, page.url, count_queries)


def test_the_pages_of_a_list_are_kept_apart(
    visitor: SiteClient, count_queries: CountQueries
) -> None:
    blog = BlogIndexPage.objects.first().url

    assert is_kept(visitor, f"{blog}?page=1", count_queries)
    assert is_kept(visitor, blog, count_queries)


@pytest.mark.parametrize("query", ["utm=x", "page=x", "page=", "page=12345", "page=1&q=x", "q=1"])
def test_an_address_with_something_else_is_made_each_time(
    query: str, visitor: SiteClient, count_queries: CountQueries
) -> None:
    blog = BlogIndexPage.objects.first().url

    assert not is_kept(visitor, f"{blog}?{query}", count_queries)


def test_two_names_of_the_site_do_not_share(
    page, visitor: SiteClient, count_queries: CountQueries, settings: LazySettings
) -> None:
    settings.ALLOWED_HOSTS = ["testserver", "autre.test"]
    visitor.get(page.url)

    other = {"Host": "autre.test"}

    assert count_queries(lambda: visitor.get(page.url, headers=other)) > 0


def test_an_unknown_name_is_refused_and_keeps_nothing(page, visitor: SiteClient) -> None:
    visitor.get(page.url)

    assert visitor.get(page.url, headers={"Host": "pirate.test"}).status_code == 400


def test_a_form_and_its_token_are_never_kept(
    visitor: SiteClient, count_queries: CountQueries
) -> None:
    contact = ContactPageFactory().url

    assert not is_kept(visitor, contact, count_queries)
    assert "s-maxage" not in visitor.get(contact).get("Cache-Control", "")


def test_a_page_with_a_password_is_never_kept(
    page, visitor: SiteClient, count_queries: CountQueries
) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type="password", password="mot")

    assert not is_kept(visitor, page.url, count_queries)
    assert "s-maxage" not in visitor.get(page.url).get("Cache-Control", "")


def test_a_preview_is_neither_kept_nor_the_kept_page(page, visitor: SiteClient) -> None:
    """Wagtail asks for it under the address of the page; here, without the editor's cookie."""
    shown = visitor.get(page.url).content
    page.title = "Brouillon"

    preview = page.make_preview_request()

    assert "Brouillon" in preview.text
    assert "s-maxage" not in preview["Cache-Control"]
    assert visitor.get(page.url).content == shown


@pytest.mark.parametrize("accepted", ["en", "fr;q=0.1, de", "*", "x" * 200])
def test_the_page_is_the_same_in_whatever_language_it_is_asked(
    accepted: str, page, visitor: SiteClient
) -> None:
    first = visitor.get(page.url, headers={"Accept-Language": accepted})

    assert first.content == visitor.get(page.url).content
    assert "Language" not in first["Vary"]


def test_a_missing_page_is_not_kept(visitor: SiteClient, count_queries: CountQueries) -> None:
    assert not is_kept(visitor, "/rien/", count_queries)


@pytest.mark.parametrize(
    "address", ["/robots.txt", "/sitemap.xml", "/blog/flux/", "/formation/sessions/"]
)
def test_what_machines_and_lists_read_is_kept(
    address: str, visitor: SiteClient, count_queries: CountQueries
) -> None:
    assert is_kept(visitor, address, count_queries)


# -- What changes shows at once, in every process --------------------------------------------------


def publish(page) -> None:
    page.save_revision().publish()


def rename_the_firm(_page) -> None:
    firm = OrganisationSettings.for_site(Site.objects.get())
    firm.phone = "01 02 03 04 05"
    firm.save()


def move_it(page) -> None:
    page.move(ServicePageFactory(title="Ailleurs"), pos="last-child")


def redirect_somewhere(_page) -> None:
    Redirect.add_redirect("/ancienne", "/nouvelle")


@pytest.mark.parametrize("change", [publish, rename_the_firm, move_it, redirect_somewhere])
def test_a_change_renews_the_pages_of_every_process(
    change: Callable[..., None],
    page,
    new_process: NewProcess,
    count_queries: CountQueries,
    commit: Commit,
) -> None:
    processes = [new_process(), new_process()]
    home = HomePage.objects.get().url
    for process in processes:
        process.get(home)
        assert count_queries(lambda: process.get(home)) == 0  # noqa: B023 - called at once

    change(page)
    commit()

    # The one that comes second may be given what the first one has just made.
    assert count_queries(lambda: processes[0].get(home)) > 0
    assert processes[1].get(home).content == processes[0].get(home).content


def test_a_seat_that_is_taken_shows_at_once(visitor: SiteClient, commit: Commit) -> None:
    session = SessionFactory(capacity=10)
    assert re.search(r"\b10\s+places", visitor.get(session.course.url).text)

    Session.objects.filter(pk=session.pk).update(seats_taken=3)
    commit()

    assert re.search(r"\b7\s+places", visitor.get(session.course.url).text)


def test_a_comment_that_is_published_shows_at_once(visitor: SiteClient, commit: Commit) -> None:
    post = PostPageFactory()
    assert "0\xa0commentaire" in visitor.get(post.url).text

    CommentFactory(post=post, approved=True)
    commit()

    assert "1\xa0commentaire" in visitor.get(post.url).text


def test_a_session_that_closes_by_itself_shows_at_its_instant(visitor: SiteClient) -> None:
    now = timezone.now()
    session = SessionFactory(enrol_closes_at=now + timedelta(hours=1))
    with time_machine.travel(now, tick=False):
        assert "Inscriptions closes" not in visitor.get(session.course.url).text

    with time_machine.travel(now + timedelta(hours=1), tick=False):
        assert "Inscriptions closes" in visitor.get(session.course.url).text


def test_an_article_appears_at_its_instant(visitor: SiteClient) -> None:
    now = timezone.now()
    post = PostPageFactory(date=now + timedelta(minutes=10), title="Demain déjà")
    blog = BlogIndexPage.objects.first().url
    with time_machine.travel(now, tick=False):
        assert post.title not in visitor.get(blog).text

    with time_machine.travel(post.date, tick=False):
        assert post.title in visitor.get(blog).text


def test_at_midnight_every_page_is_made_again(
    page, visitor: SiteClient, count_queries: CountQueries
) -> None:
    with time_machine.travel("2026-03-10 22:59:30+00:00", tick=False):
        visitor.get(page.url)

    with time_machine.travel("2026-03-10 23:00:00+00:00", tick=False):
        assert count_queries(lambda: visitor.get(page.url)) > 0


def test_a_process_that_starts_finds_the_generation_of_the_others(new_process: NewProcess) -> None:
    new_process().get("/robots.txt")
    seen = board().generation()

    new_process().get("/robots.txt")

    assert board().generation() == seen


def test_a_course_that_is_withdrawn_is_not_given_any_more(
    visitor: SiteClient, commit: Commit
) -> None:
    course = CoursePageFactory()
    assert visitor.get(course.url).status_code == 200

    course.unpublish()
    commit()

    assert visitor.get(course.url).status_code == 404
