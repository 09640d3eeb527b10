"""For the tests: fast hashing, folders of their own, nothing that leaves the machine."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

# A developer's own `.env` must not change what the tests see, nor its database be touched.
os.environ["ENV_FILE"] = os.devnull
os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="enys-tests-")
os.environ["DATABASE_URL"] = os.environ.get("TEST_DATABASE_URL", "")
atexit.register(shutil.rmtree, os.environ["DATA_DIR"], ignore_errors=True)

from .base import *  # noqa: E402, F403
from .base import env  # noqa: E402

SECRET_KEY = "cle-des-tests"  # noqa: S105
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
DEBUG = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
WHITENOISE_AUTOREFRESH = True
FORM_MIN_SECONDS = 2
FORM_HOURLY_LIMIT = 200
PROOF_OF_WORK_COST = 1
AXES_ENABLED = True
EMAIL_HOST = ""
EMAIL_USE_TLS = False
STAFF_EMAIL = "equipe@enys.test"
DEFAULT_FROM_EMAIL = "ENYS Conseil <ne-pas-repondre@enys.test>"
SITE_URL = WAGTAILADMIN_BASE_URL = "http://testserver"
SYNTHETIC_URL = "http://127.0.0.1:9"  # nobody answers there
TEST_DATA_DIR = Path(env.DATA_DIR)
