import json

import pytest

from draws.feed import reader
from draws.feed import row as feed_row
from draws.feed.names import NO_NAME, UNKNOWN_NAME, VERSIONED
from draws.feed.reader import Feed, Refusal, shrunk
from draws.feed.values import BAD_DATE, TWO_READINGS
from tests.draws.feed_rows import PATH, POOL, SITE, file_of, pool_of, pool_row, read, read_row, record, row


def test_read_gives_every_value_of_a_round():
    assert read_row() == Feed([record()], [])


@pytest.mark.parametrize(
    ("changes", "field", "value", "reason"),
    [
        ({"drawNumber": "254"[:0]}, "drawNumber", "", "This is not a draw number such as 254 or 91a."),
        ({"drawNumber": "#254"}, "drawNumber", "#254", "This is not a draw number such as 254 or 91a."),
        ({"drawNumber": ["254"]}, "drawNumber", "['254']", feed_row.NOT_TEXT),
        ({"drawDate": "", "drawDateFull": ...}, "drawDate", "", reader.MISSING),
        ({"drawDate": "2023-02-30"}, "drawDate", "2023-02-30", "There is no such day or time."),
        ({"drawDate": "05/07/2023"}, "drawDate", "05/07/2023", TWO_READINGS),
        ({"drawDate": "1/10/2026"}, "drawDate", "1/10/2026", TWO_READINGS),
        ({"drawDate": "13/10/2026"}, "drawDate", "13/10/2026", BAD_DATE),
        ({"drawDate": "07-05-2023"}, "drawDateFull", "July 5, 2023", reader.DATES_DIFFER),
        ({"drawName": "Nurses (Version 1)"}, "drawName", "Nurses (Version 1)", UNKNOWN_NAME),
        ({"drawName": ...}, "drawName", "", NO_NAME),
        ({"drawName": "General (Version 2)"}, "drawName", "General (Version 2)", VERSIONED),
        ({"drawText2": "Startup Visa"}, "drawText2", "Startup Visa", "A program named here is not known."),
        ({"drawName": "General", "drawText2": " "}, "drawText2", "", reader.MISSING),
        (
            {"drawName": "Federal Skilled Trades", "drawText2": "Canadian Experience Class"},
            "drawText2", "Canadian Experience Class", reader.PROGRAMS_DIFFER,
        ),
        ({"drawSize": "5OO"}, "drawSize", "5OO", "This is not a whole number."),
        ({"drawSize": "0"}, "drawSize", "0", reader.NO_INVITATIONS),
        ({"drawSize": True}, "drawSize", "True", feed_row.NOT_TEXT),
        ({"drawSize": "5" * 1001}, "drawSize", "5" * 120 + "…", feed_row.TOO_LONG),
        ({"drawCRS": "0"}, "drawCRS", "0", reader.NO_SCORE),
        ({"drawCRS": "1,201"}, "drawCRS", "1,201", reader.NO_SCORE),
        ({"drawCRS": "-5"}, "drawCRS", "-5", "This is not a whole number."),
        ({"drawCutOff": "noon"}, "drawCutOff", "noon", "This is not a date and time in a known spelling."),
        (
            {"drawDateTime": "July 5 at 13:22:37 UTC"}, "drawDateTime", "July 5 at 13:22:37 UTC",
            "The year is missing and can't be told from the draw's date.",
        ),
        (
            {"DrawText1": "<a href='https://example.com/x.html'>x</a>"},
            "DrawText1", "<a href='https://example.com/x.html'>x</a>",
            "This link does not lead to a page of www.canada.ca.",
        ),
        ({"drawDistributionAsOn": ""}, "drawDistributionAsOn", "", reader.MISSING),
        ({"drawDistributionAsOn": "soon"}, "drawDistributionAsOn", "soon", BAD_DATE),
        ({"dd7": "many"}, "dd7", "many", "This is not a whole number."),
        ({"dd7": ...}, "dd18", "64,850", reader.POOL_INCOMPLETE),
        ({"dd18": ""}, "dd18", "", reader.POOL_INCOMPLETE),
        ({"dd18": "0"}, "dd18", "0", reader.POOL_INCOMPLETE),
        ({"dd18": "64,849"}, "dd18", "64,849", reader.POOL_OVERFULL),
        ({"drawName": "\ud800\x00 x"}, "drawName", "\ufffd\ufffd x", UNKNOWN_NAME),
    ],
)  # fmt: skip
def test_round_is_refused_with_a_reason(changes, field, value, reason):
    found = read_row(**changes)

    assert found.records == []
    assert [(refusal.field, refusal.value, refusal.reason) for refusal in found.refused] == [(field, value, reason)]


