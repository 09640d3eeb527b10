from django.urls import URLPattern, URLResolver, path

from . import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("inscription/merci/<uuid:public_id>/", views.thanks, name="formation_thanks"),
    path("inscription/<slug:key>/", views.enrol, name="formation_enrol"),
]
