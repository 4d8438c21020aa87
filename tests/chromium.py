"""The browser that tests and benchmarks read the site with."""

import os
import shutil

NAMES = ["chromium", "chromium-browser", "google-chrome"]
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage"]


def launch(playwright, **options):
    program = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)))
    return playwright.chromium.launch(executable_path=program, args=FLAGS, **options)
