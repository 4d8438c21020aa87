from datetime import date, datetime, timedelta, timezone

import pytest
from django.urls import reverse
from django.utils.timezone import now

from draws.models import Correction, Discrepancy, Draw, PoolSnapshot
from tests.conftest import PUBLISHED, SOURCED
from tests.draws.pages import numbers, section, words

pytestmark = pytest.mark.django_db
QUERIES = 8  # the page's own, the data version and the date in the footer


# The list


def test_list_begins_with_the_newest_draws_under_their_year(html):
    page = html("/draws/")

    assert numbers(page)[:3] == ["447", "446", "445"]
    assert len(numbers(page)) == 25
    assert '<th colspan="5" scope="rowgroup">2026</th>' in page
    assert "447 October 1, 2026 Trades Occupations, 2026-Version 3 3,500 476" in words(page)


def test_list_totals_are_those_of_all_pages(html):
    assert (
        "448 draws from January 31, 2015 to October 1, 2026, 1,052,463 invitations, cut-offs from 75 to 902"
        in words(html("/draws/"))
    )


def test_list_of_a_category_has_its_draws_and_totals(html):
    page = html("/draws/", category="stem")

    assert numbers(page) == ["293", "274", "254"]
    assert "3 draws from July 5, 2023 to April 11, 2024, 10,900 invitations, cut-offs from 481 to 491" in words(page)


def test_list_of_one_draw_names_its_day_and_cutoff(html):
    assert "1 draw on February 13, 2021, 27,332 invitations, cut-off 75" in words(html("/draws/", crs_max=75))


def test_list_shows_all_rows_under_every_year(html):
    page = html("/draws/", per_page="all")

    assert len(numbers(page)) == 448
    years = [f'scope="rowgroup">{year}</th>' in page for year in range(2015, 2027)]
    assert years == [True] * 12
    assert 'class="pagination"' not in page


def test_list_in_another_order_has_no_years(html):
    page = html("/draws/", sort="cutoff")

    assert numbers(page)[0] == "176"
    assert 'scope="rowgroup"' not in page
    assert 'aria-sort="ascending"' in page


def test_list_keeps_the_filter_in_its_links(html):
    page = html("/draws/", kind="program", sort="-cutoff", page=2)

    assert 'href="?kind=program&amp;sort=-cutoff&amp;page=3"' in page
    assert 'href="?kind=program&amp;sort=-cutoff&amp;_export=csv"' in page
    assert 'href="?kind=program&amp;sort=-cutoff&amp;per_page=100"' in page
    assert "?kind=program&amp;sort=cutoff" in page


def test_list_keeps_the_page_size_when_the_filter_is_applied_again(html):
    assert '<input type="hidden" name="per_page" value="100"' in html("/draws/", per_page=100)


def test_list_names_bad_values_and_applies_the_good_ones(html):
    page = html("/draws/", year="abc", crs_min=-5, per_page=7, sort="nonsense", page=999, category="stem")
    text = words(page)

    assert numbers(page) == ["293", "274", "254"]
    assert "abc is not one of the available choices" in text
    assert "greater than or equal to 0" in text
    assert "“7” is no number of rows per page" in text
    assert "nonsense is not one of the available choices" in text
    assert "There is no such page: this is the last one, page 1." in text


@pytest.mark.parametrize(
    ("page", "first", "fault"),
    [
        ("18", "23", ""),
        ("19", "23", "There is no such page: this is the last one, page 18."),
        ("0", "23", "There is no such page: this is the last one, page 18."),
        ("-1", "23", "There is no such page"),
        ("x", "447", "That is not a page number: this is the first page."),
    ],
)
def test_list_answers_a_bad_page_with_the_nearest(html, page, first, fault):
    shown = html("/draws/", page=page)

    assert numbers(shown)[0] == first
    assert fault in words(shown)
    assert ("There is no such page" in shown or "not a page number" in shown) == bool(fault)


@pytest.mark.parametrize("per_page", ["0", "-5", "1e9", "9" * 5000])
def test_list_survives_any_page_size(html, per_page):
    assert len(numbers(html("/draws/", per_page=per_page))) == 25


