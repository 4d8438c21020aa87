import re
from datetime import date

import pytest
from django.urls import reverse

from programs.models import Milestone, PointGrid, Program, Requirement

pytestmark = pytest.mark.django_db

SLUGS = {
    "FSW": "federal-skilled-worker",
    "FST": "federal-skilled-trades",
    "CEC": "canadian-experience-class",
    "PNP": "provincial-nominee-program",
}
PAGES = ["/programs/", "/how-it-works/", "/how-it-works/crs/", "/glossary/", "/timeline/"]
PAGES += [f"/programs/{slug}/" for slug in SLUGS.values()]


def words(html, url):
    """The page with its line breaks and indents made single spaces, and terms without their links."""
    return re.sub(r'<dfn><a class="term[^>]*>(.*?)</a></dfn>', r"\1", " ".join(html(url).split()))


def context(client, url):
    return client.get(url).context


@pytest.mark.parametrize("url", [*PAGES, *(f"/fr{url}" for url in PAGES)])
def test_page_has_one_heading_and_no_gap(html, url):
    text = html(url)

    assert text.count("<h1") == 1
    assert "UNDEFINED" not in text
    assert ">None<" not in text


@pytest.mark.parametrize("url", PAGES)
def test_page_query_count(client, django_assert_max_num_queries, url):
    with django_assert_max_num_queries(8):
        client.get(url)


def test_program_list_compares_the_rules_in_force(client):
    rows = {row.label: row.rules for row in context(client, "/programs/")["comparison"]}

    assert [[rule.in_short_en for rule in rules] for rules in rows["Language"]] == [
        ["Level 7 (CLB or NCLC) in all four abilities"],
        ["Level 5 (CLB or NCLC) in speaking and listening, 4 in reading and writing"],
        ["Level 7 (CLB or NCLC) for TEER 0 and 1, level 5 for TEER 2 and 3, in all four abilities"],
        [],
    ]
    assert {rule.state for rules in rows.values() for cell in rules for rule in cell} == {"in-force"}


def test_program_list_keeps_proposals_and_reports_apart(client):
    found = context(client, "/programs/")

    proposed = [(change.rule.key, [program.code for program in change.programs]) for change in found["proposed"]]
    assert proposed == [
        ("one-class", ["FSW", "FST", "CEC", "PNP"]),
        ("one-class-minimums", ["FSW", "FST", "CEC"]),
        ("end-of-grid", ["FSW"]),
        ("rebalanced-crs", ["FSW", "FST", "CEC", "PNP"]),
    ]
    assert [(change.rule.key, change.rule.evidence) for change in found["reported"]] == [("high-wage", "reported")]


def test_program_list_gives_the_order_of_invitations(html):
    text = words(html, "/programs/")

    names = ["Canadian Experience Class", "Federal Skilled Worker Program", "Federal Skilled Trades Program"]
    assert "".join(f"<li>{name}</li>" for name in names) in text


@pytest.mark.parametrize(
    ("code", "covered", "alone", "latest"),
    [("FSW", 257, 1, "240"), ("FST", 263, 7, "159"), ("CEC", 326, 70, None), ("PNP", 292, 114, None)],
)
def test_program_counts_its_draws(client, code, covered, alone, latest):
    response = client.get(f"/programs/{SLUGS[code]}/")

    program, own = response.context["program"], response.context["own_draws"]
    assert (program.draw_count, program.own_draw_count, len(own)) == (covered, alone, min(alone, 5))
    assert latest in (None, own[0].number)
    assert f'href="/draws/?program={code.lower()}"' in response.content.decode()


def test_program_rules_carry_date_evidence_and_source(html):
    text = words(html, "/programs/federal-skilled-worker/")

    assert "In force since November 16, 2022. Last known true on June 12, 2026. Law: IRPR 75(2), 80." in text
    assert '<span class="evidence evidence-official">official</span>' in text
    assert 'href="https://laws-lois.justice.gc.ca/eng/regulations/SOR-2002-227/section-75.html"' in text