def test_refused_round_keeps_its_number():
    assert read_row(drawNumber="91A", drawSize="?").refused[0].number == "91a"
    assert read_row(drawNumber="No. 5").refused[0].number == "No. 5"
    assert read_row(drawNumber={"a": "1"}).refused[0].number == "{'a': '1'}"
    assert read_row(drawNumber=...).refused[0].number == ""


def test_round_that_is_no_object_is_refused():
    found = read(file_of("254", row()))

    assert found == Feed([record()], [Refusal("", "rounds", "254", feed_row.NOT_A_ROUND)])


def test_one_bad_round_does_not_hide_the_others():
    found = read(file_of(row(drawNumber="256"), row(drawNumber="255", drawCRS="?"), row()))

    assert [one["number"] for one in found.records] == ["254", "256"]
    assert [r.number for r in found.refused] == ["255"]


def test_rounds_with_one_number_are_all_refused():
    found = read(file_of(row(), row(drawSize="501"), row(drawNumber="253"), row(drawNumber="253", drawCRS="?")))

    assert found.records == []
    assert [(r.number, r.field, r.reason) for r in found.refused] == [
        ("253", "drawCRS", "This is not a whole number."),
        ("253", "drawNumber", reader.SAME_NUMBER),
        ("254", "drawNumber", reader.SAME_NUMBER),
        ("254", "drawNumber", reader.SAME_NUMBER),
    ]


def test_key_given_twice_is_refused_only_when_the_values_differ():
    text = json.dumps(row())[:-1]

    same = read(f'{{"rounds": [{text}, "drawsize": "500"}}]}}'.encode())
    other = read(f'{{"rounds": [{text}, "drawSize": "501", "drawSize": "501"}}]}}'.encode())

    assert same.records == [record()]
    assert other.refused == [Refusal("254", "drawSize", "", feed_row.GIVEN_TWICE)]


@pytest.mark.parametrize(
    "numbers", [["100", "91b", "91a", "9"], ["9", "91a", "91b", "100"], ["91b", "9", "100", "91a"]]
)
def test_records_come_oldest_first(numbers):
    found = read(file_of(*[row(drawNumber=number) for number in numbers]))

    assert [one["number"] for one in found.records] == ["9", "91a", "91b", "100"]


def test_shrunk_names_the_vanished_and_not_the_refused():
    found = read(file_of(row(), row(drawNumber="253", drawCRS="?")))

    assert shrunk(found, ["91a", "253", "254", "255"]) == ["91a", "255"]
    assert shrunk(found, ["253", "254"]) == []


def test_empty_values_are_not_published():
    found = read_row(drawSize="", drawCRS=" ", drawCutOff="", drawDateTime=None, DrawText1="See full text")

    assert found.records == [
        record(invitations=None, cutoff=None, tie_break=None, drawn_at=None, instruction_url=""),
    ]


@pytest.mark.parametrize("cutoff", [1, 1200])
def test_extreme_cutoff_is_read(cutoff):
    assert read_row(drawCRS=str(cutoff)).records == [record(cutoff=cutoff)]


def test_pool_of_zeros_is_not_published():
    found = read_row(**dict.fromkeys(reader.POOL_FIELDS.values(), "0"))

    assert found.records == [record(pool=None)]


def test_one_empty_range_is_zero():
    changed = {**POOL, "crs_601_1200": 0, "total": POOL["total"] - 120}

    assert read_row(**pool_row(changed)).records == [record(pool=pool_of(changed))]


def test_candidates_in_no_range_are_counted():
    assert read_row(dd18="65,030").records == [record(pool=pool_of({**POOL, "total": 65030}, unallocated=180))]


def test_numbers_without_quotes_are_read():
    assert read_row(drawNumber=254, drawSize=500, drawCRS=486).records == [record()]


def test_name_is_kept_with_single_spaces():
    assert read_row(drawName=" STEM\u00a0 occupations\t(Version 1) ").records == [record()]


def test_link_is_taken_from_the_first_field_that_has_one():
    found = read_row(DrawText1="", mitext="Invitations #254", drawNumberURL=f"<a href='{PATH}-254.html'>254</a>")

    assert found.records == [record(instruction_url=f"{SITE}{PATH}-254.html")]


def test_date_in_words_is_enough():
    assert read_row(drawDate="").records == [record()]


def test_feed_is_read_as_it_is_even_where_it_is_wrong():
    found = read_row(drawDateTime="June 25, 2023 at 13:22:37 UTC")  # as the slip in #357: ten days early

    assert found.records == [record(drawn_at="2023-06-25T13:22:37Z")]