def test_list_without_a_match_says_what_to_do(html):
    page = html("/draws/", category="researchers")

    assert "No draw matches these filters." in words(page)
    assert "Clear all filters" in page
    assert "Download these rows" not in page


def test_list_escapes_what_the_address_says(html):
    assert "<script>alert" not in html("/draws/", year="<script>alert(1)</script>", sort='"><script>alert(1)</script>')


def test_list_hides_drafts_and_what_is_not_due(html, make_draw):
    make_draw("1")
    make_draw("2", status="review")
    make_draw("3", publish_at=now() + timedelta(days=1))

    assert numbers(html("/draws/")) == ["1"]


@pytest.mark.parametrize("query", [{}, {"category": "stem", "year": "2022"}, {"per_page": "all", "sort": "-cutoff"}])
@pytest.mark.parametrize("count", [1, 20])
def test_list_query_count(client, make_draw, make_edition, django_assert_num_queries, count, query):
    edition = make_edition(version="2022")
    draws = [make_draw(number, edition=edition, cutoff=number) for number in range(count, 0, -1)]

    with django_assert_num_queries(QUERIES - (query.get("per_page") == "all")):
        response = client.get(reverse("draws:list"), query)

    assert [row.record for row in response.context["table"].rows] == draws


def test_french_list_has_french_names(html):
    page = html("/fr/draws/", category="transport", sort="-date")

    assert '<span lang="en">Transport Occupations, 2026-Version 2</span>' in page
    assert "<span>Métiers des transports (Version 1)</span>" in page


# One draw


def test_draw_254_has_every_official_fact(html):
    text = words(html("/draws/254/"))

    for fact in [
        "Draw 254: STEM occupations (Version 1)",
        "July 5, 2023 13:38:22 UTC",
        "CRS score of lowest-ranked candidate invited 486",
        "Invitations issued 500",
        "Rank needed 500 or better",
        "Tie-breaking rule November 23, 2022, 00:01:29 UTC",
        "The instruction for draw 254 on canada.ca",
        "Programs covered Federal Skilled Worker Program, Federal Skilled Trades Program, Canadian Experience Class",
        "official IRCC feed",
        "checked August 19, 2026",
    ]:
        assert fact in text


def test_draw_254_shows_the_occupations_of_its_day(html):
    table = section(html("/draws/254/"), "occupations")

    assert table.count("<tr>") == 1 + 24
    assert "24 occupations were on the list that day." in table
    assert "/occupations/21231/" in table
    assert "/occupations/22300/" not in table  # civil engineering technologists joined in 2025
    assert table.count(">no longer<") == 19
    assert 'href="/categories/stem/2023/"' in table


def test_draw_274_has_its_week_and_its_comparison(html):
    page = html("/draws/274/")

    assert "3 draws issued 11,650 invitations in all" in section(page, "week")
    assert '<tr class="here"><th scope="row" class="numeric">274</th>' in section(page, "week")
    assert "5 points lower than in draw 254" in words(page)


@pytest.mark.parametrize("number", ["268", "269", "270"])
def test_draws_of_october_2023_know_their_week(html, number):
    page = html(f"/draws/{number}/")

    week = {"268": "only draw of its week", "269": "3 draws issued", "270": "3 draws issued"}
    assert week[number] in section(page, "week")


def test_long_week_leads_to_all_its_draws(client, make_draw):
    for number in range(1, 16):
        make_draw(str(number), date=date(2022, 1, 5))

    page = client.get("/draws/1/").content.decode()

    assert 'href="/draws/?from=2022-01-03&amp;to=2022-01-09&amp;per_page=all"' in section(page, "week")


def test_draw_208_has_its_doubt_beside_the_figure(html):
    page = html("/draws/208/")

    assert "Invitations issued · reports and other sources say 888 681" in words(page)
    assert "681 here, 888 elsewhere." in section(page, "discrepancies")


def test_draw_with_a_changed_value_shows_both(html):
    part = section(html("/draws/335/"), "corrections")

    assert "<del>November 14, 2025 at 02:52:14 UTC</del> <ins>November 14, 2024 at 02:52:14 UTC</ins>" in part
    assert "the old value was last seen on February 6, 2025, the new one first on February 13, 2025" in part


