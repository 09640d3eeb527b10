"""What a module makes once serves each of its tests as if made for it."""

import pytest

from site_enys.models import User
from tests.factories.people import UserFactory


@pytest.fixture(scope="module")
def colleague(module_rows):
    return UserFactory()


@pytest.mark.parametrize("turn", [1, 2])
def test_a_row_of_the_module_is_as_it_was_made_for_each_test(colleague, db, turn):
    same = User.objects.filter(pk=colleague.pk)

    assert same.get().first_name == colleague.first_name
    same.update(first_name="Une autre")
