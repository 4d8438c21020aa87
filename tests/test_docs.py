"""What the documents name is there."""

import re
from importlib.util import find_spec
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands

ROOT = Path(settings.BASE_DIR)
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
PACKAGES = [ROOT / name for name in ("editing", "programs", "occupations", "draws", "expressentry")]
TEMPLATES = [ROOT / "templates", ROOT / "templates" / "includes"]
MADE = ("staticfiles/", "var/")  # not in the tree before the site runs
ENDINGS = (".py", ".md", ".html", ".css", ".js", ".json", ".csv", ".po", ".toml")
ADDRESSES = ("admin/",)


def paths_named_in(text):
    """Backticked words that are paths of this tree: from its top, or the bare name of a file."""
    for word in re.findall(r"`([\w./-]+)`", text):
        is_path = "/" in word or word.endswith(ENDINGS)
        if (
            is_path
            and not word.startswith("/")
            and word not in ADDRESSES
            and not word.endswith((".timer", ".service"))
        ):
            yield word


def missing_paths(paragraph):
    """Full paths that do not exist, and bare names with no such file beside a full one or in several packages."""
    words = [*paths_named_in(paragraph)]
    full = [ROOT / word for word in words if "/" in word and not word.startswith(MADE)]
    beside = {ROOT, *TEMPLATES, *(path if path.is_dir() else path.parent for path in full)}
    for word in words:
        if "/" in word:
            found = word.startswith(MADE) or (ROOT / word).exists()
        else:
            found = any((folder / word).exists() for folder in beside) or len(packages_with(word)) > 1
        if not found:
            yield word


def packages_with(name):
    return [package for package in PACKAGES if (package / name).exists()]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_path_that_a_document_names_is_there(document):
    paragraphs = document.read_text(encoding="utf-8").split("\n\n")

    assert [word for paragraph in paragraphs for word in missing_paths(paragraph)] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_command_that_a_document_names_is_there(document):
    text = document.read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.M))

    named = set(re.findall(r"(?:^|`)make (?:[A-Z]+=\S+ )?([a-z]+)", text, re.M))
    commands = set(re.findall(r"(?:manage\.py|--manage) ([a-z_]+)", text))
    modules = set(re.findall(r"python -m ([\w.]+)", text))

    assert named - targets == set()
    assert commands - set(get_commands()) == set()
    assert [module for module in modules if find_spec(module) is None] == []


def test_architecture_names_many_paths():
    assert len([*paths_named_in((ROOT / "docs" / "architecture.md").read_text(encoding="utf-8"))]) > 40


def test_architecture_draws_every_package():
    drawing = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8").split("```")[1]
    folders = {path.parent.name + "/" for package in PACKAGES for path in package.glob("*/*.py")}

    drawn = set(re.findall(r"\w+/", drawing))

    unnamed = {"migrations/", "management/", "templatetags/", "formats/", "__pycache__/"}
    assert drawn == {f"{package.name}/" for package in PACKAGES} | folders - unnamed


def test_readme_lists_every_setting():
    code = "".join((ROOT / name).read_text() for name in ["expressentry/settings.py", "gunicorn.conf.py"])
    settings_read = set(re.findall(r'(?:env(?:\.\w+)?\(|environ\.get\()\s*["\']([A-Z_]+)["\']', code))

    listed = set(re.findall(r"`([A-Z_]+)`", (ROOT / "README.md").read_text(encoding="utf-8")))

    assert len(settings_read) > 8
    assert settings_read - listed == set()


@pytest.mark.parametrize("name", ["README.md", "docs/operations.md"])
def test_every_setting_in_a_table_is_read(name):
    code = "".join((ROOT / name).read_text() for name in ["expressentry/settings.py", "gunicorn.conf.py"])

    listed = set(
        re.findall(r"`((?:DJANGO_)?[A-Z_]+)`", "\n".join(re.findall(r"^\| `.*", (ROOT / name).read_text(), re.M)))
    )

    assert {word for word in listed if word not in code} <= {"GUNICORN_CMD_ARGS"}