def test_draw_without_doubts_or_changes_has_no_such_part(html):
    page = html("/draws/300/")

    assert 'id="discrepancies"' not in page
    assert 'id="corrections"' not in page


@pytest.mark.parametrize("number", ["1", "76"])
def test_early_draws_have_no_published_tie_break(html, number):
    assert "Tie-breaking rule not published" in words(html(f"/draws/{number}/"))


def test_draw_77_has_the_first_published_tie_break(html):
    assert "Tie-breaking rule October 23, 2017, 15:58:27 UTC" in words(html("/draws/77/"))


@pytest.mark.parametrize(
    ("number", "time", "pool"),
    [
        ("1", "11:59:48 UTC", "No distribution of the pool was published for this draw."),
        ("445", "Time: not held here", "The distribution of the pool before this draw is not held here."),
        ("446", "Time: not held here", "The distribution of the pool before this draw is not held here."),
        ("447", "Time: not held here", "229,904 candidates stood in the pool."),
    ],
)
def test_not_published_and_not_held_are_different_words(html, number, time, pool):
    text = words(html(f"/draws/{number}/"))

    assert time in text
    assert pool in text


def test_time_on_another_utc_day_is_shown_with_its_day(html):
    assert "July 17, 2015 (elsewhere: July 18, 2015) July 18, 2015, 00:04" in words(html("/draws/13/"))


def test_draw_430_issued_four_invitations(html):
    text = words(html("/draws/430/"))

    assert "Invitations issued 4 Rank needed 4 or better" in text
    assert "3 occupations were on the list that day." in text


def test_language_category_shows_its_rule_instead_of_a_list(html):
    part = section(html("/draws/270/"), "occupations")

    assert "NCLC 7 or higher in French, in all four abilities" in part
    assert "<table" not in part


def test_draw_247_says_that_the_pool_does_not_add_up(html):
    assert "180 candidates more are in the published subtotal" in section(html("/draws/247/"), "pool")


def test_no_program_specified_is_explained(html):
    assert "From 2015 to 2023 the department named such draws" in words(html("/draws/1/"))
    assert "From 2015 to 2023 the department" not in words(html("/draws/272/"))


def test_draw_leads_to_its_neighbours_overall_and_of_its_kind(html):
    page = html("/draws/91b/")
    pagers = page[page.index('<nav class="pager"') :]

    for number in ("91a", "92", "75", "139"):
        assert f'href="/draws/{number}/"' in pagers


def test_french_draw_has_the_french_name_and_titles(html):
    page = html("/fr/draws/254/")

    assert "<span>Professions des STIM (Version 1)</span></h1>" in page
    assert "Ingénieurs civils/ingénieures civiles" in page
    assert "5 juillet 2023" in page
    assert 'href="/fr/draws/253/"' in page


def test_french_draw_without_a_french_name_says_so(html):
    page = html("/fr/draws/434/")

    assert '<span lang="en">Transport Occupations, 2026-Version 2</span></h1>' in page


@pytest.mark.parametrize("number", ["abc", "0254", "254a", "0", "448", "91A", "91", "91c", "1e1", "²"])
def test_no_such_draw(client, number):
    response = client.get(f"/draws/{number}/")

    assert response.status_code == 404
    assert 'type="search"' in response.content.decode()


@pytest.mark.parametrize("fields", [{"status": "draft"}, {"publish_at": datetime(2099, 1, 1, tzinfo=timezone.utc)}])
def test_draft_has_no_page(client, make_draw, fields):
    make_draw("1", **fields)

    assert client.get("/draws/1/").status_code == 404


def test_unpublished_figures_are_never_zero(html, make_draw):
    make_draw("1", cutoff=None, invitations=None, drawn_at=None, tie_break=None)

    text = words(html("/draws/1/"))

    assert "Rank needed not published" in text
    assert "Invitations issued not published" in text
    assert "The 1st draw of 2022." in text


def test_unpublished_pool_stays_hidden(html, make_draw, make_pool):
    make_draw("1", pool=make_pool())
    PoolSnapshot.objects.update(status="draft")

    assert "150 candidates" not in html("/draws/1/")


