"""What the documents name is there."""

import re
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
MADE = ("staticfiles/", "var/")  # not in the tree before the site runs
ENDINGS = (".py", ".md", ".html", ".css", ".js", ".json", ".csv", ".po", ".toml")


def paths_named_in(document):
    """Backticked words that are paths of this tree: from its top, or the bare name of a file."""
    for word in re.findall(r"`([\w./-]+)`", document.read_text(encoding="utf-8")):
        is_path = "/" in word or word.endswith(ENDINGS)
        if is_path and not word.startswith("/") and not word.endswith((".timer", ".service")):
            yield word


def is_there(word):
    if "/" in word:
        return word.startswith(MADE) or (ROOT / word).exists()
    return any(path for path in ROOT.glob(f"*/**/{word}") if ".venv" not in path.parts) or (ROOT / word).exists()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_path_that_a_document_names_is_there(document):
    words = [word for word in paths_named_in(document) if word != "admin/"]  # an address, not a folder

    assert [word for word in words if not is_there(word)] == []


def test_architecture_names_many_paths():
    assert len([*paths_named_in(ROOT / "docs" / "architecture.md")]) > 40


def test_readme_lists_every_setting():
    code = "".join((ROOT / name).read_text() for name in ["expressentry/settings.py", "gunicorn.conf.py"])
    settings_read = set(re.findall(r'(?:env(?:\.\w+)?\(|environ\.get\()\s*"([A-Z_]+)"', code))

    listed = set(re.findall(r"`([A-Z_]+)`", (ROOT / "README.md").read_text(encoding="utf-8")))

    assert len(settings_read) > 8
    assert settings_read - listed == set()
