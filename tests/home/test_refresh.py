"""« Contenus à rafraîchir » : which pages, for whom, and what « Revu » does."""

from datetime import timedelta
from io import BytesIO

from django.urls import reverse
from django.utils import timezone

from wagtail.models import ReferenceIndex

import openpyxl
import pytest

from home.desk.refresh import pages_to_refresh
from home.models import HomePage, OrganisationSettings, PageReading, ServicePage
from home.models.settings import LEGAL_FACTS
from home.services import refresh
from site_enys.months import bounds_of_day, months_later
from site_enys.states import staff
from tests.factories.blog import PostPageFactory
from tests.factories.home import ServicePageFactory
from tests.factories.recrutement import OfferFactory

pytestmark = pytest.mark.django_db

DESCRIPTION = "Nous évaluons les établissements avec leurs équipes, en trois mois."
URL = "/admin/contenus/"


@pytest.fixture(autouse=True)
def _only_what_is_made_here(bare_site) -> None:
    """The home page alone would have remarks of its own."""
    HomePage.objects.update(last_published_at=timezone.now(), search_description=DESCRIPTION)


def page_of(days: int = 0, **more) -> ServicePage:
    """A page without fault, published so many days ago."""
    body = [("paragraph", "<p>Partir du terrain.</p>")]
    page = ServicePageFactory(**{"search_description": DESCRIPTION, "body": body} | more)
    page.last_published_at = timezone.now() - timedelta(days=days)
    page.save(update_fields=["last_published_at"])
    return page


def why(user) -> dict[str, list[str]]:
    """The names of the reasons, by title; the home page left aside."""
    found = refresh.lines(user, timezone.now())
    return {
        line.page.title: [reason.name for reason in line.reasons]
        for line in found
        if line.page.depth > 2
    }


@pytest.fixture
def editor(log_in):
    return log_in("redaction")


# -- Why ----------------------------------------------------------------------------------------


def test_a_page_without_fault_is_not_listed(editor) -> None:
    page_of()

    assert why(editor.user) == {}


@pytest.mark.parametrize(
    ("fields", "reasons"),
    [
        ({"search_description": ""}, ["description"]),
        ({"body": [("paragraph", "<h3>Trop bas</h3><p>Ici.</p>")]}, ["relecture"]),
        ({"live": False, "search_description": ""}, None),
    ],
)
def test_remarks_of_a_page_are_its_reasons(editor, fields, reasons) -> None:
    page_of(title="La page", **fields)

    assert why(editor.user).get("La page") == reasons


def test_an_article_without_image_or_category(editor) -> None:
    PostPageFactory(title="L’article", search_description=DESCRIPTION)

    assert "classement" in why(editor.user)["L’article"]


def test_a_page_is_old_the_day_after_its_twelve_months(editor) -> None:
    page = page_of(title="La page")
    limit = bounds_of_day(months_later(timezone.localdate(), -12))[0]

    def published(at):
        ServicePage.objects.filter(pk=page.pk).update(last_published_at=at)
        return "La page" in why(editor.user)

    assert not published(limit)
    assert published(limit - timedelta(seconds=1))


def test_an_article_is_trusted_for_two_years(editor) -> None:
    post = PostPageFactory(title="L’article")
    for days, old in ((400, False), (740, True)):
        post.last_published_at = timezone.now() - timedelta(days=days)
        post.save(update_fields=["last_published_at"])
        assert ("age" in why(editor.user)["L’article"]) is old


def test_an_offer_ends_by_itself(log_in) -> None:
    offer = OfferFactory()
    offer.last_published_at = timezone.now() - timedelta(days=2000)
    offer.save(update_fields=["last_published_at"])

    assert offer.title not in why(log_in("direction").user)


def test_a_page_whose_age_nobody_knows_is_not_called_old(editor) -> None:
    page = page_of(title="Reprise")
    ServicePage.objects.filter(pk=page.pk).update(last_published_at=None, first_published_at=None)

    assert why(editor.user) == {}
    assert editor.get(URL).status_code == 200


@pytest.mark.parametrize("fate", ["live", "draft", "deleted"])
def test_a_link_to_what_is_not_online(editor, fate) -> None:
    target = page_of(title="La cible")
    link = f'<p><a linktype="page" id="{target.pk}">la cible du projet</a></p>'
    page = page_of(title="Qui renvoie", body=[("paragraph", link)])
    ReferenceIndex.create_or_update_for_object(page)
    if fate == "draft":
        target.unpublish()
    elif fate == "deleted":
        target.delete()

    assert ("Qui renvoie" in why(editor.user)) is (fate != "live")


def test_a_page_is_read_anew_once_it_is_published_anew(editor) -> None:
    page = page_of(title="La page", search_description="")
    assert why(editor.user) == {"La page": ["description"]}

    page.search_description = DESCRIPTION
    page.save_revision().publish()

    assert why(editor.user) == {}


# -- Who ----------------------------------------------------------------------------------------


def test_each_sees_the_pages_that_she_may_edit(log_in) -> None:
    page_of(800, title="De la rédaction")

    assert "De la rédaction" in log_in("redaction").get(URL).content.decode()
    assert "De la rédaction" not in why(log_in("formation").user)


@pytest.mark.parametrize("role", ["evaluation", None])
def test_who_writes_nothing_is_refused(log_in, role) -> None:
    staff_ = log_in(role)

    assert {staff_.get(url).status_code for url in (URL, URL + "export/")} <= {302, 403}
    assert URL not in staff_.get("/admin/").content.decode()


def test_a_visitor_is_sent_to_the_sign_in(client) -> None:
    assert client.get(URL).status_code == 302


