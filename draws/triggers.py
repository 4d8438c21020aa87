"""Rules across rows that no check constraint can hold, kept by triggers, and on PostgreSQL by an exclusion constraint.

SQLite drops the triggers of a table that a migration rebuilds, so they are laid anew after every migration.
"""

# A rule's name, its table, and the query that finds a fault in the row just written (NEW).
RULES = [
    (
        "edition_not_overlapping",
        "occupations_edition",
        """SELECT 1 FROM occupations_edition other
           WHERE other.category_id = NEW.category_id AND other.id <> NEW.id
             AND other.status = 'published' AND NEW.status = 'published'
             AND (other.effective_to IS NULL OR other.effective_to >= NEW.effective_from)
             AND (NEW.effective_to IS NULL OR other.effective_from <= NEW.effective_to)""",
    ),
    (
        "edition_covers_its_draws",
        "occupations_edition",
        """SELECT 1 FROM draws_draw draw WHERE draw.edition_id = NEW.id
             AND (draw.date < NEW.effective_from OR draw.date > NEW.effective_to)""",
    ),
    (
        "draw_edition_in_force",
        "draws_draw",
        """SELECT 1 FROM occupations_edition edition WHERE edition.id = NEW.edition_id
             AND (NEW.date < edition.effective_from OR NEW.date > edition.effective_to)""",
    ),
    (
        "draw_public_after_its_edition",
        "draws_draw",
        """SELECT 1 FROM occupations_edition edition WHERE edition.id = NEW.edition_id AND NEW.status = 'published'
             AND (edition.status <> 'published' OR edition.publish_at > {now}
                  AND (NEW.publish_at IS NULL OR edition.publish_at > NEW.publish_at))""",
    ),
    (
        "edition_public_before_its_draws",
        "occupations_edition",
        """SELECT 1 FROM draws_draw draw WHERE draw.edition_id = NEW.id AND draw.status = 'published'
             AND (NEW.status <> 'published' OR NEW.publish_at > {now}
                  AND (draw.publish_at IS NULL OR NEW.publish_at > draw.publish_at))""",
    ),
    (
        "draw_tie_break_not_after_day",
        "draws_draw",
        "SELECT 1 WHERE NEW.drawn_at IS NULL AND {utc_day}(NEW.tie_break) > {day_after}(NEW.date)",
    ),
    (
        "draw_time_near_date",
        "draws_draw",
        """SELECT 1 WHERE {utc_day}(NEW.drawn_at) < NEW.date OR {utc_day}(NEW.drawn_at) > {day_after}(NEW.date)""",
    ),
]

# What addresses and other records know a row by: a rule's name, its table, and the column that never changes.
UNCHANGING = [
    ("occupation_code_stays", "occupations_occupation", "code"),
    ("occupationgroup_code_stays", "occupations_occupationgroup", "code"),
    ("program_code_stays", "programs_program", "code"),
]

# What the public was shown stays: a rule's name, its table, what sets it off, and the query that finds a fault in the
# row as it was (OLD) and as it is now (NEW). A listing goes only after the ledger says so and why.
PUBLISHED_LIST = "FROM occupations_edition edition WHERE edition.id = OLD.edition_id AND edition.status = 'published'"
SHOWN = [
    ("edition_published_not_deleted", "occupations_edition", "DELETE", "SELECT 1 WHERE OLD.status = 'published'"),
    (
        "edition_published_stays",
        "occupations_edition",
        "UPDATE",
        """SELECT 1 WHERE OLD.status = 'published'
             AND (NEW.category_id <> OLD.category_id OR NEW.version <> OLD.version)""",
    ),
    (
        "listing_published_not_deleted",
        "occupations_listing",
        "DELETE",
        f"""SELECT 1 {PUBLISHED_LIST} AND COALESCE((
            SELECT CASE WHEN entry.digest = '' AND entry.reason <> '' THEN 1 ELSE 0 END
            FROM editing_ledgerentry entry, occupations_category category, occupations_occupation occupation
            WHERE category.id = edition.category_id AND occupation.id = OLD.occupation_id AND entry."table" = 'listing'
              AND entry."key" = category.slug || '/' || edition.version || '/' || occupation.code
            ORDER BY entry.known_from DESC, entry.id DESC LIMIT 1), 0) = 0""",  # noqa: S608 - our own words
    ),
    (
        "listing_published_stays",
        "occupations_listing",
        "UPDATE",
        f"""SELECT 1 {PUBLISHED_LIST}
             AND (NEW.edition_id <> OLD.edition_id OR NEW.occupation_id <> OLD.occupation_id)""",
    ),
]

SQLITE = """
CREATE TRIGGER {name}_{event} AFTER {event} ON {table} WHEN EXISTS ({fault})
BEGIN SELECT RAISE(ABORT, '{name}'); END
"""

SQLITE_UNCHANGING = """
CREATE TRIGGER {name}_UPDATE AFTER UPDATE ON {table} WHEN NEW.{column} <> OLD.{column}
BEGIN SELECT RAISE(ABORT, '{name}'); END
"""

SQLITE_SHOWN = """
CREATE TRIGGER {name} AFTER {event} ON {table} WHEN EXISTS ({fault})
BEGIN SELECT RAISE(ABORT, '{name}'); END
"""

