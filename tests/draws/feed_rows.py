"""A round as the feed writes it, and the same round as it is read."""

import json
from datetime import datetime, timezone
from pathlib import Path

from draws.feed import names, reader
from tests.conftest import ROOT

FEEDS = Path(__file__).parent / "feeds"

SITE = "https://www.canada.ca"
PATH = "/en/immigration-refugees-citizenship/express-entry-rounds/invitations"
THREE = ["FSW", "FST", "CEC"]
FOUR = [*THREE, "PNP"]
RANGES = [120, 1500, 2100, 3200, 4300, 5400, 6500, 7600, 8700, 9800, 1090, 1100, 12000, 1300, 140]
POOL = dict(zip(reader.POOL_FIELDS, [*RANGES, sum(RANGES)], strict=True))


ROWS = [row["fields"] for row in json.loads((ROOT / "fixtures/round_names.json").read_text(encoding="utf-8"))]
NAMES = names.with_categories([(row["name"], row["language"], *row["category"]) for row in ROWS])


def read(data):
    """The feed, read by the round names of the record."""
    return reader.read(data, NAMES)


def utc(*parts):
    return datetime(*parts, tzinfo=timezone.utc)


def pool_of(counts, as_on="2023-07-04", unallocated=0):
    """A pool as it is compared and stored."""
    return {"as_on": as_on, **counts, "unallocated_451_500": unallocated}


def pool_row(pool):
    return {field: f"{pool[name]:,}" for name, field in reader.POOL_FIELDS.items()}


def row(**changes):
    """A round as the feed writes it."""
    values = {
        "drawNumber": "254",
        "drawDate": "2023-07-05",
        "drawDateFull": "July 5, 2023",
        "drawName": "STEM occupations (Version 1)",
        "drawSize": "500",
        "drawCRS": "486",
        "DrawText1": f"<a href='{PATH}.html?q=254'>Full text</a>",
        "drawText2": "Federal Skilled Worker Program, Canadian Experience Class and Federal Skilled Trades Program",
        "drawDateTime": "July 5, 2023 at 13:22:37 UTC",
        "drawCutOff": "November 23, 2022 at 01:01:34 UTC",
        "drawDistributionAsOn": "July 4, 2023",
        **pool_row(POOL),
    }
    return {key: value for key, value in {**values, **changes}.items() if value is not ...}


def record(**changes):
    """The same round as it is read."""
    values = {
        "number": "254",
        "date": "2023-07-05",
        "name": "STEM occupations (Version 1)",
        "language": "en",
        "kind": "category",
        "programs": THREE,
        "category": "stem",
        "label": "Version 1",
        "invitations": 500,
        "cutoff": 486,
        "tie_break": "2022-11-23T01:01:34Z",
        "drawn_at": "2023-07-05T13:22:37Z",
        "instruction_url": f"{SITE}{PATH}.html?q=254",
        "pool": pool_of(POOL),
    }
    return {**values, **changes}


def file_of(*rows):
    return json.dumps({"classes": "wb-tables", "rounds": rows}).encode()


def read_row(**changes):
    return read(file_of(row(**changes)))
