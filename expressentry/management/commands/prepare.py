import os
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from expressentry import reload


class Command(BaseCommand):
    help = "Bring the database, the record and the static files up to date, and say what was done."
    requires_system_checks = []

    def handle(self, *args, verbosity, **options):
        make_folder()
        make_private()
        if is_of_the_code_before():
            self.set_aside()
        self.migrate()
        if reload.is_needed():
            call_command("load_record", verbosity=verbosity, stdout=self.stdout)
        call_command("collectstatic", if_changed=True, interactive=False, verbosity=0, stdout=self.stdout)

    def set_aside(self):
        """Begin anew: from the tables of the code before, no migration leads on."""
        if connection.vendor != "sqlite":
            raise CommandError(
                "This database was made by code from before the first release, and cannot be brought up to date. "
                "Name an empty one in DATABASE_URL."
            )
        old = Path(connection.settings_dict["NAME"])
        new = old.with_name(f"{old.stem}-before-{timezone.now():%Y%m%d-%H%M%S}{old.suffix}")
        connection.close()
        rename_database(old, new)
        self.stdout.write(f"Set aside a database from before the first release, as {new.name}. The site begins anew.")

    def migrate(self):
        executor = MigrationExecutor(connection)
        missing = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
        is_new = not executor.loader.applied_migrations
        call_command("migrate", verbosity=0, skip_checks=True)  # what follows a migration is done every time
        if missing:
            self.stdout.write("Made the database." if is_new else f"Updated the database: migrations {missing}.")


def is_of_the_code_before():
    """Whether migrations made the database that were made anew since, as they are until the first release."""
    applied = MigrationRecorder(connection).applied_migrations()
    if any(app == "expressentry" for app, _name in applied):  # it has no tables any more
        return True
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    of_later_code = applied.keys() - executor.loader.disk_migrations.keys()  # that was gone back from
    return bool(applied) and not missing and not of_later_code and has_other_tables()


def has_other_tables():
    """Whether a model finds no table with just its columns, although no migration is left to run."""
    models = [model._meta for model in apps.get_models(include_auto_created=True)]
    wanted = {one.db_table: {field.column for field in one.local_concrete_fields} for one in models if one.managed}
    with connection.cursor() as cursor:
        tables = wanted.keys() & set(connection.introspection.table_names(cursor))
        return wanted != {table: columns(cursor, table) for table in tables}


def columns(cursor, table):
    cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)} LIMIT 0")  # noqa: S608 - a table of ours
    return {column[0] for column in cursor.description}


def make_folder():
    """SQLite makes its file, but not the folder of it."""
    if connection.vendor == "sqlite":
        Path(connection.settings_dict["NAME"]).parent.mkdir(mode=0o700, parents=True, exist_ok=True)


def make_private():
    """Close to others what an earlier release left open: settings see to what is made from now on.

    What belongs to another user, who put it there to be read, is theirs.
    """
    folder = settings.DATA
    database = str(connection.settings_dict["NAME"]) if connection.vendor == "sqlite" else ""
    for path in [folder, *folder.rglob("*"), *(Path(database + end) for end in ("", "-wal", "-shm") if database)]:
        if path.exists() and path.stat().st_mode & 0o077 and path.stat().st_uid == os.geteuid():
            path.chmod(path.stat().st_mode & 0o700)


def rename_database(old, new):
    """SQLite keeps what is not written through yet in files beside the database: they go along."""
    for end in ("", "-wal", "-shm"):
        if Path(f"{old}{end}").exists():
            Path(f"{old}{end}").rename(f"{new}{end}")
