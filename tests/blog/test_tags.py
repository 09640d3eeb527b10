"""Tags kept in order: one name for one thing, drafts and addresses included."""

from functools import partial

from django.utils import timezone

from taggit.models import Tag, TaggedItem
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import ModelLogEntry

import pytest

from blog.exceptions import NothingToMerge, TagInUse, TagNameRefused, TagNameTaken
from blog.models import PostTag
from blog.services import tags
from blog.services.tag_uses import line_of, lines
from search.models import SearchStem
from site_enys.french import stems
from site_enys.states import SYSTEM
from site_enys.tags import KnownTagField, known_names
from tests.factories.blog import PostPageFactory
from tests.factories.recrutement import OfferFactory
from tests.races import at_once

pytestmark = pytest.mark.django_db


def tag(name):
    return Tag.objects.get(name=name)


def rename(name, new):
    return tags.rename(tag(name), new, by=SYSTEM, now=timezone.now())


def merge(*names, into):
    return tags.merge([tag(name) for name in names], tag(into), by=SYSTEM, now=timezone.now())


def names_of(page):
    return sorted(each.name for each in type(page).objects.get(pk=page.pk).tags.all())


def names_in_draft(page):
    return sorted(each.name for each in page.get_latest_revision_as_object().tags.all())


def draft_with(page, *names):
    """A draft of the page with these tags, which the page itself has not."""
    draft = page.get_latest_revision_as_object()
    draft.tags.set(names)
    draft.save_revision()
    page.refresh_from_db()
    return page


def finds(page, word):
    return SearchStem.objects.filter(entry__page=page.pk, stem__in=stems(word)).exists()


# -- One name for one thing ------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["évaluation", "Evaluation", "ÉVALUATION", " évaluation "])
def test_a_name_typed_otherwise_meets_the_tag_that_exists(typed):
    PostPageFactory(tag_names=["Évaluation"])

    assert set(KnownTagField().clean(f"{typed}, terrain")) == {"Évaluation", "terrain"}


def test_two_ways_of_writing_a_new_name_are_one_tag():
    assert known_names(["Santé", "sante", "SANTÉ", "école"]) == ["Santé", "école"]


def test_the_exact_name_comes_before_a_name_that_looks_like_it():
    Tag.objects.create(name="cure")
    Tag.objects.create(name="curé")

    assert known_names(["curé", "CURE"]) == ["curé", "cure"]
    assert known_names(["cure"]) == ["cure"]


# -- Rename ----------------------------------------------------------------------------------------


def test_a_renamed_tag_has_its_new_address_and_the_old_one_leads_there(client):
    PostPageFactory(tag_names=["VAE"])

    rename("VAE", "Validation des acquis")

    assert client.get("/blog/etiquette/validation-des-acquis/").status_code == 200
    response = client.get("/blog/etiquette/vae/")
    assert response.status_code == 301
    assert response.headers["Location"] == "/blog/etiquette/validation-des-acquis/"


def test_who_follows_the_feed_of_a_renamed_tag_goes_on_reading(client):
    PostPageFactory(title="La VAE", tag_names=["VAE"])

    rename("VAE", "validation des acquis")

    for form in ("", "atom/", "json/"):
        answer = client.get(f"/blog/etiquette/vae/flux/{form}", follow=True)
        assert answer.redirect_chain == [
            (f"/blog/etiquette/validation-des-acquis/flux/{form}", 301)
        ]
        assert "La VAE" in answer.content.decode()


def test_a_tag_renamed_twice_is_reached_in_one_step_from_each_former_address(client):
    PostPageFactory(tag_names=["un"])
    rename("un", "deux")

    rename("deux", "trois")

    for former in ("un", "deux"):
        location = client.get(f"/blog/etiquette/{former}/").headers["Location"]
        assert location == "/blog/etiquette/trois/"


def test_a_tag_that_takes_its_first_name_again_does_not_go_round_in_circles(client):
    post = PostPageFactory(tag_names=["un"])
    rename("un", "deux")

    rename("deux", "un")

    assert client.get("/blog/etiquette/un/").status_code == 200
    assert client.get("/blog/etiquette/deux/").headers["Location"] == "/blog/etiquette/un/"
    post.unpublish()
    assert client.get("/blog/etiquette/un/").status_code == 404


