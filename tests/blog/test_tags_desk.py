"""« Étiquettes » in the admin, and authors and categories that articles still need."""

from django.urls import reverse

from taggit.models import Tag
from wagtail.models import Revision

import pytest

from blog.models import Author, Category, PostPage
from tests.factories.blog import AuthorFactory, CategoryFactory, PostPageFactory

pytestmark = pytest.mark.django_db

LIST = reverse("blog_tags")


def tag(name):
    return Tag.objects.get(name=name)


def rename_screen(name):
    return reverse("blog_tag_rename", args=[tag(name).pk])


def delete_screen(name):
    return reverse("blog_tag_delete", args=[tag(name).pk])


def merge_screen(*names):
    return f"{reverse('blog_tags_merge')}?{'&'.join(f'tag={tag(name).pk}' for name in names)}"


def text_of(response):
    return response.content.decode()


@pytest.fixture
def staff(log_in):
    return log_in("redaction")


@pytest.fixture
def _tagged():
    PostPageFactory(tag_names=["DEIS", "Évaluation"])
    PostPageFactory(tag_names=["evaluations"])
    Tag.objects.create(name="seul")


@pytest.mark.parametrize("role", ["direction", "redaction"])
@pytest.mark.usefixtures("_tagged")
def test_editors_open_every_screen(log_in, role):
    staff = log_in(role)
    urls = [LIST, rename_screen("DEIS"), delete_screen("seul"), merge_screen("DEIS", "seul")]

    assert [staff.get(url).status_code for url in urls] == [200] * 4
    assert LIST in text_of(staff.get("/admin/"))


@pytest.mark.parametrize("role", ["formation", "recrutement"])
@pytest.mark.usefixtures("_tagged")
def test_other_roles_open_none_and_change_nothing(log_in, role):
    staff = log_in(role)

    for url in (LIST, rename_screen("DEIS"), delete_screen("seul"), merge_screen("DEIS", "seul")):
        assert staff.get(url).status_code in {302, 403}
    staff.post(rename_screen("DEIS"), {"name": "Autre"})
    staff.post(delete_screen("seul"))
    staff.post(merge_screen("DEIS", "seul"), {"into": tag("seul").pk})
    assert Tag.objects.filter(name__in=["DEIS", "seul"]).count() == 2
    assert LIST not in text_of(staff.get("/admin/"))


@pytest.mark.usefixtures("_tagged")
def test_the_list_is_searched_whatever_the_accents(staff):
    found = text_of(staff.get(f"{LIST}?q=EVALUATION"))

    assert "Évaluation" in found
    assert "evaluations" in found
    assert "DEIS" not in found


@pytest.mark.parametrize("query", ["%00", "%27", "*", "a" * 10_000, "·", "%E2%80%AE", "&p=abc"])
@pytest.mark.usefixtures("_tagged")
def test_a_hostile_search_is_only_a_search(staff, query):
    assert staff.get(f"{LIST}?q={query}").status_code == 200


@pytest.mark.usefixtures("_tagged")
def test_only_a_tag_that_serves_nowhere_is_offered_for_deletion(staff):
    html = text_of(staff.get(LIST))

    assert delete_screen("seul") in html
    assert delete_screen("DEIS") not in html
    assert "1\u00a0article" in text_of(staff.get(delete_screen("DEIS")))


@pytest.mark.usefixtures("_tagged")
def test_renaming_from_the_screen(staff):
    response = staff.post(rename_screen("DEIS"), {"name": "  Diplôme   d’État "}, follow=True)

    assert "s’appelle maintenant «\u00a0Diplôme d’État\u00a0»" in text_of(response)
    assert tag("Diplôme d’État").slug == "diplome-d-etat"


@pytest.mark.usefixtures("_tagged")
def test_a_name_that_exists_leads_to_the_merge_and_loses_nothing(staff):
    html = text_of(staff.post(rename_screen("DEIS"), {"name": "evaluation"}))

    assert "existe déjà" in html
    assert 'value="evaluation"' in html
    assert merge_screen("DEIS", "Évaluation").replace("&", "&amp;") in html


@pytest.mark.parametrize(
    "name", ["", "\x00", "\u202e", "😀" * 101, "x" * 10_000, "un\ndeux", "a,b"]
)
@pytest.mark.usefixtures("_tagged")
def test_a_hostile_name_is_an_error_beside_the_field(staff, name):
    response = staff.post(rename_screen("DEIS"), {"name": name})

    assert response.status_code == 200
    assert tag("DEIS")


@pytest.mark.usefixtures("_tagged")
def test_the_merge_says_before_how_many_contents_change(staff):
    html = text_of(staff.get(merge_screen("Évaluation", "evaluations", "seul")))

    assert "Évaluation\u00a0: 1\u00a0contenu change d’étiquette" in html
    assert "seul\u00a0: 2\u00a0contenus changent d’étiquette" in html
    assert Tag.objects.count() == 4


@pytest.mark.usefixtures("_tagged")
def test_merging_from_the_screen_then_again(staff):
    url = merge_screen("Évaluation", "evaluations", "seul")
    chosen = {"into": tag("Évaluation").pk}

    done = staff.post(url, chosen, follow=True)
    again = staff.post(url, chosen)

    assert "2\u00a0étiquettes fondues dans «\u00a0Évaluation\u00a0», 1\u00a0contenu" in text_of(
        done
    )
    assert "Choisissez au moins deux étiquettes" in text_of(again)
    assert {each.name for each in Tag.objects.all()} == {"DEIS", "Évaluation"}


