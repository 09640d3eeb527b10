"""The addresses under /mes-donnees/."""

from django.urls import path

from .views import acts, link, space

urlpatterns = [
    path("", link.mine, name="rgpd_mine"),
    path("lien/<str:token>/", link.open_link, name="rgpd_open_link"),
    path("fermer/", link.close, name="rgpd_close"),
    path("efface/", acts.erased, name="rgpd_erased"),
    path("vous/", space.space, name="rgpd_space"),
    path("vous/mes-donnees.json", space.as_json, name="rgpd_json"),
    path("vous/mes-donnees.pdf", space.as_pdf, name="rgpd_pdf"),
    path("vous/mes-donnees.zip", space.as_zip, name="rgpd_zip"),
    path("vous/demande/", acts.ask, name="rgpd_ask"),
    path("vous/effacer/", acts.erase, name="rgpd_erase"),
    path("vous/corriger/<str:model>/<str:pk>/", acts.correct, name="rgpd_correct"),
    path("vous/retirer/<str:model>/<str:pk>/<int:place>/", acts.withdraw, name="rgpd_withdraw"),
]
