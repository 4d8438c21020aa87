import csv
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from editing.days import canadian_day
from occupations.duties.files import Unreadable, read_folder
from occupations.duties.load import load

LANGUAGES = {"en": "English", "fr": "French"}
FIELDS = {
    "lead": "lead statements",
    "duties": "main duties",
    "requirements": "employment requirements",
    "label": "names of profiles",
}


class Command(BaseCommand):
    help = (
        "Load what occupations do from the official open-data files (OaSIS, SIPeC) of a folder, in place of what was "
        "loaded before in the same language; everything or nothing."
    )

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path)

    def handle(self, *args, folder, **options):
        try:
            files, aside = read_folder(folder)
            if not files:
                raise Unreadable(f"{folder} has no official file of lead statements, duties or requirements.")
            loaded = load(files, canadian_day())
        except (Unreadable, csv.Error, OSError) as fault:
            raise CommandError(f"{fault} Nothing was loaded.") from fault
        for file in files:
            self.stdout.write(f"{file.name}: {self.named(file.kind)}, {len(file.rows)} rows.")
        for language, rows in sorted(loaded.items()):
            self.summarize(language, rows, {file.kind.field for file in files if file.kind.language == language})
        if aside:
            self.stdout.write(f"Left aside, for they hold something else: {', '.join(aside)}.")

    def named(self, kind):
        return f"{FIELDS[kind.field]}, {LANGUAGES[kind.language]}"

    def summarize(self, language, rows, fields):
        groups = len({row.occupation_id for row in rows})
        missing = [words for field, words in FIELDS.items() if field not in fields]
        without = f" Without {', '.join(missing)}: no file held them." if missing else ""
        self.stdout.write(f"{LANGUAGES[language]}: {len(rows)} profiles of {groups} unit groups.{without}")
