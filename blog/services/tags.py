"""Keeping the tags in order: rename, merge, delete. Pages, drafts and addresses follow."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import DEFAULT_DB_ALIAS, transaction
from django.db.models import Model
from django.db.models.signals import post_save
from django.urls import reverse

from taggit.models import CommonGenericTaggedItemBase, ItemBase, Tag
from wagtail.contrib.redirects.models import Redirect
from wagtail.log_actions import log

from blog.exceptions import NothingToMerge, TagInUse, TagNameRefused, TagNameTaken
from site_enys.states import Actor
from site_enys.tags import same_name, slug_of

from .followed import paths
from .revisions import rewrite
from .tag_uses import carriers, line_of, relations_in_versions, throughs

RENAMED, MERGED, DELETED = "blog.tag.rename", "blog.tag.merge", "blog.tag.delete"
LONGEST = Tag._meta.get_field("name").max_length

#: A content that carries tags: its model and its key.
Carrier = tuple[type[Model], Any]


@dataclass(frozen=True)
class MergePlan:
    """What merging would do: which tags go, and how many contents change."""

    into: Tag
    others: list[Tag]
    contents: int


def namesake(name: str, but: Tag | None = None) -> Tag | None:
    """The tag that has this name, whatever its accents and capitals."""
    wanted = same_name(name)
    others = Tag.objects.exclude(pk=but.pk) if but else Tag.objects.all()
    return next((tag for tag in others.order_by("pk") if same_name(tag.name) == wanted), None)


def rename(tag: Tag, name: str, *, by: Actor, now: datetime) -> Tag:
    """Give a tag another name, and the address that goes with it; the old one leads there.

    Raises TagNameRefused, TagNameTaken.
    """
    name = " ".join(name.split())
    if not name or len(name) > LONGEST or set(name) & set(',"'):
        raise TagNameRefused
    with transaction.atomic():
        tag = Tag.objects.select_for_update().get(pk=tag.pk)
        if other := namesake(name, but=tag):
            raise TagNameTaken(other.name)
        former_name, former_slug = tag.name, tag.slug
        tag.name, tag.slug = name, _free_slug(name, tag)
        tag.save()
        _move_address(former_slug, tag.slug)
        log(tag, RENAMED, user=by.user, timestamp=now, data={"former": former_name, "name": name})
        _tell(_carriers_of([tag]))
    return tag


def plan(tags: Iterable[Tag], into: Tag) -> MergePlan:
    """What `merge` would do. Raises NothingToMerge."""
    others = [tag for tag in tags if tag != into]
    if not others:
        raise NothingToMerge
    return MergePlan(into, others, len(_carriers_of(others)))


def merge(tags: Iterable[Tag], into: Tag, *, by: Actor, now: datetime) -> MergePlan:
    """Make one tag of several: contents, drafts and addresses go to the one that stays.

    Raises NothingToMerge, also when one of them has just gone.
    """
    with transaction.atomic():
        wanted = {tag.pk for tag in tags} | {into.pk}
        locked = list(Tag.objects.select_for_update().filter(pk__in=wanted).order_by("pk"))
        if len(locked) < len(wanted):
            raise NothingToMerge
        done = plan(locked, into)
        changed = _carriers_of(done.others)
        for through in throughs():
            _repoint(through, done.others, into)
        for other in done.others:
            _repoint_versions(other.pk, into.pk)
            _move_address(other.slug, into.slug)
        names = [other.name for other in done.others]
        Tag.objects.filter(pk__in=[other.pk for other in done.others]).delete()
        log(into, MERGED, user=by.user, timestamp=now, data={"names": names})
        _tell(changed)
    return done


def delete(tag: Tag, *, by: Actor, now: datetime) -> None:
    """Delete a tag that nothing carries. Raises TagInUse."""
    with transaction.atomic():
        tag = Tag.objects.select_for_update().get(pk=tag.pk)
        line = line_of(tag)
        if line.total:
            raise TagInUse(line.words)
        for address in _addresses(tag.slug):
            Redirect.objects.filter(redirect_link=address).delete()
        log(tag, DELETED, user=by.user, timestamp=now, deleted=True)
        tag.delete()


def _free_slug(name: str, tag: Tag) -> str:
    """The address of this name, numbered when another tag has it already (« C » and « C++ »)."""
    wanted = slug_of(name)
    others = Tag.objects.exclude(pk=tag.pk).filter(slug__startswith=wanted)
    taken = set(others.values_list("slug", flat=True))
    numbered = (f"{wanted}-{number}" for number in range(2, len(taken) + 3))
    return wanted if wanted not in taken else next(slug for slug in numbered if slug not in taken)


def _addresses(slug: str) -> list[str]:
    """Those of the page of a tag and of its feeds."""
    return [reverse("blog:tag", args=[slug]), *paths("part_feed", "etiquette", slug).values()]


def _move_address(former: str, current: str) -> None:
    """Make the former addresses of a tag lead to the present ones, in one step and for good."""
    if former == current:
        return
    for old, new in zip(_addresses(former), _addresses(current), strict=True):
        paths = [Redirect.normalise_path(path) for path in (old, new)]
        # What led elsewhere from the new address has come back, and would go round in circles.
        Redirect.objects.filter(old_path__in=paths).delete()
        Redirect.objects.filter(redirect_link=old).update(redirect_link=new)
        Redirect.add_redirect(old, new, automatically_created=True)


def _carrier_fields(through: type[ItemBase]) -> tuple[str, ...]:
    generic = issubclass(through, CommonGenericTaggedItemBase)
    return ("content_type_id", "object_id") if generic else ("content_object_id",)


def _repoint(through: type[ItemBase], others: list[Tag], into: Tag) -> None:
    """Tie to one tag what was tied to the others; a content carries it once."""
    fields = _carrier_fields(through)
    served = set(through.objects.filter(tag=into).values_list(*fields))
    kept: list[int] = []
    spare: list[int] = []
    rows = through.objects.filter(tag__in=others).order_by("pk")
    for key, *carrier in rows.values_list("pk", *fields):
        (spare if tuple(carrier) in served else kept).append(key)
        served.add(tuple(carrier))
    through.objects.filter(pk__in=spare).delete()
    through.objects.filter(pk__in=kept).update(tag=into)


def _repoint_versions(former: int, current: int) -> None:
    """The same in drafts and former versions: opened, they must not lose the tag."""
    for _through, model, name in relations_in_versions():

        def change(content: dict[str, Any], name: str = name) -> bool:
            items = content.get(name, [])
            tags = [item["tag"] for item in items]
            if former not in tags:
                return False
            has_it = current in tags
            own = [item for item in items if item["tag"] != former or not has_it]
            content[name] = [
                item | {"tag": current} if item["tag"] == former else item for item in own
            ]
            return True

        rewrite([model], f'"tag": {former}', change)


def _carriers_of(tags: Iterable[Tag]) -> set[Carrier]:
    """What carries one of these tags, or would in its draft."""
    found: set[Carrier] = set()
    for through in throughs():
        rows = through.objects.filter(tag__in=list(tags))
        model = carriers(through)
        if model is None:
            found |= {(type(row.content_object), row.object_id) for row in rows}
        else:
            found |= {(model, key) for key in rows.values_list("content_object", flat=True)}
    return found


def _tell(contents: Iterable[Carrier]) -> None:
    """Tell those who follow what is saved (the search) that the words of these contents changed."""
    keys: dict[type[Model], list[Any]] = defaultdict(list)
    for model, key in contents:
        keys[model].append(key)
    for model, wanted in keys.items():
        for content in model._default_manager.filter(pk__in=wanted).iterator(chunk_size=200):
            # Not `save`, which would undo what somebody else is saving at the same time.
            post_save.send(
                model,
                instance=content,
                created=False,
                raw=False,
                using=DEFAULT_DB_ALIAS,
                update_fields=None,
            )
