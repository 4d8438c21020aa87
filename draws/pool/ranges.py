"""Reading a pool snapshot: its rows with the two subtotals in place, changes, and who stands above a score."""

from dataclasses import dataclass
from math import exp

# Rows of the official table in its order: from score, to score, and whether the row is a subtotal.
ROWS = [
    (601, 1200, False), (501, 600, False),
    (451, 500, True), (491, 500, False), (481, 490, False), (471, 480, False), (461, 470, False), (451, 460, False),
    (401, 450, True), (441, 450, False), (431, 440, False), (421, 430, False), (411, 420, False), (401, 410, False),
    (351, 400, False), (301, 350, False), (0, 300, False),
]  # fmt: skip


@dataclass(frozen=True)
class PoolRow:
    """A range of CRS scores, its candidates, and the change since the snapshot before (None: there is none)."""

    low: int
    high: int
    is_subtotal: bool
    count: int
    change: int | None
    share: float
    above: int

    @property
    def label(self):
        return f"{self.low}–{self.high}"


def count(snapshot, low, high):
    """Candidates of a snapshot between two scores that are the ends of its ranges."""
    parts = [(a, b) for a, b, is_subtotal in ROWS if not is_subtotal and low <= a and b <= high]
    counted = sum(getattr(snapshot, f"crs_{a}_{b}") for a, b in parts)
    return counted + (snapshot.unallocated_451_500 if low <= 451 and high >= 500 else 0)


def rows(snapshot, before=None):
    """All 17 rows of a snapshot, highest scores first."""
    for low, high, is_subtotal in ROWS:
        here = count(snapshot, low, high)
        change = here - count(before, low, high) if before else None
        share = 100 * here / snapshot.total
        yield PoolRow(low, high, is_subtotal, here, change, share, count(snapshot, high + 1, 1200))


def repeats(snapshot, before):
    """Whether a snapshot has every figure of the one before: the same table published again, not a new count."""
    return before is not None and all(
        getattr(snapshot, field) == getattr(before, field)
        for field in ["total", *(f"crs_{low}_{high}" for low, high, is_subtotal in ROWS if not is_subtotal)]
    )


def range_of(score):
    """The ends of the finest range that holds a score."""
    return next((low, high) for low, high, is_subtotal in ROWS if not is_subtotal and low <= score <= high)


def standing_above(snapshot, score):
    """At least and at most how many candidates stood above ``score`` (0–1200): a range hides who is where in it."""
    low, high = range_of(score)
    surely = count(snapshot, high + 1, 1200)
    perhaps = 0 if score == high else count(snapshot, low, high)
    if 451 <= score < 500:  # those whom no range of 451–500 holds may stand above it too
        perhaps += snapshot.unallocated_451_500
    return surely, surely + perhaps


def estimated_above(snapshot, score):
    """About how many stood above ``score``; None above 600, where a range is too wide to say."""
    low, high = range_of(score)
    if high > 600:
        return None
    share = thinned(snapshot, (score - 500) / 100) if low > 500 else (high - score) / (high - low + 1)
    above = count(snapshot, high + 1, 1200) + share * count(snapshot, low, high)
    if 451 <= score < 500:  # those whom no range of 451–500 holds, evenly over it
        above += snapshot.unallocated_451_500 * (500 - score) / 50
    surely, at_most = standing_above(snapshot, score)
    return min(max(int(round(above, -2 if above >= 1000 else -1)), surely), at_most)


def thinned(snapshot, place):
    """Of the candidates from 501 to 600 the share above ``place`` (0 to 1): ever fewer from the number just below."""
    rate = thinning(count(snapshot, 501, 600), 10 * count(snapshot, 491, 500))
    if rate == 0:
        return 1 - place
    return (exp(-rate * place) - exp(-rate)) / (1 - exp(-rate))


def thinning(counted, unthinned):
    """The rate at which an exponential fall leaves ``counted`` candidates of as many as ``unthinned``; 0 for none."""
    low, high = 0, 100
    for _ in range(50):
        rate = (low + high) / 2
        left = (1 - exp(-rate)) / rate
        low, high = (rate, high) if left * unthinned > counted else (low, rate)
    return rate if rate > 1e-6 else 0
