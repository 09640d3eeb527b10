"""The addresses of the site, and the screens of `folders.py`."""

from django.urls import include, path

from wagtail.admin.auth import require_admin_access
from wagtail.utils.urlpatterns import decorate_urlpatterns

from site_enys.admin import PersonalDataViewSet
from site_enys.urls import urlpatterns as site_urlpatterns
from tests.site_enys.folders import LIFE, Folder


class FolderViewSet(PersonalDataViewSet):
    model = Folder
    lifecycle = LIFE
    list_display = ["__str__", "state"]
    list_filter = ["state"]

    def get_queryset(self, request):
        return super().get_queryset(request).exclude(turns=99)  # somebody else's


viewset = FolderViewSet()
own = (decorate_urlpatterns(viewset.get_urlpatterns(), require_admin_access), viewset.url_namespace)
urlpatterns = [path("admin/dossiers/", include(own, viewset.url_namespace)), *site_urlpatterns]
