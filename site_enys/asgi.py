"""ASGI entry point, for a server that wants one."""

import os

from django.conf import settings
from django.core.asgi import get_asgi_application

from .database import limit_waiting

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site_enys.settings.production")

application = get_asgi_application()

limit_waiting()

if settings.REFUSE_UNSAFE_START:
    from .checks import refuse_unsafe_start

    refuse_unsafe_start()
