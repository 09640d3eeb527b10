"""ASGI entry point, for a server that wants one."""

import os

from django.conf import settings
from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site_enys.settings.production")

application = get_asgi_application()

if settings.REFUSE_UNSAFE_START:
    from .checks import refuse_unsafe_start

    refuse_unsafe_start()
