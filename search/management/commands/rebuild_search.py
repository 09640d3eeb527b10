from typing import Any

from django.core.management.base import BaseCommand

from wagtail.models import Page

from search.models import SearchEntry, SearchWord
from search.services.index import index_pages


class Command(BaseCommand):
    help = "Refait l'index de la recherche ; utile quand la façon de lire les mots a changé."

    def handle(self, *args: Any, **options: Any) -> None:
        SearchEntry.objects.exclude(page__live=True).delete()
        pages = Page.objects.live().order_by("pk").specific(defer=False).iterator(100)
        count = index_pages(pages)
        SearchWord.objects.filter(mentions=None).delete()
        self.stdout.write(f"pages indexées\u00a0: {count}")
