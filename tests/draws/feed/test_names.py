import pytest

from draws.feed import names
from draws.feed.names import RoundName, parse_name, parse_programs
from draws.feed.values import Unreadable
from tests.draws.feed_rows import FOUR, THREE


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("No Program Specified", RoundName("general")),
        ("general", RoundName("general")),
        ("Générale", RoundName("general")),
        ("Aucun programme spécifié", RoundName("general")),
        ("Federal Skilled Trades", RoundName("program", program="FST")),
        ("Federal Skilled Trades Program", RoundName("program", program="FST")),
        ("Programme des travailleurs de métiers spécialisés (fédéral)", RoundName("program", program="FST")),
        ("Trade occupations (Version 2)", RoundName("category", category="trade", label="Version 2")),
        ("Trades Occupations, 2026-Version 3", RoundName("category", category="trade", label="2026-Version 3")),
        ("TRADES  OCCUPATIONS 2026 - version 3", RoundName("category", category="trade", label="2026-Version 3")),
        ("Métiers (Version 1)", RoundName("category", category="trade", label="Version 1")),
        ("Métiers spécialisés", RoundName("category", category="trade")),
        ("Métiers des transports (Version 1)", RoundName("category", category="transport", label="Version 1")),
        ("Canadian Experience Class", RoundName("program", program="CEC")),
        ("Catégorie de l’expérience canadienne", RoundName("program", program="CEC")),
        ("Provincial Nominee Program", RoundName("program", program="PNP")),
        ("Federal Skilled Worker", RoundName("program", program="FSW")),
        ("Physicians with Canadian Work Experience,2026-Version 1",
            RoundName("category", category="physicians", label="2026-Version 1")),
        ("Researchers with Canadian Work Experience, 2026-Version 1",
            RoundName("category", category="researchers", label="2026-Version 1")),
        ("Cadres supérieurs / cadres supérieures ayant de l'expérience de travail au Canada 2026-version 1",
            RoundName("category", category="senior-managers", label="2026-Version 1")),
        ("STEM occupations (2023-1)", RoundName("category", category="stem", label="2023-1")),
        ("French language proficiency (Version 1)", RoundName("category", category="french", label="Version 1")),
        ("French-Language proficiency 2026-Version 2",
            RoundName("category", category="french", label="2026-Version 2")),
        ("Agriculture and Agri-Food Occupations", RoundName("category", category="agriculture")),
        ("Education occupations ( 2024 - 1 )", RoundName("category", category="education", label="2024-1")),
        ("Recrues militaires qualifiées, 2026-Version 1",
            RoundName("category", category="military", label="2026-Version 1")),
        ("Healthcare and Social Services Occupations, 2026-Version 3",
            RoundName("category", category="healthcare", label="2026-Version 3")),
    ],
)  # fmt: skip
def test_name_is_read(text, name):
    assert parse_name(text) == name


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
        parse_name(text)


def test_every_official_name_is_known_once():
    groups = [names.GENERAL, *names.PROGRAMS.values(), *names.CATEGORIES.values()]

    assert len(names.KNOWN) == sum(map(len, groups))
    assert max(len(name) for group in groups for name in group) < names.MAX_NAME


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
