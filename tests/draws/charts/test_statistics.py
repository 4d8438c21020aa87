from datetime import date

import pytest
from django.utils import translation

from draws.charts import statistics
from draws.invitations import Total
from draws.models import Draw, Kind
from draws.streams.gaps import Gap

pytestmark = pytest.mark.both_databases


def row(number="1", day=date(2026, 1, 10), kind="general", mark="circle", invitations=100, cutoff=500):
    return statistics.DrawFigures(number, day, kind, f"slug-of-{mark}", mark, f"Name of {mark}", invitations, cutoff)


def program(*values, **fields):
    return row(*values, kind="program", mark="square", **fields)


def test_rows_are_the_public_draws_with_their_streams(make_draw, make_edition, make_category):
    stem = make_edition(make_category("stem", name_en="STEM", mark="hexagon"))
    make_draw(1, date=date(2023, 1, 11))
    make_draw(2, date=date(2023, 2, 1), kind=Kind.PROGRAM, programs="CEC", invitations=None)
    make_draw(3, date=date(2023, 7, 5), edition=stem, cutoff=None)
    make_draw(4, status="draft")

    assert statistics.draw_figures() == [
        ("1", date(2023, 1, 11), "general", "general", "circle", "General", 1000, 500),
        ("2", date(2023, 2, 1), "program", "cec", "diamond", "Canadian Experience Class", None, 500),
        ("3", date(2023, 7, 5), "category", "stem", "hexagon", "STEM", 1000, None),
    ]
    assert [draw.number for draw in statistics.newest(Draw.objects.published(), 1)] == ["2"]


def test_rows_have_french_names_on_french_pages(make_draw, make_category, make_edition):
    make_draw(1, kind=Kind.PROGRAM, programs="CEC")
    make_draw(2, edition=make_edition(make_category("stem", name_en="STEM", name_fr="STIM")))
    make_draw(3, edition=make_edition(make_category("new", name_en="Only English", name_fr="")))

    with translation.override("fr"):
        names = [found.name for found in statistics.draw_figures()]

    assert sorted(names) == ["Catégorie de l’expérience canadienne", "Only English", "STIM"]


@pytest.mark.django_db
def test_rows_of_the_real_record_name_a_stream_as_the_draw_does():
    draws = Draw.objects.published().select_related("edition__category").prefetch_related("programs")
    expected = {draw.number: (draw.mark, str(draw.stream_name)) for draw in draws}

    assert {found.number: (found.mark, found.name) for found in statistics.draw_figures()} == expected
    assert len(expected) == 448


def test_summary_leaves_out_what_was_not_published():
    found = statistics.summary([row(), row(invitations=None, cutoff=None), row(invitations=50, cutoff=401)])

    assert found == statistics.Summary(3, Total(150, 3, 1), 401, 450.5, 500)


def test_summary_of_nothing_published_is_none_not_zero():
    found = statistics.summary([row(invitations=None, cutoff=None)])

    assert found == statistics.Summary(1, Total(0, 1, 1), None, None, None)


def test_streams_stand_general_first_then_in_order_of_their_first_draws():
    category = row(kind="category", mark="hexagon")

    found = statistics.streams([category, program(), row(), row(kind="program", mark="diamond"), program()])

    assert list(found.items()) == [
        ("circle", "Name of circle"),
        ("square", "Name of square"),
        ("diamond", "Name of diamond"),
        ("hexagon", "Name of hexagon"),
    ]


def test_years_stand_newest_first_with_their_kinds():
    found = statistics.by_year([row(day=date(2025, 3, 1)), row(), program(invitations=7)])

    assert [(year, every.invitations.known, [kind.draws for kind in kinds]) for year, every, kinds in found] == [
        (2026, 107, [1, 1, 0]),
        (2025, 100, [1, 0, 0]),
    ]


def test_kinds_stand_above_their_streams():
    first, last = date(2025, 3, 1), date(2026, 1, 10)

    found = statistics.by_stream([row(day=first), row(), program(), row(kind="program", mark="diamond")])

    assert [(mark, str(name), summary.draws, start, end) for mark, name, summary, start, end in found] == [
        ("circle", "Name of circle", 2, first, last),
        ("", "Program-specific", 2, last, last),
        ("square", "Name of square", 1, last, last),
        ("diamond", "Name of diamond", 1, last, last),
    ]


def test_streams_of_each_year_add_up_to_the_year():
    found = statistics.by_year_and_stream([row(day=date(2025, 3, 1)), program(), row(invitations=5)])

    assert [(year, mark, summary.invitations.known) for year, mark, summary in found] == [
        (2026, "circle", 5),
        (2026, "square", 100),
        (2025, "circle", 100),
    ]


