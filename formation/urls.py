from django.urls import URLPattern, URLResolver, path

from .views import catalogue, documents, sign_up

urlpatterns: list[URLPattern | URLResolver] = [
    path("sessions/", catalogue.sessions, name="formation_sessions"),
    path("sessions.ics", catalogue.calendar, name="formation_calendar"),
    path("<slug:slug>/sessions.ics", catalogue.calendar, name="formation_course_calendar"),
    path("offre.lheo.xml", documents.lheo_offer, name="formation_lheo"),
    path("<slug:slug>/programme.pdf", documents.course_programme, name="formation_programme"),
    path("sessions/<year:year>/<month:month>/", catalogue.month, name="formation_month"),
    path("inscription/merci/<uuid:public_id>/", sign_up.thanks, name="formation_thanks"),
    path("inscription/<slug:key>/", sign_up.enrol, name="formation_enrol"),
]
