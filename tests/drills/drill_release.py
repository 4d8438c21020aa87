"""A new release, with a migration, on two sites under load; and what one server says to readers of the other."""

import re
import shutil
import time

from tests.conftest import ROOT
from tests.drills.clients import Clients, ask
from tests.drills.servers import manage
from tests.test_nginx import ask as fetch

PAGES = ["/", "/draws/", "/draws/254/", "/occupations/21231/", "/draws/?year=2023"]
MOST_CONNECTIONS = 10  # of a worker to PostgreSQL, as docs/operations.md says
STYLESHEET = re.compile(rb"/static/css/site\.\w+\.css")
MIGRATION = """from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("draws", "0001_initial")]
    operations = [migrations.RunSQL("CREATE INDEX drill ON draws_draw (name_en)", "DROP INDEX drill")]
"""


def test_rolling_release_fails_no_request(postgres, redis, run_site, run_nginx, tmp_path, figure):
    database = postgres.copy("record", "rolling")
    sites = [run_site(database, CACHE_URL=redis.url) for _ in range(2)]
    nginx = run_nginx(*sites)
    newer, styles, connections = newer_release(tmp_path), [], []

    with Clients(nginx, PAGES, count=20, pause=0.05) as clients:
        time.sleep(2)
        for site in sites:
            manage(site.environment, "prepare", code=newer, capture_output=True)
            site.stop()
            site.start(newer)
            time.sleep(2)
            styles += stylesheets(nginx)
            connections.append(postgres.connections("rolling"))

    statuses = clients.statuses()
    slowest = f"{clients.seconds(1):.2f} s"
    figure("Rolling release, 20 clients", answers=statuses, slowest=slowest, connections=connections)
    assert (set(statuses), set(styles)) == ({200}, {200})
    assert max(connections) <= MOST_CONNECTIONS * sum(len(site.workers()) for site in sites)


def stylesheets(nginx):
    """What the stylesheets answer that pages name, whichever site a page and its stylesheet come from."""
    pages = [fetch(f"{nginx}/draws/?turn={turn}{time.time()}")[2] for turn in range(8)]
    return [fetch(nginx + STYLESHEET.search(page)[0].decode())[0] for page in pages]


def newer_release(folder):
    """The code with a migration, a changed page and a changed stylesheet more."""
    newer = folder / "newer"
    shutil.copytree(
        ROOT, newer, ignore=shutil.ignore_patterns(".*", "var", "staticfiles", "__pycache__", "node_modules")
    )
    (newer / "draws" / "migrations" / "0002_drill.py").write_text(MIGRATION)
    for name in ("templates/home.html", "static/css/site.css"):
        with (newer / name).open("a") as file:
            file.write("\n")
    return newer


def test_one_server_knows_the_pages_of_the_other(postgres, redis, run_site, figure):
    database = postgres.copy("record", "two_servers")
    one, other = (run_site(database, CACHE_URL=redis.url) for _ in range(2))
    tags = {path: etag(one.url, path) for path in PAGES}

    statuses = [ask(other.url, path, headers={"If-None-Match": tag}).status for path, tag in tags.items()]
    other.stop()
    other.start()
    again = [ask(other.url, path, headers={"If-None-Match": tag}).status for path, tag in tags.items()]

    figure("Pages of one server asked of the other", answers=statuses, after_its_restart=again)
    assert {*statuses, *again} == {304}


def test_save_shows_on_every_server_at_the_next_request(postgres, redis, run_site, figure):
    database = postgres.copy("record", "saved")
    one, other = (run_site(database, CACHE_URL=redis.url) for _ in range(2))
    tags = {site.url: etag(site.url, "/draws/254/") for site in (one, other)}
    save = "from draws.models import Draw; draw = Draw.objects.get(number='254'); draw.invitations += 1; draw.save()"

    manage(one.environment, "shell", "--no-imports", "-c", save)

    statuses = [ask(url, "/draws/254/", headers={"If-None-Match": tag}).status for url, tag in tags.items()]
    figure("A save, then the page of each server", answers=statuses)
    assert statuses == [200, 200]


def etag(url, path):
    answer = ask(url, path)
    assert answer.status == 200
    return answer.etag
