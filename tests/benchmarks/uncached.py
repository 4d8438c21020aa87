from tests.benchmarks.settings import *  # noqa: F403 - the test client passes the cache, which stands before Django

ALLOWED_HOSTS = ["testserver"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405 - as files are named
