"""Processor time that the ledger adds to a save, an import and a reload: python -m tests.benchmarks.ledger"""

import time

import django
from django.core.management import call_command


def main():
    django.setup()
    for command in ("migrate", "load_record"):
        call_command(command, verbosity=0)
    from django.utils import timezone

    from draws.models import Draw, PoolSnapshot
    from editing.ledger import write
    from occupations.models import Edition, Listing

    change = write.Change(write.whole_second(timezone.now()))
    for row in (Draw.objects.last(), Edition.objects.last(), Listing.objects.last()):
        print(f"a saved {row._meta.verbose_name}: {timed(follow, row, change):.0f} ms")
    print(f"an import: {timed(compared, {Draw, PoolSnapshot}, change):.0f} ms")
    print(f"a sheet of listings: {timed(compared, {Listing}, change):.0f} ms")
    print(f"the whole record: {timed(compared, {*write.tables().values()}, change):.0f} ms")


def follow(row, change):
    from editing.ledger import write

    found = [*write.places(type(row), row.pk), *write.places(type(row), row.pk)]
    for model in {model for model, _pk, _key in found}:
        its = [(pk, key) for one, pk, key in found if one is model]
        change.missing(model, {key for _pk, key in its}, {pk for pk, _key in its})


def compared(tables, change):
    from editing.ledger import write

    for model in write.tables().values():
        if write.depends_on(model, tables):
            change.missing(model)


def timed(work, *args):
    """The best of five, in milliseconds."""
    best = []
    for _time in range(5):
        start = time.process_time()
        work(*args)
        best.append(time.process_time() - start)
    return min(best) * 1000


if __name__ == "__main__":
    main()
