import os

# A developer's .env must not change what the tests see; only what the caller sets counts.
TEST_ENVIRONMENT = {
    "DJANGO_SECRET_KEY": "only-for-tests-" + "0123456789abcdef" * 4,
    "DJANGO_DEBUG": "0",
    "DJANGO_HTTPS": "0",
    "DJANGO_ADMIN_PATH": "admin/",
    "DJANGO_ALLOWED_HOSTS": "127.0.0.1,localhost",
    "DATABASE_URL": "sqlite://:memory:",
    "CACHE_URL": "locmemcache://tests",
}
for name, value in TEST_ENVIRONMENT.items():
    os.environ.setdefault(name, value)

from expressentry.settings import *  # noqa: E402, F403 - the tests run the site's own settings

STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
STATIC_ROOT = BASE_DIR / "var" / "no-static"  # noqa: F405 - pages find files by name; WhiteNoise needs a folder
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = "UNDEFINED(%s)"  # noqa: F405
