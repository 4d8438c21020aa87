"""Rules across rows that a check constraint cannot hold, kept by triggers in the database.

SQLite drops the triggers of a table that a migration rebuilds, so they are laid anew after every migration.
"""

# Name, table, the moment, and the query that finds a fault; {new} is the row about to be written.
RULES = [
    (
        "edition_not_overlapping",
        "occupations_edition",
        """SELECT 1 FROM occupations_edition other
           WHERE other.category_id = NEW.category_id AND other.id <> NEW.id
             AND (other.effective_to IS NULL OR other.effective_to >= NEW.effective_from)
             AND (NEW.effective_to IS NULL OR other.effective_from <= NEW.effective_to)""",
    ),
    (
        "edition_covers_its_draws",
        "occupations_edition",
        """SELECT 1 FROM draws_draw draw
           WHERE draw.edition_id = NEW.id
             AND (draw.date < NEW.effective_from OR draw.date > NEW.effective_to)""",
    ),
    (
        "draw_edition_in_force",
        "draws_draw",
        """SELECT 1 FROM occupations_edition edition
           WHERE edition.id = NEW.edition_id
             AND (NEW.date < edition.effective_from OR NEW.date > edition.effective_to)""",
    ),
    (
        "draw_tie_break_not_after_day",
        "draws_draw",
        """SELECT 1 WHERE NEW.drawn_at IS NULL AND {day:NEW.tie_break} > {after:NEW.date}""",
    ),
    (
        "draw_time_near_date",
        "draws_draw",
        """SELECT 1 WHERE {day:NEW.drawn_at} > {after:NEW.date} OR {day:NEW.drawn_at} < NEW.date""",
    ),
]
