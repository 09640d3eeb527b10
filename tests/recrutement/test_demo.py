from django.utils import timezone

import pytest

from recrutement.demo import load
from recrutement.models import Application, Interview, JobOfferPage, PoolConsent
from recrutement.services.promises import answer_figures
from site_enys.demo import load as load_accounts


@pytest.mark.usefixtures("bare_site")
@pytest.mark.django_db
def test_the_demonstration_shows_every_situation_and_doubles_nothing():
    now = timezone.now()
    load_accounts(now)

    assert load(now) == "8 offres, 13 candidatures créées"
    assert load(now) == "8 offres, 0 candidatures créées"

    reasons = [offer.why_closed(now) for offer in JobOfferPage.objects.all()]
    assert reasons.count(None) == 4
    assert "Ce poste est pourvu." in reasons
    assert "La date limite de candidature est passée." in reasons
    states = set(Application.objects.values_list("state", flat=True))
    assert {"quarantine", "received", "reviewing", "interview", "hired", "rejected"} <= states
    assert "Ce recrutement est suspendu pour le moment." in reasons
    assert any(offer.is_gone(now) for offer in JobOfferPage.objects.all())
    assert answer_figures(now)
    assert Interview.objects.filter(starts_at__gt=now).exists()
    assert PoolConsent.objects.active(now).count() == 3
    assert Application.objects.exclude(held_at=None).count() == 1
    assert all(application.documents.exists() for application in Application.objects.all())
