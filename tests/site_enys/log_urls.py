"""The addresses of the site, and one that fails with somebody's data in its trace."""

from django.urls import path

from site_enys.urls import urlpatterns as site_urlpatterns


def broken(request, token):
    name = request.POST.get("name", "")
    raise RuntimeError(f"échec pour {request.GET.get('email')} {token} 06 39 98 12 04", len(name))


handler500 = "site_enys.views.server_error"
urlpatterns = [path("casse/<str:token>/", broken), *site_urlpatterns]
