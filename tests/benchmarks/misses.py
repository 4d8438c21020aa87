"""Processor time of each address on a miss: python -m tests.benchmarks.misses /draws/ /sitemap.xml"""

import sys
import time

import django
from django.test import Client

from expressentry.serving.stack import with_room

COMPRESSED = {"Accept-Encoding": "br"}


def main():
    django.setup()
    client = Client(headers=COMPRESSED)
    for url in sys.argv[1:]:
        answer(client, url)  # what a worker has once it runs: middleware, templates, search index, charts
        taken, size = min(answer(client, url) for _turn in range(5))
        print(f"{url:64} {1000 * taken:6.0f} {size / 1000:6.1f}", flush=True)


def answer(client, url):
    """Seconds of processor time, and bytes as sent."""
    start = time.process_time()
    response = with_room(client.get)(url)
    if response.status_code != 200:
        raise SystemExit(f"{url}: {response.status_code}")
    return time.process_time() - start, len(response.content)


if __name__ == "__main__":
    main()