def test_fsw_page_shows_its_grid_and_that_it_is_not_the_crs(html):
    text = words(html, "/programs/federal-skilled-worker/")

    assert "You need 67 of 100 points." in text
    assert "<strong>This is not the CRS.</strong>" in text
    assert '<th scope="row">18–35</th><td class="numeric">12</td>' in text


@pytest.mark.parametrize(("code", "funds", "grid"), [("FSW", True, True), ("FST", True, False), ("CEC", False, False)])
def test_program_shows_only_the_tables_it_has(client, code, funds, grid):
    found = context(client, f"/programs/{SLUGS[code]}/")

    assert (found["funds"] is not None, found["grid"] is not None) == (funds, grid)


def test_funds_table_keeps_its_history(client):
    funds = context(client, "/programs/federal-skilled-trades/")["funds"]

    assert [column.valid_from.isoformat() for column in funds.columns] == [
        "2025-07-07", "2024-06-03", "2023-04-25", "2022-06-09",
    ]  # fmt: skip
    assert [amount.dollars for amount in funds.rows[0][1]] == [15263, 14690, 13757, 13310]


def test_fees_not_held_are_not_zero(html):
    text = words(html, "/programs/canadian-experience-class/")

    empty = '<td class="numeric"><span class="missing">not recorded here</span></td>'
    assert f'<th scope="row">Biometrics, one person</th><td class="numeric">85</td>{empty * 3}' in text


def test_fst_page_lists_its_trades_under_the_groups_of_the_law(html):
    section = html("/programs/federal-skilled-trades/").partition('id="trades-list"')[2].partition("</section>")[0]

    parts = section.split("<h3>")[1:]
    sizes = {part.split()[0]: part.count("<li>") for part in parts}
    assert sizes == {"62200": 1, "6320": 3, "72": 48, "73": 18, "82": 5, "83": 5, "92": 13, "93": 3}
    assert parts[1].startswith("6320 Cooks, butchers and bakers</h3>")
    listed = set(re.findall("/occupations/([0-9]{5})/", section))
    assert {"62200", "72999", "93102"} <= listed
    assert listed.isdisjoint({"72600", "93200", "63100"})


def test_pnp_page_reads_its_cut_offs_rightly(html):
    text = words(html, "/programs/provincial-nominee-program/")

    assert "Quebec and Nunavut have no provincial nominee program." in text
    assert "<strong>they include the 600 points.</strong>" in text


def test_program_marks_what_is_proposed_and_what_is_reported(client):
    rules = context(client, "/programs/federal-skilled-worker/")["rules"]

    assert [rule.key for rule in rules["proposed"]] == [
        "one-class",
        "one-class-minimums",
        "end-of-grid",
        "rebalanced-crs",
    ]
    assert [rule.key for rule in rules["reported"]] == ["high-wage"]


def test_program_hides_what_is_not_published(client):
    Requirement.objects.filter(program__code="CEC", key="language").update(status="draft")

    rules = context(client, "/programs/canadian-experience-class/")["rules"]

    assert "language" not in [rule.key for rule in rules["in_force"]]


def test_rules_not_begun_or_over_are_not_in_force():
    rules = Requirement.objects.filter(program__code="PNP")
    rules.filter(key="residence").update(valid_to=date(2026, 3, 29))

    keys = [[rule.key for rule in rules.by_state(on)["in_force"]] for on in (date(2026, 3, 29), date(2026, 3, 30))]

    assert ["residence" in found for found in keys] == [True, False]
    assert ["province-evaluates" in found for found in keys] == [False, True]


def test_program_in_french(html):
    text = words(html, "/fr/programs/canadian-experience-class/")

    assert "<h1>Catégorie de l’expérience canadienne</h1>" in text
    assert "<strong>1 an au Canada, qualifié (FÉER 0 à 3), dans les 3 dernières années</strong>" in text


def test_unknown_program_is_not_found(client):
    assert client.get("/programs/entrepreneur/").status_code == 404


def test_pages_stand_without_draws(empty, html):
    assert "No draw for this program alone is recorded here." in html("/programs/federal-skilled-trades/")
    assert "UNDEFINED" not in html("/how-it-works/")


