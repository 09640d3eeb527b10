"""What visitors meet. Refuses to start on a missing or dangerous value (see also `checks.py`)."""

from .base import *  # noqa: F403
from .base import CACHES, DATABASES, LOGGERS, SITE_URL, STORAGES, env, logs

SECRET_KEY = env.required("SECRET_KEY", env.SECRET_KEY)
ALLOWED_HOSTS = env.required("ALLOWED_HOSTS", env.ALLOWED_HOSTS)
CSRF_TRUSTED_ORIGINS = [SITE_URL]
if env.EMAIL_HOST:
    STAFF_EMAIL = env.required("STAFF_EMAIL", env.STAFF_EMAIL)

REFUSE_UNSAFE_START = True
# Each thread of the server keeps its connection; to a pooler, keeping one costs next to nothing.
DATABASES["default"] |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
PAGE_CACHE = env.PAGE_CACHE
# Several processes, whether they keep pages or not: each forgets what the others have changed.
CACHES = {**CACHES, "default": {"BACKEND": "site_enys.page_cache.coherent.CoherentCache"}}

STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = env.HTTPS_ONLY
if env.HTTPS_ONLY:
    # Browsers take a cookie of that prefix from this host alone, over TLS alone.
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_NAME = "__Host-csrf"
# The container and what watches ask from inside, without TLS.
SECURE_REDIRECT_EXEMPT = [r"^sante/", r"^metrics$"]
SECURE_HSTS_SECONDS = 31_536_000 if env.HTTPS_ONLY else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = env.HTTPS_ONLY
if env.PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

LOGGING = logs.config(LOGGERS, env.LOG_FORMAT or "json")
