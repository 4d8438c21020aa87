import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from draws.charts import cutoffs as module
from draws.charts import statistics
from draws.charts.choice import ChoiceForm
from draws.charts.cutoffs import chart_around, cutoffs, cutoffs_of_two_years, recent, stream_chart
from draws.streams.queries import stream_called
from tests.draws.charts.drawings import UNTIL, found, places, row, texts, tree

SINCE = date(2025, 1, 1)
MIXED = [row(), row("2", date(2026, 2, 1), "square", cutoff=741), row("3", date(2026, 3, 1), "hexagon", cutoff=480)]


def chosen(query, streams=("general", "pnp", "stem")):
    form = ChoiceForm({name: values for name, values in query.items() if name != "stream"}, streams=streams)
    form.data = form.data | {"stream": query.get("stream", [])}
    return form


@pytest.fixture
def chart():
    return cutoffs(MIXED, SINCE, UNTIL)


@pytest.fixture
def real(db):
    return statistics.draw_figures()


def test_drawing_names_itself_and_says_where_each_row_of_its_table_is(chart):
    assert tree(chart.wide).get("role") == "img"
    assert tree(chart.wide).get("aria-label") == chart.title
    assert [number for _day, _name, number, _score in chart.rows] == ["3", "2", "1"]
    for svg in (chart.wide, chart.narrow):
        at = places(svg)
        assert [x for x, _y in at] == sorted((x for x, _y in at), reverse=True)  # the newest is farthest right
        assert at[1][1] < at[2][1] < at[0][1]  # 741 is above 500, and that above 480
        assert at == [(round(float(use.get("x"))), round(float(use.get("y")))) for use in found(svg, "use")]


def test_drawing_has_the_colours_of_the_page_and_nothing_that_the_policy_forbids(chart):
    css = Path("static/css/variables.css").read_text()

    for svg in (chart.wide, chart.narrow):
        used = set(re.findall(r"var\((--[a-z-]+)\)", svg))
        assert {"--mark-circle", "--mark-square", "--line"} <= used
        assert [name for name in used if f"{name}: #" not in css] == []
        assert not re.findall(r"#[0-9a-f]{6}\b", svg)
        assert "style" not in svg
        assert "script" not in svg


def test_scores_above_600_stand_apart_and_the_words_say_why(chart):
    below = cutoffs([row()], SINCE, UNTIL)

    assert {"Above 600 points", "600 points and below"} <= set(texts(chart.wide))
    assert "600 points for a provincial nomination." in chart.description
    assert "Above 600 points" not in texts(below.wide)
    assert "600 points for" not in below.description


def test_streams_are_named_at_their_lines_where_there_is_room(chart):
    assert {"PNP", "Name of hexagon", "Name of circle"} <= set(texts(chart.wide))
    assert "PNP" not in texts(chart.narrow)


def test_stream_that_was_not_drawn_lately_is_not_named_beside_the_plot():
    old = row("0", UNTIL - timedelta(days=500), "square", cutoff=700)

    chart = cutoffs([old, *MIXED[::2]], date(2024, 1, 1), UNTIL)

    assert "PNP" not in texts(chart.wide)


def test_my_score_is_a_line_in_its_panel_and_what_lies_above_it_stands_back():
    chart = cutoffs(MIXED, SINCE, UNTIL, form=chosen({"crs": "490"}))

    assert "My score: 490" in texts(chart.wide)
    assert [use.get("opacity") for use in found(chart.wide, "use")] == [None, ".35", ".35"]
    assert chart.query == "?crs=490"


def test_my_score_is_on_the_drawing_however_far_it_is_from_every_cutoff():
    chart = cutoffs(MIXED[::2], SINCE, UNTIL, form=chosen({"crs": "120"}))

    label = next(text for text in found(chart.wide, "text") if text.text == "My score: 120")
    assert 0 < float(label.get("y")) < float(tree(chart.wide).get("height"))


def test_bad_score_is_no_line():
    chart = cutoffs(MIXED, SINCE, UNTIL, form=chosen({"crs": "many"}))

    assert not [words for words in texts(chart.wide) if words.startswith("My score")]


def test_streams_switched_off_are_neither_drawn_nor_in_the_table():
    chart = cutoffs(MIXED, SINCE, UNTIL, form=chosen({"stream": ["stem", "general"]}))

    assert [number for _day, _name, number, _score in chart.rows] == ["3", "1"]
    assert len(places(chart.wide)) == 2
    assert [(slug, shown) for slug, _mark, _name, shown in chart.switches] == [
        ("general", True), ("pnp", False), ("stem", True)
    ]  # fmt: skip
    assert chart.query == "?stream=general&stream=stem"


