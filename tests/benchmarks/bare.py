"""What a warm page is measured against: a WSGI function that answers the same bytes, headers and all."""

import json
import os
from pathlib import Path

folder = Path(os.environ["BARE_FOLDER"])
body, headers = (folder / "body").read_bytes(), [tuple(pair) for pair in json.loads((folder / "headers").read_text())]


def application(environ, start_response):
    start_response("200 OK", headers)
    return [body]
