"""The real record for every test, and factories for tests that need their own rows.

A test that touches the database sees the real record of ``fixtures/``. A test that uses a factory
(``make_draw(…)``) or asks for ``empty`` begins without draws, pools, editions and listings.
"""

import gc
import hashlib
import sqlite3
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from fcntl import LOCK_EX, flock
from pathlib import Path

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from draws.models import RANGES, Correction, Discrepancy, Draw, Kind, PoolSnapshot
from editing.pages.marks import MARKS
from occupations.models import Category, Edition, Listing, Occupation
from programs.models import Program
from tests.markup import markup

ROOT = Path(__file__).resolve().parent.parent
LOADED_FROM = [
    "fixtures/*.json",
    "fixtures/*.csv",
    "fixtures/*.gz",
    "*/migrations/*.py",
    "*/triggers.py",
    "*/models.py",
    "*/*/models.py",
    "occupations/noc.py",
    "programs/requirements.py",
    "editing/records.py",
    "editing/ledger/*.py",
    "*/roles.py",
    "expressentry/reload.py",
    "expressentry/management/commands/load_record.py",
]
SOURCED = {"evidence": "official", "source": "A test", "checked_on": date(2026, 10, 9)}
PUBLISHED = {"status": "published"}
FIRST_DAY = date(2022, 1, 1)
PROGRAMS = {Kind.GENERAL: "FSW FST CEC PNP", Kind.PROGRAM: "CEC", Kind.CATEGORY: "FSW FST CEC"}
NAMES = {Kind.GENERAL: "General", Kind.PROGRAM: "Canadian Experience Class", Kind.CATEGORY: "Category"}


def pytest_collection_finish():
    """What is imported by now stays: the garbage collector need not look at it again, which saves a seventh."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings):
    """A copy of the record brings its tables, triggers included: there is nothing to migrate."""
    if connection.vendor == "sqlite" and kept_record().exists():
        connection.settings_dict["TEST"]["MIGRATE"] = False


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Load the real record once; on SQLite take it from a copy kept in ``var/`` while nothing changed."""
    with django_db_blocker.unblock():
        if connection.vendor == "sqlite":
            copy_record(kept_record())
        else:
            call_command("load_record", verbosity=0)


def kept_record():
    """Where the loaded record of these fixtures and migrations is kept."""
    digest = hashlib.sha256()
    for pattern in LOADED_FROM:
        for path in sorted(ROOT.glob(pattern)):
            digest.update(path.read_bytes())
    return ROOT / "var" / f"tests-{digest.hexdigest()[:16]}.sqlite3"


def copy_record(kept):
    connection.ensure_connection()
    with alone(kept.parent):
        if not kept.exists():
            call_command("load_record", verbosity=0)
            keep_record(kept)
            return
    with sqlite3.connect(kept) as source:
        source.backup(connection.connection)
    source.close()
    ContentType.objects.clear_cache()  # its rows have other numbers now


@contextmanager
def alone(folder):
    """Other runs of the tests wait, rather than load the record a second time."""
    folder.mkdir(exist_ok=True)
    with open(folder / "tests.lock", "w") as lock:
        flock(lock, LOCK_EX)
        yield


def keep_record(kept):
    """Write beside and rename: whoever is stopped leaves no half a record."""
    for old in kept.parent.glob("tests-*.sqlite3"):
        old.unlink(missing_ok=True)
    beside = kept.with_suffix(".new")
    with sqlite3.connect(beside) as target:
        connection.connection.backup(target)
    target.close()
    beside.replace(kept)


@pytest.fixture(autouse=True)
def _fresh_cache():
    """No test sees a page that another one cached."""
    cache.clear()


@pytest.fixture
def clock(monkeypatch):
    """A clock that stands still, at the coming second, until it is set on: ``clock(seconds=5)``."""
    moments = [(timezone.now() + timedelta(seconds=1)).replace(microsecond=0)]
    monkeypatch.setattr(timezone, "now", lambda: moments[-1])

    def pass_by(**given):
        moments.append(moments[-1] + timedelta(**given))
        return moments[-1]

    return pass_by


@pytest.fixture
def html():
    """A function that gets a public page, which must answer 200, as text without line breaks."""

    def get(url, **query):
        response = Client().get(url, query)
        assert response.status_code == 200, f"{url} answered {response.status_code}"
        return markup(response)

    return get


@pytest.fixture
def empty(db):
    """No draws, pools, editions or listings; occupations, categories and programs stay."""
    with connection.cursor() as cursor:
        for model in [Discrepancy, Correction, Draw.programs.through, Draw, PoolSnapshot, Listing, Edition]:
            if model is Listing:
                Edition.objects.update(status="draft")  # nobody deletes a published list
            cursor.execute(f"DELETE FROM {model._meta.db_table}")  # noqa: S608 - a hundred times faster than delete()


@pytest.fixture
def make_program(empty):
    def make(code="CEC", **fields):
        """The program of that code with other fields, or a new one."""
        fallback = {"slug": code.lower(), "name_en": f"Program {code}", "position": 50 + Program.objects.count()}
        return Program.objects.update_or_create(code=code, defaults=fields, create_defaults=fallback | fields)[0]

    return make


