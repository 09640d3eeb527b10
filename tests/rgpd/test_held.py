"""Which rows are hers: by her address, whatever its capitals, and nobody else's."""

import pytest

from home.models import ContactMessage
from rgpd.models import PersonalAccess
from rgpd.register import Consent, Person, entries_in_order
from rgpd.services.held import consents_in_force, held_by, not_findable
from tests.factories.home import ContactMessageFactory
from tests.rgpd.registered import messages, registered

pytestmark = pytest.mark.django_db
ZOE = Person(" Zoe@Exemple.test ")


def rows_of(person: Person) -> list[object]:
    return [row for held in held_by(person) for row in held.rows]


def test_a_person_is_found_by_her_address_whatever_its_capitals():
    hers = ContactMessageFactory(email="ZOE@exemple.test")
    ContactMessageFactory(email="zoe@exemple.test.fr")
    ContactMessageFactory(email="azoe@exemple.test")

    assert rows_of(ZOE) == [hers]


def test_somebody_unknown_has_nothing():
    assert held_by(ZOE) == []


def test_what_is_held_comes_in_the_order_of_the_register():
    ContactMessageFactory(email=ZOE.email)
    PersonalAccess.objects.create(email=ZOE.email, asked_at="2027-01-01T00:00Z")

    names = [held.entry.processing for held in held_by(ZOE)]

    assert names == sorted(names)
    assert len(names) == 2


def test_each_entry_costs_one_query_and_one_for_what_hangs_on_it_however_many_rows(count_queries):
    ContactMessageFactory(email=ZOE.email)
    held_by(ZOE)
    with_one = count_queries(lambda: held_by(ZOE))
    ContactMessageFactory.create_batch(5, email=ZOE.email)

    assert count_queries(lambda: held_by(ZOE)) == with_one
    assert with_one <= len([entry for entry in entries_in_order() if entry.find]) + 1


def test_an_entry_that_finds_nobody_says_why():
    with registered(messages(find=None, not_found_because="l’adresse n’est pas gardée")):
        assert [entry.model for entry in not_findable()] == [ContactMessage]
    with registered(messages(find=None)):
        assert not_findable() == []


def test_a_consent_that_is_not_in_force_is_not_one():
    message = ContactMessageFactory(name="Zoé")
    given, other = (
        Consent(
            question=name,
            given=lambda row, name=name: row.created_at if row.name == name else None,
            version=lambda row: "1",
            withdraw=lambda row, now: None,
        )
        for name in ("Zoé", "Max")
    )

    found = consents_in_force(messages(consents=(other, given)), message)

    assert found == [(1, given)]
