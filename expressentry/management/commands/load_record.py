from django.core.management.base import BaseCommand
from django.db import transaction
from tqdm import tqdm

from draws.models import Draw
from editing.models import DataVersion, LoadedRecord
from expressentry import reload
from occupations.models import Exclusion, OccupationTitle

NAMED = 10  # rows named in one message


class Command(BaseCommand):
    help = (
        "Load the record from fixtures/ where it is newer than the one loaded last. Rows that nobody edited here are "
        "brought up to date; edited rows stay, and what differs waits as a proposal."
    )

    def handle(self, *args, verbosity, **options):
        if not reload.is_needed():
            self.stdout.write("The record is up to date.")
            return
        with transaction.atomic():
            self.load(reload.files_digest(), verbosity)

    def load(self, digest, verbosity):
        is_first = not Draw.objects.exists()
        rows, update = reload.read_rows(), reload.Reload(LoadedRecord.rows())
        left = update.load(tqdm(rows, desc="Loading the record", disable=None if verbosity else True))
        update.done["titles"] = reload.load_titles()
        update.done["new"] += reload.load_exclusions()
        refused = update.refused()
        loaded = [row for row in rows if row not in left] + [
            before for row in left if (before := update.before.get(reload.name_of(row)))
        ]
        LoadedRecord.keep("" if refused else digest, loaded)
        if any(update.done[what] for what in ("new", "updated", "titles")):
            DataVersion.bump(reason="Loaded with the record", tables={*update.tables, Exclusion})
        if is_first:
            self.stdout.write(f"Loaded {Draw.objects.count()} draws and {OccupationTitle.objects.count()} job titles.")
        else:
            self.say(update.done)
        self.name("The database refused", refused)
        self.name("No longer in the record of this version, and still here:", update.gone(rows))

    def say(self, done):
        """What was done, in sentences; nothing is said of what did not happen."""
        said = [
            f"{counted(done['new'], 'new row', 'new rows')}, {done['updated']} updated, {done['same']} unchanged.",
            f"{counted(done['titles'], 'new job title', 'new job titles')}." if done["titles"] else "",
            f"{counted(done['kept'], 'row stays', 'rows stay')} as edited here; "
            f"{counted(done['proposals'], 'proposal waits', 'proposals wait')} in the admin." if done["kept"] else "",
            f"{counted(done['deleted'], 'row deleted or renamed here stays', 'rows deleted or renamed here stay')} so."
            if done["deleted"] else "",
        ]  # fmt: skip
        self.stdout.write(" ".join(["The record of this version was loaded:", *filter(None, said)]))

    def name(self, what, rows):
        if rows:
            more = [f"… and {len(rows) - NAMED} more"] if len(rows) > NAMED else []
            self.stdout.write("\n  ".join([what, *rows[:NAMED], *more]))


def counted(count, one, many):
    return f"{count} {one if count == 1 else many}"
