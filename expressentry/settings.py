"""Configuration comes from a few environment variables, or from ``.env`` beside manage.py."""

import os
from datetime import timedelta
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _
from import_export.formats.base_formats import CSV, XLSX

BASE_DIR = Path(__file__).resolve().parent.parent


env = environ.Env()
env.read_env(BASE_DIR / ".env")

# What the site writes (database, backups, feeds) lies in one folder, and is for its owner alone.
DATA = Path(env("DJANGO_DATA", default=str(BASE_DIR / "var")))
os.umask(0o077)

# Core

SECRET_KEY = env("DJANGO_SECRET_KEY")
DEBUG = env.bool("DJANGO_DEBUG", default=False)
ALLOWED_HOSTS = env.list("DJANGO_ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("DJANGO_CSRF_TRUSTED_ORIGINS", default=[])
HTTPS = env.bool("DJANGO_HTTPS", default=False)
ADMIN_PATH = env("DJANGO_ADMIN_PATH", default="admin/")
# Proxies whose X-Forwarded-For is believed: addresses and networks, or "unix" for a proxy on a socket.
TRUSTED_PROXIES = env.list("DJANGO_TRUSTED_PROXIES", default=[])
SECURITY_CONTACT = env("DJANGO_SECURITY_CONTACT", default="")

INSTALLED_APPS = [
    "expressentry.apps.AdminConfig",
    "draws",
    "occupations",
    "programs",
    "editing",
    "expressentry",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_filters",
    "django_tables2",
    "csp",
    "simple_history",
    "import_export",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
]

MIDDLEWARE = [
    "expressentry.serving.health.HealthMiddleware",
    "editing.middleware.TrustedProxiesMiddleware",
    "expressentry.serving.request_log.RequestIdMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "editing.middleware.CrossOriginMiddleware",
    "editing.middleware.MethodsMiddleware",
    "editing.middleware.CookielessMiddleware",
    "expressentry.pagecache.edge.UnchangedMiddleware",
    "django_http_compression.middleware.HttpCompressionMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "editing.middleware.LanguageByPathMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "expressentry.urls"
POSTED_QUESTIONS = ("/check/", "/fr/check/", "/api/v1/check")  # what they ask is too long for an address
WSGI_APPLICATION = "expressentry.wsgi.application"

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
                "django.template.context_processors.i18n",
                "expressentry.context_processors.site",
            ],
        },
    }
]

# Database and cache

DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{DATA / 'record.sqlite3'}")}
DATABASES["default"]["CONN_MAX_AGE"] = 600
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 10,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-2000;",
    }
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    # Milliseconds for one statement of a request; commands may take longer (manage.py).
    STATEMENT_TIMEOUT = env.int("DJANGO_STATEMENT_TIMEOUT", default=15000)
    limits = f"-c timezone=UTC -c statement_timeout={STATEMENT_TIMEOUT} -c lock_timeout={min(STATEMENT_TIMEOUT, 5000)}"
    # Of a network that was cut, seconds (and once milliseconds) until a connection counts as lost.
    lost = {"tcp_user_timeout": 15000, "keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3}
    DATABASES["default"].setdefault("OPTIONS", {}).update(connect_timeout=3, options=limits, **lost)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {"default": env.cache_url("CACHE_URL", default="locmemcache://record")}
if CACHES["default"]["BACKEND"].endswith("RedisCache"):
    CACHES["default"] |= {"BACKEND": "expressentry.pagecache.redis.PatientRedisCache", "KEY_PREFIX": "expressentry"}
    CACHES["pages"] = CACHES["default"]
else:
    CACHES["pages"] = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
# Servers of the same release share pages and tags; unnamed, it is known by its content.
RELEASE = env("RELEASE", default="")
# Each process keeps so much of the public pages.
PAGE_CACHE_BYTES = env.int("DJANGO_PAGE_CACHE_BYTES", default=12 * 1024**2)

# Language and time: the address decides the language, in the admin a cookie; all times are UTC

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("fr", "Français")]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["expressentry.formats"]
USE_THOUSAND_SEPARATOR = True
TIME_ZONE = "UTC"
USE_TZ = True

# Static files

STATIC_URL = "static/"
STATIC_ROOT = Path(env("DJANGO_STATIC_ROOT", default=str(BASE_DIR / "staticfiles")))
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
FIXTURE_DIRS = [BASE_DIR / "fixtures"]

# Tables

DJANGO_TABLES2_TEMPLATE = "tables/table.html"

# Security

SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
# Both reach beyond this site, and preloading is hard to take back: the operator decides.
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("DJANGO_HSTS_SUBDOMAINS", default=False)
SECURE_HSTS_PRELOAD = env.bool("DJANGO_HSTS_PRELOAD", default=False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
# Cookies belong to the admin alone: no public page is ever sent one back.
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = LANGUAGE_COOKIE_PATH = f"/{ADMIN_PATH}"
LANGUAGE_COOKIE_SECURE = HTTPS
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_AGE = 365 * 24 * 60 * 60
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "style-src": [SELF],
        "script-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
PERMISSIONS_POLICY = {
    name: [] for name in ["camera", "display-capture", "geolocation", "microphone", "payment", "usb"]
}

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in [
        ("UserAttributeSimilarityValidator", {}),
        ("MinimumLengthValidator", {"min_length": 12}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    ]
]
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]

# Sign-in: five wrong passwords for a name from one address lock that pair out for a quarter of an hour
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_CLIENT_IP_CALLABLE = "editing.sign_in.counted_address"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "admin/locked_out.html"
AXES_VERBOSE = False
# Whatever the names, so that one address cannot try many.
SIGN_IN_FAILURES_PER_ADDRESS = 20
PASSWORD_RESET_TIMEOUT = 24 * 60 * 60
OTP_TOTP_ISSUER = "Express Entry Record"
# Publishers and superusers then need an authenticator app; anybody else may set one up.
REQUIRE_SECOND_FACTOR = env.bool("DJANGO_REQUIRE_SECOND_FACTOR", default=not DEBUG)

# Admin

DATA_UPLOAD_MAX_NUMBER_FIELDS = 10000  # an edition's form carries every row of its list
IMPORT_EXPORT_FORMATS = [CSV, XLSX]
IMPORT_EXPORT_USE_TRANSACTIONS = True
IMPORT_EXPORT_IMPORT_PERMISSION_CODE = "change"
IMPORT_EXPORT_EXPORT_PERMISSION_CODE = "view"

# Seen: errors on standard error and, where the operator says so, by mail; requests on standard output

ACCESS_LOG = env("DJANGO_ACCESS_LOG", default="")  # "plain" or "json"
SLOW_QUERY_MS = env.int("DJANGO_SLOW_QUERY_MS", default=0)  # 0: not watched
ADMINS = [("", address) for address in env.list("DJANGO_ADMINS", default=[])]
vars().update(env.email_url("EMAIL_URL", default="dummymail://"))
EMAIL_TIMEOUT = 5
SERVER_EMAIL = DEFAULT_FROM_EMAIL = env("DJANGO_FROM_EMAIL", default="record@localhost")
EMAIL_SUBJECT_PREFIX = "[Express Entry Record] "

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        name: {"()": "expressentry.serving.request_log.RequestFormatter", "format": text, "style": "{"}
        for name, text in {
            "audit": "{asctime} audit {release} {about}: {message}",
            "request": "{asctime} {levelname} {name} {release} {about}: {message}",
        }.items()
    },
    "filters": {
        "as_warning": {
            "()": "django.utils.log.CallbackFilter",
            "callback": "ext://expressentry.serving.request_log.as_warning",
        },
        "once_per_minute": {"()": "expressentry.serving.request_log.OncePerMinute"},
    },
    "handlers": {
        "audit": {"class": "logging.StreamHandler", "formatter": "audit"},
        "stderr": {"class": "logging.StreamHandler", "formatter": "request"},
        "mail": {"class": "django.utils.log.AdminEmailHandler", "level": "ERROR", "filters": ["once_per_minute"]},
    },
    "root": {"handlers": ["stderr", "mail"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": []},  # all of it goes to the root, once
        "django.request": {"level": "ERROR"},  # a page that does not exist is no error of ours
        "django.security.DisallowedHost": {"filters": ["as_warning"]},
        "gunicorn.http.wsgi": {"level": "ERROR"},  # it warns of each body that an answer to HEAD does without
        "audit": {"handlers": ["audit"], "level": "INFO", "propagate": False},  # who signed in, and who may do what
        "axes": {"level": "ERROR"},  # its warnings are in the audit
    },
}

# The official feed of rounds, and where the last good copy of it is kept

FEED_URL = env(
    "DJANGO_FEED_URL",
    default="https://www.canada.ca/content/dam/ircc/documents/json/ee_rounds_123_en.json",
)
FEED_FOLDER = DATA / "feeds"

# The site itself

SITE_NAME = _("Express Entry Record")
