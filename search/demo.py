"""Demonstration of the search: what readers looked for, and did not find."""

from datetime import datetime, timedelta

from search.models import SearchMiss
from search.services.misses import note_miss

# How many days ago each was asked, once for each number.
MISSES = {
    "addictologie": (20, 16, 9, 9, 4, 1),
    "crèche": (12, 6, 2),
    "gérontologie": (15, 3),
    "coaching": (8,),
}


def load(now: datetime) -> str:
    if SearchMiss.objects.exists():
        return "0 recherches notées"
    for words, days in MISSES.items():
        for number in days:
            note_miss(words, now - timedelta(days=number))
    return f"{len(MISSES)} recherches notées"
