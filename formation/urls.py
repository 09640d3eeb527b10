from django.urls import URLPattern, URLResolver, path

from . import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("sessions/", views.sessions, name="formation_sessions"),
    path("sessions.ics", views.calendar, name="formation_calendar"),
    path("<slug:slug>/sessions.ics", views.calendar, name="formation_course_calendar"),
    path("sessions/<year:year>/<month:month>/", views.month, name="formation_month"),
    path("inscription/merci/<uuid:public_id>/", views.thanks, name="formation_thanks"),
    path("inscription/<slug:key>/", views.enrol, name="formation_enrol"),
]
