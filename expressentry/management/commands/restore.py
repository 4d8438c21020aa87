from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import DEFAULT_DB_ALIAS, DatabaseError

from editing.models import DataVersion
from expressentry import backup


class Command(BaseCommand):
    help = "Put the whole site back from a file that backup wrote: every row of it or, on any fault, none."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--replace", action="store_true", help="Replace a site that is not empty; it is lost.")

    def handle(self, *args, file, replace, **options):
        try:
            sums = backup.check(file, DEFAULT_DB_ALIAS)
            if not replace and not backup.is_empty(DEFAULT_DB_ALIAS):
                raise CommandError("This site is not empty. Give --replace to lose what it holds.")
            backup.restore(file, DEFAULT_DB_ALIAS)
        except OSError as fault:
            raise CommandError(f"{file} can't be read: {fault.strerror or fault}.") from fault
        except backup.Damaged as fault:
            raise CommandError(f"{file} was not restored: {fault}. Nothing was changed.") from fault
        except (DatabaseError, ValueError, KeyError) as fault:
            raise CommandError(
                f"{file} was not restored: the database refused it ({fault}). Nothing was changed."
            ) from fault
        DataVersion.bump()
        rows = sum(count for count, _digest in sums.values())
        self.stdout.write(f"Restored and compared {rows} rows of {len(sums)} tables.")
