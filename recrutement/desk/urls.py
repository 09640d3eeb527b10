"""The addresses of the recruitment desk, below that of the administration."""

from django.urls import URLPattern, path

from .documents import download
from .pool import InviteScreen
from .retention import HoldScreen, LiftScreen, RetentionPage

urlpatterns: list[URLPattern] = [
    path("recrutement/pieces/<int:pk>/", download, name="recrutement_document"),
    path(
        "recrutement/vivier/<int:pk>/inviter/",
        InviteScreen.as_view(),
        name="recrutement_pool_invite",
    ),
    path("recrutement/conservation/", RetentionPage.as_view(), name="recrutement_retention"),
    path("recrutement/<uuid:pk>/garder/", HoldScreen.as_view(), name="recrutement_hold"),
    path("recrutement/<uuid:pk>/ne-plus-garder/", LiftScreen.as_view(), name="recrutement_lift"),
]