def test_pages_stand_without_rules_and_grids(html):
    Requirement.objects.all().delete()
    PointGrid.objects.all().delete()

    assert "No rule of this program is recorded here." in html("/programs/federal-skilled-worker/")
    assert "No proposal is recorded here." in html("/programs/")
    assert "No grid is recorded here for today." in html("/how-it-works/crs/")
    assert "UNDEFINED" not in html("/how-it-works/")


def test_how_it_works_counts_rounds_by_type_and_year(client):
    found = context(client, "/how-it-works/")

    assert {kind: row["count"] for kind, row in found["kinds"].items()} == {
        "general": 178,
        "program": 192,
        "category": 78,
    }
    assert [(year["value"], year["count"]) for year in found["years"]] == [
        (2015, 23), (2016, 27), (2017, 30), (2018, 28), (2019, 26), (2020, 37),
        (2021, 42), (2022, 24), (2023, 42), (2024, 52), (2025, 58), (2026, 59),
    ]  # fmt: skip


def test_how_it_works_tells_what_a_cut_off_is_not(html):
    text = words(html, "/how-it-works/")

    assert "It is not a promise to everyone at that score." in text
    assert "for draws 1 to 76 there is none" in text
    assert "“Six months” is a service standard" in text
    assert '<th scope="row">Together</th><td class="numeric">1,200</td><td class="numeric">1,200</td>' in text
    assert '<th scope="row">Processing fee, principal applicant</th><td class="numeric">990</td>' in text


def test_crs_page_dates_its_grid_and_names_the_reported_change(html):
    text = words(html, "/how-it-works/crs/")

    assert "Grid valid from March 25, 2025, last confirmed on September 30, 2026." in text
    assert "points for high-wage occupations began on November 3, 2026. We have found no official text and" in text
    assert "Job offers gave 200 points (senior management) or 50 until March 25, 2025" in text
    assert '<th scope="row">20–29</th><td class="numeric">100</td><td class="numeric">110</td>' in text


def test_glossary_gives_both_languages(html):
    term = '<dt id="crs" lang="en"><dfn>Comprehensive Ranking System</dfn> (CRS)</dt>'

    text = words(html, "/glossary/")

    assert term in text
    assert 'French: <span lang="fr">Système de classement global (SCG)</span>' in text
    assert '<dt id="crs" lang="fr"><dfn>Système de classement global</dfn> (SCG)</dt>' in html("/fr/glossary/")


def test_timeline_is_by_year_newest_first(client):
    years = context(client, reverse("timeline"))["years"]

    assert [year for year, _ in years] == [*range(2026, 2019, -1), *range(2018, 2012, -1)]
    assert sum(len(milestones) for _, milestones in years) == Milestone.objects.count() == 52


def test_timeline_shows_a_month_without_inventing_a_day(html):
    text = html("/timeline/")

    assert '<time datetime="2020-03">March 2020</time>' in text
    assert "March 1, 2020" not in text


def test_timeline_says_what_is_only_reported(html):
    text = words(html, "/timeline/")

    reported = (
        '<time datetime="2026-11-03">November 3, 2026</time><span>points</span><span class="state state-reported">'
    )
    assert reported in text


@pytest.mark.parametrize(
    ("kind", "state", "lasts"), [("round", "past", False), ("fee", "past", True), ("round", "in-force", True)]
)
def test_milestone_of_an_event_is_never_out_of_force(kind, state, lasts):
    assert Milestone(kind=kind, state=state).lasts is lasts


def test_programs_stand_in_their_order(client):
    assert list(context(client, "/programs/")["programs"]) == list(Program.objects.order_by("position"))


def test_timeline_leads_to_its_draws(html):
    rows = re.findall(r"<li class=.*?</li>", html("/timeline/"), re.DOTALL)
    rounds = [row for row in rows if "<span>round</span>" in row]

    assert len(rounds) == 23
    assert [
        row for row in rounds if not re.search(r'href="/draws/(\d+[a-z]?/|\?from=[\d-]+&amp;to=[\d-]+)"', row)
    ] == []
    assert 'href="/draws/91b/"' in "".join(rounds)