@pytest.mark.usefixtures("_tagged")
def test_a_tag_that_was_not_ticked_cannot_be_the_one_that_stays(staff):
    url = merge_screen("Évaluation", "evaluations")

    for into in (tag("DEIS").pk, "", "abc", "9" * 30):
        assert "Choisissez l’étiquette qui reste" in text_of(staff.post(url, {"into": into}))
    assert Tag.objects.count() == 4


@pytest.mark.parametrize("query", ["", "?tag=1", "?tag=abc&tag=%00", "?tag=999999&tag=999998"])
def test_a_merge_of_nothing_says_what_to_do(staff, query):
    html = text_of(staff.get(reverse("blog_tags_merge") + query))

    assert "Choisissez au moins deux étiquettes" in html


def test_a_merge_beyond_all_limits_is_not_found(staff):
    keys = "&".join(f"tag={key}" for key in range(51))

    for query in (keys, "tag=" + "9" * 19 + "&tag=1"):
        assert staff.get(f"{reverse('blog_tags_merge')}?{query}").status_code == 404


@pytest.mark.usefixtures("_tagged")
def test_deleting_from_the_screen(staff):
    response = staff.post(delete_screen("seul"), follow=True)

    assert "«\u00a0seul\u00a0» est supprimée" in text_of(response)
    assert staff.get(reverse("blog_tag_delete", args=[10**9])).status_code == 404


def test_the_list_costs_the_same_with_one_tag_and_with_thirty(staff, count_queries):
    PostPageFactory(tag_names=["un"])
    staff.get(LIST)
    with_one = count_queries(lambda: staff.get(LIST))
    for number in range(29):
        PostPageFactory(tag_names=[f"mot {number}"])

    assert count_queries(lambda: staff.get(LIST)) == with_one


# -- Authors and categories ------------------------------------------------------------------------


def screen(name, record):
    return reverse(type(record).snippet_viewset.get_url_name(name), args=[record.pk])


def bulk_delete(*records):
    chosen = "&".join(f"id={record.pk}" for record in records)
    return f"/admin/bulk/blog/{type(records[0])._meta.model_name}/delete/?{chosen}"


def test_an_author_of_articles_is_kept_and_the_sentence_counts_them(staff):
    author = AuthorFactory()
    PostPageFactory.create_batch(2, author=author)

    response = staff.post(screen("delete", author), follow=True)

    assert "signe 2\u00a0articles" in text_of(response)
    assert Author.objects.filter(pk=author.pk).exists()


def test_a_category_of_articles_is_kept_and_the_sentence_counts_them(staff):
    category = CategoryFactory(name="Métier")
    PostPageFactory(categories=[category])

    response = staff.get(screen("delete", category), follow=True)
    staff.post(screen("delete", category))

    assert "«\u00a0Métier\u00a0» range 1\u00a0article" in text_of(response)
    assert Category.objects.filter(pk=category.pk).exists()


@pytest.mark.parametrize("kind", ["author", "category"])
def test_ticking_several_is_no_way_round(staff, kind):
    used = AuthorFactory() if kind == "author" else CategoryFactory()
    spare = AuthorFactory(slug="autre") if kind == "author" else CategoryFactory()
    PostPageFactory(**({"author": used} if kind == "author" else {"categories": [used]}))

    response = staff.post(bulk_delete(used, spare), follow=True)

    assert "1\u00a0article" in text_of(response)
    assert type(used).objects.count() == 2


@pytest.mark.parametrize("kind", ["author", "category"])
def test_one_that_only_a_draft_names_is_kept_too(staff, kind):
    post = PostPageFactory()
    record = AuthorFactory(slug="autre") if kind == "author" else CategoryFactory()
    if kind == "author":
        post.author = record
    else:
        post.categories = [record]
    post.save_revision()

    response = staff.post(screen("delete", record), follow=True)

    assert "1\u00a0article" in text_of(response)
    assert type(record).objects.filter(pk=record.pk).exists()


@pytest.mark.parametrize("kind", ["author", "category"])
def test_one_that_nothing_needs_is_deleted(staff, kind):
    record = AuthorFactory(slug="autre") if kind == "author" else CategoryFactory()
    assert staff.get(screen("delete", record)).status_code == 200

    response = staff.post(screen("delete", record))

    assert response.status_code == 302
    assert not type(record).objects.exists()


def test_a_former_version_signed_by_somebody_who_left_still_opens(staff):
    former, present = AuthorFactory(slug="avant"), AuthorFactory(slug="apres")
    post = PostPageFactory(author=former)
    version = post.save_revision()
    post.author = present
    post.save_revision().publish()

    staff.post(screen("delete", former))

    assert not Author.objects.filter(pk=former.pk).exists()
    assert Revision.objects.get(pk=version.pk).as_object().author is None
    url = reverse("wagtailadmin_pages:revisions_revert", args=[post.pk, version.pk])
    assert staff.get(url).status_code == 200
    assert PostPage.objects.get(pk=post.pk).author == present


def test_other_roles_delete_neither(log_in):
    author = AuthorFactory()

    for role in ("formation", "recrutement"):
        log_in(role).post(screen("delete", author))

    assert Author.objects.exists()