def test_a_change_of_capitals_or_accents_keeps_the_address():
    PostPageFactory(tag_names=["evaluation"])

    renamed = rename("evaluation", "Évaluation")

    assert (renamed.name, renamed.slug) == ("Évaluation", "evaluation")
    assert not Redirect.objects.exists()


def test_the_name_of_another_tag_is_refused():
    PostPageFactory(tag_names=["DEIS", "Évaluation"])

    with pytest.raises(TagNameTaken, match="Évaluation"):
        rename("DEIS", "evaluation")
    assert tag("DEIS")


@pytest.mark.parametrize("name", ["", "   ", "a, b", 'un "mot"', "x" * 101])
def test_a_name_that_could_not_be_typed_is_refused(name):
    PostPageFactory(tag_names=["DEIS"])

    with pytest.raises(TagNameRefused):
        rename("DEIS", name)


def test_two_names_of_one_address_keep_two_addresses():
    PostPageFactory(tag_names=["c", "autre"])

    assert rename("autre", "C++").slug == "c-2"
    assert rename("C++", "人").slug.startswith("mot-")


@pytest.mark.usefixtures("public_search")
def test_the_search_knows_the_new_name_at_once():
    post, offer = PostPageFactory(tag_names=["ancien"]), OfferFactory()
    offer.tags.add("ancien")
    offer.save()
    assert finds(post, "ancien")

    rename("ancien", "médiation")

    assert not finds(post, "ancien")
    assert finds(post, "médiation")


def test_what_was_done_is_in_the_journal():
    PostPageFactory(tag_names=["DEIS", "deis 2"])
    rename("DEIS", "Diplôme")

    merge("deis 2", into="Diplôme")

    actions = list(ModelLogEntry.objects.order_by("timestamp", "pk").values_list("action", "data"))
    assert ("blog.tag.rename", {"former": "DEIS", "name": "Diplôme"}) in actions
    assert ("blog.tag.merge", {"names": ["deis 2"]}) in actions


# -- Merge -----------------------------------------------------------------------------------------


def test_merging_gives_one_tag_once_to_every_content(client):
    both = PostPageFactory(tag_names=["VAE", "vae 2", "autre"])
    first, second = PostPageFactory(tag_names=["vae 2"]), PostPageFactory(tag_names=["v.a.e"])

    done = merge("vae 2", "v.a.e", into="VAE")

    assert [names_of(post) for post in (both, first, second)] == [
        ["VAE", "autre"],
        ["VAE"],
        ["VAE"],
    ]
    assert sorted(Tag.objects.values_list("name", flat=True)) == ["VAE", "autre"]
    assert done.contents == 3
    assert client.get("/blog/etiquette/vae-2/").headers["Location"] == "/blog/etiquette/vae/"


def test_offers_and_whatever_else_has_tags_follow():
    offer, post = OfferFactory(), PostPageFactory(tag_names=["a"])
    offer.tags.add("a", "b")
    offer.save()
    TaggedItem.objects.create(tag=tag("b"), content_object=post)

    merge("b", into="a")

    assert names_of(offer) == ["a"]
    assert TaggedItem.objects.get().tag == tag("a")


def test_a_draft_made_before_the_merge_has_the_tag_that_stays():
    post = draft_with(PostPageFactory(tag_names=["un"]), "vieux", "autre")
    twice = draft_with(PostPageFactory(tag_names=["neuf"]), "neuf", "vieux")
    Tag.objects.get_or_create(name="neuf")

    merge("vieux", into="neuf")

    assert names_in_draft(post) == ["autre", "neuf"]
    assert names_in_draft(twice) == ["neuf"]
    post.get_latest_revision().publish()
    twice.get_latest_revision().publish()
    assert names_of(post) == ["autre", "neuf"]
    assert names_of(twice) == ["neuf"]
    assert not Tag.objects.filter(name="vieux").exists()


def test_a_former_version_taken_up_again_has_it_too():
    post = PostPageFactory(tag_names=["vieux"])
    former = post.save_revision()
    draft_with(post, "rien")
    Tag.objects.create(name="neuf")

    merge("vieux", into="neuf")
    former.refresh_from_db()
    former.publish()

    assert names_of(post) == ["neuf"]