def test_unknown_stream_is_named_as_bad_and_hides_nothing():
    form = chosen({"stream": ["quokka"]})

    chart = cutoffs(MIXED, SINCE, UNTIL, form=form)

    assert list(form.errors) == ["stream"]
    assert (len(chart.rows), chart.query) == (3, "")


def test_draw_that_the_page_is_about_has_a_ring_and_its_score():
    chart = cutoffs(MIXED[::2], SINCE, UNTIL, here="1")

    (ring,) = found(chart.wide, "circle")
    assert (round(float(ring.get("cx"))), round(float(ring.get("cy")))) == places(chart.wide)[1]
    assert "500" in texts(chart.wide)


def test_table_has_the_figures_of_the_drawing(real):
    chart = cutoffs(real, date(2024, 10, 1), date(2026, 10, 1))

    assert len(chart.rows) == len(places(chart.wide)) == len(places(chart.narrow)) == 132
    assert 'href="/draws/447/">447</a>' in chart.table_body


def test_a_score_far_below_all_others_does_not_flatten_them():
    scores = [*range(500, 520, 2), 75]
    rows = [row(str(number), date(2026, 1, 1 + number), cutoff=score) for number, score in enumerate(scores, 1)]

    chart = cutoffs(rows, SINCE, UNTIL)

    assert {"Above 100 points", "100 points and below"} <= set(texts(chart.wide))
    heights = [y for _x, y in places(chart.wide)]
    assert max(heights[1:]) - min(heights[1:]) > 150
    assert "far below" in chart.description


def test_low_scores_that_are_no_exception_stay_with_the_others():
    rows = [row(str(number), date(2026, 1, number), cutoff=score) for number, score in ((1, 75), (2, 500), (3, 510))]

    assert "far below" not in cutoffs(rows, SINCE, UNTIL).description


def test_very_many_marks_are_thinned_to_the_lowest_of_each_month():
    rows = [row(str(number), date(2026, 1, 1 + number % 20), cutoff=400 + number) for number in range(1001)]

    chart = cutoffs(rows, date(2026, 1, 1), UNTIL)

    assert [number for *_, number, _cutoff in chart.rows] == ["0"]
    assert "lowest cut-off of a kind of draw in one month" in chart.description


@pytest.mark.both_databases
def test_home_page_shows_only_the_newest_of_very_many(real, monkeypatch):
    monkeypatch.setattr(module, "NEWEST", 100)

    rows = recent(UNTIL)
    chart = cutoffs_of_two_years(rows, UNTIL)

    assert len(rows) == 101
    assert [number for *_, number, _cutoff in chart.rows] == [row.number for row in real[:-101:-1]]
    assert "Only the newest 100 draws are shown." in chart.description
    assert str(rows[1].date.year) in chart.title


def test_chart_of_all_its_draws_does_not_say_that_it_lacks_some(real):
    assert "newest" not in cutoffs_of_two_years(recent(UNTIL), UNTIL).description


@pytest.mark.both_databases
@pytest.mark.django_db
def test_stream_chart_shows_only_the_newest_of_very_many(monkeypatch):
    monkeypatch.setattr(module, "IN_STREAM", 2)

    chart = stream_chart(stream_called("cec"))

    assert [number for *_, number, _cutoff in chart.rows] == ["446", "443"]
    assert "Only the newest 2 draws are shown." in chart.description


@pytest.mark.both_databases
@pytest.mark.django_db
def test_chart_of_a_draw_shows_those_around_it(monkeypatch):
    monkeypatch.setattr(module, "IN_STREAM", 1)
    stream = stream_called("stem")
    first, middle, last = reversed(stream.draws())

    assert [number for *_, number, _cutoff in chart_around(middle, stream, None).rows] == ["293", "274", "254"]
    assert [number for *_, number, _cutoff in chart_around(first, stream, None).rows] == ["274", "254"]
    assert [number for *_, number, _cutoff in chart_around(last, stream, None).rows] == ["293", "274"]


def test_chart_without_cutoffs_is_none():
    assert cutoffs([row(cutoff=None)], SINCE, UNTIL) is None


def test_small_chart_of_scores_far_apart_is_not_squashed():
    rows = [row(str(number), date(2026, 1, number), cutoff=score) for number, score in ((1, 75), (2, 549), (3, 808))]

    chart = cutoffs(rows, SINCE, UNTIL, here="2")

    assert "600" in texts(chart.wide)
    assert "1,000" not in texts(chart.wide)
