"""The site's own settings for the server under test; only its files lie elsewhere."""

import os
from pathlib import Path

from expressentry.settings import *  # noqa: F403 - everything else as in production

STATIC_ROOT = os.environ["BROWSER_STATIC_ROOT"]
FEED_FOLDER = Path(STATIC_ROOT).parent / "feeds"
