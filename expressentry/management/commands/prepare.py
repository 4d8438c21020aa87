from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Bring the database up to date and fill it where it is empty, in one short process."
    requires_system_checks = []

    def handle(self, *args, verbosity, **options):
        call_command("migrate", verbosity=0, skip_checks=True)
        call_command("load_record", if_empty=True, verbosity=verbosity, stdout=self.stdout)
