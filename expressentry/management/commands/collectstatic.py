"""Django's collectstatic, without ever taking a file from a server that still runs an earlier version."""

import hashlib
import json
import os
import shutil
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.management.commands import collectstatic
from django.utils.module_loading import import_string

MANIFEST = "staticfiles.json"
VERSIONS = "staticfiles.*.json"
VERSIONS_KEPT = 3


class Command(collectstatic.Command):
    help = f"Collect the static files; those of the last {VERSIONS_KEPT} versions stay where they are."

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("--if-changed", action="store_true", help="Do nothing when they are all collected.")

    def handle(self, *args, if_changed, **options):
        if if_changed and is_collected():
            return None
        said = super().handle(*args, **options)
        if if_changed:
            self.stdout.write("Collected the static files.")
        return said

    def collect(self):
        root = Path(settings.STATIC_ROOT)
        with for_everyone(), new_folder_in(root) as folder:
            self.storage = import_string(settings.STORAGES["staticfiles"]["BACKEND"])(location=folder)
            report = super().collect()
            if not self.dry_run:
                add(Path(folder), root, version_of_sources())
        return report


@contextmanager
def new_folder_in(root):
    """The folder above may belong to another user."""
    root.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=root, prefix=".new-") as folder:
        yield folder


@contextmanager
def for_everyone():
    """A server in front of the site may read these files; all else that the site writes is its own."""
    before = os.umask(0o022)
    yield
    os.umask(before)


def version_of_sources():
    """A text that changes with any file that the finders find."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in sorted(finder.list([]), key=lambda found: found[0]):
            with storage.open(path) as file:
                digest.update(path.encode() + hashlib.sha256(file.read()).digest())
    return digest.hexdigest()[:12]


def manifest_of(root, version):
    return root / VERSIONS.replace("*", version)


def is_collected():
    root = Path(settings.STATIC_ROOT)
    current, kept = root / MANIFEST, manifest_of(root, version_of_sources())
    return current.exists() and kept.exists() and current.read_bytes() == kept.read_bytes()


def add(new, root, version):
    """Move in what is not there yet, the manifest last, and forget versions that nobody asks for any more."""
    move_missing(new, root)
    current = root / MANIFEST
    if current.exists() and not list(root.glob(VERSIONS)):
        shutil.copyfile(current, manifest_of(root, "before"))
    (new / MANIFEST).replace(current)
    shutil.copyfile(current, manifest_of(root, version))
    prune(root)


def move_missing(new, root):
    for path in files(new):
        target = root / path.relative_to(new)
        if path.name != MANIFEST and not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            path.replace(target)


def prune(root):
    versions = sorted(root.glob(VERSIONS), key=lambda path: path.stat().st_mtime_ns, reverse=True)[:VERSIONS_KEPT]
    kept = {MANIFEST, *(version.name for version in versions)}
    for version in versions:
        kept.update(json.loads(version.read_text())["paths"].values())
    for path in files(root):
        if path.relative_to(root).as_posix().removesuffix(".gz").removesuffix(".br") not in kept:
            path.unlink()


def files(folder):
    """All but those of hidden folders, in which another run may collect."""
    found = []
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [Path(parent, name) for name in names]
    return found
