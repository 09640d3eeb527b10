"""WSGI entry point, used by gunicorn."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from .database import limit_waiting

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site_enys.settings.production")

application = get_wsgi_application()

limit_waiting()

if settings.REFUSE_UNSAFE_START:
    from .checks import refuse_unsafe_start

    refuse_unsafe_start()
