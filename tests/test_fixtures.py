"""The committed record: complete, valid, and the same however often it is loaded."""

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection
from django.db.models import Sum

from draws.models import Correction, Discrepancy, Draw, FeedCheck, PoolSnapshot
from editing.models import LoadedRecord
from expressentry.reload import read_titles
from occupations.models import (
    Category,
    CategoryRoundName,
    Edition,
    Exclusion,
    FormerCode,
    Listing,
    Occupation,
    OccupationGroup,
    OccupationTitle,
    Synonym,
)
from programs.models import Amount, Milestone, PointGrid, Program, Requirement

SOURCES = Path(os.environ.get("RECORD_SOURCES", settings.BASE_DIR.parent / "shared" / "data"))
COUNTS = {
    OccupationGroup: 306,
    Occupation: 516,
    FormerCode: 585,
    Exclusion: 1951,
    Synonym: 324,
    Category: 11,
    CategoryRoundName: 27,
    Edition: 22,
    Listing: 255,
    Program: 4,
    Amount: 50,
    Milestone: 52,
    PointGrid: 3,
    Requirement: 59,
    PoolSnapshot: 126,
    Draw: 448,
    Discrepancy: 35,
    Correction: 36,
    FeedCheck: 1,
}


def faults(row):
    try:
        row.full_clean()
    except ValidationError as fault:
        return f"{row!r}: {fault}"


@pytest.mark.parametrize(("model", "count"), COUNTS.items(), ids=lambda value: getattr(value, "__name__", ""))
def test_every_row_is_valid(db, model, count):
    rows = list(model.objects.all())

    assert [fault for fault in map(faults, rows) if fault] == []
    assert len(rows) == count


@pytest.mark.parametrize("model", COUNTS, ids=lambda model: model.__name__)
def test_every_row_is_found_by_its_natural_key(db, model):
    rows = list(model.objects.all())

    assert [model.objects.get_by_natural_key(*row.natural_key()) for row in rows] == rows


def test_every_row_says_what_it_is(db):
    names = {str(row) for model in COUNTS for row in model.objects.all()[:50]}

    assert [name for name in names if not name or "object (" in name] == []


def test_every_job_title_is_valid(db):
    """Field by field; what a query per row would ask, the database has refused already."""
    titles = list(OccupationTitle.objects.all())

    for title in titles:
        title.clean_fields(exclude=["occupation"])

    assert len(titles) == 57702
    connection.check_constraints()


def test_every_job_title_of_the_table_is_loaded(db):
    held = OccupationTitle.objects.values_list("occupation__code", "language", "title", "kind")

    table = [(row["code"], row["language"], row["title"], row["kind"]) for row in read_titles()]

    assert set(table) == set(held)
    assert len(table) == len(set(table))


def test_job_title_is_found_by_its_natural_key(db):
    title = OccupationTitle.objects.filter(occupation__code="21231").first()

    assert OccupationTitle.objects.get_by_natural_key(*title.natural_key()) == title


def test_loading_again_doubles_nothing(db):
    counts = {model: model.objects.count() for model in [*COUNTS, OccupationTitle]}
    LoadedRecord.objects.all().delete()
    said = io.StringIO()

    call_command("load_record", verbosity=0, stdout=said)

    assert {model: model.objects.count() for model in counts} == counts
    assert said.getvalue() == "The record of this version was loaded: 0 new rows, 0 updated, 2878 unchanged.\n"


def test_loading_again_mends_a_changed_row(db):
    Draw.objects.filter(number="254").update(cutoff=1)

    call_command("loaddata", "draws", verbosity=0)

    assert Draw.objects.get(number="254").cutoff == 486


def test_draws_are_the_published_ones(db):
    draws = Draw.objects.all()

    assert draws.aggregate(Sum("invitations"))["invitations__sum"] == 1052463
    assert draws.filter(pool__isnull=False).count() == 228
    assert (draws.last().number, draws.first().number) == ("1", "447")
    assert draws.get(number="208").invitations == 681
    assert set(draws.filter(number__startswith="91").values_list("number", flat=True)) == {"91a", "91b"}


def test_missing_values_say_why(db):
    def numbers(**where):
        return list(Draw.objects.filter(**where).order_by("sequence").values_list("number", flat=True))

    assert numbers(drawn_at_missing="not-held") == [str(n) for n in [*range(438, 444), *range(445, 448)]]
    assert numbers(pool_missing="not-held") == ["445", "446"]
    assert len(numbers(pool_missing="not-published")) == 218
    assert numbers(tie_break_missing="not-published") == [str(n) for n in range(1, 77)]
    assert numbers(tie_break_missing="not-held") == []


def test_pool_of_draw_247_keeps_the_published_gap(db):
    pools = PoolSnapshot.objects.exclude(unallocated_451_500=0)

    assert [(pool.unallocated_451_500, "247" in pool.draws.values_list("number", flat=True)) for pool in pools] == [
        (180, True)
    ]


def test_draw_254_had_the_24_occupations_of_its_day(db):
    listings = Draw.objects.get(number="254").edition.listings

    assert listings.count() == 24


def test_no_migration_is_missing(db):
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.skipif(not SOURCES.exists(), reason="needs the collected sources")
def test_fixtures_are_what_the_script_makes(tmp_path):
    script = settings.BASE_DIR / "fixtures" / "build.py"
    by_hand = {f"{name}.json" for name in ("occupation_rules", "programs", "requirements", "round_names", "synonyms")}

    subprocess.run([sys.executable, script, SOURCES, tmp_path], check=True, capture_output=True)

    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    committed = {path.name: path.read_bytes() for path in script.parent.iterdir() if path.suffix in (".json", ".csv")}
    assert [name for name in made if not name.endswith(".gz") and made[name] != committed.get(name)] == []
    assert set(committed) - set(made) == by_hand | {"french.csv"}
