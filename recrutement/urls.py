"""The addresses under /recrutement/ that are not pages of the tree."""

from django.urls import path

from . import views

urlpatterns = [
    path("postuler/<str:reference>/", views.apply_to_offer, name="recrutement_apply"),
    path("spontanee/", views.apply_spontaneously, name="recrutement_spontaneous"),
    path("candidature/<uuid:pk>/", views.received, name="recrutement_received"),
    path("offres.json", views.offers_json, name="recrutement_offers_json"),
]
