"""Which rows of the record a page shows, as on a day and as the record was at a moment: pure."""

from collections.abc import Iterable, Iterator
from datetime import date

from occupations.program_fit import begins_with

from .past import Facts, Moment, Row, is_valid
from .reader import Asked

OF_PROGRAMS = ("occupationrule", "requirement")


def rows_shown(asked: Asked, moment: Moment, day: date) -> dict[Row, Facts]:
    """The rows that are there, each with its facts."""
    found = ((row, moment.get(*row)) for row in named(asked, moment, day))
    return {row: facts for row, facts in found if facts is not None}


def named(asked: Asked, moment: Moment, day: date) -> Iterator[Row]:
    """The rows that the page would show."""
    names, page = asked.names, asked.page
    if page == "draws:detail":
        yield from of_draw(moment, names["number"])
    elif page == "categories:edition":
        yield from of_edition(moment, f"{names['slug']}/{names['version']}")
    elif page == "categories:compare":
        for version in (names["old"], names["new"]):
            yield from of_edition(moment, f"{names['slug']}/{version}")
    elif page in ("categories:detail", "categories:list"):
        for slug in [names["slug"]] if names else [*moment.by_category]:
            yield from of_edition(moment, moment.in_force(slug, day))
    elif page.startswith("programs:"):
        yield from of_programs(moment, codes_of_programs(moment, names.get("slug")), day)
    elif page == "pool:detail":
        yield "poolsnapshot", names["day"]
    elif page == "draws:stream":
        yield from of_stream(moment, names["slug"])
    else:
        for code in asked.codes or [names[name] for name in ("code",) if name in names]:
            yield from of_occupation(moment, code, day)
            if page == "shortlist":
                yield from latest_draw(moment, code, day)


def of_draw(moment: Moment, number: str) -> Iterator[Row]:
    """A draw, and the list in force on its day."""
    yield "draw", number
    draw = moment.get("draw", number)
    yield from of_edition(moment, draw["edition"] if draw else None)


def of_edition(moment: Moment, key: str | None) -> Iterator[Row]:
    if key:
        yield "edition", key
        yield from (("listing", f"{key}/{code}") for code in moment.lists.get(key, []))


def of_occupation(moment: Moment, code: str, day: date) -> Iterator[Row]:
    """Where the occupation is listed, and which rules of the programs speak of it."""
    yield from (("listing", f"{edition}/{code}") for edition in moment.listed_in(code, day).values())
    for key, facts in moment.tables["occupationrule"].items():
        if is_in_force(facts, day) and begins_with(code, facts["prefix"]):
            yield "occupationrule", key


def latest_draw(moment: Moment, code: str, day: date) -> Iterator[Row]:
    """The newest category draw up to the day whose list named the occupation."""
    held = [(facts["date"], len(number), number) for number, facts in moment.tables["draw"].items()
            if facts["date"] <= day.isoformat() and code in moment.lists.get(facts["edition"] or "", [])]  # fmt: skip
    if held:
        yield "draw", max(held)[-1]


def of_programs(moment: Moment, programs: Iterable[str], day: date) -> Iterator[Row]:
    for table in OF_PROGRAMS:
        for key, facts in moment.tables[table].items():
            if facts["program"] in programs and is_in_force(facts, day):
                yield table, key


def is_in_force(facts: Facts, day: date) -> bool:
    return facts["state"] in ("in-force", "past") and is_valid(facts, "valid", day)


def codes_of_programs(moment: Moment, slug: str | None) -> set[str]:
    """The program with this address, or all."""
    programs = moment.tables["program"].items()
    return {code for code, facts in programs if slug in (None, facts["slug"])}


def of_stream(moment: Moment, slug: str) -> Iterator[Row]:
    """The draws of a stream: general, of a program alone, or of a category."""
    for number, facts in moment.tables["draw"].items():
        kind, programs, edition = facts["kind"], facts["programs"], facts["edition"] or ""
        stream = {"general": "general", "program": programs[0].lower() if programs else ""}.get(kind)
        if slug == (stream or edition.partition("/")[0]):
            yield "draw", number