def test_versions_that_name_another_tag_are_left_alone():
    """The keys 1 and 10 begin alike."""
    post = draft_with(PostPageFactory(), "autre")
    other = tag("autre")
    Tag.objects.filter(pk=other.pk).update(slug="autre")
    short = Tag.objects.create(pk=int(str(other.pk)[:-1] or 0) or other.pk + 1000, name="court")
    into = Tag.objects.create(pk=other.pk + 2000, name="neuf")

    tags.merge([short], into, by=SYSTEM, now=timezone.now())

    assert names_in_draft(post) == ["autre"]


def test_a_merge_wants_two_tags_that_are_still_there():
    PostPageFactory(tag_names=["a", "b"])
    gone = tag("b")
    keep = tag("a")
    merge("b", into="a")

    with pytest.raises(NothingToMerge):
        tags.merge([gone], keep, by=SYSTEM, now=timezone.now())
    with pytest.raises(NothingToMerge):
        tags.plan([keep], keep)


def test_the_plan_changes_nothing_and_says_what_the_merge_does():
    PostPageFactory.create_batch(3, tag_names=["a"])
    PostPageFactory(tag_names=["a", "b"])

    assert tags.plan([tag("a"), tag("b")], tag("b")).contents == 4
    assert tags.plan([tag("a"), tag("b")], tag("a")).contents == 1
    assert PostTag.objects.count() == 5
    assert merge("a", into="b").contents == 4


@pytest.mark.usefixtures("public_search")
def test_the_search_follows_a_merge():
    post = PostPageFactory(tag_names=["ancien"])
    Tag.objects.create(name="médiation")

    merge("ancien", into="médiation")

    assert finds(post, "médiation")
    assert not finds(post, "ancien")


# -- Delete and count ------------------------------------------------------------------------------


def test_a_tag_that_serves_is_not_deleted_and_says_where():
    PostPageFactory.create_batch(2, tag_names=["a"])
    offer = OfferFactory()
    offer.tags.add("a")
    offer.save()

    with pytest.raises(TagInUse, match="2\u00a0articles et 1\u00a0offre"):
        tags.delete(tag("a"), by=SYSTEM, now=timezone.now())
    assert tag("a")


def test_a_tag_of_a_draft_alone_serves_too():
    draft_with(PostPageFactory(), "demain")

    with pytest.raises(TagInUse, match="1\u00a0brouillon"):
        tags.delete(tag("demain"), by=SYSTEM, now=timezone.now())


def test_an_unused_tag_goes_with_the_addresses_that_led_to_it(client):
    Tag.objects.create(name="avant")
    rename("avant", "seul")

    tags.delete(tag("seul"), by=SYSTEM, now=timezone.now())

    assert not Tag.objects.exists()
    assert not Redirect.objects.exists()


def test_all_uses_are_counted_whatever_carries_the_tag():
    post = PostPageFactory(tag_names=["a"])
    offer = OfferFactory()
    offer.tags.add("a")
    offer.save()
    TaggedItem.objects.create(tag=tag("a"), content_object=post)
    draft_with(PostPageFactory(), "a")
    Tag.objects.create(name="seul")

    used, alone = lines()

    assert (used.posts, used.total, used.drafts) == (1, 4, 1)
    assert (alone.total, alone.words) == (0, "")
    assert used == line_of(tag("a"))


def test_counting_costs_the_same_with_one_tag_and_with_thirty(count_queries):
    draft_with(PostPageFactory(tag_names=["a"]), "b")
    lines()
    with_one = count_queries(lines)
    for number in range(29):
        draft_with(PostPageFactory(tag_names=[f"n{number}"]), f"d{number}")

    assert count_queries(lines) == with_one


# -- At the same time ------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_two_merges_of_the_same_tags_at_once_leave_one_tag():
    post = PostPageFactory(tag_names=["a", "b"])
    both = list(Tag.objects.order_by("name"))

    outcomes = at_once(
        *(partial(tags.merge, both, into, by=SYSTEM, now=timezone.now()) for into in both)
    )

    assert sum(isinstance(outcome, NothingToMerge) for outcome in outcomes) == 1
    assert sum(isinstance(outcome, tags.MergePlan) for outcome in outcomes) == 1
    assert len(names_of(post)) == Tag.objects.count() == 1
