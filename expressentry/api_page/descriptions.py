"""What the page says of each address of the API: a sentence, parameters, calls, an answer."""

import json
from functools import cache
from pathlib import Path
from urllib.parse import parse_qs

from django.utils.translation import gettext_lazy

from expressentry.api_page.parameters import ELLIPSIS, taken

ANSWERS = Path(__file__).with_name("answers.json")  # written by manage.py api_answers
SITE = "{site}"
MOST_ITEMS = 2
SENTENCES = {
    "draws": gettext_lazy("Lists draws, newest first, narrowed by the same filters as the page of all draws."),
    "draws/{number}": gettext_lazy(
        "Gives one draw with the occupation list in force that day, the draws before and after it, and what sources "
        "disagree on."
    ),
    "pool": gettext_lazy("Lists the dates for which the pool by score range was published, newest first."),
    "pool/{day}": gettext_lazy(
        "Counts the pool by score range on one date, and says how many candidates scored above a given score."
    ),
    "invited": gettext_lazy("Shows for each draw whether a profile would have been invited, and what decides it."),
    "streams": gettext_lazy("Lists every stream of draws with its last draw, its change and the gaps lately."),
    "streams/{slug}": gettext_lazy("Gives one stream of draws with its last draw, its change and the gaps lately."),
    "occupations": gettext_lazy("Searches the unit groups of NOC 2021 by title or code, TEER and category list."),
    "occupations/suggest": gettext_lazy("Suggests at most 8 unit groups for the beginning of a job title or code."),
    "occupations/{code}": gettext_lazy("Gives one unit group with its category lists, programs and draws."),
    "shortlist": gettext_lazy("Compares several unit groups as of a date: programs, lists, draws, changes."),
    "categories": gettext_lazy("Lists the categories with the edition in force on a date."),
    "categories/{slug}": gettext_lazy("Gives one category with all its editions and its draws."),
    "categories/{slug}/{version}": gettext_lazy("Gives one edition: its rule, dates, evidence and occupation list."),
    "categories/{slug}/compare/{old}/{new}": gettext_lazy(
        "Compares two editions of a category: occupations added, removed and kept."
    ),
    "changes": gettext_lazy("Lists every change of this record, newest first: new draws, new lists, corrections."),
    "check": gettext_lazy("Checks whether up to 200 links, or codes with a date, are still right."),
    "crs": gettext_lazy("Computes the CRS score of a profile, factor by factor."),
    "fsw": gettext_lazy(
        "Computes the Federal Skilled Worker points of a profile, and checks the minimum requirements."
    ),
    "language": gettext_lazy("Converts test scores to CLB or NCLC levels, and a level to scores."),
    "programs": gettext_lazy("Lists the four programs that Express Entry manages."),
    "programs/{slug}": gettext_lazy("Gives one program with its requirements, their dates and sources."),
}


def described(name, operation, asked, origin, posted=None):
    """All that a page says of the address ``name``, whose example is ``asked``, or ``posted``."""
    return {
        "sentence": SENTENCES.get(name, f"{operation['summary']}."),
        "takes": [taken(name, parameter) for parameter in operation["parameters"]],
        "calls": posts(f"{origin}/api/v1/{name}", posted) if posted else calls(asked, origin),
        "reply": answers().get(name, "").replace(SITE, origin),
        "refusals": sorted(code for code in operation["responses"] if code != "200"),
    }


def calls(asked, origin):
    """The example from a command line and from Python."""
    path, _mark, query = asked.partition("?")
    given = {name: values if values[1:] else values[0] for name, values in parse_qs(query).items()}
    parameters = f", params={json.dumps(given, indent=4)}" if given else ""
    python = f'import requests\n\nrequests.get("{origin}{path}"{parameters}).json()'
    return [("curl", f'curl "{origin}{asked}"'), ("Python", python)]


def posts(address, posted):
    """The same where the question is the body of a request."""
    body = json.dumps(posted)
    python = f'import requests\n\nrequests.post("{address}", json={json.dumps(posted, indent=4)}).json()'
    return [("curl", f"curl -H 'Content-Type: application/json' -d '{body}' \"{address}\""), ("Python", python)]


@cache
def answers():
    """The kept answer of each address, as text."""
    kept = json.loads(ANSWERS.read_text(encoding="utf-8"))
    return {name: json.dumps(answer, indent=2, ensure_ascii=False) for name, answer in kept.items()}


def trimmed(value):
    """An answer with its lists cut short."""
    if isinstance(value, dict):
        return {name: trimmed(part) for name, part in value.items()}
    if isinstance(value, list):
        return [trimmed(part) for part in value[:MOST_ITEMS]] + [ELLIPSIS] * (len(value) > MOST_ITEMS)
    return value
