from django.urls import path

from . import views

urlpatterns = [
    path(
        "infos-administratives/contact/recu/<uuid:public_id>/",
        views.contact_received,
        name="contact_received",
    ),
]
