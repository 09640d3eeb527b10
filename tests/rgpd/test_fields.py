"""Every field of the register is told to its person, or left out with a reason.

A field is told when changing it changes what she reads: so nothing is taken on trust.
"""

import uuid
from datetime import datetime, timedelta

from django.db import DatabaseError, models, transaction

import pytest

from rgpd.register import FOLLOWERS, Person
from tests.markers import texts_in
from tests.rgpd.test_completeness import ENTRIES, followers_of
from tests.rgpd.wide import EMAIL, widest

ZELIE = Person(EMAIL)
LONG_AGO = datetime.fromisoformat("2020-01-01T00:00:00+00:00")


@pytest.fixture(scope="module")
def standing(module_rows):
    return widest()


@pytest.mark.parametrize("entry", ENTRIES)
def test_each_field_is_told_or_left_out_with_its_reason(entry, standing, db):
    if entry.find is None:
        return
    rows = list(entry.find(ZELIE))

    told = {name for row in rows for name in told_of(entry, row)}
    left_out = set(entry.not_exported)
    wanted = set(names_of(entry.model))
    for follower in followers_of(entry):
        if follower.__name__ not in left_out:
            wanted |= {f"{follower.__name__}.{name}" for name in names_of(follower)}

    assert rows, "personne n’est trouvé : le cas le plus large est incomplet"
    assert wanted - told - left_out == set()


def names_of(model):
    """Its columns, but for its key and what ties it to the row that it follows."""
    leaders = {FOLLOWERS.get(model)} | {
        one for one, leader in FOLLOWERS.items() if leader is FOLLOWERS.get(model)
    }
    return [
        field.name
        for field in model._meta.concrete_fields
        if not field.primary_key
        and not (isinstance(field, models.ForeignKey) and field.related_model in leaders - {None})
    ]


def told_of(entry, row):
    """The names of the fields whose change is seen in the export of this row."""
    before = said(entry, row)
    own = type(row)._base_manager.get(pk=row.pk)
    for name in names_of(type(row)):
        former = getattr(own, attname(type(row), name))
        setattr(own, attname(type(row), name), changed(type(row)._meta.get_field(name), former))
        if said(entry, own) != before:
            yield name
        own = type(row)._base_manager.get(pk=row.pk)
    for follower in followers_of(entry):
        for hanging in hanging_on(follower, row):
            for name in names_of(follower):
                if differs_in_the_database(entry, row, hanging, name, before):
                    yield f"{follower.__name__}.{name}"


def said(entry, row):
    """What she reads of the row, whole files included; an error is an answer too."""
    try:
        with transaction.atomic():
            files = [file.name for file in entry.files(row, ZELIE)]
            return texts_in([entry.export(row, ZELIE), files])
    except Exception as error:  # a field that breaks the export is read by it
        return repr(error)


def attname(model, name):
    return model._meta.get_field(name).attname


def hanging_on(follower, row):
    """The rows of a follower that hang on this one, directly or by another follower."""
    for field in follower._meta.get_fields():
        if not isinstance(field, models.ForeignKey):
            continue
        if field.related_model is type(row):
            yield from follower._base_manager.filter(**{field.name: row})[:3]
        elif FOLLOWERS.get(field.related_model) is type(row):
            for between in hanging_on(field.related_model, row):
                yield from follower._base_manager.filter(**{field.name: between})[:3]


def differs_in_the_database(entry, row, hanging, name, before):
    field = type(hanging)._meta.get_field(name)
    value = changed(field, getattr(hanging, field.attname))
    try:
        with transaction.atomic():
            rows = type(hanging)._base_manager.filter(pk=hanging.pk)
            rows.update(**{field.attname: value})
            fresh = entry.find(ZELIE).filter(pk=row.pk).first()
            after = said(entry, fresh) if fresh else "plus trouvé"
            raise Undone
    except Undone:
        return after != before
    except DatabaseError:
        return False


class Undone(Exception):
    pass


def changed(field, value):
    """Another value that the column takes."""
    if field.choices:
        return next(choice for choice, _ in field.flatchoices if choice != value)
    return next(alter(field, value) for kind, alter in ALTERED if isinstance(field, kind))


def another_row(field, value):
    others = field.related_model._base_manager.exclude(pk=value).order_by("-pk")
    return others.values_list("pk", flat=True).first()


def text(field, value):
    return f"marque{value}"[: field.max_length or 99]


ALTERED = (
    (models.ForeignKey, another_row),
    (models.BooleanField, lambda field, value: not value),
    (models.DateTimeField, lambda field, value: (value or LONG_AGO) + timedelta(days=3)),
    (models.DateField, lambda field, value: (value or LONG_AGO.date()) + timedelta(days=3)),
    (models.IntegerField | models.DecimalField, lambda field, value: (value or 0) + 1),
    (models.JSONField, lambda field, value: {**dict.fromkeys(value, "marque"), "marque": "oui"}),
    (models.UUIDField, lambda field, value: uuid.uuid4()),
    (models.BinaryField, lambda field, value: b"marque"),
    (models.FileField, lambda field, value: f"{value}-marque"),
    (models.GenericIPAddressField, lambda field, value: "192.0.2.99"),
    (models.Field, text),
)
