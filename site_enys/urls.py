from django.conf import settings
from django.urls import include, path, register_converter
from django.views.generic import RedirectView

from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from . import views
from .feeds import FeedFormatConverter
from .health import views as health_views
from .months import MonthConverter, YearConverter

register_converter(YearConverter, "year")
register_converter(MonthConverter, "month")
register_converter(FeedFormatConverter, "feed_format")

handler400 = "site_enys.views.bad_request"
handler500 = "site_enys.views.server_error"

urlpatterns = [
    # Before Wagtail's, which know of no second factor.
    path("admin/", include("site_enys.sign_in.urls")),
    path("_util/login/", RedirectView.as_view(pattern_name="account_login", query_string=True)),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("sante/", health_views.health, name="health"),
    path("sante/detail/", health_views.health_detail, name="health_detail"),
    path("metrics", health_views.metrics, name="metrics"),
    path("robots.txt", views.robots, name="robots"),
    path("favicon.ico", views.favicon, name="favicon"),
    path(".well-known/security.txt", views.security_txt, name="security_txt"),
    path("recherche/", include("search.urls")),
    path("formation/", include("formation.urls")),
    path("recrutement/", include("recrutement.urls")),
    path("blog/", include("blog.urls")),
    path("mes-donnees/", include("rgpd.urls")),
    path("", include("home.urls")),
]

if settings.SERVE_MEDIA:
    urlpatterns += [
        path("media/<path:path>", views.media),
    ]

# Last: every other address is a page of the tree.
urlpatterns += [path("", include(wagtail_urls))]
