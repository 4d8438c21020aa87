"""Times the occupation search: python -m tests.benchmarks.search"""

import random
import time
import tracemalloc
from statistics import median, quantiles

from occupations.search.engine import SearchIndex
from tests.occupations.rows import load_queries, load_rows

LETTERS = "abcdefghijklmnopqrstuvwxyzéè0123456789 -'/"


def main():
    rows = load_rows()
    start = time.process_time()
    index = SearchIndex(*rows)
    print(f"build {time.process_time() - start:.2f} s, {memory(rows):.0f} MB")
    random.seed(1)
    known = sorted({word for _, _, title, _ in rows[1] for word in title.split()})
    report("query list", index.search, [query for query, _ in load_queries()])
    report("suggestions", index.suggest, [query[:3] for query, _ in load_queries()])
    report(
        "words of titles", index.search, [" ".join(random.choices(known, k=random.randint(1, 6))) for _ in range(300)]
    )
    report("200 letters of titles", index.search, [" ".join(random.choices(known, k=30))[:200] for _ in range(200)])
    report("200 random letters", index.search, ["".join(random.choices(LETTERS, k=200)) for _ in range(200)])
    report(
        "short nonsense", index.search, ["".join(random.choices(LETTERS, k=random.randint(1, 20))) for _ in range(300)]
    )


def memory(rows):
    """What an index adds to the rows that it is built from."""
    tracemalloc.start()
    index = SearchIndex(*rows)
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    del index
    return held / 1e6


def report(name, search, queries):
    wall, cpu = zip(*(timed(search, query) for query in queries), strict=True)
    print(f"{name}: {summary(wall)}; processor alone {summary(cpu)}")  # they differ when the machine has other work


def summary(taken):
    return f"p50 {median(taken):.1f} ms, p95 {quantiles(taken, n=20)[-1]:.1f} ms, worst {max(taken):.1f} ms"


def timed(search, query):
    wall, cpu = time.perf_counter(), time.process_time()
    search(query)
    return (time.perf_counter() - wall) * 1000, (time.process_time() - cpu) * 1000


if __name__ == "__main__":
    main()
