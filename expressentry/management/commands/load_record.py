import csv
import gzip
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import transaction
from tqdm import tqdm

from draws.models import Draw
from expressentry.models import DataVersion
from occupations.models import Occupation, OccupationTitle

FIXTURES = [
    "occupation_groups",
    "occupations",
    "former_codes",
    "categories",
    "editions",
    "listings",
    "programs",
    "requirements",
    "amounts",
    "milestones",
    "point_grids",
    "pool_snapshots",
    "draws",
    "discrepancies",
    "corrections",
    "feed_checks",
]


def read_titles():
    """Rows of the compressed job-title table as dictionaries."""
    path = Path(settings.BASE_DIR) / "fixtures" / "occupation_titles.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def load_titles(progress):
    """Put every job title in place; those already there stay as they are."""
    occupations = dict(Occupation.objects.values_list("code", "pk"))
    titles = [
        OccupationTitle(
            occupation_id=occupations[row["code"]], language=row["language"], title=row["title"], kind=row["kind"]
        )
        for row in read_titles()
    ]
    for start in range(0, len(titles), 5000):
        OccupationTitle.objects.bulk_create(titles[start : start + 5000], ignore_conflicts=True)
        progress.update()
    return len(titles)


class Command(BaseCommand):
    help = "Load the record from fixtures/, by natural keys: what is there is brought up to date, nothing doubles."

    def add_arguments(self, parser):
        parser.add_argument("--if-empty", action="store_true", help="Do nothing when the record holds draws.")

    @transaction.atomic
    def handle(self, *args, if_empty, verbosity, **options):
        if if_empty and Draw.objects.exists():
            return
        with tqdm(total=len(FIXTURES) + 12, desc="Loading the record", disable=verbosity == 0) as progress:
            for name in FIXTURES:
                call_command("loaddata", name, verbosity=0)
                progress.update()
            titles = load_titles(progress)
        DataVersion.move_on()
        self.stdout.write(f"Loaded {Draw.objects.count()} draws and {titles} job titles.")