# -- « Revu » -----------------------------------------------------------------------------------


def test_read_again_takes_it_off_without_publishing(editor) -> None:
    page = page_of(800, title="La page")
    before = ServicePage.objects.get(pk=page.pk)

    response = editor.post(reverse("refresh_read", args=[page.pk]), {"suite": "raison=age"})

    after = ServicePage.objects.get(pk=page.pk)
    assert response.url == f"{URL}?raison=age"
    assert why(editor.user) == {}
    assert (after.last_published_at, after.latest_revision_id) == (
        before.last_published_at,
        before.latest_revision_id,
    )
    assert PageReading.objects.get().by == editor.user


def test_a_second_press_the_same_day_adds_nothing(editor) -> None:
    page = page_of(800)
    now = timezone.now()

    for _ in range(2):
        refresh.mark_read(page, by=staff(editor.user), now=now)
    assert PageReading.objects.count() == 1

    refresh.mark_read(page, by=staff(editor.user), now=now + timedelta(days=1))
    assert PageReading.objects.count() == 2


def test_a_reading_grows_old_too(editor) -> None:
    page = page_of(800, title="La page")
    long_ago = timezone.now() - timedelta(days=400)

    refresh.mark_read(page, by=staff(editor.user), now=long_ago)

    assert why(editor.user) == {"La page": ["age"]}


def test_somebody_else_s_page_is_not_hers_to_read(log_in) -> None:
    page = page_of(800)

    response = log_in("formation").post(reverse("refresh_read", args=[page.pk]))

    assert response.status_code in {302, 403}
    assert not PageReading.objects.exists()


def test_neither_a_draft_nor_a_get(editor) -> None:
    page, draft = page_of(800), page_of(800, live=False)

    assert editor.get(reverse("refresh_read", args=[page.pk])).status_code == 405
    assert editor.post(reverse("refresh_read", args=[draft.pk])).status_code == 404
    assert not PageReading.objects.exists()


@pytest.mark.parametrize("suite", ["//exemple.fr", "\r\nX: y", "x" * 9000, "%00"])
def test_the_way_back_stays_on_the_desk(editor, suite) -> None:
    page = page_of(800)

    response = editor.post(reverse("refresh_read", args=[page.pk]), {"suite": suite})

    assert response.status_code == 302
    assert response.url.startswith(f"{URL}?")
    assert "X" not in response.headers


# -- The screen ---------------------------------------------------------------------------------


def test_the_list_is_filtered_and_sorted(editor) -> None:
    page_of(800, title="Ancienne")
    page_of(900, title="Plus ancienne")
    page_of(title="Sans description", search_description="")

    def titles(query):
        lines = editor.get(URL + query).context["page_obj"].object_list
        return [line.page.title for line in lines if line.page.depth > 2]

    assert titles("?raison=age") == ["Plus ancienne", "Ancienne"]
    assert titles("?raison=description") == ["Sans description"]
    assert titles("?tri=titre") == ["Ancienne", "Plus ancienne", "Sans description"]
    assert titles("?nature=page+de+présentation&raison=age") == ["Plus ancienne", "Ancienne"]
    assert titles("?nature=article") == []


@pytest.mark.parametrize(
    "query", ["?raison=x", "?tri=x", "?p=x", "?p=-1", "?p=99999999", "?nature=%E2%80%AE"]
)
def test_an_address_that_makes_no_sense_is_still_the_list(editor, query) -> None:
    page_of(800)

    assert editor.get(URL + query).status_code == 200


def test_the_workbook_says_the_same(editor) -> None:
    page_of(800, title="=1+1")

    response = editor.get(URL + "export/?raison=age")

    book = openpyxl.load_workbook(BytesIO(response.content))
    rows = list(book.active.iter_rows(values_only=True))
    assert rows[0][0] == "Page"
    assert rows[1][0] == "=1+1"
    assert book.active["A2"].data_type == "s"


def test_the_legal_notice_says_what_it_lacks(editor, log_in) -> None:
    page_of(800)

    assert "mentions légales sont incomplètes" in editor.get(URL).content.decode()
    html = log_in("formation").get(URL).content.decode()
    assert "mentions légales sont incomplètes" not in html


def test_a_complete_legal_notice_says_nothing() -> None:
    full = OrganisationSettings(**dict.fromkeys(LEGAL_FACTS, "x"))

    assert full.missing_legal_facts == []
    assert "hébergeur" in OrganisationSettings().missing_legal_facts


# -- The desk of the day, and what it costs -----------------------------------------------------


def test_the_desk_counts_old_pages(editor, rf) -> None:
    request = rf.get("/admin/")
    request.user = editor.user
    assert pages_to_refresh(request, timezone.now()) is None

    oldest = page_of(900)
    page_of(800)

    line = pages_to_refresh(request, timezone.now())
    assert line.sentence == "2\u00a0pages à rafraîchir"
    assert line.since == oldest.last_published_at
    assert line.url == f"{URL}?raison=age"


def test_thirty_pages_cost_what_one_does(editor, count_queries) -> None:
    page_of(800)
    editor.get(URL)
    with_one = count_queries(lambda: editor.get(URL))
    for _ in range(29):
        page_of(800)
    editor.get(URL)  # which reads the new ones, and remembers

    assert count_queries(lambda: editor.get(URL)) == with_one


def test_the_first_reading_of_thirty_pages_asks_for_each_kind_once(editor, count_queries) -> None:
    def first_time(number: int) -> int:
        for _ in range(number):
            page_of(800)
        refresh.caches["stamped"].delete(refresh.REMEMBERED)
        return count_queries(lambda: editor.get(URL))

    first_time(1)

    assert first_time(1) == first_time(20)
