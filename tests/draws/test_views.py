import re
from datetime import date, datetime, timezone

import pytest

from draws.models import Correction, Discrepancy, Draw, PoolSnapshot
from tests.conftest import PUBLISHED, SOURCED
from tests.draws.pages import QUERIES, section, words

pytestmark = pytest.mark.django_db


def test_draw_254_has_every_official_fact(html):
    text = words(html("/draws/254/"))

    for fact in [
        "Draw 254: STEM occupations (Version 1)",
        "July 5, 2023 13:38:22 UTC",
        "CRS score of lowest-ranked candidate invited 486",
        "Invitations issued 500",
        "Rank needed 500 or above",
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
    assert '<tr class="here"><th scope="row" class="numeric number">274</th>' in section(page, "week")
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


@pytest.mark.parametrize(("number", "total"), [("208", "111,265"), ("209", "112,040"), ("212", "114,431")])
def test_total_of_a_year_carries_the_doubt_on_each_size_in_it(html, number, total):
    doubt = f"If the other source on draw 208 is right, it is {total}."

    assert doubt in words(html(f"/draws/{number}/"))
    assert "If the other source" not in words(html("/draws/207/")) + words(html("/draws/213/"))


def test_draw_208_has_its_doubt_beside_the_figure(html):
    page = html("/draws/208/")

    assert "Invitations issued 681 as published 888 by other sources" in words(page)
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
        ("445", "Time: not recorded here", "The distribution of the pool before this draw is not recorded here."),
        ("446", "Time: not recorded here", "The distribution of the pool before this draw is not recorded here."),
        ("447", "Time: not recorded here", "229,904 candidates were in the pool."),
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

    assert "Invitations issued 4 Rank needed 4 or above" in text
    assert "3 occupations were on the list that day." in text


def test_language_category_shows_its_rule_instead_of_a_list(html):
    part = section(html("/draws/270/"), "occupations")

    assert "NCLC 7 or higher in French, in all four abilities" in part
    assert "<table" not in part


def test_draw_247_says_that_the_pool_does_not_add_up(html):
    assert "The published 451–500 subtotal counts 180 more candidates" in section(html("/draws/247/"), "pool")


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

    with django_assert_num_queries(QUERIES + 1):
        response = client.get(draws[-1].get_absolute_url())

    assert response.context["insights"].place == count


@pytest.mark.parametrize("kind", ["general", "program"])
@pytest.mark.parametrize("count", [1, 20])
def test_other_draw_query_count(client, make_draw, django_assert_num_queries, kind, count):
    draws = [make_draw(number, kind=kind) for number in range(1, count + 1)]

    with django_assert_num_queries(QUERIES):
        response = client.get(draws[-1].get_absolute_url())

    assert response.context["insights"].place == count


def test_every_real_draw_has_its_page(client):
    """Each one shows its own figures; templates fail the run on an undefined variable."""
    for draw in Draw.objects.all()[::16]:
        page = client.get(draw.get_absolute_url()).content.decode()

        assert f"<h1>Draw {draw.number}: <span>{draw.name_en}</span></h1>" in page
        assert re.search(f"<dd[^>]*>{draw.invitations:,}(</dd>| <small>as published)", page)
        assert "UNDEFINED" not in page
        assert "None" not in words(page)


def test_source_is_folded_beside_the_figures(html):
    text = html("/draws/447/")
    figures, source = text.index('<dl class="figures">'), text.index("Romit1019/canadapathway data/draws.json")

    assert figures < source
    assert text.rindex('<details class="provenance"><summary>Source</summary>', figures, source) > figures
