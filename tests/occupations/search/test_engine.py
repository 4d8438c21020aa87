import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from occupations.search.engine import Former, Match, SearchIndex
from occupations.search.titles import Title
from tests.occupations.rows import load_queries, load_rows

QUERIES = load_queries()
SMALL = SearchIndex(
    [
        ("21231", "Software engineers and designers", "Ingénieurs/ingénieures en logiciel"),
        ("21232", "Software developers", "Développeurs/développeuses de logiciels"),
        ("41210", "College instructors", "Enseignants/enseignantes au niveau collégial"),
        ("72106", "Welders", "Soudeurs/soudeuses"),
        ("73300", "Transport truck drivers", "Conducteurs/conductrices de camions de transport"),
    ],
    [
        Title("41210", "en", "Truck driver trainer", "index"),
        Title("73300", "en", "Truck driver", "index"),
        Title("73300", "en", "Flatbed truck driver", "illustrative"),
        Title("21232", "en", "Computer analyst - games", "index"),
        Title("21231", "en", "Computer analyst - systems", "index"),
    ],
    [
        ("2174", "Computer programmers", "21232"),
        ("2174", "Computer programmers", "21231"),
        ("7230", "Welders", "72106"),
    ],
)


def codes(result):
    return [match.code for match in result.matches]


def test_queries_find_what_a_person_means_among_three(search_index):
    missed = [query for query, meant in QUERIES if not {*meant} & {*codes(search_index.search(query, limit=3))}]

    print(f"success at 3: {1 - len(missed) / len(QUERIES):.1%} of {len(QUERIES)} queries")
    assert len(QUERIES) >= 80
    assert missed == []


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("truck driver", "73300"),
        ("cook", "63200"),
        ("devops engineer", "21231"),
        ("family doctor", "31102"),
        ("medecin de famille", "31102"),
        ("plummer", "72300"),
        ("long haul truck driver", "73300"),
        ("7241", "72200"),
        ("soudeur", "72106"),
        ("hvac", "72402"),
    ],
)
def test_query_puts_what_a_person_means_first(search_index, query, first):
    assert codes(search_index.search(query))[0] == first


def test_official_title_finds_its_unit_group_first(search_index):
    occupations, *_ = load_rows()

    wrong = [
        (code, title)
        for code, *titles in occupations[::8]
        for title in titles
        if codes(search_index.search(title, limit=1)) != [code]
    ]

    assert wrong == []


@pytest.mark.parametrize("query", ["21231", "NOC 21231", "noc21231", "CNP: 21231", "NOC 2021 21231", "２１２３１"])
def test_code_is_found_in_any_form(query):
    assert SMALL.search(query).matches == (Match("21231", 100.0, "code", "21231", ""),)


@pytest.mark.parametrize("query", ["21 231", "2 1 2 3 1", "noc: 2 1 2 3 1", "2l231", "NOC 2l23l", "212-31", "21.231"])
def test_code_is_found_with_gaps_and_letters_like_digits(query):
    assert SMALL.search(query).matches == (Match("21231", 100.0, "code", "21231", ""),)


def test_several_codes_are_all_found():
    assert codes(SMALL.search("72106, 21231")) == ["72106", "21231"]


def test_code_beside_words_comes_first():
    assert codes(SMALL.search("72106 software developer")) == ["72106", "21232", "21231"]


def test_code_prefix_finds_all_below_it():
    result = SMALL.search("2123")

    assert [(match.code, match.reason) for match in result.matches] == [
        ("21231", "code_prefix"),
        ("21232", "code_prefix"),
    ]


def test_unknown_code_finds_nothing():
    assert codes(SMALL.search("99999")) == []


@pytest.mark.parametrize("query", ["2174", "NOC 2016 2174"])
def test_former_code_lists_its_successors(query):
    result = SMALL.search(query)

    assert result.former == Former("2174", "Computer programmers", ("21231", "21232"))
    assert [(match.code, match.reason) for match in result.matches] == [
        ("21231", "former_code"),
        ("21232", "former_code"),
    ]


def test_successor_of_the_same_title_comes_first(search_index):
    assert [match.code for match in search_index.search("2173").matches][:2] == ["21231", "21211"]
    assert search_index.former("6541").successors == ("64410", "45100", "65329")


def test_former_code_comes_before_code_prefix(search_index):
    matches = search_index.search("7241").matches

    assert [(match.code, match.reason) for match in matches] == [
        ("72200", "former_code"),
        ("72410", "code_prefix"),
        ("72411", "code_prefix"),
    ]


def test_former_title_finds_its_successors():
    assert [(match.code, match.reason) for match in SMALL.search("computer programmers").matches] == [
        ("21231", "former_code"),
        ("21232", "former_code"),
    ]


@pytest.mark.parametrize("query", ["truck driver", "DRIVER, truck", "truck drivers", "  Truck   Driver "])
def test_whole_title_beats_title_that_contains_it(query):
    match = SMALL.search(query).matches[0]

    assert (match.code, match.reason, match.text, match.language) == ("73300", "job_title", "Truck driver", "en")


