"""Staff accounts in each role."""

from typing import Any

from django.contrib.auth.models import Group

import factory
from factory.django import DjangoModelFactory

# The groups themselves come from a migration.
GROUPS = {
    "direction": "Direction",
    "redaction": "Rédaction",
    "formation": "Formation",
    "recrutement": "Recrutement",
    "evaluation": "Évaluation",
    "referent": "Référent RGPD",
}


class UserFactory(DjangoModelFactory):
    """`UserFactory(role="formation")`: an account in that role's group; without role, no right."""

    class Meta:
        model = "site_enys.User"
        skip_postgeneration_save = True

    username = factory.Sequence(lambda number: f"compte-{number}")
    first_name = "Camille"
    last_name = factory.Sequence(lambda number: f"Martin {number}")
    email = factory.LazyAttribute(lambda user: f"{user.username}@enys.test")
    password = factory.django.Password("mot-de-passe-de-test")

    @factory.post_generation
    def role(self, create: bool, role: str | None, **_kwargs: Any) -> None:  # noqa: FBT001
        if create and role:
            self.groups.add(Group.objects.get(name=GROUPS[role]))
