from typing import Any

from django.core.management.base import BaseCommand

from wagtail.models import Page

from home.models import BasePage
from search.models import SearchEntry
from search.services.index import index_page


class Command(BaseCommand):
    help = "Refait l'index de la recherche ; utile quand la façon de lire les mots a changé."

    def handle(self, *args: Any, **options: Any) -> None:
        SearchEntry.objects.exclude(page__live=True).delete()
        count = 0
        for page in Page.objects.live().order_by("pk").specific(defer=False).iterator(100):
            if isinstance(page, BasePage):
                index_page(page)
                count += 1
        self.stdout.write(f"pages indexées\u00a0: {count}")
