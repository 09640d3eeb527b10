"""What every environment shares. Values that differ come from `env.py`."""

from typing import Any

from site_enys import logs
from site_enys.telemetry.release import version_of_the_project

from . import env

BASE_DIR = env.BASE_DIR
DATA_DIR = env.DATA_DIR
DATA_DIR.mkdir(parents=True, exist_ok=True)

SECRET_KEY = env.SECRET_KEY
SECRET_KEY_FALLBACKS = env.SECRET_KEY_FALLBACKS
ALLOWED_HOSTS = env.ALLOWED_HOSTS
DEBUG = False

INSTALLED_APPS = [
    "site_enys",
    "courrier",
    "rgpd",
    "home",
    "formation",
    "recrutement",
    "blog",
    "search",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "axes",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_filters",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "django.contrib.postgres",
    "django.forms",
]

MIDDLEWARE = [
    "site_enys.telemetry.middleware.watched",
    "site_enys.page_cache.middleware.PageCache",
    "django.middleware.security.SecurityMiddleware",
    "site_enys.middleware.security_headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "site_enys.middleware.refuse_nul",
    "site_enys.memory.remembered_while_reading",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "site_enys.sign_in.middleware.SignInRules",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "home.middleware.RefusedPublications",
    "home.middleware.KnownRoute",
    "site_enys.middleware.OutOfRange",
    "site_enys.middleware.NoBareDeletion",
    "site_enys.middleware.StoreAway",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "site_enys.urls"
WSGI_APPLICATION = "site_enys.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
            ],
            "builtins": ["site_enys.templatetags.typography"],
        },
    },
]

# -- Data ---------------------------------------------------------------------------------------

SQLITE_OPTIONS = {
    # A transaction that reads and then writes takes the write lock at once: without it,
    # concurrent sign-ups end in "database is locked" instead of waiting for each other.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-4000;"
    ),
}
DATABASES = {
    "default": env.DATABASE
    or {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": DATA_DIR / "site.sqlite3",
    },
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS
else:
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 5)  # seconds
    # Between two transactions, a pooler gives the connection to somebody else.
    DATABASES["default"]["DISABLE_SERVER_SIDE_CURSORS"] = env.DATABASE_POOLED
# For the web server alone: see `site_enys.database`.
DATABASE_STATEMENT_SECONDS = env.DATABASE_STATEMENT_SECONDS
DATABASE_LOCK_SECONDS = env.DATABASE_LOCK_SECONDS
DATABASE_IDLE_SECONDS = env.DATABASE_IDLE_SECONDS
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

STATIC_URL = "/static/"
STATIC_ROOT = env.STATIC_DIR
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "site_enys.stylesheets.WholeSheet",
]
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
SERVE_MEDIA = env.SERVE_MEDIA
PRIVATE_ROOT = DATA_DIR / "private"
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    "private": {
        "BACKEND": "site_enys.private_storage.PrivateFileSystemStorage",
        "OPTIONS": {"location": PRIVATE_ROOT},
    },
}
if env.S3:
    STORAGES |= {
        name: {
            "BACKEND": f"site_enys.s3_storage.{backend}",
            "OPTIONS": env.S3 | {"bucket_name": bucket},
        }
        for name, backend, bucket in (
            ("default", "PublicS3Store", env.S3_PUBLIC_BUCKET),
            ("private", "PrivateS3Store", env.S3_PRIVATE_BUCKET),
        )
    }
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # a long StreamField page in the editor
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440

# Whole pages are kept in production, where nobody edits templates.
PAGE_CACHE = False
# What the processes share: see `page_cache/board.py`.
REDIS_URL = env.REDIS_URL
IN_MEMORY = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
CACHES = {
    "default": IN_MEMORY,
    # Each entry says by itself whether it still holds; a process has its own.
    "stamped": IN_MEMORY | {"LOCATION": "stamped"},
}

# -- Language and time --------------------------------------------------------------------------

LANGUAGE_CODE = "fr"
FORMAT_MODULE_PATH = ["site_enys.formats"]
# A few of Wagtail's own words, better said: `make words`.
LOCALE_PATHS = [BASE_DIR / "site_enys/locale"]
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("fr", "Français")]
WAGTAILADMIN_PERMITTED_LANGUAGES = [("fr", "Français")]
TIME_ZONE = "Europe/Paris"
WAGTAIL_USER_TIME_ZONES = ["Europe/Paris"]
# As people here type them: the calendar replaces what it cannot read by the present instant.
WAGTAIL_DATE_FORMAT = "%d/%m/%Y"
WAGTAIL_DATETIME_FORMAT = "%d/%m/%Y %H:%M"
USE_TZ = True
USE_I18N = True

# -- People and sessions ------------------------------------------------------------------------

