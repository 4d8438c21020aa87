from expressentry.settings import *  # noqa: F403 - the benchmark measures the site's own settings

ROOT_URLCONF = "tests.benchmarks.urls"