@pytest.mark.parametrize(
    "query", ["soudeur", "soudeuse", "SOUDEUSES", "développeuse de logiciel", "developpeur logiciels"]
)
def test_gender_number_and_accents_do_not_matter(query):
    match = SMALL.search(query).matches[0]

    assert (match.reason, match.language) == ("title", "fr")


def test_title_of_several_codes_shows_them_all():
    assert codes(SMALL.search("computer analyst"))[:2] == ["21231", "21232"]


@pytest.mark.parametrize(
    ("query", "meant"),
    [
        ("plummer", "plumber"),
        ("Electricain helper", "electrician helper"),
        ("sycologist", "psychologist"),
        ("truckdriver", "truck driver"),
        ("kinésithérapeute", "kinésiothérapeute"),
        ("sales manger", "sales manager"),
    ],
)
def test_misspelling_asks_did_you_mean(search_index, query, meant):
    result = search_index.search(query)

    assert result.did_you_mean == meant
    assert result.matches[0].reason == "spelling"


@pytest.mark.parametrize(
    ("query", "meant"),
    [("plummer", ["72300", "72012", "75110"]), ("acountant", ["11100", "12011", "10010"])],
)
def test_misspelling_leaves_out_weak_look_alikes(search_index, query, meant):
    assert codes(search_index.search(query)) == meant


@pytest.mark.parametrize("query", ["cook", "infirmière", "care giver", "psw", "21231", "asdfgh cook"])
def test_nothing_to_correct_asks_nothing(search_index, query):
    assert search_index.search(query).did_you_mean == ""


def test_synonym_says_what_it_was_read_as(search_index):
    result = search_index.search("uber driver")

    assert result.read_as == "taxi driver"
    assert result.matches[0].text == "Taxi driver"


def test_official_words_are_not_read_as_others(search_index):
    assert search_index.search("taxi driver").read_as == ""


def test_synonym_means_words_of_some_title(search_index):
    *_, synonyms = load_rows()

    lost = [meaning for _, meaning in synonyms if search_index.search(meaning).nearest]

    assert (len(synonyms) > 250, lost) == (True, [])


def test_phrase_of_two_meanings_finds_both():
    occupations = [("31112", "Audiologists and speech-language pathologists", ""), ("72106", "Welders", "Soudeurs")]
    index = SearchIndex(
        occupations, [], [], [("SLP", "speech language pathologist"), ("S.L.P.", "welder"), ("au", "x")]
    )

    assert codes(index.search("slp")) == ["31112", "72106"]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("electri", "72200"),
        ("software d", "21231"),
        ("web des", "21233"),
        ("nurse pra", "31302"),
        ("plom", "72300"),
        ("psw", "44101"),
        ("2174", "21230"),
    ],
)
def test_suggestion_completes_the_last_word(search_index, typed, first):
    matches = search_index.suggest(typed)

    assert matches[0].code == first
    assert len(matches) <= 8


@pytest.mark.parametrize("query", ["", "  ", "the of", "teer 2", "厨师", "-", "\x00", "a" * 10_000])
def test_query_without_meaning_finds_nothing(search_index, query):
    assert search_index.search(query).matches == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("cook", ["63200"]),
        ("DRIVER, truck", ["73300"]),
        ("soudeuse", ["72106"]),
        ("Supervisors, mining and quarrying", ["82020"]),
        ("computer programmers and interactive media developers", ["21230", "21232", "21234"]),
        ("quokka cook", []),
        ("manager", []),
        ("", []),
    ],
)
def test_whole_title_is_told_from_a_part_of_one(search_index, text, found):
    assert [match.code for match in search_index.whole(text)] == found


def test_every_official_title_is_whole(search_index):
    occupations, *_ = load_rows()

    other = [code for code, *titles in occupations for title in titles if codes_of(search_index, title) != [code]]

    assert other == []


def codes_of(index, title):
    return [match.code for match in index.whole(title)]


def test_title_of_two_lines_is_found():
    index = SearchIndex(
        [("63200", "Cooks", "Cuisiniers/cuisinières")], [Title("63200", "en", "Camp\ncook", "index")], []
    )

    assert index.search("camp cook").matches[0].text == "Camp\ncook"


def test_index_without_rows_finds_nothing():
    assert SearchIndex([], [], []).search("cook").matches == ()


def test_limit_is_kept(search_index):
    assert len(search_index.search("manager", limit=5).matches) == 5


@settings(deadline=None, max_examples=150)
@given(st.one_of(st.text(max_size=250), st.text("abcdeilnorst1234 -'/.()é", max_size=60)))
def test_any_text_is_answered(search_index, text):
    matches = search_index.search(text).matches

    assert len(matches) == len({match.code for match in matches}) <= 20
    assert all(0 < match.score <= 100 for match in matches)
    search_index.suggest(text)
