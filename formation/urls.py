from django.urls import URLPattern, URLResolver, path

from .views import agreements, catalogue, check, documents, follow, sign_up, tailored

urlpatterns: list[URLPattern | URLResolver] = [
    path("sessions/", catalogue.sessions, name="formation_sessions"),
    path("sessions.ics", catalogue.calendar, name="formation_calendar"),
    path("<slug:slug>/sessions.ics", catalogue.calendar, name="formation_course_calendar"),
    path("offre.lheo.xml", documents.lheo_offer, name="formation_lheo"),
    path("<slug:slug>/programme.pdf", documents.course_programme, name="formation_programme"),
    path("sessions/<year:year>/<month:month>/", catalogue.month, name="formation_month"),
    path("inscription/merci/<uuid:public_id>/", sign_up.thanks, name="formation_thanks"),
    path("inscription/<slug:key>/", sign_up.enrol, name="formation_enrol"),
    path("verification/", check.find, name="formation_check_find"),
    path("verification/<slug:code>/", check.check, name="formation_check"),
    path("suivi/", follow.find, name="formation_follow_find"),
    path("suivi/lien/<slug:word>/<str:token>/", follow.open_link, name="formation_open_link"),
    path("suivi/<slug:word>/<uuid:public_id>/", follow.follow, name="formation_follow"),
    path(
        "suivi/demande/<uuid:public_id>/contact/", follow.contact, name="formation_follow_contact"
    ),
    path(
        "suivi/<slug:word>/<uuid:public_id>/<uuid:who>/agenda.ics",
        follow.calendar,
        name="formation_follow_calendar",
    ),
    path(
        "suivi/<slug:word>/<uuid:public_id>/<uuid:who>/<slug:name>/",
        follow.act,
        name="formation_follow_act",
    ),
    path(
        "suivi/demande/<uuid:public_id>/convention.pdf",
        agreements.of_request,
        name="formation_follow_agreement",
    ),
    path(
        "convention/lien/<str:token>/", agreements.open_agreement, name="formation_open_agreement"
    ),
    path("convention/<uuid:public_id>/", agreements.read, name="formation_agreement"),
    path(
        "convention/<uuid:public_id>/document.pdf",
        agreements.document,
        name="formation_agreement_document",
    ),
    path("convention/<uuid:public_id>/code/", agreements.code, name="formation_agreement_code"),
    path(
        "convention/<uuid:public_id>/code/nouveau/",
        agreements.new_code,
        name="formation_agreement_new_code",
    ),
    path("sur-mesure/", tailored.ask, name="formation_tailored"),
    path(
        "sur-mesure/recue/<uuid:public_id>/", tailored.received, name="formation_tailored_received"
    ),
    path("<slug:slug>/sur-mesure/", tailored.ask, name="formation_tailored_course"),
]
