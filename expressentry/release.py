"""The release that runs: servers of the same release give each other's visitors the same tags."""

import hashlib
import os
from functools import cache
from pathlib import Path

from django.conf import settings

# What pages are made of; the record itself is in the database.
SOURCES = ("draws", "editing", "expressentry", "occupations", "programs", "templates", "static", "locale")
FILES = ("requirements.txt",)


@cache
def release():
    """The ``RELEASE`` that was set, or a text that changes with any file of the code."""
    return settings.RELEASE or content_id(settings.BASE_DIR)


def content_id(root):
    digest = hashlib.sha256()
    for path in sorted([*(root / name for name in FILES), *sources(root)]):
        content = hashlib.sha256(path.read_bytes()).digest()
        digest.update(path.relative_to(root).as_posix().encode() + b"\0" + content)
    return digest.hexdigest()[:12]


def sources(root):
    for top in SOURCES:
        for folder, folders, names in os.walk(root / top):
            folders[:] = [name for name in folders if name != "__pycache__"]
            yield from (Path(folder, name) for name in names)
