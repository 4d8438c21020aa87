"""Every generated sentence in both languages, in files to read in one sitting: ``tests/snapshots/``.

``UPDATE_SNAPSHOTS=1 pytest tests/test_snapshots.py`` writes them anew where a sentence changed: read what changed, and
commit it with the change.
"""

import os
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation
from django.utils.formats import localize
from django.utils.html import strip_tags

from draws.insights import insights_of
from draws.invited.answer import OUTCOMES, REASONS, because
from draws.invited.rules import Verdict
from draws.models import Correction, Discrepancy, Draw
from draws.sentences import its_pool
from draws.streams import sentences as of_streams
from draws.streams.queries import latest_draws, streams
from draws.syndication.atom import changed
from draws.views import among_others_in_words, facts_in_words
from draws.wording import draw_summary
from occupations.categories import conditions
from occupations.models import Edition
from occupations.program_fit import Rules
from programs.models import Program

pytestmark = pytest.mark.django_db

FOLDER = Path(__file__).parent / "snapshots"
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
SIZES = (1, 2, 1000)
CATALOGUE = settings.BASE_DIR / "locale" / "fr" / "LC_MESSAGES" / "django.po"
FORM = re.compile(r'^(msgid|msgid_plural|msgstr\[\d\]) ((?:".*"\n?)+)', re.MULTILINE)
TOLD = re.compile(r"%\(\w+\)[sd]|\{\w*\}")
# An occupation for every answer of a program.
OCCUPATIONS = ["00010", "21231", "32101", "62200", "63200", "72310", "75110", "85100"]
ODD_DRAWS = ["1", "91a", "91b", "159", "176", "208", "240", "254", "274", "294", "430"]


def flat(value):
    """The texts in what a sentence module answers."""
    if isinstance(value, (list, tuple)):
        return [text for part in value for text in flat(part)]
    if isinstance(value, dict):
        return [text for part in value.values() for text in flat(part)]
    return [strip_tags(str(value))] if value or value == 0 else []


def draws():
    newest = [latest_draws(found.draws()).last.number for found in streams() if found.draws()]
    first = [found.draws().last().number for found in streams() if found.draws()]
    for draw in Draw.objects.filter(number__in={*newest, *first, *ODD_DRAWS}).select_related(
        "edition__category", "pool"
    ):
        yield f"# {draw}", [draw.name, draw_summary(draw), *flat(told(draw, insights_of(draw, NOW)))]


def told(draw, insights):
    others = among_others_in_words(insights)
    today = others.pop("today")
    return facts_in_words(draw) | others | {"its_pool": its_pool(draw, insights.since_count), "today": today}


def every_stream():
    for found in streams():
        if latest := latest_draws(list(found.draws())):
            said = [of_streams.last_draw(latest, NOW.date()), of_streams.change(latest), of_streams.gaps(latest)]
            yield f"# {found.name}", flat(said)


def editions():
    for edition in Edition.objects.published().select_related("category").order_by("category__slug", "version"):
        yield f"# {edition}", [f"{rule.label} | {rule.text}" for rule in conditions.rules(edition)]


def programs():
    rules = Rules(NOW.date())
    for code in OCCUPATIONS:
        yield f"# {code}", [f"{fit.program_text} | {fit.answer_text} | {fit.text}" for fit in rules.fits(code)]
    yield "#", [f"{program.abbreviation} | {program.name} | {program.law}" for program in Program.objects.all()]


def verdicts():
    tie_break = Draw.objects.get(number="254").tie_break
    asked = ("program", "noc", "french", "canadian_experience", "military")
    yield "#", list(map(str, OUTCOMES.values()))
    given = [Verdict("unknown", reason, asked[:count]) for reason in REASONS for count in (0, 5)]
    yield "# 254", [because(verdict, tie_break) for verdict in given]


def disagreements():
    yield (
        "#",
        [f"{row} | {row.here} | {row.elsewhere} | {row.note}" for row in Discrepancy.objects.select_related("draw")],
    )
    yield "#", [f"{row} | {changed(row)}" for row in Correction.objects.select_related("draw")]


def counts():
    """Each message that counts, with 1, 2 and 1,000 in the place of what it is told."""
    for entry in re.split(r"\n\n", CATALOGUE.read_text(encoding="utf-8")):
        forms = {name: "".join(re.findall(r'"(.*)"', text)) for name, text in FORM.findall(entry)}
        if "msgid_plural" not in forms:
            continue
        names = ["msgstr[0]", "msgstr[1]"] if translation.get_language() == "fr" else ["msgid", "msgid_plural"]
        yield "#", [TOLD.sub(localize(size), forms[names[size > 1]]) for size in SIZES]


KINDS = [draws, every_stream, editions, programs, verdicts, disagreements, counts]


def text_of(kind, language):
    with translation.override(language):
        return "".join(f"{title}\n" + "".join(f"{line}\n" for line in lines) + "\n" for title, lines in kind())


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_sentences_are_those_that_were_read(kind, language):
    path = FOLDER / f"{kind.__name__}.{language}.txt"

    text = text_of(kind, language)

    if os.environ.get("UPDATE_SNAPSHOTS"):
        path.write_text(text, encoding="utf-8")
    assert text.splitlines() == path.read_text(encoding="utf-8").splitlines()
