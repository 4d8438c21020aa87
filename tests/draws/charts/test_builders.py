import re
from datetime import date, timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.core.cache import caches
from django.utils import translation

from draws.charts import builders, statistics
from draws.charts import svg as charts_svg
from draws.models import PoolSnapshot
from editing.pages.marks import MARKS

SVG = "{http://www.w3.org/2000/svg}"
UNTIL = date(2026, 10, 10)


def row(number="1", day=date(2026, 1, 10), mark="circle", invitations=100, cutoff=500):
    kind = "general" if mark == "circle" else "program"
    return statistics.DrawFigures(number, day, kind, mark, f"Name of {mark}", invitations, cutoff)


def tree(svg):
    return ElementTree.fromstring(svg)  # noqa: S314 - our own drawing


def labels(svg):
    return [element.get("aria-label") for element in tree(svg).iter() if element.get("aria-label")]


def texts(svg):
    return ["".join(element.itertext()) for element in tree(svg).iter(SVG + "text")]


@pytest.fixture
def real(db):
    return statistics.draw_figures()


@pytest.fixture
def cutoffs():
    """A chart of one general draw and one of provincial nominees."""
    return builders.cutoffs([row(), row("2", date(2026, 2, 1), "square", cutoff=741)], date(2025, 1, 1), UNTIL)


def test_a_drawing_names_itself_and_every_mark(cutoffs):
    root = tree(cutoffs.wide)

    assert root.get("role") == "graphics-document"
    assert [root[0].tag, root[0].text] == [SVG + "title", cutoffs.title]
    assert [root[1].tag, root[1].text] == [SVG + "desc", cutoffs.description]
    assert sorted(labels(cutoffs.wide)) == [
        "Name of circle, draw 1, January 10, 2026: 500",
        "Name of square, draw 2, February 1, 2026: 741",
    ]


def test_a_drawing_has_the_colours_of_the_page_and_nothing_that_the_policy_forbids(cutoffs):
    for svg in (cutoffs.wide, cutoffs.narrow):
        assert {"var(--mark-circle)", "var(--mark-square)", "var(--line)"} <= set(re.findall(r"var\(--[a-z-]+\)", svg))
        assert not re.findall(r"#[0-9a-f]{3,6}\b", svg)
        assert "style" not in svg
        assert "script" not in svg


def test_colours_of_the_drawings_are_those_of_the_style_sheet():
    css = Path("static/css/variables.css").read_text().partition("@media")[0]
    light = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", css))

    assert {light[name]: name for name in charts_svg.TOKENS.values()} == charts_svg.TOKENS
    assert len(charts_svg.COLOURS) == len(charts_svg.TOKENS) + len(MARKS)


def test_scores_above_600_stand_apart_and_the_words_say_why(cutoffs):
    assert {"Above 600 points", "600 points and below"} <= set(texts(cutoffs.wide))
    assert "600 points for a provincial nomination." in cutoffs.description


def test_scores_below_600_need_no_second_panel():
    chart = builders.cutoffs([row()], date(2025, 1, 1), UNTIL)

    assert "Above 600 points" not in texts(chart.wide)
    assert "600 points for" not in chart.description


def test_the_table_has_the_figures_of_the_drawing(real):
    chart = builders.cutoffs(real, date(2024, 10, 1), date(2026, 10, 1))
    shown = [f"{name}, draw {number}, {day}: {cutoff}" for day, name, number, cutoff in chart.rows]

    assert len(shown) == 132
    assert sorted(shown) == sorted(labels(chart.wide)) == sorted(labels(chart.narrow))


def test_many_marks_are_one_picture_with_a_table(real):
    chart = builders.cutoffs(real, real[0].date, UNTIL)

    assert len(chart.rows) == 448
    assert tree(chart.wide).get("role") == "img"
    assert labels(chart.wide) == []


def test_very_many_marks_are_thinned_to_the_lowest_of_each_month():
    rows = [row(str(number), date(2026, 1, 1 + number % 20), cutoff=400 + number) for number in range(1001)]

    chart = builders.cutoffs(rows, date(2026, 1, 1), UNTIL)

    assert [number for *_, number, _cutoff in chart.rows] == ["0"]
    assert "lowest cut-off of a kind of draw in one month" in chart.description


