"""The addresses under /recrutement/ that are not pages of the tree."""

from django.urls import path

from .views import apply, feeds, space

urlpatterns = [
    path("postuler/<str:reference>/", apply.apply_to_offer, name="recrutement_apply"),
    path("spontanee/", apply.apply_spontaneously, name="recrutement_spontaneous"),
    path("recue/<str:token>/", apply.received, name="recrutement_received"),
    path("suivi/lien/<str:token>/", space.open_link, name="recrutement_open_link"),
    path("suivi/<uuid:pk>/", space.space, name="recrutement_space"),
    path("offres.json", feeds.offers_json, name="recrutement_offers_json"),
]
