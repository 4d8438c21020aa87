import pytest

from draws.feed import names
from draws.feed.names import RoundType, parse_name, parse_programs
from draws.feed.values import Unreadable
from occupations.categories.spelling import MAX_NAME
from tests.draws.feed_rows import FOUR, NAMES, ROWS, THREE


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("No Program Specified", RoundType("general")),
        ("general", RoundType("general")),
        ("Générale", RoundType("general")),
        ("Aucun programme spécifié", RoundType("general")),
        ("Federal Skilled Trades", RoundType("program", program="FST")),
        ("Federal Skilled Trades Program", RoundType("program", program="FST")),
        ("Programme des travailleurs de métiers spécialisés (fédéral)", RoundType("program", program="FST")),
        ("Trade occupations (Version 2)", RoundType("category", category="trade", label="Version 2")),
        ("Trades Occupations, 2026-Version 3", RoundType("category", category="trade", label="2026-Version 3")),
        ("TRADES  OCCUPATIONS 2026 - version 3", RoundType("category", category="trade", label="2026-Version 3")),
        ("Métiers (Version 1)", RoundType("category", category="trade", label="Version 1")),
        ("Métiers spécialisés", RoundType("category", category="trade")),
        ("Métiers des transports (Version 1)", RoundType("category", category="transport", label="Version 1")),
        ("Canadian Experience Class", RoundType("program", program="CEC")),
        ("Catégorie de l’expérience canadienne", RoundType("program", program="CEC")),
        ("Provincial Nominee Program", RoundType("program", program="PNP")),
        ("Federal Skilled Worker", RoundType("program", program="FSW")),
        ("Physicians with Canadian Work Experience,2026-Version 1",
            RoundType("category", category="physicians", label="2026-Version 1")),
        ("Researchers with Canadian Work Experience, 2026-Version 1",
            RoundType("category", category="researchers", label="2026-Version 1")),
        ("Cadres supérieurs / cadres supérieures ayant de l'expérience de travail au Canada 2026-version 1",
            RoundType("category", category="senior-managers", label="2026-Version 1")),
        ("STEM occupations (2023-1)", RoundType("category", category="stem", label="2023-1")),
        ("French language proficiency (Version 1)", RoundType("category", category="french", label="Version 1")),
        ("French-Language proficiency 2026-Version 2",
            RoundType("category", category="french", label="2026-Version 2")),
        ("Agriculture and Agri-Food Occupations", RoundType("category", category="agriculture")),
        ("Education occupations ( 2024 - 1 )", RoundType("category", category="education", label="2024-1")),
        ("Recrues militaires qualifiées, 2026-Version 1",
            RoundType("category", category="military", label="2026-Version 1")),
        ("Healthcare and Social Services Occupations, 2026-Version 3",
            RoundType("category", category="healthcare", label="2026-Version 3")),
    ],
)  # fmt: skip
def test_name_is_read(text, name):
    assert parse_name(text, NAMES)._replace(language="en") == name


@pytest.mark.parametrize(
    "text",
    [
        "", "Trade", "Skilled Trades", "Canadian Experience", "Canadian Work Experience", "Version 1", "(Version 1)",
        "General (Version 1)", "Canadian Experience Class, 2026-Version 1", "Healthcare occupation (Version 1)",
        "GÃ©nÃ©rale", "STEM occupations (Version one)", "STEM occupations (Version 100)",
        "STEM occupations (2023-100)", "General" + "," * 120,
    ],
)  # fmt: skip
def test_name_is_refused(text):
    with pytest.raises(Unreadable, match="round type"):
        parse_name(text, NAMES)


@pytest.mark.parametrize(
    ("text", "language"),
    [("General", "en"), ("Générale", "fr"), ("Federal Skilled Worker", "en"), ("Métiers (Version 1)", "fr")],
)
def test_name_tells_the_language_of_the_feed(text, language):
    assert parse_name(text, NAMES).language == language


def test_name_of_a_category_is_known_from_the_record_alone():
    row = ("Builders of houses", "en", "builders")

    with pytest.raises(Unreadable):
        parse_name("Builders of Houses (Version 1)")
    assert parse_name("Builders of Houses (Version 1)", names.with_categories([row])) == RoundType(
        "category", category="builders", label="Version 1"
    )


def test_name_of_a_program_is_taken_by_no_category():
    row = ("General", "en", "builders")

    assert parse_name("General", names.with_categories([row])) == RoundType("general")


def test_every_official_name_is_known_once():
    ours = [name for known in [names.GENERAL, *names.PROGRAMS.values()] for group in known.values() for name in group]
    every = ours + [row["name"] for row in ROWS]

    assert len(NAMES) == len(every)
    assert max(map(len, every)) < MAX_NAME


@pytest.mark.parametrize(
    ("text", "programs"),
    [
        ("", []),
        (
            "Federal Skilled Worker, Canadian Experience Class, Federal Skilled Trades and Provincial Nominee Program",
            FOUR,
        ),
        ("Federal Skilled Worker Progran, Canadian Experience Class, and Federal Skilled Trades Program", THREE),
        ("Provincial Nominee Program and Canadian Experience Class", ["CEC", "PNP"]),
        ("Canadian Experience Class; Canadian experience class", ["CEC"]),
        ("Catégorie de l’expérience canadienne et Programme des travailleurs qualifiés (fédéral)", ["FSW", "CEC"]),
    ],
)
def test_programs_are_read(text, programs):
    assert parse_programs(text) == programs


@pytest.mark.parametrize("text", ["General", "Trade occupations", "FSW", "Canadian Experience Class plus", "x"])
def test_programs_are_refused(text):
    with pytest.raises(Unreadable, match="program"):
        parse_programs(text)