@pytest.mark.both_databases
def test_home_page_thins_as_the_statistics_do(real, monkeypatch):
    monkeypatch.setattr(builders, "SINGLY", 0)
    since = UNTIL - timedelta(days=730)

    chart, thinned = builders.cutoffs_of_two_years(UNTIL), builders.cutoffs(real, since, UNTIL)

    assert sorted(chart.rows) == sorted(thinned.rows)
    assert chart.description == thinned.description


def test_a_chart_without_figures_is_none(empty):
    unknown = [row(invitations=None, cutoff=None)]

    assert builders.cutoffs(unknown, date(2025, 1, 1), UNTIL) is None
    assert builders.invitations(unknown, UNTIL) is None
    assert builders.gaps(unknown, UNTIL) is None
    assert builders.pool([], []) is None


def test_invitations_of_the_chart_add_up_to_the_record(real):
    chart = builders.invitations(real, UNTIL)

    assert sum(cells[3] for cells in chart.rows) == 1052463
    assert len(labels(chart.wide)) == len(chart.rows)
    assert "2026, to October 10, General: 100" not in labels(chart.wide)
    assert "2026, to October 10, Military recruits: 4" in labels(chart.wide)


def test_a_year_says_to_which_day_it_is_counted_until_it_is_over():
    assert builders.year_label(2026, UNTIL) == "2026, to October 10"
    assert builders.year_label(2025, UNTIL) == "2025"
    assert builders.year_label(2026, date(2026, 12, 31)) == "2026"


def test_gaps_show_the_figures_of_the_table(real):
    chart = builders.gaps(real, UNTIL)

    assert chart.rows[3] == ("2023", 42, 1, 1.0, 6, 14.0, 49)
    assert "2023: median 6 days, shortest 1, longest 49" in labels(chart.wide)


def test_months_that_are_not_over_have_no_total():
    chart = builders.year_so_far([row(day=date(2025, 3, 3)), row(), row(day=date(2026, 2, 5))], UNTIL)

    assert chart.rows == [
        ("2026, to October 10", 100, *[200] * 8, "", "", ""),
        ("2025", 0, 0, *[100] * 10),
    ]
    assert labels(chart.wide) == ["2025: 100 invitations", "2026, to October 10: 200 invitations"]


def test_names_of_lines_do_not_touch():
    assert builders.spread({"a": 100, "b": 98, "c": 40}, gap=10) == {"a": 100, "b": 90, "c": 40}


def test_pool_lines_break_where_nothing_was_published(make_pool):
    for day in (1, 15, 29):
        make_pool(date(2022, 1, day))
    snapshots = list(PoolSnapshot.objects.published())
    whole, broken = builders.pool(snapshots, []), builders.pool(snapshots, [date(2022, 1, 20), date(2022, 1, 29)])

    def pieces(svg):
        found = tree(svg).iter(SVG + "path")
        return [path.get("d").count("M") for path in found if path.get("aria-label")]

    assert pieces(whole.wide) == [1, 1, 1, 1]
    assert pieces(broken.wide) == [2, 2, 2, 2]


def test_a_drawing_is_kept_until_a_figure_changes():
    words = ("Title", "Description")
    figures = ([("2026", 1, 2, 3, 4, 5, "2026: a test of keeping")], ["2026"])
    first = charts_svg.chart_svg("gaps", 340, words, *figures)
    kept = caches["charts"]

    assert charts_svg.chart_svg("gaps", 340, words, *figures) == first
    assert kept.get(charts_svg.cache_key("gaps", 340, words, figures)) == first
    assert charts_svg.chart_svg("gaps", 340, words, [("2026", 1, 2, 3, 4, 9, "2026: another")], ["2026"]) != first


def test_drawings_speak_french_on_french_pages(real):
    with translation.override("fr"):
        chart = builders.invitations(real, UNTIL)

    assert "100\N{NO-BREAK SPACE}000" in texts(chart.wide)


@pytest.mark.parametrize("address", ["/", "/pool/", "/statistics/"])
def test_pages_show_their_charts_wide_and_narrow(db, html, address):
    text = html(address)

    assert text.count('<div class="chart-wide"><svg') == text.count('<div class="chart-narrow"><svg') > 0
