import re
from datetime import date

import pytest
from django.utils import translation

from draws.charts import builders, statistics
from draws.charts.choice import ChoiceForm
from draws.models import PoolSnapshot
from programs.scores import ScoreForm
from tests.draws.charts.drawings import UNTIL, found, places, row, texts, tree


@pytest.fixture
def real(db):
    return statistics.draw_figures()


def test_chart_without_figures_is_none(empty):
    unknown = [row(invitations=None, cutoff=None)]

    assert builders.invitations(unknown, UNTIL) is None
    assert builders.gaps(unknown, UNTIL) is None
    assert builders.pool_history([]) is None


def test_invitations_of_the_chart_add_up_to_the_record(real):
    chart = builders.invitations(real, UNTIL)

    assert sum(cells[3] for cells in chart.rows) == 1052463
    assert len(places(chart.wide)) == len(chart.rows)
    assert "113,998" in texts(chart.wide)  # of 2025, at the end of its bar
    assert ("2026, to October 10", "Military recruits", 1, 4) in [cells[:4] for cells in chart.rows]


def test_bars_lead_to_the_draws_that_they_count(real):
    chart = builders.invitations(real, UNTIL)

    assert "/draws/?year=2026&kind=category&category=french" in chart.links
    assert "/draws/?year=2015&kind=general" in chart.links


def test_year_without_a_draw_of_the_chosen_streams_keeps_its_row():
    rows = [row(day=date(2024, 3, 3)), row("2", mark="square")]
    form = ChoiceForm({"stream": ["pnp"]}, streams=["general", "pnp"])

    chart = builders.invitations(rows, UNTIL, form)

    assert {"2024", "2026", "0"} <= set(texts(chart.wide))
    assert len(chart.rows) == len(places(chart.wide)) == 1


def test_year_says_to_which_day_it_is_counted_until_it_is_over():
    assert builders.year_label(2026, UNTIL) == "2026, to October 10"
    assert builders.year_label(2025, UNTIL) == "2025"
    assert builders.year_label(2026, date(2026, 12, 31)) == "2026"


def test_gaps_show_the_figures_of_the_table(real):
    chart = builders.gaps(real, UNTIL)

    assert chart.rows[3] == ("2023", 42, 1, 1.0, 6, 14.0, 49)
    assert [words for words in texts(chart.wide) if words == "2.5"] == ["2.5"]  # the median of 2024
    assert len(places(chart.wide)) == len(chart.rows)


def test_months_that_are_not_over_have_no_total_and_no_place():
    chart = builders.year_so_far([row(day=date(2025, 3, 3)), row(), row(day=date(2026, 2, 5))], UNTIL)

    assert chart.rows == [
        ("2026, to October 10", 100, *[200] * 8, "", "", ""),
        ("2025", 0, 0, *[100] * 10),
    ]
    assert [place is None for place in places(chart.wide)] == [False] * 9 + [True] * 3 + [False] * 12


def test_each_year_is_named_at_the_end_of_its_own_line(real):
    chart = builders.year_so_far(real, UNTIL)

    ends = [path.get("d").rpartition("L")[2].split() for path in found(chart.wide, "path")]
    leaders = [path.get("d")[1:].split("L") for path in found(chart.wide, "path") if path.get("stroke-opacity")]
    starts = [float(start.split()[1]) for start, *_rest in leaders]
    assert {f"{start:g}" for start in starts} <= {end[1] for end in ends}
    assert starts == sorted(starts)  # the names stand in the order of the lines, so none is beside another's end
    assert [words for words in texts(chart.wide) if words.startswith("20")][:3] == ["2026", "2021", "2025"]


def test_pool_lines_break_where_nothing_was_published(make_pool):
    for day in (1, 15, 29):
        make_pool(date(2022, 1, day))
    snapshots = list(PoolSnapshot.objects.published())
    whole, broken = builders.pool(snapshots, []), builders.pool(snapshots, [date(2022, 1, 20), date(2022, 1, 29)])

    def pieces(svg):
        lines = [path for path in found(svg, "path") if path.get("stroke-opacity") is None]
        return [path.get("d").count("M") for path in lines]

    assert pieces(whole.wide) == [1, 1, 1, 1]
    assert pieces(broken.wide) == [2, 2, 2, 2]
    assert len(places(broken.wide)) == len(broken.rows) == 3