AUTH_USER_MODEL = "site_enys.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = WAGTAILADMIN_LOGIN_URL = WAGTAIL_FRONTEND_LOGIN_URL = "/admin/login/"
LOGIN_REDIRECT_URL = ACCOUNT_LOGOUT_REDIRECT_URL = "wagtailadmin_home"
# Wagtail's own pages would change a password without asking for the second factor: see sign_in/.
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
PASSWORD_RESET_TIMEOUT = 60 * 60 * 2
ACCOUNT_ADAPTER = "site_enys.sign_in.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]  # only read: nobody signs up
ACCOUNT_EMAIL_VERIFICATION = "none"
MFA_ALLOW_UNVERIFIED_EMAIL = True  # the direction writes the addresses of the accounts
# allauth's own would keep a second copy of each address.
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105
# Limits that hold over several processes are ours: allauth counts in the cache of one process.
ACCOUNT_RATE_LIMITS = MFA_RATE_LIMITS = False
MFA_ADAPTER = "site_enys.sign_in.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_RECOVERY_CODE_DIGITS = 10
MFA_TOTP_ISSUER = "ENYS Conseil"
MFA_TOTP_TOLERANCE = 1  # a telephone whose clock is half a minute off
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.5  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "429.html"
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False  # no line at each start of each process
AXES_SENSITIVE_PARAMETERS = [
    *("username", "ip_address", "password", "oldpassword", "password1", "password2"),
    *("code", "credential"),
]
AXES_CLIENT_IP_CALLABLE = "site_enys.clients.client_address"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 12
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "site_enys.views.csrf_failure"
# Server-side storage: a message about somebody never sits in a cookie.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
# The admin shows the preview in a frame; `security_headers` says DENY elsewhere.
X_FRAME_OPTIONS = "SAMEORIGIN"
SILENCED_SYSTEM_CHECKS = ["security.W019"]  # which asks for DENY, see above

# How many trusted proxies stand in front; 0 means that X-Forwarded-For is ignored.
PROXY_COUNT = env.PROXY_COUNT

# Only `make serve` sets these: see checks.py.
ALLOW_DEMO_ACCOUNTS = env.ALLOW_DEMO_ACCOUNTS
REFUSE_UNSAFE_START = False

# -- Public forms -------------------------------------------------------------------------------

FORM_MIN_SECONDS = env.FORM_MIN_SECONDS
FORM_HOURLY_LIMIT = env.FORM_HOURLY_LIMIT
PROOF_OF_WORK_COST = 5_000  # rounds of PBKDF2 for one try: see `proof_of_work.py`
CLAMDSCAN = env.CLAMDSCAN  # the antivirus that looks at what people send; empty: none
SYNTHETIC_URL = env.SYNTHETIC_URL  # where the site reaches itself; empty: SITE_URL
# What shows who signs an agreement: a class with the interface of `formation.services.signing`.
SIGNATURE_PROVIDER = "formation.services.signing.EmailCode"

# -- E-mail: read only by courrier, which alone sends ---------------------------------------------

# What Wagtail sends by itself (password reset, requests for approval) goes to the outbox too.
EMAIL_BACKEND = "courrier.backends.OutboxBackend"
EMAIL_HOST = env.EMAIL_HOST
EMAIL_PORT = env.EMAIL_PORT
EMAIL_HOST_USER = env.EMAIL_USER
EMAIL_HOST_PASSWORD = env.EMAIL_PASSWORD
EMAIL_USE_TLS = env.EMAIL_TLS
EMAIL_TIMEOUT = 15
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.EMAIL_FROM
STAFF_EMAIL = env.STAFF_EMAIL

# -- Backups: see docs/sauvegardes.md --------------------------------------------------------------

BACKUP_DIR = env.BACKUP_DIR
BACKUP_KEY = env.BACKUP_KEY
BACKUP_KEEP = env.BACKUP_KEEP  # the last of so many days, and of so many weeks

# -- Wagtail ------------------------------------------------------------------------------------

WAGTAIL_SITE_NAME = "ENYS Conseil"
SITE_URL = WAGTAILADMIN_BASE_URL = env.SITE_URL
WAGTAILIMAGES_IMAGE_MODEL = "home.CustomImage"
WAGTAILDOCS_DOCUMENT_MODEL = "home.CustomDocument"
WAGTAILSEARCH_BACKENDS = {
    "default": {"BACKEND": "site_enys.search_backend", "SEARCH_CONFIG": "simple"},
}
# No third party learns who works here: no MD5 of e-mails to Gravatar, no call to wagtail.org.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
# Without this, a page edited after its approval request would be published unread.
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
WAGTAILADMIN_COMMENTS_ENABLED = True
# « Médiation » is at /mediation/ : our own addresses under a page take plain slugs only.
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAILDOCS_EXTENSIONS = [
    *("pdf", "docx", "xlsx", "odt", "ods", "csv", "txt", "zip"),
    *("mp4", "webm", "vtt"),
]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
# A file is judged by its content before Wagtail opens it.
WAGTAILIMAGES_IMAGE_FORM_BASE = "home.media_forms.ImageForm"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "home.media_forms.DocumentForm"
# By our own view, from a bucket too, where Wagtail would lead to an address that nobody may read.
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_INLINE_CONTENT_TYPES: list[str] = []  # a PDF too is kept, then opened elsewhere
TAGGIT_CASE_INSENSITIVE = True
TAGGIT_STRIP_UNICODE_WHEN_SLUGIFYING = True

# -- Watching -----------------------------------------------------------------------------------

METRICS_TOKEN = env.METRICS_TOKEN
SENTRY_DSN = env.SENTRY_DSN
RELEASE = env.RELEASE or version_of_the_project(BASE_DIR)
LOGGERS: dict[str, dict[str, Any]] = {
    # Django's own handler would print each line a second time.
    "django": {"handlers": [], "propagate": True},
    # The development server's line for each request: the site writes one by itself.
    "django.server": {"level": "CRITICAL"},
    # Two lines for each page that is indexed.
    "django_tasks": {"level": "WARNING"},
}
LOGGING = logs.config(LOGGERS, env.LOG_FORMAT or "line")
