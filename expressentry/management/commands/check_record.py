"""Look through the whole record for what is wrong with it, as the first page of the admin does."""

from django.core.management.base import BaseCommand, CommandError

from expressentry.integrity import faults


class Command(BaseCommand):
    help = "Name what is wrong with the record as a whole; the exit code says whether anything is."

    def handle(self, **options):
        found = faults()
        for fault in found:
            self.stdout.write(f"{fault.words} {', '.join(name for name, _address in fault.rows)}")
        if found:
            raise CommandError("The record breaks rules.")
        self.stdout.write("Nothing is wrong with the record.")
