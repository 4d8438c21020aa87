"""How the feed differs from the record, round by round and fact by fact."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from draws.feed.reader import Feed, Refusal, shrunk
from draws.feed.row import UnreadableValue
from draws.importing.current import CurrentRecord, StoredDraw, disputed_pools, facts_of
from draws.importing.differences import ExplainedDifference, ImportDifference, RoundDifference, ValueDifference

FIELDS = (
    "date",
    "drawn_at",
    "name",
    "name_fr",
    "kind",
    "programs",
    "edition",
    "invitations",
    "cutoff",
    "tie_break",
    "pool",
    "instruction_url",
)
MEANING = {"kind", "programs", "edition"}  # a name rewritten without these says the same in other words


def compare_with_feed(feed: Feed, ours: CurrentRecord) -> ImportDifference:
    """Every round of the feed against the draw held; the reason of a broken rule is the name of the rule."""
    found = ImportDifference(refused=[*feed.refused], vanished=shrunk(feed, ours.draws))
    disputed, names = disputed_pools(feed), ours.french_names()
    for record in feed.records:
        try:
            row = _row(facts_of(record, ours, disputed), record.number, ours, names, found)
            _obey_rules(row, ours.draws.get(row.number))
        except UnreadableValue as fault:
            found.refused.append(Refusal(record.number, fault.field, fault.value, fault.reason))
        else:
            found.rows += [row] if row.differences else []
            found.unchanged += not row.differences
    return found


def as_text(value: Any) -> str:
    """A plain value as the text that a discrepancy or a correction holds."""
    return ", ".join(value) if isinstance(value, list) else str(value)


def _row(
    theirs: dict[str, Any], number: str, ours: CurrentRecord, names: dict[str, str], found: ImportDifference
) -> RoundDifference:
    """What is new or different in a round."""
    held = ours.draws.get(number)
    if held:
        differences = _with_french_name(_differences(theirs, number, held, found), held, names)
    else:
        theirs["name_fr"] = names.get(theirs["name"], "")
        differences = [ValueDifference(name, None, theirs[name]) for name in FIELDS if theirs[name] not in (None, "")]
    row = RoundDifference(number, bool(held), bool(held and held.guarded), tuple(differences))
    return replace(row, guarded=row.guarded or _rewrites_guarded_pool(row, ours))


def _differences(
    theirs: dict[str, Any], number: str, held: StoredDraw, found: ImportDifference
) -> list[ValueDifference]:
    """What differs from a draw held; what the feed leaves out, and what is explained, is only noted."""
    differences = []
    for name in FIELDS:
        old, new = held.facts[name], theirs.get(name, held.facts[name])
        if old == new:
            continue
        if new in (None, "") and name != "edition":
            found.missing.setdefault(name, []).append(number)
        elif as_text(new) in held.elsewhere.get(name, ()):
            found.known.append(ExplainedDifference(number, name, old, new))
        else:
            differences.append(ValueDifference(name, old, new))
    return differences


def _with_french_name(
    differences: list[ValueDifference], held: StoredDraw, names: dict[str, str]
) -> list[ValueDifference]:
    """Say of names whether more than their wording changed; a rewritten English name takes its French one along."""
    wording = not MEANING & {one.field for one in differences}
    found = {one.field: replace(one, wording=wording and one.field in ("name", "name_fr")) for one in differences}
    if "name" in found:
        old = held.facts["name_fr"]
        new = names.get(found["name"].new, old if wording else "")
        found |= {"name_fr": ValueDifference("name_fr", old, new, wording)} if old != new else {}
    return [found[name] for name in FIELDS if name in found]


def _rewrites_guarded_pool(row: RoundDifference, ours: CurrentRecord) -> bool:
    pool = row.values.get("pool")
    return bool(pool) and pool["as_on"] in ours.guarded_pools and pool != ours.pools[pool["as_on"]]


def _obey_rules(row: RoundDifference, held: StoredDraw | None) -> None:
    """Refuse what the database would refuse, the values held included."""
    if row.differences:
        facts = dict.fromkeys(FIELDS) | (held.facts if held else {}) | row.values
        name, rule = broken_rule(facts)
        if rule:
            raise UnreadableValue(name, facts[name], rule)


def broken_rule(facts: dict[str, Any]) -> tuple[str, str]:
    """The fact at fault and the name of the database's rule that it breaks; both empty where none does."""
    day = date.fromisoformat(facts["date"])
    after = day + timedelta(days=1)
    drawn_at, tie_break = facts["drawn_at"], facts["tie_break"]
    if drawn_at and not day <= date.fromisoformat(drawn_at[:10]) <= after:
        return "drawn_at", "draw_time_near_date"
    if drawn_at and tie_break and tie_break > drawn_at:
        return "tie_break", "draw_tie_break_not_after_draw"
    if not drawn_at and tie_break and date.fromisoformat(tie_break[:10]) > after:
        return "tie_break", "draw_tie_break_not_after_day"
    return "", ""