def test_gaps_count_in_the_year_in_which_they_end():
    days = [date(2025, 12, 30), date(2026, 1, 2), date(2026, 1, 2), date(2026, 1, 12)]

    assert statistics.gaps_by_year([row(day=day) for day in days]) == [
        statistics.YearOfGaps(year=2026, count=2, shortest=3, longest=10, middle=6.5, usual=None)
    ]


def test_gaps_have_a_middle_half_where_four_are_there():
    days = [date(2026, 1, day) for day in (1, 2, 4, 8, 16)]

    assert statistics.gaps_by_year([row(day=day) for day in days])[0].usual == Gap(3, 1.75, 5, 4)


def test_the_same_day_of_a_leap_year_is_the_day_before_in_others():
    days = [date(2023, 2, 28), date(2023, 3, 1), date(2024, 2, 29)]

    found = statistics.to_same_day([row(day=day) for day in days], until=date(2024, 2, 29))

    assert [(year, so_far.draws, whole.draws) for year, so_far, whole in found] == [(2024, 1, 1), (2023, 1, 2)]


def test_running_totals_begin_anew_each_year():
    days = [date(2025, 12, 1), date(2026, 1, 1), date(2026, 1, 2), date(2026, 1, 3), date(2026, 1, 3)]
    sizes = [5, 10, None, 20, 4]

    found = statistics.running_totals([row(day=day, invitations=size) for day, size in zip(days, sizes, strict=True)])

    assert found == {
        2025: [(date(2025, 12, 1), Total(5, 1))],
        2026: [
            (date(2026, 1, 1), Total(10, 1)),
            (date(2026, 1, 2), Total(10, 2, 1)),
            (date(2026, 1, 3), Total(34, 4, 1)),
        ],
    }


def test_records_are_shared_by_equals_and_never_held_by_the_unknown():
    big, bigger, unknown = row("1", cutoff=400), row("2", invitations=200), row("3", invitations=None, cutoff=None)
    equal = row("4", invitations=200)

    assert statistics.records([big, bigger, unknown, equal]) == {
        "largest": [bigger, equal],
        "smallest": [big],
        "highest": [bigger, equal],
        "lowest": [big],
    }


def test_longest_pause_names_the_draws_around_it():
    first, second, third = row(day=date(2026, 1, 1)), row(day=date(2026, 1, 9)), row(day=date(2026, 1, 12))

    assert statistics.longest_pause([first, second, third]) == (8, first, second)
    assert statistics.longest_pause([first]) is None


def test_doubts_are_those_about_sizes_and_cutoffs(make_draw, make_discrepancy):
    draw = make_draw(208)
    size = make_discrepancy(draw, field="invitations", value_here="681", value_elsewhere="888")
    make_discrepancy(draw, field="tie_break")
    make_discrepancy(draw, status="draft")

    assert statistics.disputed_figures() == [size]
    assert size.difference == 207


@pytest.mark.parametrize(
    "fields", [{"field": "cutoff"}, {"field": "invitations", "value_elsewhere": "about 900"}], ids=str
)
def test_only_another_size_changes_a_sum(make_discrepancy, fields):
    assert make_discrepancy(**fields).difference is None


def test_statistics_page_of_the_real_record(db, html):
    text = " ".join(html("/statistics/").split())

    assert "448 draws from January 31, 2015 to October 1, 2026. 1,052,463 invitations as published." in text
    assert "2026, to October 10" in text
    assert "publishes no schedule" in text
    assert '<a href="/draws/176/">176</a>' in text
    assert "681 here, 888 elsewhere. The total for 2021 would change by +207." in text
    assert text.count('<figure class="chart"') == 4


def test_statistics_page_in_french_counts_the_same(db, html):
    assert "1\N{NO-BREAK SPACE}052\N{NO-BREAK SPACE}463" in html("/fr/statistics/")


@pytest.mark.parametrize(
    ("start", "words"), [("", "3,644 here, 3,664 elsewhere."), ("/fr", "3\xa0644 ici, 3\xa0664 ailleurs.")]
)
def test_figures_in_doubt_are_written_like_all_others(make_discrepancy, html, start, words):
    make_discrepancy(field="invitations", value_here="3644", value_elsewhere="3664")

    assert words in html(f"{start}/statistics/").replace("\u202f", "\xa0")


def test_statistics_page_says_not_published_instead_of_zero(make_draw, html):
    make_draw(1, invitations=None, cutoff=None)

    text = html("/statistics/")

    assert text.count("not published") >= 4
    assert "None" not in text


def test_statistics_page_without_draws_says_so(empty, html):
    assert "No draw is published here yet." in html("/statistics/")


@pytest.mark.parametrize("count", [1, 20])
def test_statistics_page_query_count(client, make_draw, count, django_assert_num_queries):
    for number in range(count, 0, -1):
        make_draw(number)

    with django_assert_num_queries(4):
        response = client.get("/statistics/")

    assert response.context["total"].draws == count
