"""« Relecture » beside the form: who reads it, what it follows; it never stands in the way."""

import re

from django.urls import reverse

from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

import pytest

from blog.models import PostPage
from home.models import HomePage, ServicePage
from home.review import remarks
from tests.factories.blog import CategoryFactory, PostPageFactory, the_blog
from tests.factories.home import ServicePageFactory

pytestmark = pytest.mark.django_db

VAGUE = '<p>Voyez <a href="https://exemple.fr">cliquez ici</a> avant.</p>'
PLAIN = '<p>Voyez <a href="https://exemple.fr">le calendrier</a> avant.</p>'


def typed(html, **more):
    """What the browser sends for a page of presentation."""
    return nested_form_data(
        {
            "title": "Conseil",
            "slug": "conseil",
            "kicker": "",
            "introduction": "Ce que nous faisons.",
            "body": streamfield([("paragraph", rich_text(html))]),
            "comment_notifications": "",
            "search_description": "",
        }
        | more
    )


def ask(staff, page, **data):
    return staff.post(reverse("page_review", args=[page.pk]), data)


@pytest.fixture
def page():
    return ServicePageFactory(title="Conseil", slug="conseil", body=[("paragraph", VAGUE)])


def test_the_panel_shows_the_state_at_load(log_in, page) -> None:
    html = log_in("redaction").get(f"/admin/pages/{page.pk}/edit/").content.decode()

    assert "Le lien ne dit pas où il mène" in html
    assert "cliquez ici" in html
    assert "Il manque une description" in html
    assert "js/conformity.js" in html


@pytest.mark.parametrize(("html", "shown"), [(VAGUE, True), (PLAIN, False)])
def test_it_follows_what_is_typed(log_in, page, html, shown) -> None:
    answer = ask(log_in("redaction"), page, **typed(html)).content.decode()

    assert ("Le lien ne dit pas où il mène" in answer) is shown
    assert ServicePage.objects.get(pk=page.pk).body[0].value.source == VAGUE  # nothing is saved


def test_it_leads_to_the_block(log_in, page) -> None:
    html = ask(log_in("redaction"), page, **typed(VAGUE)).content.decode()

    assert 'data-conformity-field="body"' in html
    assert "bloc 1, Texte" in html


def test_it_says_when_there_is_nothing_to_say(log_in, page) -> None:
    description = "Nous évaluons les établissements avec leurs équipes, en trois mois."
    data = typed(PLAIN, search_description=description)

    assert "Rien à signaler." in ask(log_in("redaction"), page, **data).content.decode()


def test_a_new_page_has_it_too(log_in) -> None:
    home = HomePage.objects.get()
    staff = log_in("redaction")
    url = reverse("new_page_review", args=["home", "servicepage", home.pk])
    add = reverse("wagtailadmin_pages:add", args=["home", "servicepage", home.pk])
    assert url in staff.get(f"{add}?modele=vide").content.decode()

    answer = staff.post(url, typed(VAGUE)).content.decode()

    assert "Le lien ne dit pas où il mène" in answer


def test_it_never_stands_in_the_way_of_publication(log_in, page) -> None:
    data = typed(VAGUE, **{"action-publish": "1"}) | {"action-publish": "1"}

    response = log_in("redaction").post(f"/admin/pages/{page.pk}/edit/", data)

    assert response.status_code == 302


@pytest.mark.parametrize("role", ["formation", "recrutement", "evaluation"])
def test_others_do_not_read_it(log_in, page, role) -> None:
    staff = log_in(role)
    new = reverse("new_page_review", args=["home", "servicepage", HomePage.objects.get().pk])

    assert ask(staff, page, **typed(VAGUE)).status_code == 302
    assert staff.post(new, typed(VAGUE)).status_code == 302


def test_a_visitor_is_sent_to_the_sign_in(client, page) -> None:
    assert ask(client, page).status_code == 302


def test_reading_is_not_enough_to_ask(log_in, page) -> None:
    assert log_in("redaction").get(reverse("page_review", args=[page.pk])).status_code == 405


