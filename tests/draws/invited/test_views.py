import csv
import io
import json
import re

import pytest

from draws.exports import with_program_codes
from draws.forms import InvitedForm
from draws.invited.rules import Verdict
from draws.invited.verdicts import rules_of, verdicts
from draws.models import Draw

pytestmark = pytest.mark.django_db
URL = "/tools/invited/"


def words(text):
    return " ".join(text.split())


@pytest.mark.parametrize(
    ("query", "verdict"),
    [
        ({"submitted": "2022-11-22"}, "invited,tie_break_before"),
        ({"submitted": "2022-11-22T19:01:28-05:00"}, "invited,tie_break_before"),
        ({"submitted": "2022-11-24"}, "not_invited,tie_break_after"),
        ({"submitted": "2022-11-22", "noc": "22300"}, "not_invited,not_in_category"),
        ({}, "unknown,submitted_not_given"),
    ],
)
def test_draw_254_at_its_cutoff(client, query, verdict):
    asked = {"crs": "486", "noc": "21231", "program": "fsw", "category": "stem", "_export": "csv"} | query

    rows = list(csv.reader(io.StringIO(client.get(URL, asked).content.decode("utf-8-sig"))))

    assert [",".join(row[5:7]) for row in rows if row[0] == "254"] == [verdict]


def test_invited_page_sums_up_in_one_sentence(html):
    text = words(html(URL, crs="486", noc="21231", submitted="2022-11-22", program="fsw", category="stem"))

    assert "Out of 3 draws, this profile would have been invited in 1, not in 0; for 2 we cannot tell." in text


def test_invited_page_says_what_it_did_not_check(html):
    text = words(html(URL, crs="1200", category="stem"))

    assert "would have been invited in 0; in 3 its score was enough, but whether the draw covered it is not" in text
    assert text.count("score enough") == 3
    assert "score above the cut-off; not checked: program, occupation" in text


def test_invited_page_without_a_score_is_the_form(html):
    assert "<table" not in html(URL)


@pytest.mark.parametrize(
    ("query", "fault"),
    [
        ({"crs": "1201"}, "Give a whole number from 0 to 1200."),
        ({"crs": "486", "noc": "21231 99999 soudeur"}, "Not a NOC 2021 code: 99999, soudeur."),
        ({"crs": "486", "submitted": "2022-13-45"}, "is not a valid time."),
        ({"crs": "486", "from": "2024-01-01", "to": "2023-01-01"}, "This date is before the start date."),
        ({"crs": "486", "program": "qsw"}, "Select a valid choice. qsw"),
        ({"crs": "486", "french": "99"}, "less than or equal to 12"),
        ({"crs": "486", "page": "99"}, "There is no such page"),
        ({"crs": "486", "per_page": "7"}, "“7” is not a number of rows per page"),
    ],
)
def test_invited_page_names_a_fault(html, query, fault):
    assert fault in words(html(URL, **query))


def test_invited_page_keeps_the_page_size_when_asked_again(html):
    assert '<input type="hidden" name="per_page" value="all"' in html(URL, crs="486", per_page="all")


def test_invited_page_takes_codes_many_times_and_in_one(client):
    queries = ["?crs=1&noc=21231&noc=21300", "?crs=1&noc=NOC 21300, 21231"]

    once, often = (client.get(URL + query).context["form"].profile() for query in queries)

    assert once == often


def test_invited_export_has_exactly_the_chosen_draws(client):
    answer = client.get(URL, {"crs": "486", "kind": "general", "from": "2023-01-01", "_export": "json"})

    rows = json.loads(answer.content)

    assert len(rows) == Draw.objects.filter(kind="general", date__gte="2023-01-01").count()
    assert {row["reason"] for row in rows} == {"score_below", "score_above", "submitted_not_given"}


def test_verdicts_ask_the_edition_of_the_day(make_draw, make_edition):
    edition = make_edition(occupations=["21231"])
    draw = make_draw(1, edition=edition, cutoff=400)
    form = InvitedForm({"crs": "500", "noc": "21300"})
    form.is_valid()

    assert verdicts(form.profile(), with_program_codes([draw]), rules_of([draw])) == [
        (draw, Verdict("not_invited", "not_in_category"))
    ]


@pytest.mark.parametrize("count", [1, 20])
def test_page_asks_as_many_queries_whatever_the_number_of_draws(
    make_draw, count, client, django_assert_max_num_queries
):
    for number in range(count):
        make_draw(number + 1, kind=("category", "general")[number % 2])

    with django_assert_max_num_queries(8):
        answer = client.get(URL, {"crs": "500", "noc": "21231"})

    assert sum(answer.context["tally"].values()) == count


def test_category_without_a_published_edition_is_no_choice(make_edition):
    make_edition("stem")
    make_edition("trade", status="draft")

    assert [slug for slug, _name in InvitedForm().fields["category"].choices] == ["", "stem"]


def test_date_and_time_of_submission_are_two_fields(client):
    page = client.get(URL, {"crs": "486", "submitted": ["2022-11-22", "15:30"]})

    assert page.context["form"].profile().submitted.isoformat() == "2022-11-22T15:30:00+00:00"
    assert re.search(r'type="date" name="submitted" value="2022-11-22"', page.content.decode())
    assert re.search(r'type="time" name="submitted" value="15:30:00"', page.content.decode())


def test_former_code_stands_for_its_successors(client):
    page = client.get(URL, {"crs": "486", "noc": "2173"})

    assert page.context["form"].profile().nocs >= {"21231"}
    assert "NOC 2016 code 2173 became" in page.content.decode()


def test_former_code_that_never_was_is_named(html):
    assert "Not a NOC 2021 code: 9999." in html(URL, crs="486", noc="9999")
