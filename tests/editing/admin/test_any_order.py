"""In whatever order and way the record is changed, ``known`` gives back what the API gave at each moment."""

import json
from datetime import timedelta

import pytest
import tablib
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from draws.feed.reader import POOL_FIELDS
from draws.models import Draw, PoolSnapshot
from editing.admin.scheduled import apply_due
from editing.ledger.forms import written
from editing.ledger.read import last_change
from editing.models import DataVersion, ProposedChange
from expressentry import reload
from occupations.models import Category, Edition, Listing
from programs.models import OccupationRule, Program
from tests.draws.feed_rows import row
from tests.draws.importers import begin, save_all
from tests.editing.admin.forms import SAID, address, save
from tests.editing.admin.imports import READ
from tests.editing.admin.versions import restore, revert
from tests.editing.ledger import missing

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
ADDRESSES = [
    "/api/v1/draws/254",
    "/api/v1/categories/stem/2023",
    "/api/v1/shortlist?noc=21220&noc=72106&noc=31301&on=2023-07-10",
]
CODES = ["21220", "21231", "21232", "72106", "72400", "31301"]


def by_form(client, number):
    save(client, Draw.objects.get(number="254"), cutoff=str(480 + number % 9))


def by_import(client, number):
    pool = PoolSnapshot.objects.get(as_on="2023-07-04")
    counts = {field: f"{getattr(pool, name):,}" for name, field in POOL_FIELDS.items()}
    save_all(begin(row(drawCRS=str(480 + number % 9), **counts)))


def by_reload(client, number):
    rows = [one for one in json.loads((reload.FOLDER / "draws.json").read_text()) if one["fields"]["number"] == "254"]
    newer = json.loads(json.dumps(rows))
    newer[0]["fields"]["cutoff"] = 480 + number % 9
    reload.Reload(rows).load(newer)
    DataVersion.bump(reason="Loaded with the record")


def by_approval_for_later(client, number):
    """Made when its time has come, which the next step waits for."""
    draw, at = Draw.objects.get(number="254"), timezone.now() + timedelta(seconds=30)
    kept = {"state": "scheduled", "apply_at": at, "decided_by": client.user, "cause": "ours", "reason": "Read again"}
    changes = {"cutoff": [draw.cutoff, 480 + number % 9]}
    ProposedChange(row=draw, changes=changes, **kept).save()


def by_time_to_come(client, number):
    """A row that waits for its time, which comes before the next step."""
    draw = Draw.objects.get(number="254")
    draw.pk, draw.number, draw._state.adding = None, f"{900 + number}", True
    draw.publish_at = timezone.now() + timedelta(seconds=20 + number)
    if not Draw.objects.filter(number=draw.number).exists():
        draw.save()


def by_programs(client, number):
    codes = ["FSW", "CEC", "FST", "PNP"][: 1 + number % 4]
    Draw.objects.get(number="254").programs.set(Program.objects.filter(code__in=codes))


def by_undo(client, number):
    draw = Draw.objects.get(number="254")
    records = list(draw.history.all())
    if records:
        revert(client, draw, records[number % len(records)], corrections="withdraw")


def by_deletion(client, number):
    code, stem = CODES[number % len(CODES)], {"edition__category__slug": "stem", "edition__version": "2023"}
    if listing := Listing.objects.filter(occupation__code=code, **stem).first():
        client.post(address(Listing, "delete", listing.pk), {"post": "yes"} | SAID)
    elif Listing.history.filter(history_type="-").exists():
        restore(client, Listing)


def by_pasted_list(client, number):
    edition = Edition.objects.get(category__slug="stem", version="2023")
    titles = dict(edition.listings.values_list("occupation__code", "title_as_published_en"))
    code = CODES[number % len(CODES)]
    titles = {one: title for one, title in titles.items() if one != code} if code in titles else titles | {code: "X"}
    where, lines = address(Edition, "list", edition.pk), "\n".join(f"{one} {title}" for one, title in titles.items())
    version = {"opened_on": client.get(where).context["opened_on"], "_save": "1"}
    client.post(where, {"lines": lines} | version | READ | SAID)


def by_spreadsheet(client, number):
    listing = Listing.objects.filter(edition__category__slug="stem", edition__version="2023").first()
    values = {"edition": "stem/2023", "occupation": listing.occupation.code, "title_as_published_en": f"X {number}"}
    sheet = tablib.Dataset(list(values.values()), headers=list(values)).export("csv")
    given = {"import_file": SimpleUploadedFile("sheet.csv", sheet.encode()), "format": "0"} | SAID
    page = client.post(address(Listing, "import"), given)
    client.post(address(Listing, "process_import"), page.context["confirm_form"].initial)


def by_rule(client, number):
    rule = OccupationRule.objects.get(program__code="FST", prefix="72", state="in-force", valid_to=None)
    rule.counts = bool(number % 2)
    rule.save()


def by_another_name(client, number):
    """A row that others name: all that say its key change with it."""
    category = Category.objects.get(slug="stem")
    category.name_en = f"STEM {number}"
    category.save()


WAYS = [by_form, by_import, by_reload, by_approval_for_later, by_time_to_come, by_programs, by_undo, by_deletion,
        by_pasted_list, by_spreadsheet, by_rule, by_another_name]  # fmt: skip
STEPS = st.lists(st.tuples(st.sampled_from(WAYS), st.integers(0, 30)), min_size=4, max_size=5)
BOUNDED = {"max_examples": 3, "deadline": None, "phases": [Phase.explicit, Phase.generate]}


def answers():
    cache.clear()
    return {url: Client().get(url).json() for url in ADDRESSES}


@settings(**BOUNDED, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(steps=STEPS)
def test_known_of_any_moment_gives_back_what_was_given_then(publisher, clock, steps):
    with transaction.atomic():
        kept = [(written(last_change()), answers())]
        for way, number in steps:
            clock(minutes=1)
            way(publisher, number)
            clock(minutes=1)
            apply_due()
            kept.append((written(last_change()), answers()))
        assert missing() == []
        for moment, given_then in kept:
            asked = {url: f"{url}{'&' if '?' in url else '?'}known={moment}" for url in ADDRESSES}
            assert {url: Client().get(address).json() for url, address in asked.items()} == given_then
        transaction.set_rollback(True)
