"""The open offers as data, for whoever wants to relay them."""

from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from recrutement.documents.offers_data import offer_as_data
from recrutement.models import JobOfferPage


@require_safe
def offers_json(request: HttpRequest) -> JsonResponse:
    """The open offers, for whoever wants to relay them."""
    offers = [offer_as_data(offer) for offer in JobOfferPage.objects.to_show(timezone.now())]
    return JsonResponse({"offres": offers}, json_dumps_params={"ensure_ascii": False})