POSTGRESQL = """
CREATE OR REPLACE FUNCTION record_utc_day(at timestamptz) RETURNS date
    LANGUAGE sql IMMUTABLE AS $$ SELECT (at AT TIME ZONE 'UTC')::date $$;
CREATE OR REPLACE FUNCTION record_day_after(day date) RETURNS date LANGUAGE sql IMMUTABLE AS $$ SELECT day + 1 $$;
CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS ({fault}) THEN
        RAISE EXCEPTION '{name}' USING ERRCODE = 'check_violation', CONSTRAINT = '{name}';
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER {name} AFTER INSERT OR UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION {name}();
"""

POSTGRESQL_UNCHANGING = """
CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '{name}' USING ERRCODE = 'check_violation', CONSTRAINT = '{name}';
END $$;
CREATE OR REPLACE TRIGGER {name} AFTER UPDATE ON {table}
    FOR EACH ROW WHEN (NEW.{column} <> OLD.{column}) EXECUTE FUNCTION {name}();
"""

POSTGRESQL_SHOWN = """
CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS ({fault}) THEN
        RAISE EXCEPTION '{name}' USING ERRCODE = 'check_violation', CONSTRAINT = '{name}';
    END IF;
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER {name} AFTER {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}();
"""


# A trigger does not see what another transaction has not committed yet; of what an index refuses both hear.
# The key of the category stands as a range of its own, so that no extension is needed.
EXCLUSION = """
DROP TRIGGER IF EXISTS {name} ON {table};
DROP FUNCTION IF EXISTS {name}();
DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_constraint WHERE conname = '{name}' AND conrelid = '{table}'::regclass) THEN
        ALTER TABLE {table} ADD CONSTRAINT {name} EXCLUDE USING gist (
            int8range(category_id, category_id, '[]') WITH &&, daterange(effective_from, effective_to, '[]') WITH &&
        ) WHERE (status = 'published');
    END IF;
END $$;
"""


def install_triggers(connection):
    """Lay every rule into the database behind ``connection`` once its tables are there; twice changes nothing."""
    with connection.cursor() as cursor:
        wanted = {table for _name, table, *_rest in [*RULES, *UNCHANGING, *SHOWN]} | {"editing_ledgerentry"}
        if not wanted <= set(connection.introspection.table_names(cursor)):
            return
        for name, table, fault in RULES:
            for statement in statements(connection.vendor, name, table, fault):
                cursor.execute(statement)
        for name, table, column in UNCHANGING:
            for statement in unchanging(connection.vendor, name, table, column):
                cursor.execute(statement)
    install_shown(connection)


def install_shown(connection):
    """Lay the rules that keep published lists."""
    with connection.cursor() as cursor:
        for name, table, event, fault in SHOWN:
            for statement in shown(connection.vendor, name, table, event, fault):
                cursor.execute(statement)


def lift_shown(connection):
    """Take away what keeps published lists, until a restored backup has put its own rows in place of all."""
    with connection.cursor() as cursor:
        for name, table, *_rest in SHOWN:
            ending = "" if connection.vendor == "sqlite" else f" ON {table}"
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{ending}")


def broken_rules(connection):
    """Each rule with the keys of the rows that break it: none, unless somebody went round the triggers."""
    with connection.cursor() as cursor:
        for name, table, fault in RULES:
            query = f"SELECT new.id FROM {table} new WHERE EXISTS ({fault_query(connection.vendor, fault)})"  # noqa: S608
            cursor.execute(query)
            yield name, table, [row[0] for row in cursor.fetchall()]


def fault_query(vendor, fault):
    """The query of a rule as the database writes it."""
    if vendor == "postgresql":
        return fault.format(utc_day="record_utc_day", day_after="record_day_after", now="now()")
    fault = fault.replace("{day_after}(NEW.date)", "date(NEW.date, '+1 day')")
    return fault.format(utc_day="date", now="datetime('now')")


def statements(vendor, name, table, fault):
    fault = fault_query(vendor, fault)
    if vendor == "postgresql":
        statement = EXCLUSION if name == "edition_not_overlapping" else POSTGRESQL
        return [statement.format(name=name, table=table, fault=fault)]
    laid = [SQLITE.format(name=name, table=table, fault=fault, event=event) for event in ("INSERT", "UPDATE")]
    return [f"DROP TRIGGER IF EXISTS {name}_{event}" for event in ("INSERT", "UPDATE")] + laid


def unchanging(vendor, name, table, column):
    if vendor == "postgresql":
        return [POSTGRESQL_UNCHANGING.format(name=name, table=table, column=column)]
    laid = SQLITE_UNCHANGING.format(name=name, table=table, column=column)
    return [f"DROP TRIGGER IF EXISTS {name}_UPDATE", laid]


def shown(vendor, name, table, event, fault):
    if vendor == "postgresql":
        return [POSTGRESQL_SHOWN.format(name=name, table=table, event=event, fault=fault)]
    laid = SQLITE_SHOWN.format(name=name, table=table, event=event, fault=fault)
    return [f"DROP TRIGGER IF EXISTS {name}", laid]
