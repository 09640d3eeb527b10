"""Where the tags of the site serve: articles, offers, images, whatever carries them.

The blog does not know who else has tags; taggit does, by the tables that lead to a tag.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Model

from modelcluster.fields import ParentalKey
from taggit.models import CommonGenericTaggedItemBase, ItemBase, Tag
from wagtail.models import Page

from blog.models import PostTag
from site_enys.french import enumeration, fold, plural
from site_enys.tags import same_name

_ANYTHING = ("image ou document", "images et documents")


@dataclass
class TagLine:
    """A tag, how many contents of each kind carry it, and how many drafts only would."""

    tag: Tag
    uses: dict[type[ItemBase], int] = field(default_factory=dict)
    drafts: int = 0

    @property
    def posts(self) -> int:
        return self.uses.get(PostTag, 0)

    @property
    def total(self) -> int:
        return sum(self.uses.values()) + self.drafts

    @property
    def elsewhere(self) -> str:
        """What carries it besides the articles: « 2 offres d’emploi »."""
        return self._words(through for through in self.uses if through is not PostTag)

    @property
    def words(self) -> str:
        """All that carries it: « 3 articles et 1 offre d’emploi »."""
        return self._words(self.uses)

    def _words(self, throughs: Iterable[type[ItemBase]]) -> str:
        parts = [plural(self.uses[through], *names_of(through)) for through in throughs]
        if self.drafts:
            parts.append(plural(self.drafts, "brouillon"))
        return enumeration(parts)


def throughs() -> list[type[ItemBase]]:
    """Every table that ties contents to the tags of the site, the articles first."""
    found = {relation.related_model for relation in Tag._meta.related_objects}
    ours = [model for model in found if issubclass(model, ItemBase)]
    return sorted(ours, key=lambda model: (model is not PostTag, model._meta.label))


def carriers(through: type[ItemBase]) -> type[Model] | None:
    """The model that carries tags through this table; None for one that serves many models."""
    if issubclass(through, CommonGenericTaggedItemBase):
        return None
    return through._meta.get_field("content_object").related_model


def names_of(through: type[ItemBase]) -> tuple[str, str]:
    """What the contents of a table are called: one, many."""
    model = carriers(through)
    if model is None:
        return _ANYTHING
    return str(model._meta.verbose_name), str(model._meta.verbose_name_plural)


def relations_in_versions() -> Iterator[tuple[type[ItemBase], type[Model], str]]:
    """(table, model, name of its tags) for the contents that have drafts."""
    for through in throughs():
        model = carriers(through)
        if model is None:
            continue
        key = through._meta.get_field("content_object")
        if isinstance(key, ParentalKey) and issubclass(model, Page):
            yield through, model, key.remote_field.get_accessor_name()


def lines(search: str = "") -> list[TagLine]:
    """All the tags in alphabetical order, or those whose name has these words."""
    wanted = same_name(search).split()
    tags = [tag for tag in Tag.objects.all() if all(word in same_name(tag.name) for word in wanted)]
    found = {tag.pk: TagLine(tag) for tag in tags}
    for through in throughs():
        counted = through.objects.values("tag").order_by("tag").annotate(count=Count("pk"))
        for row in counted:
            if row["tag"] in found:
                found[row["tag"]].uses[through] = row["count"]
    for key, count in drafts_alone().items():
        if key in found:
            found[key].drafts = count
    return sorted(found.values(), key=lambda line: fold(line.tag.name))


def line_of(tag: Tag) -> TagLine:
    """One tag and what carries it."""
    uses = {through: through.objects.filter(tag=tag).count() for through in throughs()}
    used = {through: count for through, count in uses.items() if count}
    return TagLine(tag, used, drafts_alone()[tag.pk])


def drafts_alone() -> Counter[int]:
    """How many drafts have each tag that the page itself has not yet."""
    counted: Counter[int] = Counter()
    for through, model, name in relations_in_versions():
        content_type = ContentType.objects.get_for_model(model)
        pages = Page.objects.filter(content_type=content_type, has_unpublished_changes=True)
        drafts = {page.pk: page.latest_revision for page in pages.select_related("latest_revision")}
        rows = through.objects.filter(content_object__in=drafts)
        there = set(rows.values_list("content_object", "tag"))
        for key, revision in drafts.items():
            items: list[dict[str, Any]] = revision.content.get(name, []) if revision else []
            counted.update({item["tag"] for item in items if (key, item["tag"]) not in there})
    return counted
