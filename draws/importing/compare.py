"""How the feed differs from the record, round by round and fact by fact."""

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from draws.feed.reader import Facts, Feed, Refusal, shrunk
from draws.feed.row import UnreadableValue
from draws.feed.values import gettext_noop
from draws.models import Draw
from occupations.categories import spelling
from occupations.models import Edition

from .current import CurrentRecord, edition_key, is_guarded
from .differences import ExplainedDifference, ImportDifference, RoundDifference, ValueDifference

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
VERSION = re.compile(r"(20\d\d-)?Version \d+", re.ASCII)

NO_EDITION = gettext_noop(
    "No edition of the category “%(category)s” is in force on %(date)s. Add the edition of that day first, "
    "with its dates and its list, then import again."
)
OTHER_EDITION = gettext_noop(
    "The round type says %(label)s, but the edition in force on %(date)s is %(edition)s (%(held)s). Add the new "
    "edition first, or correct the label of the one recorded here, then import again."
)
ONLY_FRENCH = gettext_noop("A new round needs its English name. Import the English feed first, then the French one.")
TWO_POOLS = gettext_noop("Two rounds of the feed give different counts for the pool of %(date)s.")


def compare_with_feed(feed: Feed, ours: CurrentRecord) -> ImportDifference:
    """Every round of the feed against the draw held; the reason of a broken rule is the name of the rule."""
    found = ImportDifference(refused=[*feed.refused], vanished=shrunk(feed, ours.draws))
    disputed, names = disputed_pools(feed), ours.french_names()
    for record in feed.records:
        try:
            row = _row(in_our_terms(record, ours, disputed), ours, names, found)
            _obey_rules(row, ours.facts.get(row.number, {}))
        except UnreadableValue as fault:
            found.refused.append(Refusal(record["number"], **vars(fault)))
        else:
            found.rows += [row] if row.differences else []
            found.unchanged += not row.differences
    return found


def disputed_pools(feed: Feed) -> set[str]:
    """Days for which the feed itself gives more than one pool."""
    pools = [record["pool"] for record in feed.records if record["pool"]]
    first = {pool["as_on"]: pool for pool in reversed(pools)}
    return {pool["as_on"] for pool in pools if pool != first[pool["as_on"]]}


def in_our_terms(record: Facts, ours: CurrentRecord, disputed: set[str]) -> Facts:
    """A round with its edition; a French one says nothing of the English name and link."""
    facts = record | {"edition": _edition(record, ours.editions)}
    pool = record["pool"]
    if pool and pool["as_on"] in disputed and pool != ours.pools.get(pool["as_on"]):
        raise UnreadableValue("drawDistributionAsOn", pool["as_on"], TWO_POOLS % {"date": pool["as_on"]})
    if record["language"] == "en":
        return facts
    if record["number"] not in ours.draws:
        raise UnreadableValue("drawName", record["name"], ONLY_FRENCH)
    facts["name_fr"] = facts.pop("name")
    del facts["instruction_url"]
    return facts


def _edition(record: Facts, editions: list[Edition]) -> str | None:
    """The edition in force on the day of a category round; a label that contradicts it is refused."""
    if record["kind"] != "category":
        return None
    day, words = date.fromisoformat(record["date"]), {"category": record["category"], "date": record["date"]}
    theirs, in_force = record["label"], [one for one in editions if one.category.slug == record["category"]]
    in_force = [one for one in in_force if one.is_in_force(day)]
    if not in_force:
        raise UnreadableValue("drawName", record["name"], NO_EDITION % words)
    held = next((one for one in in_force if theirs and _label(one) == theirs), in_force[0])
    ours = _label(held)
    if ours and VERSION.fullmatch(theirs or "") and theirs != ours:
        words |= {"label": theirs, "edition": held.version, "held": ours}
        raise UnreadableValue("drawName", record["name"], OTHER_EDITION % words)
    return edition_key(held)


def _label(edition: Edition) -> str | None:
    """The version in the label of an edition: "Version 1" in "STEM occupations (Version 1)"."""
    return spelling.split_label(edition.round_label)[1]


def as_text(value: Any) -> str:
    """A plain value as the text that a discrepancy or a correction holds."""
    return ", ".join(value) if isinstance(value, list) else str(value)


def _row(theirs: Facts, ours: CurrentRecord, names: dict[str, str], found: ImportDifference) -> RoundDifference:
    """What is new or different in a round."""
    number = theirs["number"]
    held = ours.draws.get(number)
    if held:
        differences = _differences(theirs, ours.facts[number], held, found)
        differences = _with_french_name(differences, held.name_fr, names)
    else:
        theirs["name_fr"] = names.get(theirs["name"], "")
        differences = [ValueDifference(name, None, theirs[name]) for name in FIELDS if theirs[name] not in (None, "")]
    row = RoundDifference(number, bool(held), bool(held and is_guarded(held)), tuple(differences))
    return replace(row, guarded=row.guarded or _rewrites_guarded_pool(row, ours))


def _differences(theirs: Facts, facts: Facts, held: Draw, found: ImportDifference) -> list[ValueDifference]:
    """What differs from a draw held; what the feed leaves out, and what is explained, is only noted."""
    differences = []
    for name in FIELDS:
        old, new = facts[name], theirs.get(name, facts[name])
        if old == new:
            continue
        if new in (None, "") and name != "edition":
            found.missing.setdefault(name, []).append(held.number)
        elif (name, as_text(new)) in [(one.field, one.value_elsewhere) for one in held.explained]:
            found.known.append(ExplainedDifference(held.number, name, old, new))
        else:
            differences.append(ValueDifference(name, old, new))
    return differences


def _with_french_name(differences: list[ValueDifference], old: str, names: dict[str, str]) -> list[ValueDifference]:
    """Say of names whether more than their wording changed; a rewritten English name takes its French one along."""
    wording = not MEANING & {one.field for one in differences}
    found = {one.field: replace(one, wording=wording and one.field in ("name", "name_fr")) for one in differences}
    if "name" in found:
        new = names.get(found["name"].new, old if wording else "")
        found |= {"name_fr": ValueDifference("name_fr", old, new, wording)} if old != new else {}
    return [found[name] for name in FIELDS if name in found]


def _rewrites_guarded_pool(row: RoundDifference, ours: CurrentRecord) -> bool:
    pool = row.values.get("pool")
    return bool(pool) and pool["as_on"] in ours.guarded_pools and pool != ours.pools[pool["as_on"]]


def _obey_rules(row: RoundDifference, held: Facts) -> None:
    """Refuse what the database would refuse, the values held included."""
    if row.differences:
        facts = dict.fromkeys(FIELDS) | held | row.values
        name, rule = broken_rule(facts)
        if rule:
            raise UnreadableValue(name, facts[name], rule)


def broken_rule(facts: Facts) -> tuple[str, str]:
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
