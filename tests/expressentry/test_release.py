import os

import pytest

from expressentry.release import SOURCES, content_id, release


@pytest.fixture
def code(tmp_path):
    for folder in SOURCES:
        (tmp_path / folder / "__pycache__").mkdir(parents=True)
    (tmp_path / "requirements.txt").write_text("django==5.2\n")
    (tmp_path / "templates" / "home.html").write_text("Draws")
    return tmp_path


@pytest.mark.parametrize(
    ("path", "is_other"),
    [
        ("templates/home.html", True),
        ("static/site.css", True),
        ("locale/fr/django.mo", True),
        ("requirements.txt", True),
        ("draws/__pycache__/views.pyc", False),
        ("var/record.sqlite3", False),
    ],
)
def test_release_is_the_content_of_the_code(code, path, is_other):
    before = content_id(code)

    (code / path).parent.mkdir(parents=True, exist_ok=True)
    (code / path).write_text("other")

    assert (content_id(code) != before) == is_other


def test_release_does_not_depend_on_place_or_time(code, tmp_path_factory):
    before = content_id(code)
    os.utime(code / "templates" / "home.html", (1, 1))

    moved = code.rename(tmp_path_factory.mktemp("server") / "elsewhere")

    assert content_id(moved) == before


def test_release_may_be_named(settings):
    settings.RELEASE = "2026-11-25.1"
    release.cache_clear()

    named = release()
    release.cache_clear()

    assert named == "2026-11-25.1"