@pytest.mark.parametrize(
    ("app", "kind"),
    [("home", "homepage"), ("home", "nimporte"), ("rien", "rien"), ("wagtailcore", "page"),
     ("site_enys", "user"), ("blog", "postpage")],
)  # fmt: skip
def test_a_kind_that_has_no_place_there_is_not_found(log_in, app, kind) -> None:
    url = reverse("new_page_review", args=[app, kind, HomePage.objects.get().pk])

    assert log_in("redaction").post(url, {}).status_code == 404


@pytest.mark.parametrize(
    "data", [{}, {"body-count": "x"}, {"body-count": "2", "title": "\u202e" * 9}]
)
def test_what_no_browser_sends_is_refused(log_in, page, data) -> None:
    assert ask(log_in("redaction"), page, **data).status_code == 400


def test_a_value_that_the_form_refuses_counts_as_it_was_saved(log_in, page) -> None:
    too_long = typed(PLAIN, introduction="x" * 401)

    html = ask(log_in("redaction"), page, **too_long).content.decode()

    assert "Il n’y a pas d’introduction" not in html


def test_an_article_without_category_tag_or_image(log_in) -> None:
    bare, filed = PostPageFactory(), PostPageFactory(tag_names=["DEIS"])
    filed.categories.add(CategoryFactory())
    filed.save()
    staff = log_in("redaction")

    html = {
        post: staff.get(f"/admin/pages/{post.pk}/edit/").content.decode() for post in (bare, filed)
    }

    assert "Aucune catégorie" in html[bare]
    assert "Aucune étiquette" in html[bare]
    assert "Il n’y a pas d’image." in html[bare]
    assert "Aucune catégorie" not in html[filed]
    assert "Aucune étiquette" not in html[filed]


def test_what_is_typed_in_an_article_is_read_before_it_is_saved(log_in) -> None:
    category = CategoryFactory()
    url = reverse("new_page_review", args=["blog", "postpage", the_blog().pk])
    data = typed(PLAIN, date="2026-03-10 09:00", tags="DEIS")

    html = log_in("redaction").post(url, data | {"categories": [category.pk]}).content.decode()

    assert "Aucune catégorie" not in html
    assert "Aucune étiquette" not in html
    assert not PostPage.objects.exists()


def test_a_link_to_a_draft_is_told(log_in, page) -> None:
    draft = ServicePageFactory(title="Brouillon", live=False)
    link = f'<p>Lire <a linktype="page" id="{draft.pk}">la suite du projet</a>.</p>'

    html = ask(log_in("redaction"), page, **typed(link)).content.decode()

    assert "il ne reste que les mots" in html
    assert "la suite du projet" in html


def test_it_costs_the_same_with_one_link_and_with_thirty(page, count_queries) -> None:
    def cost(number: int) -> int:
        targets = [ServicePageFactory() for _ in range(number)]
        page.body = [
            ("paragraph", f'<p><a linktype="page" id="{target.pk}">{target.title}</a></p>')
            for target in targets
        ]
        return count_queries(lambda: remarks(page))

    cost(1)  # where the site begins is remembered

    assert cost(1) == cost(30)


def test_what_is_typed_is_shown_and_never_run(log_in, page) -> None:
    data = typed(PLAIN, title='<script>alert("x")</script>' * 4)

    html = ask(log_in("redaction"), page, **data).content.decode()

    assert "<script" not in html
    assert "&lt;script" in html


@pytest.mark.parametrize("kind", ["home", "catalogue", "course", "blog"])
def test_every_kind_of_page_has_it(log_in, kind) -> None:
    from tests.factories.formation import CoursePageFactory  # noqa: PLC0415 - only for one case

    pages = {
        "home": HomePage.objects.get,
        "catalogue": lambda: CoursePageFactory().get_parent(),
        "course": CoursePageFactory,
        "blog": the_blog,
    }

    html = log_in("direction").get(f"/admin/pages/{pages[kind]().pk}/edit/").content.decode()

    assert re.search(r'data-conformity="/admin/relecture/\d+/"', html)
