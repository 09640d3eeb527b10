from django.urls import path

from wagtail.contrib.sitemaps.views import sitemap

from site_enys.page_cache import everybody

from . import views
from .sitemaps import PublicPages

urlpatterns = [
    path("sitemap.xml", everybody(sitemap), {"sitemaps": {"pages": PublicPages}}, name="sitemap"),
    path(
        "infos-administratives/contact/recu/<uuid:public_id>/",
        views.contact_received,
        name="contact_received",
    ),
]