def test_unpublished_discrepancy_and_correction_stay_hidden(html, make_draw):
    draw = make_draw("1")
    hidden = SOURCED | {"status": "review", "draw": draw, "field": "invitations", "note_en": "Hidden"}
    Discrepancy.objects.create(value_here="1000", value_elsewhere="999", **hidden)
    Correction.objects.create(
        old_value="1", new_value="2", first_seen_new=date(2022, 5, 1), only_wording=False, **hidden
    )

    page = html("/draws/1/")

    assert "999" not in page
    assert "Hidden" not in page


@pytest.mark.parametrize("count", [1, 20])
def test_category_draw_query_count(client, make_draw, make_edition, django_assert_num_queries, count):
    edition = make_edition(occupations=["21231", "21300"])
    draws = [make_draw(number, edition=edition) for number in range(1, count + 1)]
    sourced = SOURCED | PUBLISHED | {"field": "invitations"}
    for draw in draws:
        Discrepancy.objects.create(draw=draw, value_here="1000", value_elsewhere="999", note_en="One", **sourced)
        Correction.objects.create(
            draw=draw, old_value="1", new_value="2", first_seen_new=draw.date, only_wording=False, **sourced
        )

    with django_assert_num_queries(QUERIES):
        response = client.get(draws[-1].get_absolute_url())

    assert response.context["insights"].place == count


@pytest.mark.parametrize("kind", ["general", "program"])
@pytest.mark.parametrize("count", [1, 20])
def test_other_draw_query_count(client, make_draw, django_assert_num_queries, kind, count):
    draws = [make_draw(number, kind=kind) for number in range(1, count + 1)]

    with django_assert_num_queries(QUERIES - 1):
        response = client.get(draws[-1].get_absolute_url())

    assert response.context["insights"].place == count


def test_every_real_draw_has_its_page(client):
    """Each one shows its own figures; templates fail the run on an undefined variable."""
    for draw in Draw.objects.all()[::16]:
        page = client.get(draw.get_absolute_url()).content.decode()

        assert f"<h1>Draw {draw.number}: <span>{draw.name_en}</span></h1>" in page
        assert f"<dd>{draw.invitations:,}</dd>" in page
        assert "UNDEFINED" not in page
        assert "None" not in words(page)


# Corrections


def test_corrections_page_lists_changes_and_conflicts(html):
    page = html("/about/corrections/")

    changes = section(page, "corrections")
    assert 'href="/draws/335/#corrections"' in changes
    assert changes.index("<details>") > changes.index("August 01, 2023 at 12:59:52 UTC")
    assert "34 changes of wording only" in changes
    assert changes.count("<tr>") == 2 + 36
    conflicts = section(page, "discrepancies")
    assert conflicts.count("<tr>") == 1 + 35
    assert 'href="/draws/208/#discrepancies"' in conflicts
    assert "681" in conflicts
    assert "888" in conflicts


def test_corrections_page_without_any_says_so(html, empty):
    text = words(html("/about/corrections/"))

    assert "No change of a value is known." in text
    assert "No published value of this record had to be put right." in text
    assert "No discrepancy is known." in text


def test_corrections_page_hides_those_of_drafts(html, make_draw):
    sourced = SOURCED | PUBLISHED | {"draw": make_draw("1", status="draft"), "field": "cutoff"}
    Discrepancy.objects.create(value_here="500", value_elsewhere="777", note_en="Hidden", **sourced)
    Correction.objects.create(
        old_value="778", new_value="500", first_seen_new=date(2022, 5, 1), only_wording=False, **sourced
    )

    page = html("/about/corrections/")

    assert "777" not in page
    assert "778" not in page


@pytest.mark.parametrize("count", [1, 20])
def test_corrections_query_count(client, make_draw, django_assert_num_queries, count):
    for number in range(1, count + 1):
        sourced = SOURCED | PUBLISHED | {"draw": make_draw(number), "field": "cutoff"}
        Discrepancy.objects.create(value_here="500", value_elsewhere="501", note_en="One", **sourced)

    with django_assert_num_queries(4):
        response = client.get("/about/corrections/")

    assert len(response.context["discrepancies"]) == count
