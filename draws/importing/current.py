"""The record in the plain facts in which the feed is read."""

from typing import Any

from django.db.models import Prefetch

from draws.feed.names import PROGRAMS
from draws.feed.values import moment_text
from draws.models import RANGES, Discrepancy, Draw, PoolSnapshot
from editing.records import Status
from occupations.models import Edition

POOL_NAMES = [*(f"crs_{low}_{high}" for low, high in RANGES), "unallocated_451_500", "total"]
COLUMNS = {"name": "name_en"}  # where a fact is not kept under its own name


class CurrentRecord:
    """The draws by number with their facts, the pools by day, and the editions; all as they are at this moment."""

    def __init__(self) -> None:
        explained = Discrepancy.objects.published().exclude(value_elsewhere="")
        rows = Draw.objects.select_related("edition__category", "pool").order_by("sequence")
        rows = rows.prefetch_related("programs", Prefetch("discrepancies", explained, to_attr="explained"))
        pools = PoolSnapshot.objects.all()
        self.draws = {draw.number: draw for draw in rows}
        self.facts = {number: draw_facts(draw) for number, draw in self.draws.items()}
        self.pools = {pool.as_on.isoformat(): pool_facts(pool) for pool in pools}
        self.guarded_pools = {pool.as_on.isoformat() for pool in pools if is_guarded(pool)}
        self.editions = sorted(Edition.objects.select_related("category"), key=rank)

    def french_names(self) -> dict[str, str]:
        """The French name of each English one, as the newest draw has them."""
        draws = sorted(self.draws.values(), key=lambda draw: draw.date)
        return {draw.name_en: draw.name_fr for draw in draws if draw.name_fr}


def is_guarded(row: Draw | PoolSnapshot | Edition) -> bool:
    """Whether only somebody who may publish changes it."""
    return row.status == Status.PUBLISHED


def rank(edition: Edition) -> tuple[bool, int]:
    """Of editions in force on one day the published one comes first, then the one that began last."""
    return not is_guarded(edition), -edition.effective_from.toordinal()


def edition_key(edition: Edition) -> str:
    return f"{edition.category.slug}/{edition.version}"


def draw_facts(draw: Draw) -> dict[str, Any]:
    return {
        "date": draw.date.isoformat(),
        "drawn_at": moment_text(draw.drawn_at),
        "name": draw.name_en,
        "name_fr": draw.name_fr,
        "kind": draw.kind,
        "programs": sorted((program.code for program in draw.programs.all()), key=[*PROGRAMS].index),
        "edition": edition_key(draw.edition) if draw.edition else None,
        "invitations": draw.invitations,
        "cutoff": draw.cutoff,
        "tie_break": moment_text(draw.tie_break),
        "pool": pool_facts(draw.pool) if draw.pool else None,
        "instruction_url": draw.instruction_url,
    }


def pool_facts(pool: PoolSnapshot) -> dict[str, Any]:
    return {"as_on": pool.as_on.isoformat()} | {name: getattr(pool, name) for name in POOL_NAMES}
