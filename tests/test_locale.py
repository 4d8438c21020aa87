import gettext
import os
import re
import shutil
import subprocess
import sys

import pytest
from django import forms
from django.conf import settings
from django.core import validators
from django.utils import translation

FOLDER = settings.BASE_DIR / "locale" / "fr" / "LC_MESSAGES"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}|<[^>]+>")


@pytest.fixture(scope="module")
def catalogue():
    with open(FOLDER / "django.mo", "rb") as file:
        return gettext.GNUTranslations(file)._catalog


def test_every_text_is_translated(catalogue):
    empty = [text for text, french in catalogue.items() if text and not french]

    assert (len(catalogue) > 1500, empty) == (True, [])


def test_translations_keep_placeholders_and_markup(catalogue):
    singles = {text: french for text, french in catalogue.items() if isinstance(text, str) and text}

    changed = [
        text for text, french in singles.items() if set(PLACEHOLDER.findall(text)) != set(PLACEHOLDER.findall(french))
    ]

    assert changed == []


NOT_OF_THE_DEPARTMENT = re.compile(
    r"\btirages?\b|invitations? émises?|ondées? sur les catégories|rang le plus bas|\b(FSW|FST|PNP|IRPR|IRPA)\b"
)
MISSET = re.compile(
    r"[ \n][:;!?»%](?![(sd])|[\xa0\u202f][;!?]|« |\w:(\s|$)"
    r"|\b1 (janvier|février|mars|avril|mai|juin|juillet|août|sept|oct|nov|déc)"
    r"|(\d|%\(\w+\)s|\{\w*\}) (points?|ans?|mois|jours?|heures?|semaines?|\$)(?![\w’-])"
)


def test_catalogue_holds_the_texts_of_the_code_and_no_others(tmp_path):
    code = shutil.ignore_patterns(".*", "fixtures", "static*", "tests", "var", "*.mo")
    copy = shutil.copytree(settings.BASE_DIR, tmp_path / "copy", ignore=code)
    command = [sys.executable, "-m", "django", "makemessages", "--locale", "fr", "--no-location", "--no-obsolete"]

    subprocess.run(command, cwd=copy, check=True, capture_output=True, env={"PATH": os.environ["PATH"]})

    assert messages(copy / FOLDER.relative_to(settings.BASE_DIR)) == messages(FOLDER)


def messages(folder):
    """The entries of a catalogue, in any order, without its header."""
    command = ["msgcat", "--no-wrap", "--sort-output", folder / "django.po"]
    sorted_text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return sorted_text.split("\n\n")[1:]


def test_official_terms_are_used(catalogue):
    assert [french for french in catalogue.values() if NOT_OF_THE_DEPARTMENT.search(french)] == []


def test_translations_are_set_as_french_is(catalogue):
    """No-break spaces before a colon, a unit and inside guillemets, and the first of a month with its ending."""
    assert [french for text, french in catalogue.items() if text and MISSET.search(french)] == []


FIELDS = [forms.IntegerField, forms.FloatField, forms.DateField, forms.TimeField, forms.SplitDateTimeField]
FIELDS += [forms.ChoiceField, forms.MultipleChoiceField, forms.ModelChoiceField, forms.URLField, forms.EmailField]
VALIDATORS = [validators.MinValueValidator, validators.MaxValueValidator, validators.EmailValidator]
VALIDATORS += [validators.RegexValidator, validators.URLValidator]


def test_faults_of_forms_speak_with_one_voice():
    """Django's own messages say what to do as ours do: “Indiquez”, not “Saisissez”."""
    messages = {text for one in FIELDS for text in one.default_error_messages.values()}
    messages |= {one.message for one in VALIDATORS}

    with translation.override("fr"):
        french = {str(message) for message in messages}
        too_long = str(validators.MaxLengthValidator(5).message % {"limit_value": 5, "show_value": 6})

    assert len(french) > 12
    assert [text for text in [*french, too_long] if re.search("Saisissez|Sélectionnez|Assurez|Entrez", text)] == []
    assert "Indiquez un nombre entier." in french


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/fr/", "Métiers spécialisés"),
        ("/fr/draws/274/", "Règle de bris d’égalité"),
        ("/fr/draws/", "1 052 463 invitations"),
        ("/fr/tools/crs/", "Système de classement global"),
    ],
)
def test_french_pages_are_french(html, address, words):
    text = html(address).replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")

    assert words in " ".join(text.split())


# Turns of another language that a native editor strikes out.
LITERAL = re.compile(
    r"\b(?:It|it|which|wage|day|date) lies\b|\bbrings? .{0,20}points\b|\bcomes? along\b|\brests on\b|\bstands? above\b"
    r"|\b(?:is|are) asked\b|\bWho (?:meets|gives|has|wants|is exempt|misses)\b|\brecord holds\b"
    r"|\b(?:system|rule|grid|body|selection grid\*\*) of (?:its|their) own\b|\bby an own\b|\bon a day\b|\bone day\b"
    r"|\bas on a\b|\bsays? otherwise\b|\bheld here\b|\bparted\b|\bNeeded are\b|\bon which the source\b"
)
PUBLIC = [path for path in settings.BASE_DIR.glob("templates/**/*.html") if "admin" not in path.parts]
COLLECTED = [settings.BASE_DIR / "fixtures" / f"{name}.json" for name in ("requirements", "programs", "milestones")]
WORDS = ["expressentry/api_page/descriptions.py", "expressentry/checking/words.py", "expressentry/checking/forms.py"]
WORDS += ["draws/invited/answer.py", "programs/glossary.py", "programs/calculators/labels.py"]
SPOKEN = [*PUBLIC, *COLLECTED, *(settings.BASE_DIR / name for name in WORDS)]


@pytest.mark.parametrize("path", SPOKEN, ids=lambda path: path.name)
def test_english_has_no_literal_turns(path):
    assert [found[0] for found in LITERAL.finditer(path.read_text(encoding="utf-8"))] == []
