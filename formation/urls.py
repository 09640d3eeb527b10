from django.urls import URLPattern, URLResolver, path

from .views import catalogue, sign_up, tailored

urlpatterns: list[URLPattern | URLResolver] = [
    path("sessions/", catalogue.sessions, name="formation_sessions"),
    path("sessions.ics", catalogue.calendar, name="formation_calendar"),
    path("<slug:slug>/sessions.ics", catalogue.calendar, name="formation_course_calendar"),
    path("sessions/<year:year>/<month:month>/", catalogue.month, name="formation_month"),
    path("inscription/merci/<uuid:public_id>/", sign_up.thanks, name="formation_thanks"),
    path("inscription/<slug:key>/", sign_up.enrol, name="formation_enrol"),
    path("sur-mesure/", tailored.ask, name="formation_tailored"),
    path(
        "sur-mesure/recue/<uuid:public_id>/", tailored.received, name="formation_tailored_received"
    ),
    path("<slug:slug>/sur-mesure/", tailored.ask, name="formation_tailored_course"),
]
