"""``load_duties`` reads the official files of both languages, all or nothing; pages show what was loaded."""

import io
import os
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError

from editing.models import DataVersion
from expressentry import backup
from occupations.models import OccupationText

pytestmark = pytest.mark.both_databases

ENGLISH = {
    "lead-statement_oasis_2023_v1.0.csv": """OaSIS profile code,Lead statement
21231.00,"Software engineers research, design and evaluate software. "
31301.01,General duty nurses provide direct nursing care.
31301.02,Occupational health nurses teach health at work.
31100.10,Other specialists diagnose and treat diseases.
""",
    "main-duties_oasis-2023_v1.0.csv": """OaSIS profile code,Main duties
21231,Collect and document users' requirements
21231,"Research, evaluate and synthesize technical information"
31301.01,Assess patients
31301.02,Develop health education programs
31100.1,Diagnose diseases
""",
    "employment-requirements_oasis_2023_v1.0.csv": """OaSIS profile code,Employment requirement
21231.00,A bachelor's degree is usually required orcompletion of a college program.
31301.01,Registration with a regulatory body is required.
31301.02,Registration with a regulatory body is required.
""",
    "labels_oasis_2023_v1.0.csv": """OaSIS profile code,Label
31301.01,General duty registered nurses
31301.02,Occupational health nurses
""",
}
FRENCH = {
    "enonce-principal_sipec_2025_v1.0_fr.csv": """Code de profil SIPeC,Énoncé principal
21231.00,Les ingénieurs en logiciel conçoivent des logiciels.
""",
    "fonctions-principales_sipec_2025_v1.1_fr.csv": """Code de profil SIPeC;Fonctions principales
21231.00;Recueillir les besoins des utilisateurs, puis les documenter
""",
    "exigences-demploi_sipec_2025_v1.0_fr.csv": """Code de profil SIPeC,Exigences d'emploi
21231.00,Un baccalauréat est habituellement exigé.
""",
}
ASIDE = {"exclusions_oasis_2023_v1.0.csv": "OaSIS profile code,Excluded code,Job title\n21231.00,21232,\n"}
SAMPLES = Path(os.environ.get("RECORD_SOURCES", settings.BASE_DIR.parent / "shared" / "data")) / "noc" / "duties"


@pytest.fixture
def load(tmp_path, db):
    """A function that loads these files from a folder; answers with what was said."""

    def from_folder(files, encoding="utf-8-sig"):
        for old in tmp_path.iterdir():
            old.unlink()
        for name, text in files.items():
            (tmp_path / name).write_text(text, encoding=encoding)
        said = io.StringIO()
        call_command("load_duties", tmp_path, stdout=said)
        return said.getvalue()

    return from_folder


def held(code, language="en"):
    rows = OccupationText.objects.filter(occupation__code=code, language=language)
    return [(row.profile, row.label, row.lead, row.duties, row.requirements, row.edition) for row in rows]


def test_english_files_are_loaded_as_published(load):
    before = DataVersion.objects.get().number

    said = load(ENGLISH | ASIDE)

    assert held("21231") == [
        (
            "00",
            "",
            "Software engineers research, design and evaluate software.",
            ["Collect and document users' requirements", "Research, evaluate and synthesize technical information"],
            ["A bachelor's degree is usually required orcompletion of a college program."],
            "2023",
        )
    ]
    assert [row[0] for row in held("31301")] == ["01", "02"]
    assert held("31100")[0][0::3] == ("10", ["Diagnose diseases"])
    assert said.splitlines() == [
        "employment-requirements_oasis_2023_v1.0.csv: employment requirements, English, 3 rows.",
        "labels_oasis_2023_v1.0.csv: names of profiles, English, 2 rows.",
        "lead-statement_oasis_2023_v1.0.csv: lead statements, English, 4 rows.",
        "main-duties_oasis-2023_v1.0.csv: main duties, English, 5 rows.",
        "English: 4 profiles of 3 unit groups.",
        "Left aside, for they hold something else: exclusions_oasis_2023_v1.0.csv.",
    ]
    assert DataVersion.objects.get().number > before


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_french_files_are_told_by_name_and_header(load, encoding):
    said = load(FRENCH, encoding)

    assert held("21231", "fr") == [
        (
            "00",
            "",
            "Les ingénieurs en logiciel conçoivent des logiciels.",
            ["Recueillir les besoins des utilisateurs, puis les documenter"],
            ["Un baccalauréat est habituellement exigé."],
            "2025",
        )
    ]
    assert "French: 1 profiles of 1 unit groups. Without names of profiles: no file held them.\n" in said


def test_loading_again_replaces_the_language_and_leaves_the_other(load):
    load(ENGLISH)
    load(FRENCH)

    load({"main-duties_oasis_2025_v1.1.csv": "OaSIS profile code,Main duties\n21232.00,Write code\n"})

    assert [row[3:] for row in held("21232")] == [(["Write code"], [], "2025")]
    assert (held("21231"), len(held("21231", "fr"))) == ([], 1)


