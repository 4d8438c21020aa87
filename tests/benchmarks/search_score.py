"""Scores the occupation search on what people type: python -m tests.benchmarks.search_score [--missed]"""

import sys

from occupations.search.engine import SearchIndex
from tests.occupations.rows import load_people, load_rows


def main():
    index = SearchIndex(*load_rows())
    for name in ("queries", "outside"):
        answers = [answer(index, *asked) for asked in load_people(name)]
        missed = [one for one in answers if not {*one[1]} & {*one[2]}]
        found, empty = len(answers) - len(missed), sum(not codes for _, _, codes in answers)
        print(f"{name}: {found} of {len(answers)} ({found / len(answers):.1%}) in the first three, {empty} unanswered")
        if "--missed" in sys.argv and name != "outside":  # that set decides; whoever tunes does not look at it
            print(*missed, sep="\n")


def answer(index, query, meant):
    return query, meant, [match.code for match in index.search(query, limit=3).matches]


if __name__ == "__main__":
    main()