def test_growth_of_the_pool_is_not_good_news(make_pool):
    for day in (1, 15):
        make_pool(date(2022, 1, day))
    snapshots = list(PoolSnapshot.objects.published())

    charts = [builders.pool(snapshots, []), builders.distribution(snapshots[0], ScoreForm({"crs": "480"}))]

    assert [chart.key for chart in charts if "--accent" in chart.wide] == []


def test_area_of_a_bar_of_the_pool_counts_its_candidates(make_pool):
    snapshot = make_pool(date(2022, 1, 1))

    chart = builders.distribution(snapshot)

    areas = [float(bar.get("width")) * float(bar.get("height")) for bar in found(chart.wide, "rect")]
    counts = [row[1] for row, place in zip(chart.rows, places(chart.wide), strict=True) if place]
    (largest, smaller) = sorted(zip(counts[1:-1], areas[1:-1], strict=True), reverse=True)[:2]
    assert (len(chart.rows), len(areas)) == (17, 15)  # the subtotals are drawn by their parts
    assert largest[0] / smaller[0] == pytest.approx(largest[1] / smaller[1], rel=0.2)


@pytest.mark.parametrize(
    ("score", "label"), [("480", "471–480"), ("300", "0–300"), ("601", "601–1200"), ("500", "491–500")]
)
def test_reader_stands_in_the_range_of_their_score(make_pool, score, label):
    chart = builders.distribution(make_pool(date(2022, 1, 1)), ScoreForm({"crs": score}))

    rows = [row[0] for row, place in zip(chart.rows, places(chart.wide), strict=True) if place]
    bars = found(chart.wide, "rect")
    assert [rows[place] for place, bar in enumerate(bars) if bar.get("fill") == "var(--ink)"] == [label]
    assert f"You: {score}" in texts(chart.wide)


def test_drawings_speak_french_on_french_pages(real):
    with translation.override("fr"):
        chart, year = builders.invitations(real, UNTIL), builders.year_so_far(real, UNTIL)

    assert "100\N{NO-BREAK SPACE}000" in texts(chart.wide)
    assert {"janv.", "févr.", "juill.", "août"} <= set(texts(year.wide))


@pytest.mark.parametrize("address", ["/", "/pool/", "/statistics/", "/draws/cec/", "/draws/447/"])
def test_pages_show_their_charts_wide_and_narrow(db, html, address):
    text = html(address)

    assert text.count('<div class="chart-wide"><svg') == text.count('<div class="chart-narrow"><svg') > 0


def test_charts_stand_on_the_pages_of_categories_programs_and_occupations(db, html):
    assert 'id="chart-stream-stem"' in html("/categories/stem/")
    assert 'id="chart-stream-cec"' in html("/programs/canadian-experience-class/")
    assert 'id="chart-occupation-31301"' in html("/occupations/31301/")


def test_chart_of_a_category_ends_on_the_day_asked_for(db, html):
    text = html("/categories/stem/?on=2023-12-31&crs=490")

    assert "My score: 490" in text


def test_title_is_the_name_of_the_drawing(make_pool):
    chart = builders.distribution(make_pool(date(2022, 1, 1)))

    assert tree(chart.narrow).get("aria-label") == chart.title == "Candidates by CRS score, January 1, 2022"


@pytest.mark.parametrize(("url", "colour"), [("/statistics/", "dark|light|grey|green"), ("/fr/statistics/", "foncée")])
def test_words_of_a_chart_name_no_colour(html, db, url, colour):
    """What is dark on light paper is light on dark paper."""
    captions = re.findall(r"<figcaption>(.*?)</figcaption>", html(url))

    assert len(captions) == 4
    assert [text for text in captions if re.search(rf"\b({colour})\b", text)] == []
