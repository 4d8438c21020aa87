import time
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from draws.models import Draw
from editing.models import DataVersion
from expressentry.pagecache.version import SHOWN, Version, digest_of_settings, page_version

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def stored():
    """What the database says of its version."""
    row = DataVersion.objects.get()
    return row.number, str(row.schedule), str(row.changed_at)


def number(moment):
    return int(page_version(stored(), moment).split("-")[0])


def test_save_moves_the_version_on():
    now = timezone.now()
    before = page_version(stored(), now)

    Draw.objects.get(number="254").programs.clear()

    assert page_version(stored(), now) != before


def test_each_scheduled_moment_is_a_version_without_a_write(make_draw):
    due = timezone.now() + timedelta(hours=1)
    make_draw(1, publish_at=due)
    make_draw(2, publish_at=due + timedelta(hours=1))
    before = DataVersion.objects.get().number

    versions = [number(due + timedelta(minutes=passed)) for passed in (-1, 0, 59, 60, 61)]

    assert [version - before for version in versions] == [0, 1, 1, 2, 2]
    assert DataVersion.objects.get().number == before


@pytest.mark.parametrize("change", [{"status": "draft"}, {"publish_at": None}])
def test_change_of_a_row_that_came_due_is_a_newer_version(make_draw, change):
    due = timezone.now() + timedelta(hours=1)
    draw = make_draw(1, publish_at=due)
    before = number(due)

    for name, value in change.items():
        setattr(draw, name, value)
    draw.save()

    assert number(timezone.now()) > before


def test_version_is_of_the_canadian_day():
    evening, midnight = datetime(2026, 11, 25, 2, 30, tzinfo=UTC), datetime(2026, 11, 25, 5, tzinfo=UTC)

    moments = (evening, midnight - timedelta(seconds=1), midnight)
    versions = [page_version((1, "[]", ""), moment) for moment in moments]

    assert versions[0] == versions[1]
    assert versions[1] != versions[2]


def test_database_made_anew_has_versions_of_its_own():
    now = timezone.now()

    assert page_version((1, "[]", "2026-11-25 10:00:00"), now) != page_version((1, "[]", "2026-11-25 11:00:00"), now)


@pytest.mark.parametrize("name", SHOWN)
def test_setting_that_pages_show_is_part_of_the_version(settings, name):
    now = timezone.now()
    before = page_version((1, "[]", ""), now)

    setattr(settings, name, "another")
    digest_of_settings.cache_clear()
    after = page_version((1, "[]", ""), now)
    digest_of_settings.cache_clear()

    assert before != after


def test_answer_that_comes_late_is_not_the_newest():
    """A request asks, a save is made, another request asks; then the first one gets its answer."""
    version, answers = Version(), []

    def late():
        answer = stored()
        Draw.objects.get(number="254").programs.clear()
        version.source = SimpleNamespace(read=stored)
        answers.append(version.current()[0])
        return answer

    version.source = SimpleNamespace(read=late)
    answers.append(version.current()[0])
    version.asks_at = time.monotonic() + 60  # the database is away

    assert answers[0] != answers[1]
    assert version.current()[0] == answers[0]


def test_scheduled_draw_is_public_from_its_moment_on(make_draw):
    due = timezone.now() + timedelta(hours=1)
    draw = make_draw(1, publish_at=due)

    assert not Draw.objects.published(due - timedelta(seconds=1)).exists()
    assert Draw.objects.published(due).get() == draw
