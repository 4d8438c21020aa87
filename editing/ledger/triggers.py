"""Rules of the database for the ledger: an entry stays as it is, and none is put before what the public saw."""

TABLE = "editing_ledgerentry"
# A rule's name, what sets it off, and the condition under which it refuses the entry (NEW).
SQLITE = [
    ("ledgerentry_stays", "UPDATE", "1"),
    ("ledgerentry_not_deleted", "DELETE", "1"),
    (
        "ledgerentry_in_order",
        "INSERT",
        f"""EXISTS (SELECT 1 FROM {TABLE} later WHERE later."table" = NEW."table" AND later."key" = NEW."key"
            AND later.known_from > NEW.known_from AND later.known_from <= datetime('now'))""",  # noqa: S608 - a table of ours
    ),
    ("ledgerentry_whole_second", "INSERT", "NEW.known_from LIKE '%.%'"),
]
POSTGRESQL = [
    ("ledgerentry_stays", "UPDATE", "true"),
    ("ledgerentry_not_deleted", "DELETE", "true"),
    ("ledgerentry_in_order", "INSERT", SQLITE[2][2].replace("datetime('now')", "now()")),
    ("ledgerentry_whole_second", "INSERT", "date_trunc('second', NEW.known_from) <> NEW.known_from"),
]
NAMES = [name for name, _event, _refused in SQLITE]

ON_SQLITE = """CREATE TRIGGER {name} AFTER {event} ON {table} WHEN {refused}
BEGIN SELECT RAISE(ABORT, '{name}'); END"""
ON_POSTGRESQL = """
CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF {refused} THEN
        RAISE EXCEPTION '{name}' USING ERRCODE = 'check_violation', CONSTRAINT = '{name}';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER {name} AFTER {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}();
"""


def install(connection):
    """Lay the rules into the database once the table is there; twice changes nothing."""
    if TABLE not in connection.introspection.table_names():
        return
    lift(connection)
    rules, statement = (SQLITE, ON_SQLITE) if connection.vendor == "sqlite" else (POSTGRESQL, ON_POSTGRESQL)
    with connection.cursor() as cursor:
        for name, event, refused in rules:
            cursor.execute(statement.format(name=name, event=event, refused=refused, table=TABLE))


def lift(connection):
    """Take the rules away, until a restored backup has put its own entries in place of all."""
    ending = "" if connection.vendor == "sqlite" else f" ON {TABLE}"
    with connection.cursor() as cursor:
        for name in NAMES:
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{ending}")