DUTIES = "main-duties_oasis_2023_v1.0.csv"


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({}, "has no official file"),
        ({"notes.csv": "code,title_fr,lead_fr\n21231,a,b\n"}, "notes.csv is no file of OaSIS or SIPeC"),
        (ASIDE, "has no official file"),
        ({DUTIES: "OaSIS profile code,Lead statement\n21231.00,a\n"}, "does not hold what its name says"),
        ({DUTIES: "Code de profil SIPeC,Fonctions principales\n21231.00,a\n"}, "does not hold what its name says"),
        ({DUTIES: "OaSIS profile code,Main duties\n"}, "has no rows"),
        ({DUTIES: "OaSIS profile code,Main duties\n99999.00,a\n"}, "NOC 2021 has no unit group 99999"),
        ({DUTIES: "OaSIS profile code,Main duties\n21231.00,a\n2123,a\n"}, "row 3: a code such as 21231.00"),
        ({DUTIES: "OaSIS profile code,Main duties\n21231.00,\n"}, "row 2: a code such as 21231.00"),
        ({DUTIES: "OaSIS profile code,Main duties\n21231.00,a\n", "main_duties.csv": "OaSIS profile code,Main duties\n"
          "21231.00,b\n"}, "holds the same kind of text"),
        (ENGLISH | {"lead-statement_oasis_2023_v1.0.csv": ""}, "is no file of OaSIS or SIPeC"),
    ],
)  # fmt: skip
def test_what_is_not_recognised_is_refused_whole(load, files, words):
    load(ENGLISH)
    before, number = held("21231"), DataVersion.objects.get().number

    with pytest.raises(CommandError) as fault:
        load(files)

    assert words in str(fault.value)
    assert str(fault.value).endswith("Nothing was loaded.")
    assert (held("21231"), DataVersion.objects.get().number) == (before, number)


def test_files_of_two_editions_are_refused(load):
    with pytest.raises(CommandError, match="These files are of several editions"):
        load(
            {
                "lead-statement_oasis_2023_v1.0.csv": ENGLISH["lead-statement_oasis_2023_v1.0.csv"],
                "labels_oasis_2025_v1.0.csv": ENGLISH["labels_oasis_2023_v1.0.csv"],
            }
        )


def test_page_shows_lead_statement_duties_and_requirements(load, html):
    load(ENGLISH)

    page, french = html("/occupations/21231/"), html("/fr/occupations/21231/")

    assert page.index('id="draws"') < page.index('<h2 id="duties">Main duties</h2>') < page.index('id="titles"')
    assert "<p>Software engineers research, design and evaluate software.</p>" in page
    assert "<li>Collect and document users&#x27; requirements</li>" in page
    assert "usually required orcompletion of a college program.</li>" in page
    assert "Duties decide, not titles" in page
    assert "edition of 2023, Employment and Social Development Canada" in page
    assert "Open Government Licence – Canada" in page
    assert "Official main duties (Statistics Canada)" not in page
    assert ('id="duties"' in french, "p3VD_f.pl?Function=getVD" in french) == (False, True)


def test_page_tells_profiles_apart_and_says_once_what_all_require(load, html):
    load(ENGLISH)

    page = html("/occupations/31301/")

    assert "The source describes this unit group in 2 profiles" in page
    assert "<h3>General duty registered nurses</h3><p>General duty nurses provide direct nursing care.</p>" in page
    assert "<h3>Employment requirements of all these profiles</h3>" in page
    assert page.count("Registration with a regulatory body is required.") == 1


def test_french_page_shows_the_french_texts(load, html, client):
    load(FRENCH)

    page = html("/fr/occupations/21231/")
    api = client.get("/api/v1/occupations/21231").json()["duties"]

    assert '<h2 id="duties">Fonctions principales</h2>' in page
    assert "<li>Recueillir les besoins des utilisateurs, puis les documenter</li>" in page
    assert [(one["language"], one["profile"], one["edition"]) for one in api] == [("fr", "00", "2025")]


def test_backup_carries_the_texts(load, tmp_path):
    load(ENGLISH)
    file = tmp_path / "backup"

    sums = backup.write(file, "default")

    assert sums["occupations.OccupationText"][0] == 4


@pytest.mark.skipif(not SAMPLES.exists(), reason="needs the collected sources")
def test_official_files_of_2023_are_loaded(db):
    said = io.StringIO()

    call_command("load_duties", SAMPLES / "oasis_2023_en", stdout=said)

    assert "English: 900 profiles of 516 unit groups.\n" in said.getvalue()
    assert [row[0] for row in held("31301")] == ["01", "02", "03", "04", "05", "06"]
    assert not OccupationText.objects.filter(lead="").exists()
    assert all(
        duties and required for duties, required in OccupationText.objects.values_list("duties", "requirements")
    )
