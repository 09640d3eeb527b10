"""WSGI entry point, used by gunicorn."""

import os
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from .database import limit_waiting

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site_enys.settings.production")

application: Any = get_wsgi_application()

if settings.PAGE_CACHE:
    from .page_cache.front import Front

    application = Front(application)

limit_waiting()

if settings.REFUSE_UNSAFE_START:
    from .checks import refuse_unsafe_start

    refuse_unsafe_start()
