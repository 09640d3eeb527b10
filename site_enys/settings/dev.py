"""On a developer's machine and in the demonstration."""

from .base import *  # noqa: F403
from .base import env

DEBUG = True
SECRET_KEY = env.SECRET_KEY or "cle-de-developpement-sans-valeur"
ALLOWED_HOSTS = env.ALLOWED_HOSTS or ["localhost", "127.0.0.1", "[::1]"]
STAFF_EMAIL = env.STAFF_EMAIL or "equipe@enys.example"
