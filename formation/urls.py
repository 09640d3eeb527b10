from django.urls import URLPattern, URLResolver, path

from .views import (
    agreements,
    attendance,
    catalogue,
    check,
    complaint,
    documents,
    follow,
    sign_up,
    survey,
    tailored,
    trainer,
    trainer_sheets,
)

SPACE = "animation/<uuid:who>/"
OWN_SESSION = f"{SPACE}<uuid:public_id>/"
HALF_DAY = f"{OWN_SESSION}<int:slot>/"

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
        "suivi/<slug:word>/<uuid:public_id>/documents/<int:pk>/",
        follow.document,
        name="formation_follow_document",
    ),
    path(
        "suivi/<slug:word>/<uuid:public_id>/<uuid:who>/agenda.ics",
        follow.calendar,
        name="formation_follow_calendar",
    ),
    path(
        "suivi/<slug:word>/<uuid:public_id>/<uuid:who>/emargement/",
        attendance.sign,
        name="formation_sign",
    ),
    path("emargement/<int:slot>/", attendance.room, name="formation_sign_room"),
    path("animation/", trainer.find, name="formation_trainer_find"),
    path("animation/lien/<str:token>/", trainer.open_link, name="formation_trainer_open"),
    path("animation/agenda/<str:token>.ics", trainer.calendar, name="formation_trainer_calendar"),
    path(SPACE, trainer.home, name="formation_trainer"),
    path(OWN_SESSION, trainer.session, name="formation_trainer_session"),
    path(f"{OWN_SESSION}acquis/", trainer.assess, name="formation_trainer_assess"),
    path(f"{HALF_DAY}feuille.pdf", trainer.document, name="formation_trainer_document"),
    path(f"{HALF_DAY}ouvrir/", trainer_sheets.open_room, name="formation_trainer_open_room"),
    path(f"{HALF_DAY}salle/", trainer_sheets.room, name="formation_trainer_room"),
    path(f"{HALF_DAY}contreseing/", trainer_sheets.countersign, name="formation_trainer_sign"),
    path(f"{HALF_DAY}papier/", trainer_sheets.paper, name="formation_trainer_paper"),
    path(
        f"{HALF_DAY}corriger/<uuid:person>/",
        trainer_sheets.correct,
        name="formation_trainer_correct",
    ),
    path(
        "suivi/<slug:word>/<uuid:public_id>/<uuid:who>/<slug:name>/",
        follow.act,
        name="formation_follow_act",
    ),
    path("evaluation/lien/<str:token>/", survey.open_link, name="formation_survey_open"),
    path("evaluation/<uuid:public_id>/", survey.answer, name="formation_survey"),
    path("evaluation/<uuid:public_id>/merci/", survey.thanks, name="formation_survey_thanks"),
    path("reclamation/", complaint.complain, name="formation_complaint"),
    path(
        "reclamation/recue/<uuid:public_id>/",
        complaint.received,
        name="formation_complaint_received",
    ),
    path(
        "suivi/demande/<uuid:public_id>/convention.pdf",
        agreements.of_request,
        name="formation_follow_agreement",
    ),
    path(
        "suivi/demande/<uuid:public_id>/signer/",
        agreements.sign_own,
        name="formation_follow_sign",
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
