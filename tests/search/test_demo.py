from django.utils import timezone

import pytest

from search.demo import load
from search.models import SearchMiss


@pytest.mark.django_db
def test_the_demonstration_notes_fruitless_searches_once() -> None:
    now = timezone.now()

    assert load(now) == "4 recherches notées"
    assert load(now) == "0 recherches notées"

    counted = dict(SearchMiss.objects.values_list("words", "count"))
    assert counted == {"addictologie": 6, "creche": 3, "gerontologie": 2, "coaching": 1}
    assert not SearchMiss.objects.filter(last_at__gte=now).exists()
