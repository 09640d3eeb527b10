"""Tags that meet whatever their accents and capitals, and that all have an address.

taggit compares capitals only, and on SQLite only those without accents: « Évaluation » typed as
« evaluation » would be a second tag, with « evaluation_1 » for its address.
"""

from collections.abc import Iterable
from typing import Any
from zlib import crc32

from django.db.models import Model
from django.db.models.signals import pre_save

from taggit.managers import TaggableManager
from taggit.models import Tag, TagBase
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.forms.tags import TagField

from .french import address_of, fold


def same_name(name: str) -> str:
    """What two names of one tag have in common."""
    return " ".join(fold(name).split())


def known_names(names: Iterable[str], model: type[TagBase] = Tag) -> list[str]:
    """The names as the existing tags write them; those that no tag has are left as they are.

    One query. For whoever adds tags typed by people: `post.tags.add(*known_names(typed))`.
    """
    existing = list(model._default_manager.order_by("-pk").values_list("name", flat=True))
    by_name = {same_name(name): name for name in existing}
    exact = set(existing)
    found: dict[str, None] = {}  # a set that keeps its order
    for name in names:
        # The first way of writing a new one is that of the others.
        known = name if name in exact else by_name.setdefault(same_name(name), name)
        found[known] = None
    return list(found)


class KnownTagField(TagField):
    """The field of the editors: what is typed meets the tag that exists."""

    def clean(self, value: Any) -> list[str]:
        return known_names(super().clean(value), self.tag_model)


def slug_of(name: str) -> str:
    """The address of a tag; a name without any letter of our alphabet has one too."""
    return address_of(name)[:90] or f"mot-{crc32(name.encode()):08x}"


def give_an_address(sender: type[Model], instance: TagBase, **kwargs: Any) -> None:
    """Signal: taggit would give « 人 » an empty address, and « cœur » that of « cur »."""
    if instance.pk is None and instance.slug == instance.slugify(instance.name):
        instance.slug = slug_of(instance.name)


def install() -> None:
    """Called once, when the site starts."""
    register_form_field_override(
        TaggableManager,
        override=lambda field: {"form_class": KnownTagField, "tag_model": field.related_model},
    )
    pre_save.connect(give_an_address, sender=Tag, dispatch_uid="site_enys.give_an_address")
