"""The addresses under /recrutement/ that are not pages of the tree."""

from django.urls import path

from .views import apply, feeds, own_data, space

urlpatterns = [
    path("postuler/<str:reference>/", apply.apply_to_offer, name="recrutement_apply"),
    path("spontanee/", apply.apply_spontaneously, name="recrutement_spontaneous"),
    path("recue/<str:token>/", apply.received, name="recrutement_received"),
    path("suivi/lien/<str:token>/", space.open_link, name="recrutement_open_link"),
    path("suivi/", space.find, name="recrutement_find"),
    path("suivi/efface/", space.erased, name="recrutement_erased"),
    path("suivi/adresse/<str:token>/", space.confirm_address, name="recrutement_confirm_address"),
    path("suivi/<uuid:pk>/", space.space, name="recrutement_space"),
    path("suivi/<uuid:pk>/mes-donnees.json", own_data.as_json, name="recrutement_own_json"),
    path("suivi/<uuid:pk>/mes-donnees.pdf", own_data.as_pdf, name="recrutement_own_pdf"),
    path("suivi/<uuid:pk>/piece/<int:document>/", own_data.document, name="recrutement_own_file"),
    path(
        "suivi/<uuid:pk>/entretien/<uuid:public_id>.ics",
        own_data.meeting,
        name="recrutement_own_meeting",
    ),
    path("suivi/<uuid:pk>/<slug:name>/", space.act, name="recrutement_act"),
    path("offres.json", feeds.offers_json, name="recrutement_offers_json"),
    path("offres.ics", feeds.calendar, name="recrutement_calendar"),
    path("flux/", feeds.feed, name="recrutement_feed"),
    path("affiche/<str:reference>.pdf", feeds.poster_pdf, name="recrutement_poster"),
]
