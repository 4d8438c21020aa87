import pytest

from draws.models import RANGES, Draw, Kind, PoolSnapshot
from draws.pool import ranges


def snapshot(**fields):
    counts = {f"crs_{low}_{high}": 10 for low, high in RANGES}
    return PoolSnapshot(**{**counts, "total": 150, **fields})


@pytest.mark.parametrize(
    ("score", "estimate"), [(600, 10), (500, 20), (490, 30), (487, 30), (485, 40), (480, 40), (0, 150)]
)
def test_estimate_spreads_a_range_evenly(score, estimate):
    assert ranges.estimated_above(snapshot(), score) == estimate


@pytest.mark.parametrize("score", [601, 725, 1200])
def test_no_estimate_stands_above_600(score):
    assert ranges.estimated_above(snapshot(), score) is None


@pytest.mark.parametrize(("beside", "half"), [(10, 60), (0, 60), (1, 60), (20, 40), (100, 10)])
def test_estimate_above_500_thins_out_from_the_range_below(beside, half):
    pool = snapshot(crs_501_600=100, crs_491_500=beside)

    assert ranges.estimated_above(pool, 550) == half


@pytest.mark.django_db
def test_estimate_never_leaves_its_interval_and_never_rises_with_the_score():
    for pool in PoolSnapshot.objects.published():
        estimates = [ranges.estimated_above(pool, score) for score in range(601)]
        assert estimates == sorted(estimates, reverse=True)
        for score, estimate in enumerate(estimates):
            low, high = ranges.standing_above(pool, score)
            assert low <= estimate <= high


@pytest.mark.django_db
def test_estimate_is_near_what_general_draws_issued():
    """A general draw invites all who stand above its cut-off, so it counts them."""
    general = Draw.objects.published().filter(kind=Kind.GENERAL, pool__isnull=False, cutoff__range=(501, 600))
    ratios = [ranges.estimated_above(draw.pool, draw.cutoff) / draw.invitations for draw in general]

    assert len(ratios) == 22
    assert all(0.7 < ratio < 1.3 for ratio in ratios)
