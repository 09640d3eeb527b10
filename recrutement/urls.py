"""The addresses under /recrutement/ that are not pages of the tree."""

from django.urls import path

from .views import apply, feeds, space

urlpatterns = [
    path("postuler/<str:reference>/", apply.apply_to_offer, name="recrutement_apply"),
    path("spontanee/", apply.apply_spontaneously, name="recrutement_spontaneous"),
    path("candidature/<uuid:pk>/", apply.received, name="recrutement_received"),
    path("suivi/lien/<str:token>/", space.open_link, name="recrutement_open_link"),
    path("suivi/<uuid:pk>/", space.space, name="recrutement_space"),
    path("offres.json", feeds.offers_json, name="recrutement_offers_json"),
    path("offres.ics", feeds.calendar, name="recrutement_calendar"),
    path("flux/", feeds.feed, name="recrutement_feed"),
    path("affiche/<str:reference>.pdf", feeds.poster_pdf, name="recrutement_poster"),
]
