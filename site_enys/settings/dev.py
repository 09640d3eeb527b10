"""On a developer's machine and in the demonstration."""

from .base import *  # noqa: F403
from .base import env

# Errors look as visitors would see them; `DEBUG=yes` shows Django's own pages instead.
DEBUG = env.DEBUG
SERVE_MEDIA = True
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True
WHITENOISE_MAX_AGE = 0
SECRET_KEY = env.SECRET_KEY or "cle-de-developpement-sans-valeur"
ALLOWED_HOSTS = env.ALLOWED_HOSTS or ["localhost", "127.0.0.1", "[::1]"]
STAFF_EMAIL = env.STAFF_EMAIL or "equipe@enys.example"
