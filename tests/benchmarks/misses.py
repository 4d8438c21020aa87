"""Processor time of each address on a miss: python -m tests.benchmarks.misses /draws/ /sitemap.xml"""

import sys
import time

import django
from django.test import Client

COMPRESSED = {"Accept-Encoding": "br"}


def main():
    django.setup()
    for url in sys.argv[1:]:
        answer(url)  # what a worker has once it runs: templates, search index, charts
        taken, size = min(answer(url) for _turn in range(5))
        print(f"{url:64} {1000 * taken:6.0f} {size / 1000:6.1f}", flush=True)


def answer(url):
    """Seconds of processor time, and bytes as sent."""
    start = time.process_time()
    response = Client(headers=COMPRESSED).get(url)
    if response.status_code != 200:
        raise SystemExit(f"{url}: {response.status_code}")
    return time.process_time() - start, len(response.content)


if __name__ == "__main__":
    main()