@pytest.fixture
def make_occupation(empty):
    def make(code="21231", **fields):
        """The unit group of that code with other fields, or a new one."""
        fallback = {"title_en": f"Occupation {code}", "title_fr": f"Profession {code}"}
        return Occupation.objects.update_or_create(code=code, defaults=fields, create_defaults=fallback | fields)[0]

    return make


@pytest.fixture
def make_category(empty):
    def make(slug="stem", **fields):
        """The category of that address with other fields, or a new one with a free mark."""
        used = set(Category.objects.values_list("mark", flat=True))
        fallback = {"name_en": slug.title(), "mark": next((mark for mark in MARKS if mark not in used), "")}
        return Category.objects.update_or_create(slug=slug, defaults=fields, create_defaults=fallback | fields)[0]

    return make


@pytest.fixture
def make_edition(make_category, make_occupation):
    def make(category="stem", version="2023", occupations=("21231",), **fields):
        """An edition that lists these NOC codes, in force from the first day of its year."""
        category = make_category(category) if isinstance(category, str) else category
        starts = {"effective_from": date(int(version[:4]), 1, 1)} if version[:4].isdigit() else {}
        given = {"name_en": f"{category.name_en} occupations"} | starts | SOURCED | PUBLISHED | fields
        edition = Edition.objects.create(category=category, version=version, **given)
        for code in occupations:
            occupation = make_occupation(code)
            titles = {"title_as_published_en": occupation.title_en}
            Listing.objects.create(edition=edition, occupation=occupation, **titles, **SOURCED)
        return edition

    return make


@pytest.fixture
def make_pool(empty):
    def make(as_on=FIRST_DAY, **fields):
        """A snapshot with 10 candidates in each range that is not given, and the fitting total."""
        parts = {f"crs_{low}_{high}": 10 for low, high in RANGES}
        parts |= {name: count for name, count in fields.items() if name.startswith("crs_")}
        total = sum(parts.values()) + fields.get("unallocated_451_500", 0)
        return PoolSnapshot.objects.create(as_on=as_on, **{"total": total} | parts | SOURCED | PUBLISHED | fields)

    return make


@pytest.fixture
def make_draw(make_edition):
    def make(number=None, programs=None, **fields):
        """A published draw: general, or of the ``edition`` given; a later number has a later date."""
        number = str(number or Draw.objects.count() + 1)
        kind = fields.pop("kind", Kind.CATEGORY if fields.get("edition") else Kind.GENERAL)
        if kind == Kind.CATEGORY and "edition" not in fields:
            fields["edition"] = Edition.objects.first() or make_edition(version="2022")
        given = draw_fields(number, kind, fields)
        draw = Draw.objects.create(number=number, kind=kind, **given)
        draw.programs.set(Program.objects.filter(code__in=(programs or PROGRAMS[kind]).split()))
        return Draw.objects.get(pk=draw.pk)

    return make


def draw_fields(number, kind, fields):
    """What a valid draw needs, where a test does not say it: absent values are not published."""
    start = fields.get("edition").effective_from if fields.get("edition") else FIRST_DAY
    day = fields.get("date", start + timedelta(days=int(number.rstrip("ab"))))
    drawn_at = datetime.combine(day, time(15), UTC)
    times = {"date": day, "drawn_at": drawn_at, "tie_break": drawn_at - timedelta(days=30), "pool": None}
    given = {"name_en": NAMES.get(kind, ""), "invitations": 1000, "cutoff": 500} | times | SOURCED | PUBLISHED | fields
    for name in ["drawn_at", "tie_break", "pool"]:
        given.setdefault(f"{name}_missing", "" if given[name] else "not-published")
    return given


@pytest.fixture
def make_discrepancy(make_draw):
    def make(draw=None, **fields):
        """Sources that disagree on a cut-off."""
        given = {"field": "cutoff", "value_here": "681", "value_elsewhere": "888", "note_en": "A note"}
        return Discrepancy.objects.create(draw=draw or make_draw(), **given | SOURCED | PUBLISHED | fields)

    return make


@pytest.fixture
def make_correction(make_draw):
    def make(draw=None, **fields):
        """A cut-off that was changed after it was published."""
        days = {"last_seen_old": date(2024, 5, 1), "first_seen_new": date(2024, 5, 2)}
        given = {"field": "cutoff", "old_value": "491", "new_value": "490", "only_wording": False} | days
        return Correction.objects.create(draw=draw or make_draw(), **given | SOURCED | PUBLISHED | fields)

    return make


@pytest.fixture
def refused(db):
    @contextmanager
    def by(rule):
        """What is done inside is refused by the database, which names the rule."""
        with pytest.raises(IntegrityError) as fault, transaction.atomic():
            yield
        columns_only = connection.vendor == "sqlite" and rule.endswith(("not_doubled", "one_a_day"))
        assert ("UNIQUE constraint failed" if columns_only else rule) in str(fault.value)

    return by
