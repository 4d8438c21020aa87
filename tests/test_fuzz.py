"""No request, however odd, breaks the site or keeps it busy; each is answered with a page or with what is wrong."""

import os

import pytest

from tests.fuzz import Fuzzer, send, summary

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore::RuntimeWarning:django.http")]
LONGEST = 5  # seconds of the processor, so that a busy machine is no fault


def check(outcomes):
    print(summary(outcomes))
    faulty = [
        f"{one.fault} {one.seconds:.1f} s: {one.request}" for one in outcomes if one.fault or one.seconds > LONGEST
    ]
    assert faulty == []


@pytest.mark.both_databases
def test_odd_requests_are_answered():
    outcomes = [send(request) for request in Fuzzer(seed=1).requests(300)]

    check(outcomes)
    assert {200, 400, 404, 405} <= {one.status for one in outcomes}


@pytest.mark.thorough
def test_thousands_of_odd_requests_are_answered():
    """``FUZZ_REQUESTS=20000 FUZZ_SEED=7 pytest tests/test_fuzz.py -m thorough -s`` tries more, and others."""
    count, seed = (int(os.environ.get(name, usual)) for name, usual in [("FUZZ_REQUESTS", 2000), ("FUZZ_SEED", 2)])

    check([send(request) for request in Fuzzer(seed).requests(count)])
