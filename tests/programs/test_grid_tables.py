import pytest

from programs.grids import crs_tables, fsw_tables
from programs.grids.tables import ages, band


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("below 4", "less than 4"),
        ("under 1", "less than 1"),
        ("4 or less", "4 or less"),
        ("4-5", "4–5"),
        ("10+", "10 or more"),
        (0, "0"),
        ("7", "7"),
    ],
)
def test_band_in_words(value, words):
    assert band(value) == words


def test_ages_with_the_same_points_share_a_row():
    by_age = {"9": 0, "10": 5, "11": 5, "12": 7, "13": 0}

    assert list(ages(by_age)) == [("9 or less", 0), ("10–11", 5), ("12", 7), ("13 or more", 0)]


def test_crs_outline_has_the_four_sections(crs_grid):
    outline = crs_tables.outline(crs_grid)

    assert [points for _, points in outline.rows] == [[460, 500], [40, 0], [100, 100], [600, 600]]
    assert outline.maximum == [1200, 1200]


def test_crs_core_shows_every_cell(crs_grid):
    tables = {table.key: table for table in crs_tables.core(crs_grid)}

    assert [points for _, points in tables["education"].rows] == [
        [0, 0], [28, 30], [84, 90], [91, 98], [112, 120], [119, 128], [126, 135], [140, 150],
    ]  # fmt: skip
    assert [(label, points) for label, points in tables["age"].rows][:4] == [
        ("17 or less", [0, 0]), ("18", [90, 99]), ("19", [95, 105]), ("20–29", [100, 110]),
    ]  # fmt: skip
    assert [table.maximum for table in tables.values()] == [
        [100, 110], [140, 150], [128, 136], [22, 24], [70, 80],
    ]  # fmt: skip


def test_crs_spouse_shows_every_cell(crs_grid):
    cells = [[points for _, (points,) in table.rows] for table in crs_tables.spouse(crs_grid)]

    assert cells == [[0, 2, 6, 7, 8, 9, 10, 10], [0, 1, 3, 5], [0, 5, 7, 8, 9, 10]]


def test_crs_transferability_shows_every_cell(crs_grid):
    tables = list(crs_tables.transferability(crs_grid))

    steps = [[0, 0], [13, 25], [25, 50]]
    assert [[points for _, points in table.rows] for table in tables] == [steps] * 4 + [[[0, 0], [25, 50]]]


def test_crs_additional_points_name_job_offers_too(crs_grid):
    rows = [(str(label), points) for label, points in crs_tables.additional(crs_grid).rows]

    assert [points for _, points in rows] == [[600], [25], [50], [0], [15], [30], [15], [0]]
    assert rows[-1] == ("Job offer", [0])


def test_fsw_factors_show_every_cell(fsw_grid):
    tables = {table.key: [points for _, (points,) in table.rows] for table in fsw_tables.factors(fsw_grid)}

    assert tables == {
        "first-language": [6, 5, 4, "not eligible"],
        "second-language": [4, 0],
        "education": [25, 23, 22, 21, 19, 15, 5, 0],
        "experience": [0, 9, 11, 13, 15],
        "age": [0, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0],
        "arranged": [10, 0],
        "adaptability": [5, 5, 5, 10, 5, 5, 5],
    }


def test_fsw_outline_adds_up(fsw_grid):
    outline = fsw_tables.outline(fsw_grid)

    assert [most for _, (_, most) in outline.rows] == [28, 25, 15, 12, 10, 10]
    assert outline.maximum == ["", 100]


def test_fsw_situations_name_their_sections(fsw_grid):
    assert [label for label, _ in fsw_tables.situations(fsw_grid).rows] == [
        "82(2)(a)",
        "82(2)(b)",
        "82(2)(c)",
        "82(2)(d)",
    ]
